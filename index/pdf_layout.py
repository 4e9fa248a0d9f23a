"""The runs of a page in the order in which people read them: lines of columns, and rows of tables.

A gap that goes down through several lines divides columns of text, which are read one after the other, or
the cells of a table, which are read row by row. Which of the two is told by how much stands between the gaps.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.pdf_page import UNNAMED, Run

_FEWEST_LINES = 3
_COLUMN_WORDS = 3.5
"""Words that a line of a column of text has at least, in the mean; an entry of a table mostly has fewer."""
_SAME_LINE, _RAISED = 0.45, 0.5
_CELL_GAP = 1.5
_ALIGNED = 0.35
"""How far from one another entries of a column may begin, in type sizes."""
_MOST = 0.7


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


@dataclass(frozen=True, slots=True)
class _Row:
    """Runs side by side."""

    runs: tuple[Run, ...]

    @property
    def height(self) -> float:
        return max(self.runs, key=lambda run: (run.size, len(run.words))).height

    @property
    def size(self) -> float:
        return max(run.size for run in self.runs)


def read_lines(runs: Sequence[Run]) -> list[Line]:
    """Lines of a page in reading order; what is written in another direction comes last."""
    upright = [run for run in runs if not run.turned]
    turned = [run for run in runs if run.turned]
    tables = [0]
    lines = _read(_rows(upright), tables)
    return lines + [_line(_Row((run,))) for run in turned]


def _rows(runs: Sequence[Run]) -> list[_Row]:
    """Runs on one base line together, from left to right; rows from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.height):
        if rows and rows[-1][0].height - run.height <= _slack(rows[-1][0], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_Row(tuple(sorted(row, key=lambda run: run.left))) for row in rows]


def _slack(above: Run, run: Run) -> float:
    """How far below another a run may stand on the same line; what is raised or lowered is smaller, too."""
    small, large = sorted((above.size, run.size))
    return _RAISED * large if small < 0.85 * large else _SAME_LINE * small


def _read(rows: list[_Row], tables: list[int]) -> list[Line]:
    found = _divided(rows)
    if found is None:
        return [_line(row) for row in rows]
    first, last, gutter = found
    above, region, below = rows[:first], rows[first:last], rows[last:]
    left, right = _sides(region, gutter)
    if _is_text(left) and _is_text(right):
        inside = _read_columns(region, gutter, tables)
    elif _is_aligned(region, _columns(region)) and not _is_formula(region):
        tables[0] += 1
        inside = _table(region, tables[0])
    else:  # a formula, a drawing with words in it
        inside = [_line(row) for row in region]
    return [*_read(above, tables), *inside, *_read(below, tables)]


def _sides(rows: Sequence[_Row], gutter: float) -> tuple[list[Run], list[Run]]:
    left = [run for row in rows for run in row.runs if run.right <= gutter]
    return left, [run for row in rows for run in row.runs if run.left >= gutter]


def _read_columns(rows: Sequence[_Row], gutter: float, tables: list[int]) -> list[Line]:
    """Two columns of text one after the other; a table that goes across both is read between them."""
    across = _table_across(rows)
    if across is None:
        left, right = _sides(rows, gutter)
        return [*_read(_rows(left), tables), *_read(_rows(right), tables)]
    first, last = across
    above = _read_columns(rows[:first], gutter, tables) if first else []
    tables[0] += 1
    table = _table(rows[first:last], tables[0])
    return [*above, *table, *(_read_columns(rows[last:], gutter, tables) if last < len(rows) else [])]


def _table_across(rows: Sequence[_Row]) -> tuple[int, int] | None:
    """The first stretch of rows of three cells and more, none of whose columns is text; None without one."""
    at = 0
    for wide, group in itertools.groupby(rows, key=lambda row: len(row.runs) > 2):
        region = list(group)
        if wide and len(region) >= _FEWEST_LINES and not _is_formula(region):
            edges = [float("-inf"), *_columns(region), float("inf")]
            columns = [
                [run for row in region for run in row.runs if left < run.left < right]
                for left, right in pairwise(edges)
            ]
            if not any(map(_is_text, filter(None, columns))) and _is_aligned(region, edges[1:-1]):
                return at, at + len(region)
        at += len(region)
    return None


def _is_text(runs: Sequence[Run]) -> bool:
    """Whether runs under one another are a column of text: lines of several words, or few of them."""
    rows = _rows(runs)
    words = [sum(len(run.words.split()) for run in row.runs) for row in rows]
    return sum(words) / len(words) >= _COLUMN_WORDS


def _is_formula(region: Sequence[_Row]) -> bool:
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


def _divided(rows: Sequence[_Row]) -> tuple[int, int, float] | None:
    """The longest stretch of rows that one gap goes through: first row, the one behind, middle of the gap."""
    best: tuple[int, int, float] | None = None
    most = 0
    candidates = {
        round((a.right + b.left) / 2, 1) for row in rows for a, b in pairwise(row.runs) if b.left > a.right
    }
    for middle in sorted(candidates):
        first = 0
        while first < len(rows):
            last, both = first, 0
            sides = [0, 0]
            while last < len(rows) and not _crosses(rows[last], middle) and _near(rows, first, last):
                on_left = any(run.right <= middle for run in rows[last].runs)
                on_right = any(run.left >= middle for run in rows[last].runs)
                both += on_left and on_right
                sides = [sides[0] + on_left, sides[1] + on_right]
                last += 1
            start, stop = _with_both(rows, first, last, middle)
            enough = both >= _FEWEST_LINES or (
                both == 2 and last - first == 2 and _has_three(rows[first:last])
            )
            if enough and 2 * both >= stop - start and both > most:
                best, most = (start, stop, middle), both
            first = max(last, first + 1)
    return best


def _has_three(rows: Sequence[_Row]) -> bool:
    """Whether two rows are a table: three cells in each."""
    return all(len(row.runs) >= 3 for row in rows)


def _with_both(rows: Sequence[_Row], first: int, last: int, middle: float) -> tuple[int, int]:
    """The stretch from the first row that has something on both sides; what is above is no part of it.

    Below, the longer column goes on alone to its end.
    """

    def both(row: _Row) -> bool:
        return any(run.right <= middle for run in row.runs) and any(run.left >= middle for run in row.runs)

    inside = [number for number in range(first, last) if both(rows[number])]
    if not inside:
        return first, first
    stop = inside[-1] + 1
    gap = _usual_gap(rows[inside[0] : stop])
    while stop < last and rows[stop - 1].height - rows[stop].height <= _CELL_GAP * gap:
        stop += 1
    return inside[0], stop


def _usual_gap(rows: Sequence[_Row]) -> float:
    gaps = sorted(above.height - below.height for above, below in pairwise(rows))
    return gaps[len(gaps) // 2] if gaps else rows[0].size * 1.2


def _crosses(row: _Row, middle: float) -> bool:
    return any(run.left < middle < run.right for run in row.runs)


def _near(rows: Sequence[_Row], first: int, at: int) -> bool:
    """Whether a row is not far below the one above it, so that a gap does not leap over a picture."""
    return at == first or rows[at - 1].height - rows[at].height <= 6 * rows[at].size


def _table(region: Sequence[_Row], number: int) -> list[Line]:
    """The rows of a table; a line that leaves the first cell empty goes on with the row above it."""
    edges = _columns(region)
    gap = _usual_gap(region)
    rows: list[tuple[_Row, list[str]]] = []
    for at, row in enumerate(region):
        cells = [""] * (len(edges) + 1)
        for run in row.runs:
            column = sum(edge <= (run.left + run.right) / 2 for edge in edges)
            cells[column] = f"{cells[column]} {run.words}".strip()
        close = at > 0 and region[at - 1].height - row.height <= 1.05 * gap
        if rows and not cells[0] and close and any(cells):
            for column, words in enumerate(cells):
                rows[-1][1][column] = f"{rows[-1][1][column]} {words}".strip()
        else:
            rows.append((row, cells))
    return [
        Line(
            " ".join(cell for cell in cells if cell),
            row.size,
            all(run.bold for run in row.runs),
            row.height,
            row.runs[0].left,
            tuple(cells),
            number,
        )
        for row, cells in rows
    ]


def _columns(region: Sequence[_Row]) -> list[float]:
    """The middles of the gaps that go down through a table."""
    spans = sorted((run.left, run.right) for row in region for run in row.runs)
    # A row that has fewer cells may span several columns: only full rows tell where these are.
    full = max(len(row.runs) for row in region)
    if sum(len(row.runs) == full for row in region) * 2 >= len(region):
        spans = sorted((run.left, run.right) for row in region if len(row.runs) == full for run in row.runs)
    edges, end = [], spans[0][1]
    for left, right in spans[1:]:
        if left > end:
            edges.append((end + left) / 2)
        end = max(end, right)
    return edges


def _is_aligned(region: Sequence[_Row], edges: Sequence[float]) -> bool:
    """Whether entries of a column begin, end or have their middle under one another; most rows have two."""
    columns: list[list[tuple[float, float, float]]] = [[] for _ in range(len(edges) + 1)]
    several = 0
    for row in region:
        cells: dict[int, list[Run]] = {}
        for run in row.runs:
            cells.setdefault(sum(edge <= (run.left + run.right) / 2 for edge in edges), []).append(run)
        several += len(cells) > 1
        for column, runs in cells.items():
            left, right = min(run.left for run in runs), max(run.right for run in runs)
            columns[column].append((left, (left + right) / 2, right))
    tolerance = _ALIGNED * max(row.size for row in region)

    def aligned(places: list[tuple[float, float, float]]) -> bool:
        for kind in range(3):
            values = sorted(place[kind] for place in places)
            middle = values[len(values) // 2]
            if sum(abs(value - middle) <= tolerance for value in values) >= _MOST * len(values):
                return True
        return False

    filled = sum(map(len, columns)) / (len(columns) * len(region))
    # A cell over several columns stands under none of them, so that not all need be in line.
    in_line = [aligned(places) for places in columns if len(places) > 1]
    return several * 2 >= len(region) and filled >= 0.5 and 2 * sum(in_line) >= len(in_line)


def _line(row: _Row) -> Line:
    return Line(
        " ".join(run.words for run in row.runs),
        max(row.runs, key=lambda run: len(run.words)).size,
        all(run.bold for run in row.runs),
        row.height,
        row.runs[0].left,
    )
