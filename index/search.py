"""The only door to an index, wherever it lies."""

from __future__ import annotations

from index.embedded import EmbeddedIndex, Ranking

PassageIndex = EmbeddedIndex

__all__ = ["PassageIndex", "Ranking"]
