"""Figures with their units, in questions and in sentences."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from text_to_num import Token, find_numbers

_WORDS = {"dozen": 12.0, "once": 1.0, "twice": 2.0, "half": 0.5}
"""Figures that no library for number words takes for one."""

# Each measure with its dimension, its sign, and the prefixes that it is used with.
_PREFIXES = {
    "": "",
    "nano": "n",
    "micro": "µ μ u",
    "milli": "m",
    "centi": "c",
    "deci": "d",
    "kilo": "k",
    "mega": "m",
    "giga": "g",
    "tera": "t",
}
_MEASURES = {
    "metre meter": ("length", "m", "nano micro milli centi kilo"),
    "gram gramme": ("mass", "g", "nano micro milli kilo"),
    "litre liter": ("volume", "l", "micro milli centi deci"),
    "watt": ("power", "w", "milli kilo"),
    "joule": ("energy", "j", "milli kilo"),
    "hertz": ("rate", "hz", "kilo mega giga tera"),
    "second": ("time", "s", "nano micro milli"),
    "volt": ("voltage", "v", "milli kilo"),
    "tesla": ("field", "", "micro milli"),
}
# What has no such prefixes, with the ways in which it is written, in the singular.
_OTHERS = {
    "micrometre": "um micron",
    "microgram": "mcg",
    "inch": "inch inche",
    "joule": "j/cm2 j/cm² j/cm",
    "percent": "% percent per_cent",
    "degree": "° °c °f degree celsius fahrenheit",
    "second": "sec",
    "minute": "min minute",
    "hour": "h hr hour",
    "day": "day",
    "week": "wk week",
    "month": "month",
    "year": "yr year",
    "session": "session treatment appointment visit",
    "time": "time",
    "point": "point",
    "person": "people person persons participant patient volunteer men women adult subject",
    "animal": "mice mouse rat rats",
    "study": "trial study studies rct",
    "dollar": "dollar usd",
    "pound": "pound gbp quid",
    "euro": "euro eur",
}


def _units() -> tuple[dict[str, str], dict[str, str]]:
    """Every way of writing a unit, with the unit; and the dimension of each that has one."""
    written: dict[str, str] = {}
    dimensions: dict[str, str] = {}
    for names, (dimension, sign, prefixes) in _MEASURES.items():
        for prefix in ["", *prefixes.split()]:
            unit = prefix + names.split()[0]
            dimensions[unit] = dimension
            written |= {prefix + name: unit for name in names.split()}
            if sign:
                written |= {short + sign: unit for short in _PREFIXES[prefix].split() or [""]}
    for unit, ways in _OTHERS.items():
        written |= {way.replace("_", " "): unit for way in ways.split()}
    return written, dimensions


_UNIT_OF, _DIMENSIONS = _units()
_WRITTEN = "|".join(re.escape(written) for written in sorted(_UNIT_OF, key=len, reverse=True))
# 1.250,00 and 0,9 as on the continent; 1 250 with narrow spaces; 1,250.00 as in English.
_CONTINENTAL = r"\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})(?![\d,])"
_SPACED = r"\d{1,3}(?:[\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
_FIGURE = rf"(?:{_CONTINENTAL}|{_SPACED}|\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b)"
# "10 healthy men", "two laser sessions"; but "a 90 day study" is of 90 days.
_BETWEEN = (
    rf"(?!(?:{_WRITTEN})s?\b|(?:and|are|at|by|each|every|for|from|in|is|of|on|or|per|the|to|was|were|with)\b)"
    r"[a-z]{3,}"
)
_QUANTITY = re.compile(
    rf"(?P<sign>[$£€]\s?)?(?<![\w.,])(?P<low>{_FIGURE})(?:\s*(?:-|–|—|to|and|or)\s*(?:[$£€]\s?)?(?P<high>{_FIGURE}))?"
    rf"(?:[\s-]{{0,2}}(?:an?\s)?(?:{_BETWEEN}\s+)?"
    rf"(?P<unit>€|(?:{_WRITTEN})s?(?![A-Za-z])))?",
    re.IGNORECASE,
)
_RATE = re.compile(r"\W+(?:a|an|per|each|every|daily|weekly|monthly)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\S")
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

    @property
    def dimension(self) -> str:
        """What the unit measures ("length", "mass", "volume" …); empty for money, counts and time of day."""
        return _DIMENSIONS.get(self.unit, "")


@functools.lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of a text, in order, whether they stand there in digits or in English words."""
    plain, places = _in_digits(text)
    found = []
    for match in _QUANTITY.finditer(plain):
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        written = (match["unit"] or "").lower()
        if match["sign"] or written == "€":
            unit = _SIGNS[(match["sign"] or written).strip()]
        elif match["low"].lower() in ("once", "twice"):
            if not _RATE.match(plain, match.end("low")):
                continue
            unit = "time"
        else:
            unit = _UNIT_OF.get(written) or _UNIT_OF.get(written.removesuffix("s"), "")
        found.append(Quantity(low, max(low, high), unit, places[match.start()], places[match.end()]))
    return tuple(found)


class _Word(Token):  # type: ignore[misc]  # the library ships no types
    """A word as `text_to_num` asks for it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: object) -> bool:
        return False


def _in_digits(text: str) -> tuple[str, list[int]]:
    """The text with number words as digits, and where each of its characters, and its end, stand in it."""
    words = list(_TOKEN.finditer(text))
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for number in find_numbers([_Word(word[0]) for word in words], "en", threshold=0):
        start, end = words[number.start].start(), words[number.end - 1].end()
        if number.is_ordinal or not any(character.isalpha() for character in text[start:end]):
            continue
        digits = f"{number.value:g}" if number.value < 1e6 else f"{number.value:.0f}"
        parts += [text[at:start], digits]
        places += [*range(at, start), *([start] * len(digits))]
        at = end
    parts.append(text[at:])
    return "".join(parts), [*places, *range(at, len(text) + 1)]


def _number(written: str) -> float:
    word = _WORDS.get(written.lower())
    if word is not None:
        return word
    figure = re.sub(r"[\u00a0\u202f]", "", written)
    if re.fullmatch(_CONTINENTAL, figure):
        figure = figure.replace(".", "").replace(",", ".")
    return float(figure.replace(",", ""))
