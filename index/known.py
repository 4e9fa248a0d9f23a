"""Which texts a segment has embedded, so that a build takes their vectors over without holding the texts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = "texts.npz"

_DIGEST = 16


class KnownTexts:
    """Rows of texts by a digest of 128 bits.

    Args:
        stored: Of "sentence" and "passage" the digests in ascending order, and the row that each belongs to.
    """

    def __init__(self, stored: Mapping[str, NDArray[Any]]) -> None:
        self._stored = stored

    @staticmethod
    def build(sentences: Sequence[str], passages: Sequence[str], folder: Path) -> None:
        """Write the digests of texts in the order of their rows."""
        stored: dict[str, Any] = {}
        for of, texts in (("sentence", sentences), ("passage", passages)):
            digests = digests_of(texts)
            order = np.argsort(digests, kind="stable")
            stored |= {f"{of}s": digests[order], f"{of}_rows": order.astype(np.int32)}
        np.savez(folder / FILE, **stored)

    @classmethod
    def load(cls, file: Path) -> KnownTexts:
        """Read what `build` wrote."""
        with np.load(file) as stored:
            return cls(dict(stored))

    def sentences(self, digests: NDArray[np.bytes_]) -> NDArray[np.int64]:
        """The rows of sentences in context, by `digests_of` them; -1 where one was not embedded."""
        return self._rows("sentence", digests)

    def passages(self, digests: NDArray[np.bytes_]) -> NDArray[np.int64]:
        """As `sentences`, of passages in context."""
        return self._rows("passage", digests)

    def _rows(self, of: str, wanted: NDArray[np.bytes_]) -> NDArray[np.int64]:
        digests, rows = self._stored[f"{of}s"], self._stored[f"{of}_rows"]
        if not len(rows):
            return np.full(len(wanted), -1)
        at = np.minimum(np.searchsorted(digests, wanted), len(rows) - 1)
        return np.where(digests[at] == wanted, rows[at], np.int64(-1))


def digests_of(texts: Sequence[str]) -> NDArray[np.bytes_]:
    """What stands for each text, (n,)."""
    digests = [hashlib.blake2b(text.encode(), digest_size=_DIGEST).digest() for text in texts]
    return np.array(digests, f"S{_DIGEST}")
