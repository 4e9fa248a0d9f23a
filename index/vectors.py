"""Dense vectors in FAISS: every one is compared, beyond some size by codes of two bits a number."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.checked_rows import CheckedRows
from index.encoder import Vectors

FILE = "passages.faiss"
EXACT_ROWS = "passages.npy"

EXACT = 20_000
"""Vectors up to which every one is compared as it is; beyond, by its code (DECISIONS.md)."""


class VectorIndex:
    """Vectors of one segment; row i belongs to passage i.

    Args:
        index: What finds the nearest.
        rows: (n, dimension) half precision, where `index` keeps less than that.
    """

    def __init__(self, index: faiss.Index, rows: CheckedRows | None = None) -> None:
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
        # Four bits for every two numbers find the candidates: a table of 16 for each pair stays in the
        # processor. The rows in half precision then put them in order.
        pairs = dimension // 2 if dimension % 2 == 0 else dimension
        index = faiss.IndexPQFastScan(dimension, pairs, 4, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
        index.add(vectors)
        return cls(index, CheckedRows(vectors.astype(np.float16)))

    @classmethod
    def load(cls, file: Path, rows: CheckedRows | None = None) -> VectorIndex:
        """Read what `save` wrote.

        Args:
            file: The index.
            rows: Of the file `EXACT_ROWS` beside it, where there is one.
        """
        return cls(faiss.read_index(str(file)), rows)

    def save(self, folder: Path, name: str = FILE) -> None:
        faiss.write_index(self._index, str(folder / name))
        if self._rows is not None:
            self._rows.save((folder / name).with_suffix(".npy"))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, k: int) -> NDArray[np.int64]:
        """Ids of the k passages of highest cosine with one unit vector (dimension,), best first."""
        return self.found(vector, k)[0]

    def found(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """As `nearest`, and their cosines as they were found by, which for many vectors are rough."""
        cosines, ids = self._index.search(vector[np.newaxis], min(k, len(self)))
        return np.asarray(ids[0], dtype=np.int64), np.asarray(cosines[0], dtype=np.float32)

    def similarities(self, vector: Vectors, ids: NDArray[np.int64]) -> Vectors:
        """Cosine of one unit vector with each of the named passages, (len(ids),)."""
        return np.asarray(self.rows(ids) @ vector, dtype=np.float32)

    def rows(self, ids: NDArray[np.int64]) -> Vectors:
        """Vectors of the named passages, (len(ids), dimension)."""
        if self._rows is None:
            return np.asarray(self._index.reconstruct_batch(ids), dtype=np.float32)
        return self._rows.at(ids)

    def vectors(self) -> Vectors:
        """All vectors, (n, dimension)."""
        return self.rows(np.arange(len(self)))
