"""What stands on one line of a page: runs of characters, side by side as rows, and the lines made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median_high, mode
from typing import TypeVar

from index.pdf_characters import UNNAMED

T = TypeVar("T")

_SAME_LINE, _RAISED = 0.45, 0.5
_WORD = re.compile(r"[(\"'“„«]*[^\W\d_]{3,}(?:[-'’/][^\W\d_]+)*[^\w\s]{0,2}")
_FIGURE = re.compile(r"[(<>≤≥±+−~≈-]*\d[\d.,:/–-]*(?:[^\W\d_]{1,2}|%|\)|°|[²³])*")
_IN_TABLES = "+−±<>≤≥=~≈√|"
"""Signs of mathematics that tables of figures have, too: "±2", "p = 0.03", "√" for yes."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together on one line, as one reads the page upright.

    Attributes:
        words: Without white space at the ends.
        left, right: Its ends, in points from the left edge of the page as it is read.
        height: Of its base line, in points from the lower edge; it falls as one reads on.
        size: Of its type, in points.
        bold: Whether all of it is bold.
        hidden: Whether it is drawn for no eye: white on white, in the invisible mode, off the page.
        turned: Whether it is written in another direction than most of the page.
        table: The rows of the ruled table that it stands for, without words of its own.
    """

    words: str
    left: float
    right: float
    height: float
    size: float
    bold: bool = False
    hidden: bool = False
    turned: bool = False
    table: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Row:
    """Runs side by side, from left to right."""

    runs: tuple[Run, ...]

    @cached_property
    def height(self) -> float:
        return max(self.runs, key=lambda run: (run.size, len(run.words))).height

    @cached_property
    def size(self) -> float:
        return max(run.size for run in self.runs)

    @cached_property
    def ends_first(self) -> float:
        """Where the first of its runs ends that do so."""
        return min(run.right for run in self.runs)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a row of a table.

    Attributes:
        words: Its text on one line, without white space at the ends.
        size, bold, height: Of its type, as in `Run`.
        cells: Of a row; empty for a line of text.
        begins: Whether it is the first row of its table.
    """

    words: str
    size: float
    bold: bool
    height: float
    cells: tuple[str, ...] = ()
    begins: bool = False


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """Runs on one base line together, from left to right; rows from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.height):
        if rows and rows[-1][0].height - run.height <= _slack(rows[-1][0], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [Row(tuple(sorted(row, key=lambda run: run.left))) for row in rows]


def grouped(things: Iterable[T], goes_on: Callable[[T, T], bool]) -> list[list[T]]:
    """Things in groups, in each of which one goes on with the one before it."""
    groups: list[list[T]] = []
    for thing in things:
        if groups and goes_on(groups[-1][-1], thing):
            groups[-1].append(thing)
        else:
            groups.append([thing])
    return groups


def _slack(above: Run, run: Run) -> float:
    """How far below another a run may stand on the same line; what is raised or lowered is smaller, too."""
    small, large = sorted((above.size, run.size))
    return _RAISED * large if small < 0.85 * large else _SAME_LINE * small


def line_of(row: Row) -> Line:
    """A row as a line of text."""
    return Line(
        " ".join(run.words for run in row.runs),
        max(row.runs, key=lambda run: len(run.words)).size,
        all(run.bold for run in row.runs),
        row.height,
    )


def usual_size(printed: Iterable[Run | Line]) -> float:
    """The type size of most characters; 0 where there are none."""
    return mode([one.size for one in printed for _ in one.words] or [0.0])


def usual_gap(rows: Sequence[Row]) -> float:
    """How far rows stand below one another, in points: the middle one of all distances."""
    gaps = [above.height - below.height for above, below in pairwise(rows)]
    return median_high(gaps) if gaps else rows[0].size * 1.2


def is_formula(region: Sequence[Row]) -> bool:
    """Whether rows are mathematics set over several lines: more signs, and letters alone, than words."""
    tokens = [token for row in region for run in row.runs for token in run.words.split()]
    words = sum(_WORD.fullmatch(token) is not None for token in tokens)
    figures = sum(_FIGURE.fullmatch(token) is not None for token in tokens)
    signs = sum(any(map(_is_mathematical, token)) for token in tokens)
    signs += sum(run.words.startswith("=") or run.words.endswith("=") for row in region for run in row.runs)
    return signs > 0 and len(tokens) - figures - words > words


def _is_mathematical(sign: str) -> bool:
    """Whether a sign stands in formulas; not the few that stand in tables of figures, too."""
    return sign == UNNAMED or (unicodedata.category(sign) in ("Sm", "Co") and sign not in _IN_TABLES)
