"""What Unicode's tables (CLDR, as Babel brings them) say of figures in a language, computed once.

Babel takes 80 ms and 11 MB to tell it, which a question would pay for; `qa.train.write_cldr` wrote cldr.json.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from qa.tables import table

JOINTS = {"en": "to", "de": "bis", "fr": "à", "es": "a", "it": "a", "pt": "a", "nl": "tot"}
"""The languages in which figures are read, with the word of a range: "10 to 20"."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How figures are written in a language.

    Attributes:
        measures: What its units are called, in lower case and without a full stop, with the unit.
        joined: The words between the last two of a list: "and" and "or".
        decimal_comma: Whether 2,5 is two and a half, and 1.250 a thousand and more.
    """

    measures: dict[str, str]
    joined: tuple[str, ...]
    decimal_comma: bool


@functools.cache
def figures(language: str) -> Figures:
    """What cldr.json says of a language.

    Args:
        language: One of JOINTS.

    Raises:
        KeyError: It is none of them.
    """
    told = _stored()[language]
    return Figures(told["measures"], tuple(told["joined"]), told["decimal_comma"])


@functools.cache
def _stored() -> dict[str, dict[str, Any]]:
    return table("qa.evidence", "cldr.json")
