"""Whom to call in an emergency, by country, from help_lines.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from qa.tables import table

LINES = ("emergency", "urgent", "crisis", "poison", "abuse")
"""The kinds of help line."""

_ALSO_WRITTEN = {"UK": "GB", "USA": "US", "EI": "IE"}

_NAMED = re.compile(
    # Where somebody is, and not where a laser is sold: "I'm over in", "she lives in", "who do I ring in".
    r"(?:\b(?:im|(?:i|we)(?:['’](?:m|re)| am| are)) from"
    r"|(?:\b(?:im|am|is|are|were)|['’](?:m|re|s))"
    r"(?: (?:now|still|over|here|currently|back|away|on holiday))* in"
    r"|\b(?:my \w+|here|over|lives?|living|ring|call|phone|dial|numbers?)\b[^.?!,;]{0,30}\bin"
    r"|^\W*(?:here )?in) (?:the )?(?:"
    r"(?P<GB>england|scotland|wales|(?:great )?britain|united kingdom|northern ireland|uk)|(?P<IE>ireland)|"
    r"(?P<US>united states|america|usa|us|u\.s\.)|(?P<CA>canada)|(?P<AU>australia)|(?P<NZ>new zealand)|"
    r"(?P<IN>india))\b",
    re.IGNORECASE,
)
# "In us" is no country unless it is written like one.
_SMALL_US = re.compile(r"\bus\b")


@dataclass(frozen=True, slots=True)
class HelpLines:
    """The numbers of a country; empty where the table knows none.

    Attributes:
        country: As it reads in a sentence, or empty where the country is not known.
        emergency, urgent, crisis, poison, abuse: Numbers, with the name of the service where it has one.
        source: Where they are from.
    """

    country: str = ""
    emergency: str = ""
    urgent: str = ""
    crisis: tuple[str, ...] = ()
    poison: str = ""
    abuse: str = ""
    source: str = ""


def help_lines(country: str | None) -> HelpLines:
    """The numbers of a country.

    Args:
        country: ISO 3166 code in either case ("GB"; "UK" is understood), or None. Of a country that the
            table does not have, nothing is known.
    """
    code = (country or "").strip().upper()
    return _table().get(_ALSO_WRITTEN.get(code, code), HelpLines())


def country_named(text: str) -> str | None:
    """ISO code of the country that a person says to be in ("who do I ring in England"); None for none."""
    found = _NAMED.search(_SMALL_US.sub(" ", text))
    return found.lastgroup if found else None


def countries() -> list[str]:
    """ISO codes of the countries whose numbers are known."""
    return sorted(_table())


@cache
def _table() -> Mapping[str, HelpLines]:
    of_code = {}
    for code, row in table("qa.health.safety", "help_lines.toml").items():
        lines = HelpLines(
            country=row["name"],
            emergency=row["emergency"],
            urgent=row.get("urgent", ""),
            crisis=tuple(row.get("crisis", ())),
            poison=row.get("poison", ""),
            abuse=row.get("abuse", ""),
            source=row["source"],
        )
        of_code.update(dict.fromkeys(row.get("codes", (code,)), lines))
    return MappingProxyType(of_code)
