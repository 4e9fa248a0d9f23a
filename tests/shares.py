"""How much of a long question set a test asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

Row = TypeVar("Row")


class Share(Protocol):
    """Gives the rows that are asked of a long set."""

    def __call__(self, rows: Sequence[Row]) -> Sequence[Row]: ...


class EveryNth:
    """The first of each `step` rows."""

    def __init__(self, step: int) -> None:
        self.step = step

    def __call__(self, rows: Sequence[Row]) -> Sequence[Row]:
        return rows[:: self.step]
