"""Likeness of a sentence to the example phrasings of the red-flag table.

Every example votes by its likeness to the sentence, the alarming ones for and the calm ones
against: kernel ridge regression (Saunders, Gammerman and Vovk, 1998) with a Gaussian kernel over
unit vectors, fitted to +1 and -1. The vectors and votes under the shipped encoder are stored in
red_flags.npz, which `python -m qa.train.fit_red_flags` writes anew; where the table or the encoder is
another one, they are worked out when they are first needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).with_name("red_flags.npz")
_STEPS = 32
"""Steps per unit in which the stored vectors are rounded: a cosine is off by about 0.01."""
_SHARPNESS = 1.5
_RIDGE = 0.1
"""Both chosen on the dev phrasings: area under the curve 0.947; 0.93 to 0.95 nearby."""

Vectors = NDArray[np.float32]


class SentenceEncoder(Protocol):
    """`index.encoder.Encoder`, or any other that gives unit rows."""

    fingerprint: str

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class Liking(NamedTuple):
    """How a sentence is placed among the examples.

    Attributes:
        score: Above 0 where the alarming examples outweigh the calm ones; 1 is as sure as an example.
        nearest: Number of the most similar alarming example.
        similarity: Its cosine.
    """

    score: float
    nearest: int
    similarity: float


class Likeness:
    """The examples of a table as votes.

    Args:
        alarming, calm: The phrasings.
        encoder: What turns phrasings and questions into vectors.
    """

    def __init__(self, alarming: Sequence[str], calm: Sequence[str], encoder: SentenceEncoder) -> None:
        self._alarming = list(alarming)
        self._calm = list(calm)
        self._encoder = encoder
        self._fitted: tuple[Vectors, Vectors] | None = None

    def of(self, sentences: Sequence[str]) -> list[Liking]:
        """The liking of each sentence."""
        vectors, votes = self._fitted or self._fit()
        cosines = self._encoder.encode(list(sentences)) @ vectors.T
        scores = kernel(cosines) @ votes
        nearest = cosines[:, : len(self._alarming)].argmax(axis=1)
        return [
            Liking(float(score), int(at), float(row[at]))
            for score, at, row in zip(scores, nearest, cosines, strict=True)
        ]

    def _fit(self) -> tuple[Vectors, Vectors]:
        self._fitted = self.stored() or fit(self._alarming, self._calm, self._encoder)
        return self._fitted

    def stored(self) -> tuple[Vectors, Vectors] | None:
        """The shipped vectors and votes, if they were made of these examples by this encoder."""
        if not SHIPPED.is_file():
            return None
        with np.load(SHIPPED, allow_pickle=False) as arrays:
            if str(arrays["made_of"]) != made_of(self._alarming, self._calm, self._encoder):
                return None
            return arrays["vectors"].astype(np.float32) / _STEPS, arrays["votes"]


def made_of(alarming: Sequence[str], calm: Sequence[str], encoder: SentenceEncoder) -> str:
    """Fingerprint of what stored vectors and votes depend on."""
    parts = [encoder.fingerprint, str((_STEPS, _SHARPNESS, _RIDGE)), *alarming, "", *calm]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def fit(alarming: Sequence[str], calm: Sequence[str], encoder: SentenceEncoder) -> tuple[Vectors, Vectors]:
    """The examples' vectors, (n, dimension), and votes, (n,): both kinds weigh the same as a whole."""
    vectors = (np.round(encoder.encode([*alarming, *calm]) * _STEPS) / _STEPS).astype(np.float32)
    votes = votes_for(vectors, [len(alarming), len(calm)])
    return vectors, votes[:, 0]


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


def store(
    alarming: Sequence[str], calm: Sequence[str], encoder: SentenceEncoder, path: Path = SHIPPED
) -> None:
    """Write what `Likeness` reads for these examples and this encoder."""
    vectors, votes = fit(alarming, calm, encoder)
    np.savez_compressed(
        path,
        made_of=np.array(made_of(alarming, calm, encoder)),
        vectors=np.round(vectors * _STEPS).astype(np.int8),
        votes=votes,
    )
