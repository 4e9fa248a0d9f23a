"""What Unicode's tables (CLDR, as Babel brings them) say of figures in a language, computed once.

Babel takes 80 ms and 11 MB to tell it, which a question would pay for. It stands in cldr.json, which

    python -m qa.evidence.cldr

writes anew where Babel or the lists below have changed.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

JOINTS = {"en": "to", "de": "bis", "fr": "à", "es": "a", "it": "a", "pt": "a", "nl": "tot"}
"""The languages in which figures are read, with the word of a range: "10 to 20"."""

_FILE = "cldr.json"
_UNITS = {
    **{f"mass-{prefix}gram": f"{prefix}gram" for prefix in ("micro", "milli", "", "kilo")},
    **{f"volume-{prefix}liter": f"{prefix}litre" for prefix in ("milli", "centi", "deci", "")},
    **{f"length-{part}meter": f"{part}metre" for part in ("nano", "micro", "milli", "centi", "", "kilo")},
    **{f"duration-{unit}": unit for unit in "second minute hour day week month year".split()},
    **{f"power-{prefix}watt": f"{prefix}watt" for prefix in ("milli", "", "kilo")},
    "energy-joule": "joule",
    "frequency-hertz": "hertz",
    "electric-volt": "volt",
    "temperature-celsius": "degree",
    "concentr-percent": "percent",
}
_CURRENCIES = {
    "EUR": "euro",
    "USD": "dollar",
    "GBP": "pound",
    "CHF": "franc",
    "JPY": "yen",
    "INR": "rupee",
    "PLN": "zloty",
}
_LEAST_SHORT = 3
"""Letters of an abbreviation that is a language's own ("Std"): of fewer there are signs of units in all."""


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


def of_babel(language: str) -> Figures:
    """What Babel says of a language, one of JOINTS."""
    from babel import Locale
    from babel.numbers import get_currency_name, get_decimal_symbol
    from babel.units import format_unit

    measures: dict[str, str] = {}
    for code, unit in _CURRENCIES.items():
        measures |= {get_currency_name(code, count, locale=language).lower(): unit for count in (1, 2)}
    for name, unit in _UNITS.items():
        for length, count in itertools.product(("short", "long"), (1, 2)):
            way = re.sub(r"^[\d\s]+|\.$", "", format_unit(count, name, length, locale=language)).lower()  # type: ignore[arg-type]
            if length == "long" or (way.isalpha() and len(way) >= _LEAST_SHORT):
                measures[way.replace("\u00a0", " ")] = unit
    patterns = Locale.parse(language).list_patterns
    joined = (re.sub(r"\{\d\}|\s", "", patterns[kind]["2"]) for kind in ("standard", "or"))
    return Figures(measures, tuple(joined), get_decimal_symbol(language) == ",")


@functools.cache
def _stored() -> dict[str, dict[str, Any]]:
    stored: dict[str, dict[str, Any]] = json.loads(
        files("qa.evidence").joinpath(_FILE).read_text(encoding="utf-8")
    )
    return stored


if __name__ == "__main__":
    found = {language: asdict(of_babel(language)) for language in JOINTS}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    Path(__file__).with_name(_FILE).write_text(text + "\n", encoding="utf-8")
