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
        of_sentences, sentence_rows = _sorted(digests_of(sentences))
        of_passages, passage_rows = _sorted(digests_of(passages))
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

    def sentences(self, digests: NDArray[np.bytes_]) -> NDArray[np.int32]:
        """The rows of sentences in context, by `digests_of` them; -1 where one was not embedded."""
        return _rows(digests, *self._sentences)

    def passages(self, digests: NDArray[np.bytes_]) -> NDArray[np.int32]:
        """As `sentences`, of passages in context."""
        return _rows(digests, *self._passages)


def digests_of(texts: Sequence[str]) -> NDArray[np.bytes_]:
    """What stands for each text, (n,)."""
    digests = [hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest() for text in texts]
    return np.array(digests, f"S{_DIGEST}")


def _sorted(digests: NDArray[np.bytes_]) -> tuple[NDArray[np.bytes_], NDArray[np.int32]]:
    order = np.argsort(digests, kind="stable")
    return digests[order], order.astype(np.int32)


def _rows(
    wanted: NDArray[np.bytes_], digests: NDArray[np.bytes_], rows: NDArray[np.int32]
) -> NDArray[np.int32]:
    if not len(rows):
        return np.full(len(wanted), -1, np.int32)
    at = np.minimum(np.searchsorted(digests, wanted), len(rows) - 1)
    return np.where(digests[at] == wanted, rows[at], np.int32(-1))
