"""Likeness of a text to examples of several kinds, each of which votes by how like it is.

Kernel ridge regression (Saunders, Gammerman and Vovk, 1998), fitted to +1 for the own kind and -1 for the
others. Texts are alike in what they mean (a Gaussian kernel over unit vectors) and in their words, alone and
two together (the cosine): the two together tell more than either (DECISIONS.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.health.safety.weighed import words_of

_SHARPNESS = 1.5
_RIDGE = 0.1

Vectors = NDArray[np.float32]


class SentenceEncoder(Protocol):
    """`index.encoder.Encoder`, or any other that gives unit rows."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class Likeness:
    """Votes for each of several kinds.

    Args:
        examples: Of each kind.
        encoder: For what they mean.
    """

    def __init__(self, examples: Sequence[Sequence[str]], encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        texts = [text for kind in examples for text in kind]
        words = list(map(_of_length_1, texts))
        self._places = {bucket: at for at, bucket in enumerate(sorted(set().union(*words)))}
        self._words = np.stack(list(map(self._row, words)))
        self._meanings = np.asarray(encoder.encode(texts))
        kinds = np.repeat(np.arange(len(examples)), [len(kind) for kind in examples])
        targets = np.where(kinds[:, None] == np.arange(len(examples)), 1.0, -1.0)
        shares = np.bincount(kinds)[kinds] / len(kinds)
        ridge = len(examples) * _RIDGE * np.diag(shares)
        alike = self._alike(self._meanings, self._words) + ridge
        self._votes = np.linalg.solve(alike, targets).astype(np.float32)

    def votes(self, text: str) -> Vectors:
        """The votes for each kind, (kinds,), about -1 to 1."""
        row = self._row(_of_length_1(text))
        alike = self._alike(np.asarray(self._encoder.encode([text])), row[None])[0]
        votes: Vectors = alike @ self._votes
        return votes

    def _alike(self, meanings: Vectors, words: Vectors) -> Vectors:
        """How like texts are to the examples, (texts, examples)."""
        cosines = meanings @ self._meanings.T
        alike: Vectors = np.exp(2 * _SHARPNESS * (cosines - 1)) + words @ self._words.T
        return alike

    def _row(self, text: Mapping[int, float]) -> Vectors:
        row = np.zeros(len(self._places), dtype=np.float32)
        for bucket, value in text.items():
            if (at := self._places.get(bucket)) is not None:
                row[at] = value
        return row


def _of_length_1(text: str) -> dict[int, float]:
    counts = words_of(text)
    length = sum(count**2 for count in counts.values()) ** 0.5
    return {bucket: count / length for bucket, count in counts.items()}
