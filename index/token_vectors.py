"""Vectors of the words of every sentence, each word seen in its context, written when an index is built.

To encode the sentences that a question brings was most of the work of an answer; building encodes them in
any case. What is stored is also the same for every question, whatever machine asks and whatever else is read.
Each sentence carries a checksum of its own, so that a question checks what it reads and not the whole file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.checksums import short_hash
from index.encoder import Reading, Vectors
from index.errors import damaged

WORDS = "word-vectors.bin"
PLACES = "word-vectors-of-sentences.npy"

Tokens = tuple[list[tuple[int, int]], Vectors]

_PLACE = np.dtype([("first", "<i8"), ("count", "<i4"), ("checksum", "<u8")])


class TokenVectors:
    """Word vectors of sentences, by the sentences' numbers in reading order.

    Args:
        file: WORDS; a record for each word: two int32 (its span in `index.catalog.in_context` of its
            sentence) and `width` int8, the vector up to its length.
        places: (sentences,) of `_PLACE`: the first record of each sentence, how many it has, their checksum.
    """

    def __init__(self, file: Path, places: NDArray[np.void]) -> None:
        self._file = file
        self._places = places
        words = int((places["first"] + places["count"]).max(initial=0))
        self._record = file.stat().st_size // words if words else 0
        # Memory-mapped: a question touches the sentences of its candidates alone.
        self._bytes = np.memmap(file, np.uint8, "r") if words else np.zeros(0, np.uint8)

    def of(self, row: int) -> Tokens:
        """Spans and unit vectors, (words, width) float32, of the words of one sentence.

        Raises:
            IndexDamaged: What is read is not what was written.
        """
        return tokens_of(self.records(row))

    def records(self, row: int) -> NDArray[np.void]:
        """The stored words of one sentence, checked. Raises IndexDamaged as `of` does."""
        place = self._places[row]
        begin = int(place["first"]) * self._record
        data = self._bytes[begin : begin + int(place["count"]) * self._record].tobytes()
        if short_hash(data) != int(place["checksum"]):
            raise damaged(self._file, "is not what was written: the checksum of a sentence differs")
        return np.frombuffer(data, _record(self._record - 8))


class TokenWriter:
    """Writes word vectors in whatever order sentences come.

    Args:
        folder: Of the new generation.
        sentences: How many there will be.
    """

    def __init__(self, folder: Path, sentences: int) -> None:
        self._folder = folder
        self._file = (folder / WORDS).open("wb")
        self._places = np.zeros(sentences, _PLACE)
        self._words = 0

    def write(self, rows: Sequence[int], words: NDArray[np.void]) -> None:
        """Store the words of one sentence, as `words_of` gives them, for all rows that have its very text."""
        data = words.tobytes()
        self._file.write(data)
        self._places[list(rows)] = (self._words, len(words), short_hash(data))
        self._words += len(words)

    def close(self) -> None:
        self._file.close()
        np.save(self._folder / PLACES, self._places)


def words_of(reading: Reading, text: str) -> NDArray[np.void]:
    """The tokens of a reading put together to words, as they are stored.

    A token that goes on where the one before ended, with a letter or digit, belongs to its word; a word's
    vector is the sum of its tokens', rounded to 8 bits of its largest number: a cosine moves by some 0.0001.
    """
    spans, states = reading.spans, reading.states
    begins = [
        at
        for at, (start, _) in enumerate(spans)
        if at == 0 or spans[at - 1][1] != start or not text[start].isalnum()
    ]
    words = np.zeros(len(begins), _record(states.shape[1]))
    if begins:
        summed = np.add.reduceat(states, begins, axis=0)
        largest = np.maximum(np.abs(summed).max(axis=1, keepdims=True), 1e-9)
        words["state"] = np.round(summed / largest * 127).astype(np.int8)
        ends = [*begins[1:], len(spans)]
        words["span"] = [(spans[b][0], spans[e - 1][1]) for b, e in zip(begins, ends, strict=True)]
    return words


def tokens_of(words: NDArray[np.void]) -> Tokens:
    """Spans and unit vectors of words as `words_of` gives them."""
    states = words["state"].astype(np.float32)
    states /= np.maximum(np.linalg.norm(states, axis=1, keepdims=True), 1e-9)
    return list(map(tuple, words["span"].tolist())), states


def _record(width: int) -> np.dtype[np.void]:
    return np.dtype([("span", "<i4", (2,)), ("state", "i1", (width,))])
