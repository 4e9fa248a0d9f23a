"""Gaps that go down a page between what stands side by side: columns of text, or cells of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.headers import names_columns
from index.pdf_rows import Row, Run, is_formula, rows_of, usual_gap

FEWEST_LINES = 3
COLUMN_WORDS = 3.5
"""Words that a line of a column of text has at least, in the mean; an entry of a table mostly has fewer."""
_CELL_GAP = 1.5
_FAR = 6
"""Type sizes between two lines that stand in one stretch at most."""
_MOST_CROSSINGS = 2_000_000
"""Rows of a page times the gaps that may go through them; a map or a plan has more."""
_WIDE_GAP = 3
"""How much wider than usual the distance of two lines is where a column ends."""


class Divided(NamedTuple):
    """A stretch of rows that one gap goes through.

    Attributes:
        first, last: Its first row, and the one behind it.
        gutter: The middle of the gap.
        on_one_line: Whether both sides stand on the same base lines, as the cells of a table do.
        lines: On how many lines something stands on either side.
    """

    first: int
    last: int
    gutter: float
    on_one_line: bool
    lines: int


def divided(rows: Sequence[Row]) -> Divided | None:
    """The longest stretch of rows that one gap goes through; none is sought on a map."""
    gaps = sorted(_gaps(rows))
    if len(gaps) * len(rows) > _MOST_CROSSINGS:
        return None
    best: Divided | None = None
    for middle, first, last in _stretches(rows, gaps):
        lefts = sum(left_of(row, middle) for row in rows[first:last])
        rights = sum(right_of(row, middle) for row in rows[first:last])
        if min(lefts, rights) > (best.lines if best else 0):
            found = best, _cells(rows, first, last, middle), _unaligned(rows, first, last, middle)
            best = max(filter(None, found), key=lambda divided: divided.lines, default=None)
    return best


def _stretches(rows: Sequence[Row], gaps: Sequence[float]) -> Iterator[tuple[float, int, int]]:
    """Each gap with each stretch that it goes through: its first row, and the one behind it.

    Rows stand from top to bottom, and gaps, given by their middles, from left to right. Where the gap before
    divides a stretch in the same way, it is left out: nothing else would be found there.
    """
    # A gap does not leap over a picture.
    far = [False] + [one.height - next_.height > _FAR * next_.size for one, next_ in pairwise(rows)]
    places = [(run, number) for number, row in enumerate(rows) for run in row.runs if run.left < run.right]
    turns = sorted(
        (place, begins, number)
        for run, number in places
        for place, begins in ((run.left, True), (run.right, False))
    )
    turn = 0
    crossed = [0] * len(rows)
    changed = set(range(len(rows)))
    for middle in gaps:
        while turn < len(turns) and turns[turn][:2] < (middle, True):
            _, begins, number = turns[turn]
            crossed[number] += 1 if begins else -1
            changed.add(number)
            turn += 1
        last = 0
        for at in sorted({near for number in changed for near in (number - 1, number, number + 1)}):
            if last <= at < len(rows) and not crossed[at]:
                first, last = at, at + 1
                while first > 0 and not far[first] and not crossed[first - 1]:
                    first -= 1
                while last < len(rows) and not far[last] and not crossed[last]:
                    last += 1
                yield middle, first, last
        changed.clear()


def _gaps(rows: Sequence[Row]) -> set[float]:
    """Where a gap may go down: between runs that stand side by side, and before where several runs begin."""
    between = {
        round((a.right + b.left) / 2, 1) for row in rows for a, b in pairwise(row.runs) if b.left > a.right
    }
    begin = Counter(round(row.runs[0].left) for row in rows)
    return between | {left - 1.5 for left, lines in begin.items() if lines >= FEWEST_LINES}


def _cells(rows: Sequence[Row], first: int, last: int, middle: float) -> Divided | None:
    """The stretch from the first row that has something on both sides; what is above is no part of it.

    Below, the longer column goes on alone to its end.
    """
    both = [at for at in range(first, last) if left_of(rows[at], middle) and right_of(rows[at], middle)]
    if not both:
        return None
    start, stop = both[0], both[-1] + 1
    gap = usual_gap(rows[start:stop])
    while stop < last and rows[stop - 1].height - rows[stop].height <= _CELL_GAP * gap:
        stop += 1
    few = len(both) == 2 == stop - start and _are_table(rows[start:stop], alone=last - first == 2)
    enough = (len(both) >= FEWEST_LINES and 2 * len(both) >= stop - start) or few
    return Divided(start, stop, middle, True, len(both)) if enough else None


def _unaligned(rows: Sequence[Row], first: int, last: int, middle: float) -> Divided | None:
    """Two columns whose lines stand beside one another on base lines of their own.

    The longer one goes on alone to its end.
    """
    left = [number for number in range(first, last) if left_of(rows[number], middle)]
    right = [number for number in range(first, last) if right_of(rows[number], middle)]
    # What stands alone above either of them is no part of it.
    while left and right and abs(rows[left[0]].height - rows[right[0]].height) > 2 * rows[left[0]].size:
        (left if left[0] < right[0] else right).pop(0)
    fewer = min(len(left), len(right))
    if fewer < FEWEST_LINES or 2 * len({*left} & {*right}) >= fewer:
        return None
    stretch = [rows[number] for number in sorted({*left, *right})]
    sides = sides_of(stretch, middle)
    gap = min(run.left for run in sides[1]) - max(run.right for run in sides[0])
    if gap < stretch[0].size or is_formula(stretch) or not any(map(is_text, sides)):
        return None
    ends = [_end_of_column([rows[number] for number in own]) for own in (left, right)]
    last_of = left[ends[0] - 1], right[ends[1] - 1]
    beside = min(sum(number <= min(last_of) for number in own) for own in (left, right))
    found = Divided(min(left[0], right[0]), max(last_of) + 1, middle, False, beside)
    return found if beside >= FEWEST_LINES else None


def _end_of_column(rows: Sequence[Row]) -> int:
    """How many rows of a column stand under one another without a wide gap."""
    gap = usual_gap(rows)
    wide = (
        at for at, (one, next_) in enumerate(pairwise(rows), 1) if one.height - next_.height > _WIDE_GAP * gap
    )
    return next(wide, len(rows))


def left_of(row: Row, middle: float) -> bool:
    """Whether a row has something to the left of a gap."""
    return row.ends_first <= middle


def right_of(row: Row, middle: float) -> bool:
    """The same to the right."""
    return row.runs[-1].left >= middle


def _are_table(rows: Sequence[Row], *, alone: bool) -> bool:
    """Whether two rows are a table: three cells in each, and nothing beside them or names over entries."""
    cells = [[run.words for run in row.runs] for row in rows]
    return min(map(len, cells)) >= 3 and (alone or names_columns(cells))


def sides_of(rows: Sequence[Row], gutter: float) -> tuple[list[Run], list[Run]]:
    """What stands to the left of a gap, and to the right."""
    left = [run for row in rows for run in row.runs if run.right <= gutter]
    return left, [run for row in rows for run in row.runs if run.left >= gutter]


def is_text(runs: Sequence[Run]) -> bool:
    """Whether runs under one another are a column of text: lines of several words, or few of them."""
    rows = rows_of(runs)
    words = [sum(len(run.words.split()) for run in row.runs) for row in rows]
    return sum(words) / len(words) >= COLUMN_WORDS
