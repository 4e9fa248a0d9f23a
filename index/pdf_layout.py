"""The runs of a page in the order in which people read them: lines of columns, and rows of tables.

A gap that goes down through several lines divides columns of text, which are read one after the other, or
the cells of a table, which are read row by row. Which of the two is told by how much stands between the gaps;
a table whose cells are ruled is known by its lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from itertools import pairwise

from index.pdf_grids import Grid, ruled_table
from index.pdf_gutters import COLUMN_WORDS, FEWEST_LINES, divided, is_text, left_of, right_of, sides_of
from index.pdf_rows import Line, Row, Run, is_formula, line_of, rows_of
from index.pdf_tables import column_gaps, is_aligned, names_groups_of, table_of

_FULL = 0.8
"""Share of the width of a column from which a line is full."""
_WITHIN = re.compile(r"[^\W\d_]{2}")
"""How a line begins that goes on with a sentence: with a word, and no letter of a formula."""


def read_lines(runs: Sequence[Run], grids: Sequence[Grid] = ()) -> list[Line]:
    """Lines of a page in reading order, ruled tables where they begin, what is turned last."""
    upright = [run for run in runs if not run.turned]
    turned = [run for run in runs if run.turned]
    for grid in grids:
        inside = [run for run in upright if grid.cell_of(run) is not None]
        if table := ruled_table(grid, inside):
            top = max(inside, key=lambda run: run.height)
            left, *_, right = grid.columns
            upright = [run for run in upright if grid.cell_of(run) is None]
            upright.append(Run("", left, right, top.height, top.size, table=tuple(table)))
    return [*_read(rows_of(upright)), *(line_of(Row((run,))) for run in turned)]


def _read(rows: list[Row]) -> list[Line]:
    found = divided(rows)
    if found is None:
        return _lines(rows)
    above, region, below = rows[: found.first], rows[found.first : found.last], rows[found.last :]
    as_text = all(map(is_text, sides_of(region, found.gutter))) or _runs_on(region, found.gutter)
    # A ruled table on one side of the gap stands in a column.
    if as_text or not found.on_one_line or _has_ruled(region):
        inside = _columns(region, found.gutter)
    elif is_aligned(region, column_gaps(region)) and not is_formula(region):
        inside = table_of(region, above.pop() if above and names_groups_of(above[-1], region) else None)
    else:  # a formula, a drawing with words in it
        inside = _lines(region)
    return [*_read(above), *inside, *_read(below)]


def _columns(rows: Sequence[Row], gutter: float) -> list[Line]:
    """Two columns of text one after the other; a table that goes across both is read between them."""
    across = _table_across(rows)
    if across is None:
        left, right = sides_of(rows, gutter)
        return [*_read(rows_of(left)), *_read(rows_of(right))]
    first, last = across
    return [*_columns(rows[:first], gutter), *table_of(rows[first:last]), *_columns(rows[last:], gutter)]


def _lines(rows: Sequence[Row]) -> list[Line]:
    """Rows as lines of text; a ruled table by its own rows, after what stands beside it."""
    lines: list[Line] = []
    for row in rows:
        if text := tuple(run for run in row.runs if not run.table):
            lines.append(line_of(Row(text)))
        for run in row.runs:
            lines += run.table
    return lines


def _has_ruled(rows: Sequence[Row]) -> bool:
    return any(run.table for row in rows for run in row.runs)


def _table_across(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The first stretch of rows of three cells and more, none of whose columns is text; None without one."""
    at = 0
    for wide, group in itertools.groupby(rows, key=lambda row: len(row.runs) > 2):
        region = list(group)
        if wide and len(region) >= FEWEST_LINES and not _has_ruled(region) and not is_formula(region):
            edges = [float("-inf"), *column_gaps(region), float("inf")]
            columns = [
                [run for row in region for run in row.runs if left < run.left < right]
                for left, right in pairwise(edges)
            ]
            if not any(map(is_text, filter(None, columns))) and is_aligned(region, edges[1:-1]):
                return at, at + len(region)
        at += len(region)
    return None


def _runs_on(rows: Sequence[Row], gutter: float) -> bool:
    """Whether text goes on from line to line on one side, beside entries of their own on the other.

    In a table a line that goes on has nothing beside it, and few entries are as long as their column is wide.
    """

    def within_text(words: str) -> bool:
        return words[:1].islower() and bool(_WITHIN.match(words)) and len(words.split()) >= COLUMN_WORDS

    for on_right in (True, False):
        lines = [(row, run) for row in rows for run in row.runs if (run.left >= gutter) == on_right]
        lines = [next(group) for _, group in itertools.groupby(lines, key=lambda line: id(line[0]))]
        begin, end = min(run.left for _, run in lines), max(run.right for _, run in lines)
        going_on = [
            row
            for (_, above), (row, run) in pairwise(lines)
            if above.right - begin >= _FULL * (end - begin) and within_text(run.words)
        ]
        entries = sum(left_of(row, gutter) and right_of(row, gutter) for row in going_on)
        if 3 * len(going_on) >= max(len(rows), 3 * FEWEST_LINES) and 2 * entries > len(going_on):
            return True
    return False
