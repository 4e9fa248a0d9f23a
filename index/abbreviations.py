"""Abbreviations that a document explains: "small domestic appliances (SDA)", "PEMF stands for pulsed …".

The long form is the shortest row of words before the brackets, or behind, in which the letters of the short
one stand in order, the first of them at the beginning of a word (Schwartz and Hearst, 2003).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from index.sentences import Span

_SHORT = r"(?P<short>[A-Z0-9][\w&/-]{1,9})"
_IN_BRACKETS = re.compile(rf"[ \n]\({_SHORT}\)")
_BEFORE, _ENDS = 120, re.compile(r"[\n()|.;:]")
"""Characters before the brackets among which the long form is looked for, and what it goes not beyond."""
_INSIDE = re.compile(rf"\b{_SHORT} \((?P<long>[^\n()]{{4,80}})\)")
_BEHIND = re.compile(
    rf"\b{_SHORT}(?: (?:stands for|is short for|means|is)|:| [–—=-]) (?P<long>[^\n()|.;:]{{4,120}})"
)
SHORT_FORM = re.compile(r"\b[A-Z0-9][\w&/-]{1,9}\b")
_FEWEST_CAPITALS = 2


def abbreviations(text: str) -> dict[str, Span]:
    """The short forms that a text explains, each with the span of its long form where it does so first."""
    explained = []
    for short, start, words, find in _candidates(text):
        span = find(short, words) if sum(map(str.isupper, short)) >= _FEWEST_CAPITALS else None
        # One word is a name of the same, or what stands before by chance.
        if span and " " in words[slice(*span)].strip():
            explained.append(((start + span[0], start + span[1]), short))
    found: dict[str, Span] = {}
    for span, short in sorted(explained):
        found.setdefault(short, span)
    return found


def _candidates(text: str) -> Iterator[tuple[str, int, str, Callable[[str, str], Span | None]]]:
    """Short forms, where the words begin that may explain each, these words, and what finds it in them."""
    for match in _IN_BRACKETS.finditer(text):
        start = max(0, match.start() - _BEFORE)
        start = max((end.end() for end in _ENDS.finditer(text, start, match.start())), default=start)
        yield match["short"], start, text[start : match.start()], _ending
    for pattern, find in ((_INSIDE, _ending), (_BEHIND, _beginning)):
        for match in pattern.finditer(text):
            yield match["short"], match.start("long"), match["long"], find


def _ending(short: str, words: str) -> Span | None:
    """The long form with which some words end."""
    begin = _begin_of(short, words)
    return None if begin is None else (begin, len(words))


def _begin_of(short: str, words: str) -> int | None:
    """Where the long form that ends some words begins; None where they end with none."""
    at = len(words)
    letters = [letter for letter in short.lower() if letter.isalnum()]
    while letters and at > 0:
        at -= 1
        begins = at == 0 or not words[at - 1].isalnum()
        if words[at].lower() == letters[-1] and (len(letters) > 1 or begins):
            letters.pop()
    return None if letters else at


def _beginning(short: str, words: str) -> Span | None:
    """The long form with which some words begin, after an article."""
    ends = [match.end() for match in re.finditer(r"[\w’'-]{3,}", words)]
    for end in ends[: 2 * len(short)]:
        begin = _begin_of(short, words[:end])
        if begin is not None and words[:begin].strip().lower() in ("", "a", "an", "the"):
            return begin, end
    return None
