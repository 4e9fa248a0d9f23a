"""Writes cldr.json of `qa.evidence.units` anew: `python -m qa.train.write_cldr`.

To be run where Babel, or the lists below, have changed; a test tells when that is so.
"""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import asdict
from pathlib import Path

from qa.evidence import units
from qa.evidence.units import JOINTS, Figures

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


def main() -> None:
    """Write what Babel says of every language in which figures are read."""
    found = {language: asdict(of_babel(language)) for language in JOINTS}
    text = json.dumps(found, ensure_ascii=False, indent=1)
    Path(units.__file__).with_name("cldr.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
