"""Rows of a page as a table: where its columns are, and whether what stands there is one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from statistics import median_high

from index.pdf_rows import Line, Row, Run, usual_gap

_ALIGNED = 0.35
"""How far from one another entries of a column may begin, in type sizes."""
_MOST = 0.7
_NEAR_GROUPS = 1.6


def names_groups_of(above: Row, region: Sequence[Row]) -> bool:
    """Whether a line right above a table stands over groups of its columns: "Weekdays", "Weekend"."""
    near = 0 < above.height - region[0].height <= _NEAR_GROUPS * usual_gap(region)
    several = 1 < len(above.runs) < len(column_gaps(region)) + 1
    return near and several and not any(map(str.isdigit, "".join(run.words for run in above.runs)))


def table_of(region: Sequence[Row], groups: Row | None = None) -> list[Line]:
    """The rows of a table; a line that has no name of its own goes on with the row above it.

    In `groups` each run names the columns from the one where it begins.
    """
    edges, gap = column_gaps(region), usual_gap(region)
    rows: list[tuple[Row, list[str]]] = []
    if groups is not None:
        names = [""] * (len(edges) + 1)
        for run in groups.runs:
            names[bisect_right(edges, run.left)] = run.words
        rows.append((groups, names))
    for at, row in enumerate(region):
        cells = [" ".join(run.words for run in runs) for runs in _by_column(row, edges)]
        close = at > 0 and region[at - 1].height - row.height <= 1.05 * gap
        if close and (not cells[0] or _goes_on(rows[-1][1], cells)):
            rows[-1][1][:] = [" ".join(filter(None, both)) for both in zip(rows[-1][1], cells, strict=True)]
        else:
            rows.append((row, cells))
    return [
        Line(
            " ".join(filter(None, cells)),
            row.size,
            all(run.bold for run in row.runs),
            row.height,
            tuple(cells),
            begins=number == 0,
        )
        for number, (row, cells) in enumerate(rows)
    ]


def _by_column(row: Row, edges: Sequence[float]) -> list[list[Run]]:
    """The runs of a row by the column in which their middle lies."""
    columns: list[list[Run]] = [[] for _ in range(len(edges) + 1)]
    for run in row.runs:
        columns[bisect_right(edges, (run.left + run.right) / 2)].append(run)
    return columns


def _goes_on(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a line has but the rest of the name of the row above: "Car with trailer," "over 6 m"."""
    name, *entries = cells
    opens = above[0].endswith((",", "-")) or (len(entries) > 1 and name[0].islower())
    return opens and any(above[1:]) and not any(entries)


def column_gaps(region: Sequence[Row]) -> list[float]:
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


def is_aligned(region: Sequence[Row], edges: Sequence[float]) -> bool:
    """Whether entries of a column begin, end or have their middle under one another; most rows have two."""
    columns: list[list[tuple[float, float, float]]] = [[] for _ in range(len(edges) + 1)]
    several = 0
    for row in region:
        cells = _by_column(row, edges)
        several += sum(map(bool, cells)) > 1
        for places, runs in zip(columns, cells, strict=True):
            if runs:
                left, right = min(run.left for run in runs), max(run.right for run in runs)
                places.append((left, (left + right) / 2, right))
    tolerance = _ALIGNED * max(row.size for row in region)

    def aligned(values: Sequence[float]) -> bool:
        middle = median_high(values)
        return sum(abs(value - middle) <= tolerance for value in values) >= _MOST * len(values)

    filled = sum(map(len, columns)) / (len(columns) * len(region))
    # A cell over several columns stands under none of them, so that not all need be in line.
    in_line = [any(map(aligned, zip(*places, strict=True))) for places in columns if len(places) > 1]
    return several * 2 >= len(region) and filled >= 0.5 and 2 * sum(in_line) >= len(in_line)
