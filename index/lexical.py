"""BM25 over stems, from postings that every segment keeps of its own passages.

The weights need figures of the whole index (how many passages hold a word, how long passages are), so they
are worked out when a question asks for a word, and a segment that is added changes nothing in the others.
What comes out is Lucene's variant as bm25s computes it, to the last digits of single precision.
"""

from __future__ import annotations

import functools
import hashlib
import math
import re
from array import array
from collections.abc import Iterable, Sequence
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
_FILES = ("stems", "begins", "rows", "counts", "lengths")


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


class Postings:
    """Which passages of one segment hold a stem, and how often.

    Args:
        stems: 64-bit hashes of the stems, ascending: a dictionary of words would fill the memory at a million
            passages, and two of ten million words share a hash once in 400,000 indexes.
        begins: `rows[begins[i]:begins[i + 1]]` are the passages, ascending, that hold stem i.
        rows, counts: The passages, and how often each holds the stem.
        lengths: (passages,) stems of each passage.
    """

    def __init__(
        self,
        stems: NDArray[np.uint64],
        begins: NDArray[np.int64],
        rows: NDArray[np.int32],
        counts: NDArray[np.int32],
        lengths: NDArray[np.int32],
    ) -> None:
        self._stems, self._begins, self._rows, self._counts = stems, begins, rows, counts
        self.lengths = lengths

    @staticmethod
    def build(texts: Iterable[str], folder: Path) -> None:
        """Index texts in a folder of its own within `folder`."""
        numbers: dict[str, int] = {}
        found, lengths = array("i"), array("i")
        for text in texts:
            words = stems(text)
            lengths.append(len(words))
            found.extend(numbers.setdefault(word, len(numbers)) for word in words)
        hashes = np.array([_hash(word) for word in numbers], np.uint64)
        order = np.argsort(hashes)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        passages = np.repeat(np.arange(len(lengths)), lengths)
        keys, counts = np.unique(
            rank[np.asarray(found, np.int64)] * max(1, len(lengths)) + passages, return_counts=True
        )
        of_stem, rows = np.divmod(keys, max(1, len(lengths)))
        begins = np.searchsorted(of_stem, np.arange(len(order) + 1))
        (folder / FOLDER).mkdir()
        kept = (hashes[order], begins, rows.astype(np.int32), counts.astype(np.int32), np.asarray(lengths))
        for name, values in zip(_FILES, kept, strict=True):
            np.save(folder / FOLDER / f"{name}.npy", values)

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Open what `build` wrote into its own folder; a question touches the postings of its words alone."""
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES))

    def of(self, word: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The passages that hold a stem, by its hash, and how often each does."""
        at = int(np.searchsorted(self._stems, np.uint64(word)))
        if at == len(self._stems) or int(self._stems[at]) != word:
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        own = slice(int(self._begins[at]), int(self._begins[at + 1]))
        return self._rows[own], self._counts[own]


class LexicalIndex:
    """BM25 over the passages of all segments, numbered through.

    Args:
        parts: Postings of each segment, in order.
    """

    def __init__(self, parts: Sequence[Postings]) -> None:
        self._parts = list(parts)
        lengths = np.concatenate([part.lengths for part in parts]).astype(np.float64)
        average = lengths.mean() or 1.0
        # What a passage's length takes from each of its words.
        self._norms = K1 * (1 - B + B * lengths / average)
        self._bases = np.concatenate([[0], np.cumsum([len(part.lengths) for part in parts])])

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every passage, (n,), 0 where no word of the question occurs."""
        found = np.zeros(len(self._norms), np.float32)
        for word in stems(question):
            rows, weights = self._weights(word)
            found[rows] += weights
        return found

    def _weights(self, word: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The passages that hold a stem, and what it adds to the score of each."""
        postings = [part.of(_hash(word)) for part in self._parts]
        rows = np.concatenate(
            [own.astype(np.int64) + base for (own, _), base in zip(postings, self._bases, strict=False)]
        )
        counts = np.concatenate([counts for _, counts in postings]).astype(np.float64)
        idf = math.log(1 + (len(self._norms) - len(rows) + 0.5) / (len(rows) + 0.5))
        return rows, (idf * counts / (counts + self._norms[rows])).astype(np.float32)


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
