"""How far the steps of an evaluation have come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from index.embed import Progress

__all__ = ["Progress", "silent", "tracked"]

T = TypeVar("T")


def silent(doing: str, done: int, total: int) -> None:
    """The progress of those who do not look."""


def tracked(items: Sequence[T], doing: str, progress: Progress) -> Iterator[T]:
    """The items one by one; `progress` is told of each when it is done."""
    for done, item in enumerate(items, start=1):
        yield item
        progress(doing, done, len(items))
