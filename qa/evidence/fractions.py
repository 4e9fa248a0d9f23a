"""Halves and quarters as figures, which no library for number words takes "half a tablet" for.

They are put in digits after the number words are: "2 and a half hours" is "2.5 hours".
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,]\d+)?"
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


def with_signs(digits: Digits) -> Digits:
    """With ½, 1½ and 1 1/2 in digits, which are the same in every language."""
    return digits.put(_signs(digits.text))


def with_fractions(digits: Digits, units: Iterable[str]) -> Digits:
    """With halves and quarters in digits.

    Args:
        digits: An English text whose number words are digits already.
        units: What English calls its units.
    """
    return digits.put(_parts(digits.text, _pattern(frozenset(units))))


def _signs(text: str) -> Iterator[tuple[int, int, str]]:
    """1½ and 1 1/2; of what is more than one, as in 120/80, nothing is known."""
    found = [(match, unicodedata.numeric(match["sign"])) for match in _SIGN.finditer(text)]
    strokes = ((match, int(match["over"]) / int(match["under"])) for match in _STROKE.finditer(text))
    found += [(match, value) for match, value in strokes if value < 1]
    for match, value in sorted(found, key=lambda each: each[0].start()):
        yield *match.span(), f"{int(match['whole'] or 0) + value:g}"


def _parts(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    for match in pattern.finditer(text):
        before = match["whole"] or match["counting"] or match["times"] or ""
        figure = float(before.replace(",", ".")) if before[:1].isdigit() else 1.0
        if match["whole"] or match["counting"]:
            yield *match.span(), " ".join(filter(None, (f"{figure + 0.5:g}", match["counted"])))
        else:
            value = figure / 4 if match["times"] else 0.5
            yield *match.span(), f"{value:g}{' ' if match['part'] or match['parted'] else ''}"


@functools.cache
def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    """What is a half more, a quarter or a half, the longest first."""
    named = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    # "two tablets and a half hour" is of two tablets; "40 men and half of the women" of 40.
    more = r"[ -]and (?:a |one )?half\b(?! of\b)"
    of_it = rf"[ '’](?P<counted>[^\W\d_]+){more}(?! (?:{named})\b)"
    gap = "(?: (?:of an? |an? )?|[-'’])"
    quarter = rf"(?P<times>{_NUMBER}|an?|one) quarters?\b(?P<part>{gap})?"
    half = rf"(?:(?:an?|one|1) )?half\b(?P<parted>{gap})?(?! ?\d)"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<whole>{_NUMBER}){more}|(?P<counting>{_NUMBER}|an?|one){of_it}"
        rf"|{quarter}|{half})",
        re.IGNORECASE,
    )
