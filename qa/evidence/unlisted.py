"""Words of a question that stand in no table and yet make it another: names, rare words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qa.vocabulary import phrase
from qa.words import content_words, language_spoken

_NAME = re.compile(
    r"\b(?P<name>[A-Z][\w'’]*[a-z0-9]|[A-Z]{2,6}\d*|[a-z]+[A-Z]\w*)\b"
    # "TK 60" is another machine than "TK 40"; "Pain 2021" is of a year.
    r"(?:[ -](?!(?:19|20)\d\d)\d{1,4}[A-Za-z]?\b(?![.,]?\d|\())?"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\W_]*")
_NO_NAMES = frozenset(
    """
    i i'm i've i'd i'll i’m i’ve i’d i’ll im ive gp mr mrs ms dr ok tv pm am faq
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    """.split()
)
NOUNS_IN_CAPITALS = ("de",)
"""Languages in which a capital letter makes no name."""
_RARE, _RAREST = 3.2, 6.2
"""Rarity from which on a word counts at all, and from which on it counts in full: an everyday one that
the documents lack ("waffle" has 4.2) is a way of speaking more often than what is asked about, and declines
nothing by itself; a name that nobody listed ("onychomycosis" has 6.6) does."""


class Named(NamedTuple):
    """Something that a question names: its kind, where it stands, what meets it, and how much it weighs."""

    kind: str
    start: int
    end: int
    variants: frozenset[str]
    weight: float


def unlisted(question: str) -> Iterator[Named]:
    """What may be a condition of a question though no table has it, the surest first; spans may overlap."""
    words = question.split()
    headline = sum(word[:1].isupper() for word in words) > max(3, len(words) // 2)
    if not headline and language_spoken() not in NOUNS_IN_CAPITALS:
        starts = {match.end() for match in _SENTENCE_START.finditer(question)}
        for match in _NAME.finditer(question):
            lower = match["name"].lower()
            if match.start() not in starts and _NO_NAMES.isdisjoint({lower, lower.removesuffix("s")}):
                # Without its number where that is of something else ("Zorvex 400 mg").
                for start, end in dict.fromkeys((match.span(), match.span("name"))):
                    yield Named("name", start, end, frozenset({phrase(question[start:end])}), 1.0)
    for word in content_words(question):
        lower = word.text.lower()
        if word.rarity < _RARE or not any(character.isalpha() for character in lower):
            continue
        weight = min(1.0, (word.rarity - _RARE) / (_RAREST - _RARE))
        if lower.endswith(("ing", "ed", "ly")):  # what is done, and how, is told in other words more often
            weight /= 2
        yield Named("word", word.start, word.end, frozenset({phrase(word.text)}), weight)
