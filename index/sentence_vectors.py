"""A vector for every sentence, so that a passage can be found by its one sentence that matters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.checked_rows import CheckedRows
from index.encoder import Vectors

VECTORS = "sentences.npy"
FIRST_ROWS = "sentences-of-passages.npy"


class SentenceVectors:
    """Sentence vectors in reading order; those of passage i are rows `first[i]` to `first[i + 1]`."""

    def __init__(self, vectors: CheckedRows, first: NDArray[np.int64]) -> None:
        self._vectors = vectors
        self._first = first

    @classmethod
    def build(cls, vectors: Vectors, sentences_per_passage: Sequence[int]) -> SentenceVectors:
        """Keep (sentences, dimension) unit rows in half precision; cosines move by less than 0.001."""
        first = np.concatenate([[0], np.cumsum(sentences_per_passage)]).astype(np.int64)
        return cls(CheckedRows(vectors.astype(np.float16)), first)

    @classmethod
    def load(cls, vectors: Path, first_rows: Path, whole: bool = True) -> SentenceVectors:
        """Read what `save` wrote; `whole` as `CheckedRows.load` has it."""
        # A question touches only the sentences of its candidates.
        return cls(CheckedRows.load(vectors, whole), np.load(first_rows))

    def save(self, folder: Path) -> None:
        self._vectors.save(folder / VECTORS)
        np.save(folder / FIRST_ROWS, self._first)

    def of(self, passage_id: int) -> Vectors:
        """Vectors of one passage's sentences, (sentences, dimension) float32."""
        return self._vectors.at(slice(int(self._first[passage_id]), int(self._first[passage_id + 1])))

    def row(self, passage_id: int, position: int) -> int:
        """Number of a passage's sentence among all sentences."""
        return int(self._first[passage_id]) + position

    def at(self, rows: NDArray[np.int64]) -> Vectors:
        """Vectors of sentences by their numbers, (len(rows), dimension) float32."""
        return self._vectors.at(rows)

    def best_similarities(self, vector: Vectors, passage_ids: NDArray[np.int64]) -> Vectors:
        """For each passage the cosine of its nearest sentence with one unit vector, (len(passage_ids),).

        Args:
            vector: (dimension,) unit vector of the question.
            passage_ids: Ascending, each with at least one sentence.
        """
        counts = self._first[passage_ids + 1] - self._first[passage_ids]
        begins = np.concatenate([[0], np.cumsum(counts)[:-1]])
        rows = np.arange(counts.sum()) + np.repeat(self._first[passage_ids] - begins, counts)
        similarities = self._vectors.at(rows) @ vector
        return np.asarray(np.maximum.reduceat(similarities, begins), dtype=np.float32)
