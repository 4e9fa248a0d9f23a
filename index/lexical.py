"""The words of passages in bm25s: BM25 over stems."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN
from numpy.typing import NDArray

FOLDER = "words"
K1, B = 0.9, 0.4
"""Found good over many collections by Trotman, Puurula and Burgess, ADCS 2014; and on SciFact's train set."""
STOP_WORDS = frozenset(STOPWORDS_EN)

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


@functools.lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """English stem of a word, lower case ("neuropathies" to "neuropathi")."""
    return str(_stemmer().stemWord(_POSSESSIVE.sub("", word.lower())))


def stems(text: str) -> list[str]:
    """Stems of a text's words, in order, without stop words; numbers count as words."""
    return [stem(word) for word in _WORD.findall(text) if word.lower() not in STOP_WORDS]


class LexicalIndex:
    """BM25 over passages; row i belongs to passage i."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index n texts (Lucene's variant of BM25)."""
        bm25 = bm25s.BM25(k1=K1, b=B)
        bm25.index([stems(text) for text in texts], show_progress=False)
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `save` wrote into its own folder."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def save(self, folder: Path) -> None:
        self._bm25.save(folder / FOLDER, show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every passage, (n,), 0 where no word of the question occurs."""
        known = self._bm25.get_tokens_ids(stems(question))
        return np.asarray(self._bm25.get_scores_from_ids(known), dtype=np.float32)
