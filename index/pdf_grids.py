"""Tables whose cells are ruled: the grids that the lines of a page make, and what stands in their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.pdf_rows import Line, Run, rows_of
from index.pdf_rules import Stroke, Strokes, near_together
from index.tables import is_layout, joined_header

_TOUCHING = 3.0
"""Points by which two lines may miss one another at the corner of a cell."""
_MOST_CROSSINGS = 1_000_000
_MOST_CELLS = 10_000
"""Cells of a page; graph paper has more."""
_FEWEST_ROWS = 2
"""Rows of a table that have entries side by side at least: a diagram has hardly any."""

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table.

    Attributes:
        columns: Edges of its columns, from left to right, in points.
        rows: Edges of its rows, from the lowest up.
        whole: For each cell, by row from the lowest and column, the cell that it is a part of, its
            uppermost left one.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    whole: dict[Cell, Cell]

    def divides(self, left: float, right: float, height: float) -> bool:
        """Whether an upright edge of a cell lies between two places at a height."""
        if not self.rows[0] <= height <= self.rows[-1]:
            return False
        row = _between(self.rows, height)
        return any(
            left < edge < right and self.whole[row, column] != self.whole[row, column - 1]
            for column, edge in enumerate(self.columns[1:-1], start=1)
        )

    def cell_of(self, run: Run) -> Cell | None:
        """The whole cell in which a run stands."""
        across, up = (run.left + run.right) / 2, run.height + 0.3 * run.size
        inside = self.columns[0] <= across <= self.columns[-1] and self.rows[0] <= up <= self.rows[-1]
        return self.whole[_between(self.rows, up), _between(self.columns, across)] if inside else None


def grids_of(strokes: Strokes) -> list[Grid]:
    """The grids of at least two rows and columns of cells that lines make, the highest first."""
    if len(strokes.level) * len(strokes.upright) > _MOST_CROSSINGS:
        return []
    grids = filter(None, (_grid(*lines) for lines in _connected(strokes)))
    return sorted(grids, key=lambda grid: -grid.rows[-1])


def ruled_table(grid: Grid, runs: Iterable[Run]) -> list[Line]:
    """What stands in the cells of a grid as rows of a table; none where it is no table of entries.

    A cell over several rows or columns stands in each, since a row is read alone, and one over all columns in
    the first; the header of two rows is one.
    """
    held: dict[Cell, list[Run]] = {}
    for run in runs:
        if (cell := grid.cell_of(run)) is not None:
            held.setdefault(cell, []).append(run)
    words = {
        cell: " ".join(run.words for row in rows_of(own) for run in row.runs) for cell, own in held.items()
    }
    across, down = range(len(grid.columns) - 1), range(len(grid.rows) - 2, -1, -1)
    cells = [list(dict.fromkeys(grid.whole[row, column] for column in across)) for row in down]
    table = [[words.get(grid.whole[row, column], "") for column in across] for row in down]
    for own, told in zip(cells, table, strict=True):
        if len(own) == 1:
            told[1:] = [""] * len(told[1:])
    # Signs alone are no entries.
    entries = {cell for cell, said in words.items() if any(map(str.isalnum, said))}
    side_by_side = sum(len(entries.intersection(own)) > 1 for own in cells)
    if side_by_side < _FEWEST_ROWS or 2 * len(entries) < len(set(grid.whole.values())) or is_layout(table):
        return []
    bold = [bool(own) and all(run.bold for run in own) for own in (_of(held, row) for row in cells)]
    if len(table) > 2 and 1 < len(cells[0]) < len(cells[1]):
        table[:2], cells[:2], bold[:2] = [joined_header(*table[:2])], [cells[0] + cells[1]], [True]
    header = bold[0] and not all(bold)
    lines: list[Line] = []
    for at, (own, told) in enumerate(zip(cells, table, strict=True)):
        if any(told):
            top = max(_of(held, own), key=lambda run: run.height)
            joined = " ".join(filter(None, told))
            lines.append(Line(joined, top.size, header and not at, top.height, tuple(told), begins=not lines))
    return lines


def _of(held: dict[Cell, list[Run]], cells: Iterable[Cell]) -> list[Run]:
    return [run for cell in cells for run in held.get(cell, ())]


def _connected(strokes: Strokes) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Level and upright lines that cross or touch one another, in groups."""
    level, left = list(strokes.level), list(strokes.upright)
    while left:
        upright, own, found = [], [], [left.pop()]
        while found:
            upright += found
            crossing = [line for line in level if any(_meet(line, other) for other in found)]
            level = [line for line in level if line not in crossing]
            own += crossing
            found = [line for line in left if any(_meet(other, line) for other in crossing)]
            left = [line for line in left if line not in found]
        yield own, upright


def _meet(level: Stroke, upright: Stroke) -> bool:
    return (
        level.start - _TOUCHING <= upright.at <= level.end + _TOUCHING
        and upright.start - _TOUCHING <= level.at <= upright.end + _TOUCHING
    )


def _grid(level: Sequence[Stroke], upright: Sequence[Stroke]) -> Grid | None:
    """The cells between lines that cross. A table may be open at its sides; axes of a drawing end openly."""
    if not level:
        return None
    columns, rows = _sides(_edges(upright), level), _edges(level)
    if len(columns) < 3 or len(rows) < 3 or len(columns) * len(rows) > _MOST_CELLS:
        return None
    whole: dict[Cell, Cell] = {}
    for row in range(len(rows) - 2, -1, -1):
        for column in range(len(columns) - 1):
            up, across = (rows[row] + rows[row + 1]) / 2, (columns[column] + columns[column + 1]) / 2
            whole[row, column] = (row, column)
            if column and not _is_ruled(upright, columns[column], up):
                whole[row, column] = whole[row, column - 1]
            elif (row + 1, column) in whole and not _is_ruled(level, rows[row + 1], across):
                whole[row, column] = whole[row + 1, column]
    return Grid(tuple(columns), tuple(rows), whole) if _are_rectangles(whole) else None


def _are_rectangles(whole: dict[Cell, Cell]) -> bool:
    """Whether each whole cell is one: the lines of a drawing make others, too."""
    parts: dict[Cell, list[Cell]] = {}
    for part, cell in whole.items():
        parts.setdefault(cell, []).append(part)
    return all(
        len(own) == len({row for row, _ in own}) * len({column for _, column in own})
        for own in parts.values()
    )


def _edges(lines: Sequence[Stroke]) -> list[float]:
    """Where lines lie."""
    return [sum(line.at for line in group) / len(group) for group in near_together(lines, _TOUCHING)]


def _sides(columns: list[float], level: Sequence[Stroke]) -> list[float]:
    """The edges of columns, with the ends of the rows where no line closes them."""
    first, last = min(line.start for line in level), max(line.end for line in level)
    before = [first] if first < columns[0] - 2 * _TOUCHING else []
    return [*before, *columns, *([last] if last > columns[-1] + 2 * _TOUCHING else [])]


def _is_ruled(lines: Iterable[Stroke], at: float, place: float) -> bool:
    return any(abs(line.at - at) <= _TOUCHING and line.start <= place <= line.end for line in lines)


def _between(edges: Sequence[float], place: float) -> int:
    return min(bisect_right(edges, place), len(edges) - 1) - 1
