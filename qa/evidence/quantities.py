"""Figures with their units, in questions and in sentences."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {
    **{word: float(number) for number, word in enumerate(_SMALL)},
    **{word: 30.0 + 10 * number for number, word in enumerate(_TENS)},
    "hundred": 100.0,
    "dozen": 12.0,
    "once": 1.0,
    "twice": 2.0,
    "half": 0.5,
}

# Each unit with the ways in which it is written, in the singular; the longest that fits is taken.
_UNITS = {
    "nanometre": "nm nanometre nanometer",
    "micrometre": "µm μm um micron micrometre micrometer",
    "millimetre": "mm millimetre millimeter",
    "centimetre": "cm centimetre centimeter",
    "metre": "m metre meter",
    "inch": "inch inche",
    "watt": "w watt",
    "milliwatt": "mw milliwatt",
    "joule": "j joule j/cm2 j/cm² j/cm",
    "hertz": "hz hertz",
    "kilohertz": "khz kilohertz",
    "terahertz": "thz terahertz",
    "percent": "% percent per_cent",
    "degree": "° °c °f degree celsius fahrenheit",
    "second": "s sec second",
    "minute": "min minute",
    "hour": "h hr hour",
    "day": "day",
    "week": "wk week",
    "month": "month",
    "year": "yr year",
    "session": "session treatment appointment visit",
    "time": "time",
    "point": "point",
    "milligram": "mg milligram",
    "gram": "g gram",
    "person": "people person persons participant patient volunteer men women adult subject",
    "animal": "mice mouse rat rats",
    "study": "trial study studies rct",
    "dollar": "dollar usd",
    "pound": "pound gbp quid",
    "euro": "euro",
}
_UNIT_OF = {written.replace("_", " "): unit for unit, ways in _UNITS.items() for written in ways.split()}
_WRITTEN = "|".join(re.escape(written) for written in sorted(_UNIT_OF, key=len, reverse=True))
_FIGURE = rf"\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{'|'.join(NUMBER_WORDS)})\b"
_QUANTITY = re.compile(
    rf"(?P<sign>[$£€]\s?)?(?<![\w.,])(?P<low>{_FIGURE})(?:\s*(?:-|–|—|to|and|or)\s*(?:[$£€]\s?)?(?P<high>{_FIGURE}))?"
    rf"(?:[\s-]{{0,2}}(?:an?\s)?(?:(?:consecutive|separate|older|more|short|weekly|working|laser|infrared)\s+)?"
    rf"(?P<unit>{_WRITTEN})s?(?![A-Za-z]))?",
    re.IGNORECASE,
)
_RATE = re.compile(r"\W+(?:a|an|per|each|every|daily|weekly|monthly)\b", re.IGNORECASE)
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro"}
MONEY = frozenset(_SIGNS.values())


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure or a range of figures.

    Attributes:
        low, high: Equal for a single figure.
        unit: One of the units above in the singular, or "" for a bare number.
        start, end: Span in the text.
    """

    low: float
    high: float
    unit: str
    start: int
    end: int

    def covers(self, other: Quantity) -> bool:
        """Whether the other lies within this one and has the same unit."""
        return self.unit == other.unit and self.low <= other.low and other.high <= self.high


@functools.lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of a text, in order; number words up to a hundred count."""
    found = []
    for match in _QUANTITY.finditer(text):
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        if match["sign"]:
            unit = _SIGNS[match["sign"].strip()]
        elif match["low"].lower() in ("once", "twice"):
            if not _RATE.match(text, match.end("low")):
                continue
            unit = "time"
        else:
            unit = _UNIT_OF.get((match["unit"] or "").lower(), "")
        found.append(Quantity(low, max(low, high), unit, match.start(), match.end()))
    return tuple(found)


def _number(written: str) -> float:
    word = NUMBER_WORDS.get(written.lower())
    return word if word is not None else float(written.replace(",", ""))
