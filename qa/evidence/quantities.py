"""Figures with their units, in questions and in sentences."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa.evidence.fractions import Digits, is_quarter, with_fractions
from qa.evidence.units import JOINTS, figures, language_of_figures, number_words, units_in
from qa.words import ENGLISH

_WORDS = {"dozen": 12.0, "once": 1.0, "twice": 2.0}
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
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
_SIGN = r"(?:[$£€¥₹]|\b(?:usd|gbp|eur|chf|jpy|inr|sek|nok|dkk|czk|pln)(?=\s))"
"""What stands before a price: a sign, or the code of a currency."""
# What has no such prefixes, with the ways in which it is written, in the singular.
_OTHERS = {
    "micrometre": "um micron",
    "microgram": "mcg",
    "kilogram": "kilo",
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
    "person": "people person persons participant patient volunteer guest men women adult subject",
    "animal": "mice mouse rat rats",
    "study": "trial study studies rct",
    "dollar": "dollar usd",
    "pound": "pound gbp quid",
    "euro": "euro eur",
    "franc": "franc chf",
    "yen": "yen jpy",
    "rupee": "rupee inr",
    "crown": "crown krona kronor krone kroner sek nok dkk czk",
    "zloty": "zloty pln",
}
MONEY = ("dollar", "pound", "euro", "franc", "yen", "rupee", "crown", "zloty")
"""The units of prices."""


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
    del written["us"]  # "what would it cost us"
    return written, dimensions | dict.fromkeys(MONEY, "money")


_UNIT_OF, _DIMENSIONS = _units()
# 1.250,00 and 0,9 as on the continent, in English where it can be nothing else; 1 250 with narrow spaces.
_EITHER = r"\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})(?![\d,])"
_SPACED = r"\d{1,3}(?:[\u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
_WITH_POINT = rf"{_EITHER}|{_SPACED}|\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b"
_WITH_COMMA = (
    r"\d{1,3}(?:[.'’]\d{3})+(?:,\d+)?(?![\d.,]\d)"
    rf"|{_SPACED}|\d+,\d+|\d+(?:\.\d+)?"
)
_THOUSANDS = re.compile(r"(?<=\d)[.'’\u00a0\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class _Writing:
    """How quantities are written in a language: what finds them, and what their units are called."""

    quantity: re.Pattern[str]
    units: Mapping[str, str]

    def unit(self, written: str) -> str:
        """The unit that is written so, or ""."""
        ways = (written.removesuffix(ending) for ending in ("", "s", "n", "en"))
        return next((self.units[way] for way in ways if way in self.units), "")


@functools.cache
def _writing(language: str) -> _Writing:
    english = language == ENGLISH
    units = _UNIT_OF if english else {**_UNIT_OF, **units_in(language)}
    written = "|".join(re.escape(way) for way in sorted(units, key=len, reverse=True))
    figure = _WITH_COMMA if figures(language).decimal_comma else _WITH_POINT
    # Of a range, "and" and "or".
    words = (JOINTS[language], *figures(language).joined)
    joined = "|".join(("-", "–", "—", *map(re.escape, words)))
    ending = "s?" if english else "(?:s|n|en)?"
    # "10 healthy men", "two laser sessions"; but "a 90 day study" is of 90 days.
    between = (
        rf"(?!(?:{written}){ending}\b|(?:and|are|at|by|each|every|for|from|in|is|of|on|or|per|the|to|was|were|with)\b)"
        r"[a-z]{3,}"
    )
    described = rf"(?:an?\s)?(?:{between}\s+)?" if english else ""
    return _Writing(
        re.compile(
            rf"(?P<sign>{_SIGN}\s?)?(?<![\w.,])(?<![a-z]-)(?P<low>{figure})"
            rf"(?:\s*(?:{joined})\s*(?:{_SIGN}\s?)?(?P<high>{figure}))?"
            rf"(?:[\s-]{{0,2}}{described}(?P<unit>€|(?:{written}){ending}(?![^\W\d_])))?",
            re.IGNORECASE,
        ),
        units,
    )


# The header of a column may name the unit of its figures: "Fee in euros: 6", "Weight (kg): 2".
_UNDER_UNIT = re.compile(r"(?:\bin|\(|\[)\s*([^\W\d_]+|[$£€%°])\s*[)\]]?:\s*$", re.IGNORECASE)
_RATE = re.compile(r"\W+(?:a|an|per|each|every|daily|weekly|monthly)\b", re.IGNORECASE)
_LONGEST_HEADER = 40
LONGEST_SIGN = 3
"""Letters of a unit's sign, which names nothing where no figure stands before it."""


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
        """What the unit measures ("length", "mass", "volume" …); empty for counts and time of day."""
        return _DIMENSIONS.get(self.unit, "")


@functools.lru_cache(maxsize=4096)
def quantities(text: str, language: str | None = None) -> tuple[Quantity, ...]:
    """The figures of a text, in order, whether they stand there in digits or in words.

    Args:
        text: Any.
        language: In which they are written, one of `units.JOINTS`; None where the text has to tell.
    """
    language = language or language_of_figures(text)
    writing = _writing(language)
    digits = _in_digits(text, language)
    plain, places = digits.text, digits.places
    found = []
    for match in writing.quantity.finditer(plain):
        low = _number(match["low"], language)
        high = _number(match["high"], language) if match["high"] else low
        written = (match["unit"] or "").lower()
        if match["sign"] or written == "€":
            sign = (match["sign"] or written).strip().lower()
            unit = _SIGNS.get(sign) or _UNIT_OF[sign]
        elif match["low"].lower() in ("once", "twice"):
            if not _RATE.match(plain, match.end("low")):
                continue
            unit = "time"
        else:
            unit = writing.unit(written or _unit_above(plain, match.start()))
        start, end = places[match.start()], places[match.end()]
        found.append(
            Quantity(min(low, high), max(low, high), unit, start, start + len(text[start:end].rstrip()))
        )
    return tuple(found)


def unit_named(word: str) -> str:
    """The unit with a dimension that a word is the name of ("kilograms"), or ""."""
    found = quantities(f"2 {word}")
    unit = found[0].unit if found else ""
    return unit if unit in _DIMENSIONS and len(word) > LONGEST_SIGN else ""


def _unit_above(text: str, start: int) -> str:
    """The unit that the header of a figure's column names, in lower case, or ""."""
    named = _UNDER_UNIT.search(text[max(0, start - _LONGEST_HEADER) : start])
    return _SIGNS.get(named[1], named[1].lower()) if named else ""


def _in_digits(text: str, language: str) -> Digits:
    """The text with number words, halves and quarters as digits."""

    def number_of(word: str) -> float | None:
        found = number_words(word, language)
        return found[0].value if len(found) == 1 and found[0].end - found[0].start == len(word) else None

    digits = Digits.of(text).put(
        (number.start, number.end, f"{number.value:g}" if number.value < 1e6 else f"{number.value:.0f}")
        for number in number_words(text, language)
        if not is_quarter(text[number.start : number.end], language)
    )
    return with_fractions(
        digits, language, units_in(language), number_of, lambda written: _number(written, language)
    )


def _number(written: str, language: str) -> float:
    word = _WORDS.get(written.lower())
    if word is not None:
        return word
    figure = re.sub(r"[\u00a0\u202f]", "", written)
    if figures(language).decimal_comma:
        return float(_THOUSANDS.sub("", figure).replace(",", "."))
    if re.fullmatch(_EITHER, figure):
        figure = figure.replace(".", "").replace(",", ".")
    return float(figure.replace(",", ""))
