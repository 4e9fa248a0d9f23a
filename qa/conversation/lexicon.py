"""The words of an index as they may be meant: how likely each is, and what each is near to."""

from __future__ import annotations

import functools
import heapq
import math
from collections.abc import Iterable, Mapping

from index.lexical import stem
from qa.conversation.near_words import Near, Words
from qa.english import zipf

MOST_WORDS = 50_000
"""Words of an index that may be meant, its most frequent ones; rarer ones are often misspelt themselves."""

COST_WEIGHT = 1.6
"""What one full slip weighs against a factor of ten in frequency."""

CLOSE = 1.2
"""How far below the best guess another is still worth asking the context."""


class Lexicon:
    """The vocabulary of one index.

    Args:
        vocabulary: Every word of the documents, in lower case, with how often it occurs.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary

    def __contains__(self, word: str) -> bool:
        """Whether the documents have the word."""
        return word in self._vocabulary

    def frequency(self, word: str) -> float:
        """Zipf frequency of a word in a text that is half English and half the documents."""
        english = 10 ** zipf(word)
        index = self._vocabulary.get(word, 0) / self._total * 1e9
        return math.log10((english + index) / 2 + 1)

    def score(self, near: Near) -> float:
        """How likely a word is meant: its frequency, against the cost of mistyping it so."""
        return self.frequency(near.word) - COST_WEIGHT * near.cost

    def likely(self, candidates: Iterable[Near]) -> list[str]:
        """The likeliest words, best first, without those far below the best."""
        scores = {near.word: self.score(near) for near in candidates}
        best = max(scores.values(), default=0.0)
        close = (word for word in scores if scores[word] >= best - CLOSE)
        return sorted(close, key=lambda word: (-scores[word], word))

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._vocabulary)

    @functools.cached_property
    def words(self) -> Words:
        words: Iterable[str] = (word for word in self._vocabulary if len(word) > 2 and word.isalpha())
        if len(self._vocabulary) > MOST_WORDS:
            words = heapq.nlargest(MOST_WORDS, words, key=self._vocabulary.__getitem__)
        return Words(list(words))

    @functools.cached_property
    def _total(self) -> int:
        return max(1, sum(self._vocabulary.values()))
