"""Gaps that go down a page between what stands side by side: columns of text, or cells of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from index.pdf_rows import Row, is_formula, rows_of, usual_gap
from index.pdf_runs import Run

FEWEST_LINES = 3
COLUMN_WORDS = 3.5
"""Words that a line of a column of text has at least, in the mean; an entry of a table mostly has fewer."""
_CELL_GAP = 1.5
_WIDE_GAP = 3
"""How much wider than usual the distance of two lines is where a column ends."""


class Divided(NamedTuple):
    """A stretch of rows that one gap goes through.

    Attributes:
        first, last: Its first row, and the one behind it.
        gutter: The middle of the gap.
        on_one_line: Whether both sides stand on the same base lines, as the cells of a table do.
    """

    first: int
    last: int
    gutter: float
    on_one_line: bool


def divided(rows: Sequence[Row]) -> Divided | None:
    """The longest stretch of rows that one gap goes through."""
    best: Divided | None = None
    most = 0
    for middle in sorted(_gaps(rows)):
        first = 0
        while first < len(rows):
            last = first
            while last < len(rows) and not _crosses(rows[last], middle) and _near(rows, first, last):
                last += 1
            for found, lines in (_cells(rows, first, last, middle), _unaligned(rows, first, last, middle)):
                if found and lines > most:
                    best, most = found, lines
            first = max(last, first + 1)
    return best


def _gaps(rows: Sequence[Row]) -> set[float]:
    """Where a gap may go down: between runs that stand side by side, and before where several runs begin."""
    between = {
        round((a.right + b.left) / 2, 1) for row in rows for a, b in pairwise(row.runs) if b.left > a.right
    }
    begin = Counter(round(row.runs[0].left) for row in rows)
    return between | {left - 1.5 for left, lines in begin.items() if lines >= FEWEST_LINES}


def _cells(rows: Sequence[Row], first: int, last: int, middle: float) -> tuple[Divided | None, int]:
    """What stands on either side on the same base lines, and on how many."""
    both = sum(left_of(row, middle) and right_of(row, middle) for row in rows[first:last])
    start, stop = _with_both(rows, first, last, middle)
    enough = both >= FEWEST_LINES or (both == 2 and last - first == 2 and _has_three(rows[first:last]))
    return (Divided(start, stop, middle, True) if enough and 2 * both >= stop - start else None), both


def _unaligned(rows: Sequence[Row], first: int, last: int, middle: float) -> tuple[Divided | None, int]:
    """Two columns whose lines stand beside one another on base lines of their own, and how many do.

    The longer one goes on alone to its end.
    """
    left = [number for number in range(first, last) if left_of(rows[number], middle)]
    right = [number for number in range(first, last) if right_of(rows[number], middle)]
    # What stands alone above either of them is no part of it.
    while left and right and abs(rows[left[0]].height - rows[right[0]].height) > 2 * rows[left[0]].size:
        (left if left[0] < right[0] else right).pop(0)
    fewer = min(len(left), len(right))
    if fewer < FEWEST_LINES or 2 * len({*left} & {*right}) >= fewer:
        return None, 0
    stretch = [rows[number] for number in sorted({*left, *right})]
    sides = sides_of(stretch, middle)
    gap = min(run.left for run in sides[1]) - max(run.right for run in sides[0])
    if gap < stretch[0].size or is_formula(stretch) or not any(map(is_text, sides)):
        return None, 0
    ends = [_end_of_column([rows[number] for number in own]) for own in (left, right)]
    last_of = left[ends[0] - 1], right[ends[1] - 1]
    beside = min(sum(number <= min(last_of) for number in own) for own in (left, right))
    found = Divided(min(left[0], right[0]), max(last_of) + 1, middle, False)
    return (found if beside >= FEWEST_LINES else None), beside


def _end_of_column(rows: Sequence[Row]) -> int:
    """How many rows of a column stand under one another without a wide gap."""
    gap = usual_gap(rows)
    wide = (
        at for at, (one, next_) in enumerate(pairwise(rows), 1) if one.height - next_.height > _WIDE_GAP * gap
    )
    return next(wide, len(rows))


def left_of(row: Row, middle: float) -> bool:
    """Whether a row has something to the left of a gap."""
    return any(run.right <= middle for run in row.runs)


def right_of(row: Row, middle: float) -> bool:
    """The same to the right."""
    return any(run.left >= middle for run in row.runs)


def _has_three(rows: Sequence[Row]) -> bool:
    """Whether two rows are a table: three cells in each."""
    return all(len(row.runs) >= 3 for row in rows)


def _with_both(rows: Sequence[Row], first: int, last: int, middle: float) -> tuple[int, int]:
    """The stretch from the first row that has something on both sides; what is above is no part of it.

    Below, the longer column goes on alone to its end.
    """

    inside = [
        number
        for number in range(first, last)
        if left_of(rows[number], middle) and right_of(rows[number], middle)
    ]
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


def sides_of(rows: Sequence[Row], gutter: float) -> tuple[list[Run], list[Run]]:
    """What stands to the left of a gap, and to the right."""
    left = [run for row in rows for run in row.runs if run.right <= gutter]
    return left, [run for row in rows for run in row.runs if run.left >= gutter]


def is_text(runs: Sequence[Run]) -> bool:
    """Whether runs under one another are a column of text: lines of several words, or few of them."""
    rows = rows_of(runs)
    words = [sum(len(run.words.split()) for run in row.runs) for row in rows]
    return sum(words) / len(words) >= COLUMN_WORDS
