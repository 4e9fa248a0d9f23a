"""BM25 over stems, from postings that every segment keeps of its own passages.

The weights need figures of the whole index (how many passages hold a word, how long passages are), so they
are worked out when a question asks for a word, and a segment that is added changes nothing in the others.
What comes out is Lucene's variant as bm25s computes it, to the last digits of single precision.

A stem that many passages hold is kept as a count for every passage, a byte each: that is smaller than the
passages' numbers, and adding up such rows is ten times as fast as adding at places.
"""

from __future__ import annotations

import functools
import math
import re
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.checked_rows import checksum, mapped_array
from index.checksums import short_hash
from index.errors import damaged

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
_MANY = 8
"""A stem that more than one in so many passages hold is kept as a row of counts."""

_MOST = 255
"""Times that a stem counts in one passage; by then one more adds nothing to its weight."""

SMALL_FILES = ("stems", "begins", "holders", "common", "sums", "lengths")
LARGE_FILES = {"rows": np.int32, "counts": np.uint8, "everywhere": np.uint8}
"""Of the large ones, of these kinds of number, a question reads the parts of its words, each of which has its
checksum in "sums"."""


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
        folder: What `build` wrote into its own folder.
        whole: Whether the large files were checked already, so that their parts need not be.
    """

    def __init__(self, folder: Path, whole: bool = True) -> None:
        self._folder, self._whole = folder, whole
        self._stems, self._begins, self._holders, self._common, self._sums, self.lengths = (
            np.load(folder / f"{name}.npy") for name in SMALL_FILES
        )
        self._rows, self._counts, self._everywhere = (
            mapped_array(folder / f"{name}.npy", dtype) for name, dtype in LARGE_FILES.items()
        )

    @staticmethod
    def build(texts: Iterable[str], folder: Path) -> None:
        """Index texts in a folder of its own within `folder`.

        Its files, n passages and m stems:
            stems: (m,) 64-bit hashes of the stems, ascending: a dictionary of words would fill the memory at
                a million passages, and two of ten million words share a hash once in 400,000 indexes.
            holders: (m,) passages that hold each.
            begins: (m + 1,) `rows[begins[i]:begins[i + 1]]` are the passages that hold stem i, ascending, and
                `counts` of the same places how often; none for a stem that many hold.
            common: (m,) the row of such a stem in `everywhere`, -1 for the others.
            everywhere: (stems that many hold, n) how often each passage holds them.
            sums: (m,) checksum of what is kept of each stem in the large files.
            lengths: (n,) stems of each passage.
        """
        numbers: dict[str, int] = {}
        found, lengths = array("i"), array("i")
        for text in texts:
            words = stems(text)
            lengths.append(len(words))
            found.extend(numbers.setdefault(word, len(numbers)) for word in words)
        size = max(1, len(lengths))
        hashes = np.array([short_hash(word.encode()) for word in numbers], np.uint64)
        order = np.argsort(hashes)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        passages = np.repeat(np.arange(len(lengths)), lengths)
        keys, often = np.unique(rank[np.asarray(found, np.int64)] * size + passages, return_counts=True)
        of_stem, places = np.divmod(keys, size)
        counts = np.minimum(often, _MOST).astype(np.uint8)
        holders = np.bincount(of_stem, minlength=len(order))
        many = holders * _MANY > size
        common = np.where(many, np.cumsum(many) - 1, -1)
        everywhere = np.zeros((int(many.sum()), len(lengths)), np.uint8)
        dense = many[of_stem]
        everywhere[common[of_stem[dense]], places[dense]] = counts[dense]
        rows, counts = places[~dense].astype(np.int32), counts[~dense]
        begins = np.concatenate([[0], np.cumsum(np.where(many, 0, holders))])
        sums = np.array(
            [
                checksum(everywhere[row]) if row >= 0 else checksum(rows[begin:end], counts[begin:end])
                for row, begin, end in zip(common.tolist(), begins[:-1], begins[1:], strict=True)
            ],
            np.uint64,
        )
        (folder / FOLDER).mkdir()
        small = (hashes[order], begins, holders.astype(np.int32), common.astype(np.int32), sums)
        large = (rows, counts, everywhere)
        for name, values in zip(
            (*SMALL_FILES, *LARGE_FILES), (*small, np.asarray(lengths), *large), strict=True
        ):
            np.save(folder / FOLDER / f"{name}.npy", values)

    def at(self, hashed: int) -> int | None:
        """The place of a stem, by its hash; None where no passage holds it."""
        at = int(np.searchsorted(self._stems, np.uint64(hashed)))
        return at if at < len(self._stems) and int(self._stems[at]) == hashed else None

    def holders(self, at: int) -> int:
        """How many passages hold the stem at a place."""
        return int(self._holders[at])

    def add(self, at: int, idf: float, norms: NDArray[np.float32], scores: NDArray[np.float32]) -> None:
        """Add to the scores of all passages, (n,), what the stem at a place weighs in them.

        Args:
            at: The place.
            idf: Of the stem in the whole index.
            norms: (n,) what the length of each passage takes from a word.
            scores: (n,)

        Raises:
            IndexDamaged: What is read is not what was written.
        """
        row = int(self._common[at])
        if row >= 0:
            own = [self._everywhere[row]]
            holders: NDArray[np.int32] | slice = slice(None)
        else:
            part = slice(int(self._begins[at]), int(self._begins[at + 1]))
            own = [self._rows[part], self._counts[part]]
            holders = own[0]
        if not self._whole and checksum(*own) != int(self._sums[at]):
            raise damaged(self._folder, "is not what was written: the checksum of a word differs")
        counts = own[-1].astype(np.float32)
        scores[holders] += np.float32(idf) * (counts / (counts + norms[holders]))

    def verify(self) -> None:
        """Check what is kept of every stem. Raises IndexDamaged as `add` does."""
        if not self._whole:
            nothing = np.zeros(len(self.lengths), np.float32)
            for at in range(len(self._stems)):
                self.add(at, 0.0, nothing + 1, nothing)


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
        self._norms = (K1 * (1 - B + B * lengths / average)).astype(np.float32)
        ends = np.cumsum([len(part.lengths) for part in parts]).tolist()
        self._own = [slice(begin, end) for begin, end in zip([0, *ends], ends, strict=False)]

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every passage, (n,), 0 where no word of the question occurs."""
        found = np.zeros(len(self._norms), np.float32)
        for hashed in (short_hash(stem.encode()) for stem in stems(question)):
            there = [
                (part, at, own)
                for part, own in zip(self._parts, self._own, strict=True)
                if (at := part.at(hashed)) is not None
            ]
            holders = sum(part.holders(at) for part, at, _ in there)
            idf = math.log(1 + (len(found) - holders + 0.5) / (holders + 0.5))
            for part, at, own in there:
                part.add(at, idf, self._norms[own], found[own])
        return found
