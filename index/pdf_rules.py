"""The lines that are drawn on a page of a PDF, level or upright, such as rule the cells of a table."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from index.pdf_characters import Point, turned
from index.pdf_rows import grouped

_THIN = 2.5
"""Points up to which a filled box is a line."""
_SLANT = 0.5
"""Points by which the ends of a line may differ across it."""
_ONE_LINE, _GAP = 1.5, 3.0
"""Points that lie between two strokes of one line: across it, and between their ends."""
_SHORTEST = 5.0
_MOST_SEGMENTS = 50_000
"""A page that draws more of them is a map or a drawing."""


class Stroke(NamedTuple):
    """A level or an upright line: how high, or how far to the right, it lies, and from where to where."""

    at: float
    start: float
    end: float


class Strokes(NamedTuple):
    """The lines of a page, in points, on the page turned so that its text is upright."""

    level: Sequence[Stroke]
    upright: Sequence[Stroke]


def strokes_of(page: Any, quarter: int) -> Strokes:
    """The lines of a page of a `pypdfium2.PdfDocument` that is turned by so many quarters, as its text is.

    Those that continue one another are joined.
    """
    import pypdfium2.raw as pdfium

    level: list[Stroke] = []
    upright: list[Stroke] = []
    segments = 0
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        segments += pdfium.FPDFPath_CountSegments(path)
        if segments > _MOST_SEGMENTS:
            return Strokes((), ())
        for one, other in _lines(path):
            (left, low), (right, high) = sorted((turned(quarter, one), turned(quarter, other)))
            if abs(high - low) <= _SLANT:
                level.append(Stroke((low + high) / 2, left, right))
            elif right - left <= _SLANT:
                upright.append(Stroke((left + right) / 2, min(low, high), max(low, high)))
    return Strokes(_joined(level), _joined(upright))


def _lines(path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight lines that a path draws; a thin box that it fills is one."""
    import pypdfium2.raw as pdfium

    fills, draws = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fills, draws)
    for points in _polygons(path):
        if draws.value:
            yield from pairwise(points)
        elif fills.value:
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            low, high = min(y for _, y in points), max(y for _, y in points)
            if min(right - left, high - low) > _THIN:
                continue
            if right - left > high - low:
                yield (left, (low + high) / 2), (right, (low + high) / 2)
            else:
                yield ((left + right) / 2, low), ((left + right) / 2, high)


def _polygons(path: Any) -> Iterator[list[Point]]:
    """The corners of each part of a path, on the page; the first again where it is closed."""
    import pypdfium2.raw as pdfium

    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for number in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:  # round corners, circles: no lines
            points = []
            continue
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield [*points, points[0]]
            points = []
    if points:
        yield points


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes that lie on one line and touch as one, and none that is shorter than a cell."""
    joined: list[Stroke] = []
    for group in near_together(strokes, _ONE_LINE):
        at = sum(stroke.at for stroke in group) / len(group)
        own: list[Stroke] = []
        for _, start, end in sorted(group, key=lambda stroke: stroke.start):
            if own and start - own[-1].end <= _GAP:
                own[-1] = Stroke(at, own[-1].start, max(own[-1].end, end))
            else:
                own.append(Stroke(at, start, end))
        joined += own
    return [stroke for stroke in joined if stroke.end - stroke.start >= _SHORTEST]


def near_together(strokes: Iterable[Stroke], apart: float) -> list[list[Stroke]]:
    """Strokes that lie no farther apart than that from the next, in groups, by where they lie."""
    return grouped(sorted(strokes), lambda one, next_: next_.at - one.at <= apart)
