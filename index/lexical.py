"""The words of passages in bm25s: BM25 over stems."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray

FOLDER = "words"
K1, B = 0.9, 0.4
"""Found good over many collections by Trotman, Puurula and Burgess, ADCS 2014; and on SciFact's train set."""
STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these "
    "they this to was will with".split()
)
"""Those of bm25s, and before it of Lucene's StandardAnalyzer."""

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
    """BM25 over passages; row i belongs to passage i.

    What bm25s worked out is read without bm25s, which brings SciPy along: that took longer to import than an
    answer takes. A word's scores are those of the passages that have it, and 0 in all others.

    Args:
        passages: How many there are.
        numbers: Number of each stem.
        scores, rows, begins: `scores[begins[i]:begins[i + 1]]` are those of stem i, for the passages `rows`.
    """

    def __init__(
        self,
        passages: int,
        numbers: Mapping[str, int],
        scores: NDArray[np.float32],
        rows: NDArray[np.int32],
        begins: NDArray[np.int64],
    ) -> None:
        self._passages = passages
        self._numbers = numbers
        self._scores = scores
        self._rows = rows
        self._begins = begins

    @staticmethod
    def build(texts: Sequence[str], folder: Path) -> None:
        """Index n texts (Lucene's variant of BM25) in a folder of its own within `folder`."""
        import bm25s

        bm25 = bm25s.BM25(k1=K1, b=B)
        bm25.index([stems(text) for text in texts], show_progress=False)
        bm25.save(folder / FOLDER, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `build` wrote into its own folder."""
        written = json.loads((folder / "params.index.json").read_text(encoding="utf-8"))
        return cls(
            written["num_docs"],
            json.loads((folder / "vocab.index.json").read_text(encoding="utf-8")),
            *(np.load(folder / f"{part}.csc.index.npy") for part in ("data", "indices", "indptr")),
        )

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every passage, (n,), 0 where no word of the question occurs."""
        found = np.zeros(self._passages, np.float32)
        for word in stems(question):
            if (number := self._numbers.get(word)) is not None:
                own = slice(self._begins[number], self._begins[number + 1])
                found[self._rows[own]] += self._scores[own]
        return found
