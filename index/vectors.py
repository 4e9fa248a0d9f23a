"""Dense vectors in FAISS: exact inner products, which for unit vectors are cosines."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

FILE = "passages.faiss"


class VectorIndex:
    """Passage vectors; row i belongs to passage i."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """Index (n, dimension) float32 unit rows."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, file: Path) -> VectorIndex:
        return cls(faiss.read_index(str(file)))

    def save(self, folder: Path, name: str = FILE) -> None:
        faiss.write_index(self._index, str(folder / name))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, k: int) -> NDArray[np.int64]:
        """Ids of the k passages of highest cosine with one unit vector (dimension,), best first."""
        _, ids = self._index.search(vector[np.newaxis], min(k, len(self)))
        return np.asarray(ids[0], dtype=np.int64)

    def similarities(self, vector: Vectors, ids: NDArray[np.int64]) -> Vectors:
        """Cosine of one unit vector with each of the named passages, (len(ids),)."""
        return np.asarray(self._index.reconstruct_batch(ids) @ vector, dtype=np.float32)

    def vectors(self) -> Vectors:
        """All vectors, (n, dimension)."""
        return np.asarray(self._index.reconstruct_n(0, len(self)), dtype=np.float32)
