"""Abbreviations that a document explains: "small domestic appliances (SDA)", "PEMF stands for pulsed …".

The long form is the shortest row of words before the brackets, or behind, in which the letters of the short
one stand in order, the first of them at the beginning of a word (Schwartz and Hearst, 2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.sentences import Span

_SHORT = r"(?P<short>[A-Z0-9][\w&/-]{1,9})"
_BEFORE = re.compile(rf"(?P<long>[^\n()|.;:]{{4,120}}?)[ \n]\({_SHORT}\)")
_INSIDE = re.compile(rf"\b{_SHORT} \((?P<long>[^\n()]{{4,80}})\)")
_BEHIND = re.compile(
    rf"\b{_SHORT}(?: (?:stands for|is short for|means|is)|:| [–—=-]) (?P<long>[^\n()|.;:]{{4,120}})"
)
SHORT_FORM = re.compile(r"\b[A-Z0-9][\w&/-]{1,9}\b")
_FEWEST_CAPITALS = 2


def abbreviations(text: str) -> dict[str, Span]:
    """The short forms that a text explains, each with the span of its long form where it does so first."""
    found: dict[str, Span] = {}
    explained = sorted(_explained(text), key=lambda each: each[1])
    for short, span in explained:
        found.setdefault(short, span)
    return found


def _explained(text: str) -> Iterator[tuple[str, Span]]:
    for pattern in (_BEFORE, _INSIDE, _BEHIND):
        for match in pattern.finditer(text):
            short = match["short"]
            if sum(map(str.isupper, short)) < _FEWEST_CAPITALS:
                continue
            start, words = match.start("long"), match["long"]
            if pattern is _BEHIND:
                span = _beginning_with(short, words)
            else:
                begin = _begin_of(short, words)
                span = None if begin is None else (begin, len(words))
            # One word is a name of the same, or what stands before by chance.
            if span and " " in words[slice(*span)].strip():
                yield short, (start + span[0], start + span[1])


def _begin_of(short: str, words: str) -> int | None:
    """Where the long form that ends some words begins; None where they end with none."""
    at = len(words)
    letters = [letter for letter in short.lower() if letter.isalnum()]

    def is_it(number: int) -> bool:
        begins = at == 0 or not words[at - 1].isalnum()
        return words[at].lower() == letters[number] and (number > 0 or begins)

    for number in reversed(range(len(letters))):
        at -= 1
        while at >= 0 and not is_it(number):
            at -= 1
        if at < 0:
            return None
    return at


def _beginning_with(short: str, words: str) -> Span | None:
    """The long form with which some words begin, after an article."""
    ends = [match.end() for match in re.finditer(r"[\w’'-]{3,}", words)]
    for end in ends[: 2 * len(short)]:
        begin = _begin_of(short, words[:end])
        if begin is not None and words[:begin].strip().lower() in ("", "a", "an", "the"):
            return begin, end
    return None
