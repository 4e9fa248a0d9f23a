"""Halves and quarters as figures, in each language whose number words are read.

No library for number words takes "half a tablet", "eineinhalb" or "une heure et demie" for a figure. They are
put in digits by the rules of each language, after its number words are: "1 heure et demie" is "1.5 heure".
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from qa.evidence.units import figures


@dataclass(frozen=True, slots=True)
class _Rules:
    """How a language says a half and a quarter, as patterns.

    Attributes:
        one: The article.
        half: A half of what comes after it.
        and_half: A half more than a figure before it, or than what that counts: "two hours and a half".
        quarter: A quarter, in words after which nothing of it follows.
        of: What stands between these and what is parted.
        halved: Where the half means other things, too, what it is a half before, beside units: "media taza".
        compound: A word that holds a number word, group 1, and a half.
        one_and_half: A word for one and a half.
        after_noun: Whether a half may come after what a figure counts.
    """

    one: str
    half: str
    and_half: str
    quarter: str
    of: str = ""
    halved: str = ""
    compound: str = ""
    one_and_half: str = ""
    after_noun: bool = True


_RULES = {
    "en": _Rules("an?|one", "half", "and (?:a |one )?half", r"quarters?\b", "of an? |an? "),
    "de": _Rules(
        "eine?[rnms]?",
        "halbe[rnms]?",
        "und (?:eine?[rnms]? )?halbe[rnms]?",
        r"(?P<three>drei)?viertel(?:\b|(?=stunde|liter|jahr))",
        compound=r"(\w+)einhalb",
        one_and_half="anderthalb",
        after_noun=False,
    ),
    "fr": _Rules("une?", "demi(?:es?)?", "et demie?", r"quarts?\b", "d['’]"),
    "es": _Rules(
        "una?",
        "medi[oa]",
        "y medi[oa]",
        r"cuartos?\b",
        "de ",
        "comprimido|tableta|pastilla|cápsula|cucharad|taza|vaso|sobre|parche|dosis",
    ),
    "it": _Rules(
        "un[oa]?",
        "mezz[oa]?",
        "e mezz[oa]",
        r"quart[oi]\b",
        "d['’]|di ",
        "compress|pastigli|capsul|cucchiai|tazz|bicchier|bustin|cerott|dos",
    ),
    "pt": _Rules(
        "uma?",
        "mei[oa]",
        "e mei[oa]",
        r"quartos?\b",
        "de ",
        "comprimido|pastilha|cápsula|colher|chávena|xícara|copo|dose",
    ),
    "nl": _Rules(
        "een",
        "hal(?:f|ve)",
        "en (?:een )?hal(?:f|ve)",
        r"kwart\b",
        "van een ",
        compound=r"(\w+?)[eë]n(?:een)?hal(?:f|ve)",
        one_and_half="anderhal(?:f|ve)",
        after_noun=False,
    ),
}

_SIGNS = "".join(
    sign
    for sign in map(chr, range(0x2200))  # all that Unicode has, and no more: this is read at every start
    if unicodedata.decomposition(sign).startswith("<fraction> ")
)
_SIGN = re.compile(rf"(?:(?P<whole>\d+)[ ⁄]?)?(?P<sign>[{_SIGNS}])")
_STROKE = re.compile(
    r"(?<![\w/.,])(?:(?P<whole>\d+) )?(?P<over>[1-7])[/⁄](?P<under>[234568])(?![\w/]|[.,]\d)"
)


@dataclass(frozen=True, slots=True)
class Digits:
    """A text with figures in digits that it has in words.

    Attributes:
        text: It.
        places: Where each of its characters, and its end, stand in the text that it was made of.
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Digits:
        return cls(text, tuple(range(len(text) + 1)))

    def put(self, changes: Iterable[tuple[int, int, str]]) -> Digits:
        """With a figure in the place of each of some spans, which are in order.

        Its digits stand where the span begins, and what comes after them where it ends.
        """
        parts: list[str] = []
        places: list[int] = []
        at = 0
        for start, end, words in changes:
            parts += [self.text[at:start], words]
            figure = len(words) - len(words.lstrip("0123456789.e+"))
            rest = len(words) - figure
            places += [*self.places[at:start], *[self.places[start]] * figure, *[self.places[end]] * rest]
            at = end
        parts.append(self.text[at:])
        return Digits("".join(parts), (*places, *self.places[at:]))


def with_fractions(
    digits: Digits,
    language: str,
    units: Iterable[str],
    number_of: Callable[[str], float | None],
    value_of: Callable[[str], float],
) -> Digits:
    """With halves and quarters in digits.

    Args:
        digits: A text whose number words are digits already.
        language: That the text is in.
        units: What the language calls its units.
        number_of: The value of a number word of the language, None for any other word.
        value_of: The value of a figure in digits.
    """
    digits = digits.put(_signs(digits.text))
    if compound := _RULES[language].compound:
        digits = digits.put(_compounds(digits.text, language, compound, number_of))
    return digits.put(_parts(digits.text, _pattern(language, frozenset(units)), value_of))


def is_quarter(words: str, language: str) -> bool:
    """Whether words name a quarter: "quart" is a four to the library that reads number words."""
    return re.fullmatch(_RULES[language].quarter, words, re.IGNORECASE) is not None


def _signs(text: str) -> Iterator[tuple[int, int, str]]:
    """1½ and 1 1/2; of what is more than one, as in 120/80, nothing is known."""
    found = [(match, unicodedata.numeric(match["sign"])) for match in _SIGN.finditer(text)]
    strokes = ((match, int(match["over"]) / int(match["under"])) for match in _STROKE.finditer(text))
    found += [(match, value) for match, value in strokes if value < 1]
    for match, value in sorted(found, key=lambda each: each[0].start()):
        yield *match.span(), f"{float(match['whole'] or 0) + value:g}"


def _compounds(
    text: str, language: str, compound: str, number_of: Callable[[str], float | None]
) -> Iterator[tuple[int, int, str]]:
    one_and_half = _RULES[language].one_and_half
    for match in re.finditer(rf"\b(?:{one_and_half}|{compound})\b", text, re.IGNORECASE):
        is_one = match[1] is None or re.fullmatch(_RULES[language].one, match[1], re.IGNORECASE)
        whole = 1.0 if is_one else number_of(match[1])
        if whole is not None:
            yield *match.span(), f"{whole + 0.5:g}"


def _parts(
    text: str, pattern: re.Pattern[str], value_of: Callable[[str], float]
) -> Iterator[tuple[int, int, str]]:
    for match in pattern.finditer(text):
        before = match["whole"] or match["counting"] or match["times"] or ""
        figure = value_of(before) if before[:1].isdigit() else 1.0
        if match["whole"] or match["counting"]:
            yield (
                *match.span(),
                " ".join(filter(None, (f"{figure + 0.5:g}", match.groupdict().get("counted")))),
            )
        else:
            quarters = 3 * figure if match.groupdict().get("three") else figure
            value = quarters / 4 if match["times"] else 0.5
            gap = match["part"] or match["parted"] or ""
            if gap == " ":
                yield match.start(), match.end() - 1, f"{value:g}"
            else:
                joined = gap or text[match.end() : match.end() + 1].isalpha()
                yield *match.span(), f"{value:g}{' ' if joined else ''}"


@functools.cache
def _pattern(language: str, units: frozenset[str]) -> re.Pattern[str]:
    """What is a half more, a quarter or a half in a language, the longest first."""
    rules = _RULES[language]
    thousand, point = ".," if figures(language).decimal_comma else ",."
    number = rf"(?:\d+(?:[{thousand}]\d{{3}})*(?:[{point}]\d+)?|\d+[{thousand}]\d+)"
    named = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    noun = rf"(?:(?:{named})\b" + (rf"|(?:{rules.halved})\w*)" if rules.halved else ")")
    # "two tablets and a half hour" is of two tablets; "40 men and half of the women" of 40.
    more = rf"[ -]{rules.and_half}\b(?! of\b)"
    of_it = rf"[ '’](?P<counted>[^\W\d_]+){more}(?! {noun})" if rules.after_noun else "(?!)"
    gap = rf"(?: (?:{rules.of})?|[-'’])" if rules.of else "(?: |[-'’])"
    after = rf"(?={noun})" if rules.halved else r"(?! ?\d)"
    quarter = rf"(?P<times>{number}|{rules.one}) {rules.quarter}(?P<part>{gap})?"
    half = rf"(?:(?:{rules.one}|1) )?{rules.half}\b(?P<parted>{gap})?{after}"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<whole>{number}){more}|(?P<counting>{number}|{rules.one}){of_it}"
        rf"|{quarter}|{half})",
        re.IGNORECASE,
    )
