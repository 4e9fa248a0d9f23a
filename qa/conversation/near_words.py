"""Lists of words that may have been meant, searchable by nearness: of an index, of English, of medicine."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.conversation.sounds import edit_cost
from qa.english import words_from
from qa.pack import pack_in_force
from qa.vocabulary import Vocabulary

EVERYDAY = 3.5
"""Zipf frequency from which an English word that the documents lack may be what was meant: 15,000 words."""

SELDOM = 2.5
"""Zipf frequency from which a word is meant of which the documents have another form."""

QUITE_COMMON = 4.3
"""Zipf frequency of words that are meant sooner than one that is hardly a word: 2,500."""

VERY_COMMON = 5.0
"""Zipf frequency of words that belong to every subject ("which", "doctor"): as good as words of the index."""

LONGEST = 40
"""Letters beyond which nothing is a word that anyone meant."""

# Kinds of conditions.toml whose names are seldom in a list of English words, and never misspellings.
_MEDICAL_KINDS = ("illness", "symptom", "medicine", "body_part", "treatment", "procedure", "implant")

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Near:
    """A word near to a typed one: how many edits lie between, and what they cost."""

    word: str
    edits: int
    cost: float


class Words:
    """Words that may be meant, searchable by nearness.

    Each edit adds or takes at most two letters from the set of letters of a word, so that a word within
    n edits differs by at most 2n letters: that bound leaves few words to compare letter by letter.
    """

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._set = frozenset(words)
        self._letters = _letter_sets(words)
        self._lengths = np.fromiter(map(len, words), np.int16, len(words))

    def __contains__(self, word: str) -> bool:
        return word in self._set

    def near(
        self, word: str, alike: Callable[[str], bool] | None = None, edits: int | None = None
    ) -> list[Near]:
        """The 24 nearest words that are alike, within some edits: one to three by the length of the word."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        edits = edits or 1 + (len(word) > 3) + (len(word) > 8)
        letters = _letter_sets([word])[0]
        possible = np.bitwise_count(self._letters ^ letters) <= 2 * edits
        possible &= np.abs(self._lengths - len(word)) <= edits
        choices = [self._words[at] for at in np.flatnonzero(possible)]
        found = extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        if alike:
            found = [row for row in found if alike(row[0])]
        return [Near(other, int(distance), edit_cost(word, other)) for other, distance, _ in found[:24]]


def _letter_sets(words: Sequence[str]) -> NDArray[np.uint32]:
    """(n,) sets of the letters a to z of each word, as bits."""
    if not words:
        return np.zeros(0, np.uint32)
    letters = np.array(words, dtype=np.str_)
    codes = letters.view(np.uint32).reshape(len(words), -1) - ord("a")
    bits = np.where(codes < 26, np.uint32(1) << np.minimum(codes, 26), 0)
    return np.asarray(np.bitwise_or.reduce(bits, axis=1), dtype=np.uint32)


@functools.lru_cache(maxsize=1)
def english_words() -> Words:
    return Words(words_from(SELDOM))


@functools.lru_cache(maxsize=1)
def common_words() -> Words:
    return Words(words_from(QUITE_COMMON))


@functools.lru_cache(maxsize=1)
def very_common_words() -> Words:
    return Words(words_from(VERY_COMMON))


def medical_words() -> Words:
    """The names of illnesses, medicines and treatments that the pack in force knows, as they are written."""
    return _names_in(pack_in_force().conditions)


@functools.lru_cache(maxsize=2)
def _names_in(table: Vocabulary) -> Words:
    words = {match[0].lower() for match in _LETTERS.finditer(table.written(_MEDICAL_KINDS))}
    return Words(sorted(word for word in words if len(word) > 3 and word.isalpha()))
