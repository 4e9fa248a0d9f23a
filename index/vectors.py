"""Dense vectors in FAISS: every one is compared, beyond some size rounded to a byte a number."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

FILE = "passages.faiss"
EXACT_ROWS = "passages.npy"

EXACT = 20_000
"""Vectors up to which every one is compared as it is; beyond, rounded to a byte a number (DECISIONS.md)."""


class VectorIndex:
    """Vectors of one segment; row i belongs to passage i.

    Args:
        index: What finds the nearest.
        rows: (n, dimension) half precision, where `index` keeps less than that.
    """

    def __init__(self, index: faiss.Index, rows: NDArray[np.float16] | None = None) -> None:
        self._index = index
        self._rows = rows

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """Index (n, dimension) float32 unit rows."""
        vectors = np.ascontiguousarray(vectors)
        dimension = vectors.shape[1]
        if len(vectors) <= EXACT:
            exact = faiss.IndexFlatIP(dimension)
            exact.add(vectors)
            return cls(exact)
        # A byte a number finds the candidates, the rows in half precision then put them in order.
        index = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.train(vectors)
        index.add(vectors)
        return cls(index, vectors.astype(np.float16))

    @classmethod
    def load(cls, file: Path, rows: Path | None = None) -> VectorIndex:
        """Read what `save` wrote.

        Args:
            file: The index.
            rows: The file `EXACT_ROWS` beside it, where there is one.
        """
        index = faiss.read_index(str(file))
        if rows is None:
            return cls(index)
        return cls(index, np.load(rows, mmap_mode="r"))

    def save(self, folder: Path, name: str = FILE) -> None:
        faiss.write_index(self._index, str(folder / name))
        if self._rows is not None:
            np.save((folder / name).with_suffix(".npy"), self._rows)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, k: int) -> NDArray[np.int64]:
        """Ids of the k passages of highest cosine with one unit vector (dimension,), best first."""
        return self.found(vector, k)[0]

    def found(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """As `nearest`, and their cosines as they were found by, which for many vectors are rounded."""
        cosines, ids = self._index.search(vector[np.newaxis], min(k, len(self)))
        return np.asarray(ids[0], dtype=np.int64), np.asarray(cosines[0], dtype=np.float32)

    def similarities(self, vector: Vectors, ids: NDArray[np.int64]) -> Vectors:
        """Cosine of one unit vector with each of the named passages, (len(ids),)."""
        return np.asarray(self.rows(ids) @ vector, dtype=np.float32)

    def rows(self, ids: NDArray[np.int64]) -> Vectors:
        """Vectors of the named passages, (len(ids), dimension)."""
        if self._rows is None:
            return np.asarray(self._index.reconstruct_batch(ids), dtype=np.float32)
        return np.asarray(self._rows[ids], dtype=np.float32)

    def vectors(self) -> Vectors:
        """All vectors, (n, dimension)."""
        return self.rows(np.arange(len(self)))
