"""Likeness of a text to examples of several kinds, each of which votes by how like it is.

Kernel ridge regression (Saunders, Gammerman and Vovk, 1998) with a Gaussian kernel over unit vectors, fitted
to +1 for the own kind and -1 for the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

_SHARPNESS = 1.5
_RIDGE = 0.1

Vectors = NDArray[np.float32]


class SentenceEncoder(Protocol):
    """`index.encoder.Encoder`, or any other that gives unit rows."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...


def votes_for(vectors: Vectors, counts: Sequence[int]) -> Vectors:
    """The votes of examples for their own kind and against others, (n, kinds): `counts` of each in turn."""
    kinds = np.repeat(np.arange(len(counts)), counts)
    targets = np.where(kinds[:, None] == np.arange(len(counts)), 1.0, -1.0)
    shares = np.array(counts)[kinds] / len(kinds)
    ridge = len(counts) * _RIDGE * np.diag(shares)
    return np.asarray(np.linalg.solve(kernel(vectors @ vectors.T) + ridge, targets).astype(np.float32))


def kernel(cosines: Vectors) -> Vectors:
    """exp(-sharpness |x - y|^2) of unit vectors, from their cosine."""
    return np.asarray(np.exp(2 * _SHARPNESS * (cosines - 1)))
