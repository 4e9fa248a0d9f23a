"""Whether a sentence speaks in other words of what a question asks: "poke", "noninvasive"."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.pack import pack_in_force
from qa.vocabulary import Form, Vocabulary, forms
from qa.words import Word


def speak_of(question: str, words: Sequence[Word], sentences: Sequence[str]) -> NDArray[np.float32]:
    """(words, sentences): 1 where the sentence has a phrase of a group that the word belongs to, else 0.

    Args:
        question: As understood.
        words: Content words of the question.
        sentences: To be looked at.
    """
    table = pack_in_force().other_words
    asked = forms(question)
    found = np.zeros((len(words), len(sentences)), np.float32)
    said = [_phrases(table, sentence) for sentence in sentences]
    for first, end, phrase in table.find(asked):
        rows = _within(words, asked[first:end])
        alike = table.met_by(phrase)
        if rows:
            found[np.ix_(rows, [at for at, phrases in enumerate(said) if not phrases.isdisjoint(alike)])] = 1
    return found


def in_phrases(question: str, words: Sequence[Word]) -> list[int]:
    """Numbers of the words that stand in a phrase of several, which together mean one thing: "bad back"."""
    asked = forms(question)
    phrases = [
        asked[first:end] for first, end, _ in pack_in_force().other_words.find(asked) if end - first > 1
    ]
    return sorted({row for phrase in phrases for row in _within(words, phrase)})


def _within(words: Sequence[Word], phrase: Sequence[Form]) -> list[int]:
    start, end = phrase[0].start, phrase[-1].end
    return [at for at, word in enumerate(words) if word.start < end and word.end > start]


@functools.lru_cache(maxsize=4096)
def _phrases(table: Vocabulary, sentence: str) -> frozenset[str]:
    """Phrases of a table that stand in a sentence."""
    return frozenset(phrase for _, _, phrase in table.find(forms(sentence)))
