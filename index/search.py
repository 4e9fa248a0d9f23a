"""The only door to an index, wherever its passages lie."""

from __future__ import annotations

from index.embedded import EmbeddedIndex
from index.fuse import Ranking
from index.milvus import MilvusIndex
from index.opened import PassageIndex

__all__ = ["PassageIndex", "Ranking"]

PassageIndex.stores = (EmbeddedIndex, MilvusIndex)
