"""The runs of a page that stand side by side, as rows, and the lines that are made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from index.pdf_characters import UNNAMED
from index.pdf_runs import Run

_SAME_LINE, _RAISED = 0.45, 0.5
_WORD = re.compile(r"[(\"'“„«]*[^\W\d_]{3,}(?:[-'’/][^\W\d_]+)*[^\w\s]{0,2}")
_FIGURE = re.compile(r"[(<>≤≥±+−~≈-]*\d[\d.,:/–-]*(?:[^\W\d_]{1,2}|%|\)|°|[²³])*")
_IN_TABLES = "+−±<>≤≥=~≈√|"
"""Signs of mathematics that tables of figures have, too: "±2", "p = 0.03", "√" for yes."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, or a row of a table.

    Attributes:
        words: Its text on one line, without white space at the ends.
        size, bold, height: Of its type, as in `Run`.
        left: Where it begins, in points.
        cells: Of a row; empty for a line of text.
        table: Number of the table on the page that a row belongs to.
    """

    words: str
    size: float
    bold: bool
    height: float
    left: float = 0.0
    cells: tuple[str, ...] = ()
    table: int = 0


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


def rows_of(runs: Sequence[Run]) -> list[Row]:
    """Runs on one base line together, from left to right; rows from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.height):
        if rows and rows[-1][0].height - run.height <= _slack(rows[-1][0], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [Row(tuple(sorted(row, key=lambda run: run.left))) for row in rows]


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
        row.runs[0].left,
    )


def usual_gap(rows: Sequence[Row]) -> float:
    """How far rows stand below one another, in points: the middle one of all distances."""
    gaps = sorted(above.height - below.height for above, below in pairwise(rows))
    return gaps[len(gaps) // 2] if gaps else rows[0].size * 1.2


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
