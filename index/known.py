"""Which texts a segment has embedded, so that a build takes their vectors over without holding the texts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "texts.npz"

_DIGEST = 16


class KnownTexts:
    """Rows of texts by a digest of 128 bits.

    Args:
        sentences, passages: Digests in ascending order, and the row that each belongs to.
    """

    def __init__(
        self,
        sentences: tuple[NDArray[np.bytes_], NDArray[np.int32]],
        passages: tuple[NDArray[np.bytes_], NDArray[np.int32]],
    ) -> None:
        self._sentences, self._passages = sentences, passages

    @staticmethod
    def build(sentences: Sequence[str], passages: Sequence[str], folder: Path) -> None:
        """Write the digests of texts in the order of their rows."""
        of_sentences, sentence_rows = _sorted(sentences)
        of_passages, passage_rows = _sorted(passages)
        np.savez(
            folder / FILE,
            sentences=of_sentences,
            sentence_rows=sentence_rows,
            passages=of_passages,
            passage_rows=passage_rows,
        )

    @classmethod
    def load(cls, file: Path) -> KnownTexts:
        """Read what `build` wrote."""
        with np.load(file) as stored:
            return cls(
                (stored["sentences"], stored["sentence_rows"]), (stored["passages"], stored["passage_rows"])
            )

    def sentence(self, text: str) -> int | None:
        """The row of a sentence in context; None where it was not embedded."""
        return _row(text, *self._sentences)

    def passage(self, text: str) -> int | None:
        """The row of a passage in context; None where it was not embedded."""
        return _row(text, *self._passages)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest()


def _sorted(texts: Sequence[str]) -> tuple[NDArray[np.bytes_], NDArray[np.int32]]:
    digests = np.array([_digest(text) for text in texts], f"S{_DIGEST}")
    order = np.argsort(digests, kind="stable")
    return digests[order], order.astype(np.int32)


def _row(text: str, digests: NDArray[np.bytes_], rows: NDArray[np.int32]) -> int | None:
    digest = np.bytes_(_digest(text))
    at = int(np.searchsorted(digests, digest))
    # NumPy leaves zeros at the end out of both, so that they stay alike.
    return int(rows[at]) if at < len(rows) and digests[at].rstrip(b"\0") == digest.rstrip(b"\0") else None
