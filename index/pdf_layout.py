"""The runs of a page in the order in which people read them: lines of columns, and rows of tables.

A gap that goes down through several lines divides columns of text, which are read one after the other, or
the cells of a table, which are read row by row. Which of the two is told by how much stands between the gaps.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from itertools import pairwise

from index.pdf_page import Run
from index.pdf_rows import Line, Row, is_formula, line_of, rows_of, usual_gap
from index.pdf_tables import column_gaps, is_aligned, table_of

_FEWEST_LINES = 3
_COLUMN_WORDS = 3.5
"""Words that a line of a column of text has at least, in the mean; an entry of a table mostly has fewer."""
_CELL_GAP = 1.5


def read_lines(runs: Sequence[Run]) -> list[Line]:
    """Lines of a page in reading order; what is written in another direction comes last."""
    upright = [run for run in runs if not run.turned]
    turned = [run for run in runs if run.turned]
    tables = [0]
    lines = _read(rows_of(upright), tables)
    return lines + [line_of(Row((run,))) for run in turned]


def _read(rows: list[Row], tables: list[int]) -> list[Line]:
    found = _divided(rows)
    if found is None:
        return [line_of(row) for row in rows]
    first, last, gutter = found
    above, region, below = rows[:first], rows[first:last], rows[last:]
    left, right = _sides(region, gutter)
    if _is_text(left) and _is_text(right):
        inside = _read_columns(region, gutter, tables)
    elif is_aligned(region, column_gaps(region)) and not is_formula(region):
        tables[0] += 1
        inside = table_of(region, tables[0])
    else:  # a formula, a drawing with words in it
        inside = [line_of(row) for row in region]
    return [*_read(above, tables), *inside, *_read(below, tables)]


def _sides(rows: Sequence[Row], gutter: float) -> tuple[list[Run], list[Run]]:
    left = [run for row in rows for run in row.runs if run.right <= gutter]
    return left, [run for row in rows for run in row.runs if run.left >= gutter]


def _read_columns(rows: Sequence[Row], gutter: float, tables: list[int]) -> list[Line]:
    """Two columns of text one after the other; a table that goes across both is read between them."""
    across = _table_across(rows)
    if across is None:
        left, right = _sides(rows, gutter)
        return [*_read(rows_of(left), tables), *_read(rows_of(right), tables)]
    first, last = across
    above = _read_columns(rows[:first], gutter, tables) if first else []
    tables[0] += 1
    table = table_of(rows[first:last], tables[0])
    return [*above, *table, *(_read_columns(rows[last:], gutter, tables) if last < len(rows) else [])]


def _table_across(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The first stretch of rows of three cells and more, none of whose columns is text; None without one."""
    at = 0
    for wide, group in itertools.groupby(rows, key=lambda row: len(row.runs) > 2):
        region = list(group)
        if wide and len(region) >= _FEWEST_LINES and not is_formula(region):
            edges = [float("-inf"), *column_gaps(region), float("inf")]
            columns = [
                [run for row in region for run in row.runs if left < run.left < right]
                for left, right in pairwise(edges)
            ]
            if not any(map(_is_text, filter(None, columns))) and is_aligned(region, edges[1:-1]):
                return at, at + len(region)
        at += len(region)
    return None


def _is_text(runs: Sequence[Run]) -> bool:
    """Whether runs under one another are a column of text: lines of several words, or few of them."""
    rows = rows_of(runs)
    words = [sum(len(run.words.split()) for run in row.runs) for row in rows]
    return sum(words) / len(words) >= _COLUMN_WORDS


def _divided(rows: Sequence[Row]) -> tuple[int, int, float] | None:
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


def _has_three(rows: Sequence[Row]) -> bool:
    """Whether two rows are a table: three cells in each."""
    return all(len(row.runs) >= 3 for row in rows)


def _with_both(rows: Sequence[Row], first: int, last: int, middle: float) -> tuple[int, int]:
    """The stretch from the first row that has something on both sides; what is above is no part of it.

    Below, the longer column goes on alone to its end.
    """

    def both(row: Row) -> bool:
        return any(run.right <= middle for run in row.runs) and any(run.left >= middle for run in row.runs)

    inside = [number for number in range(first, last) if both(rows[number])]
    if not inside:
        return first, first
    stop = inside[-1] + 1
    gap = usual_gap(rows[inside[0] : stop])
    while stop < last and rows[stop - 1].height - rows[stop].height <= _CELL_GAP * gap:
        stop += 1
    return inside[0], stop


def _crosses(row: Row, middle: float) -> bool:
    return any(run.left < middle < run.right for run in row.runs)


def _near(rows: Sequence[Row], first: int, at: int) -> bool:
    """Whether a row is not far below the one above it, so that a gap does not leap over a picture."""
    return at == first or rows[at - 1].height - rows[at].height <= 6 * rows[at].size
