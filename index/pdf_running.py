"""Lines that come back on the pages of a PDF: running heads and page numbers."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import pairwise

from index.noise import PAGE_NUMBER
from index.pdf_grids import Grid
from index.pdf_rows import Run, usual_size
from index.pdf_text import LARGER_THAN_BODY

_ALIKE = 6
"""Points by which the running heads of two pages may differ in height."""
_NUMBERED = re.compile(r"(?:[^\W\d_]+ )+\d+[.:]?")


def without_running_lines(pages: list[list[Run]], grids: list[list[Grid]]) -> list[list[Run]]:
    """Leaves out bare page numbers, and what comes back at the same place of an edge of half of the pages."""
    edges: dict[str, list[tuple[int, Run]]] = {}
    for number, page in enumerate(pages):
        for run in (run for line in _at_edges(page) for run in line):
            edges.setdefault(_undated(run.words), []).append((number, run))
    often = max(2, len(pages) // 2 + 1) if len(pages) < 6 else max(3, len(pages) // 3)
    body = usual_size(run for page in pages for run in page)
    bold = sum(len(run.words) * (1 if run.bold else -1) for page in pages for run in page) > 0

    @functools.cache
    def repeated(masked: str, height: float) -> bool:
        # A table that goes on over pages has rows that differ by a figure only, at other heights.
        there = [(number, run) for number, run in edges[masked] if abs(run.height - height) < _ALIKE]
        if len({number for number, _ in there}) < often:
            return False
        larger = (run.size > body * LARGER_THAN_BODY or run.bold > bold for _, run in there)
        return _is_running(there, titled=all(larger))

    def runs_on(run: Run, ruled: list[Grid]) -> bool:
        if PAGE_NUMBER.fullmatch(run.words) and all(grid.cell_of(run) is None for grid in ruled):
            return True
        return repeated(_undated(run.words), run.height)

    def kept(page: list[Run], ruled: list[Grid]) -> list[Run]:
        # A figure beside words is no page number but a cell.
        lines = [line for line in _at_edges(page) if all(runs_on(run, ruled) for run in line)]
        running = {id(run) for line in lines for run in line}
        return [run for run in page if id(run) not in running]

    return list(map(kept, pages, grids))


def _is_running(there: Sequence[tuple[int, Run]], titled: bool) -> bool:
    """Whether lines of pages that differ by numbers at most are a running head; `titled`: set like titles."""
    said = {run.words for _, run in there}
    if 2 * len(said) <= len(there):
        return True
    if titled and len(said) == len(there) and all(map(_is_numbered_title, said)):
        return False
    columns = zip(*(_numbers(run.words) for _, run in there), strict=False)
    changing = [column for column in columns if len(set(column)) > 1]
    pages = [page for page, _ in there]
    return not changing or any(_goes_with(column, pages) for column in changing)


@functools.lru_cache(maxsize=10_000)
def _numbers(words: str) -> list[int]:
    return [int(figures[-9:]) for figures in re.findall(r"\d+", words)]


def _is_numbered_title(words: str) -> bool:
    """Whether these are words and their number, "Training day 3", and no number of a page."""
    return bool(_NUMBERED.fullmatch(words)) and not PAGE_NUMBER.fullmatch(" ".join(words.split()[-2:]))


def _goes_with(column: Sequence[int], pages: Sequence[int]) -> bool:
    """Whether a number mostly stays, as that of a chapter does, or grows with the pages, or twice as fast."""
    steps = pairwise(zip(pages, column, strict=True))
    going = [0 <= number - before <= 2 * (page - above) for (above, before), (page, number) in steps]
    return 2 * sum(going) >= len(going)


def _at_edges(page: list[Run]) -> list[list[Run]]:
    """The two highest and the two lowest lines of a page."""
    lines: dict[int, list[Run]] = {}
    for run in page:
        lines.setdefault(round(run.height), []).append(run)
    heights = sorted(lines)
    return [lines[height] for height in dict.fromkeys([*heights[:2], *heights[-2:]])]


def _undated(words: str) -> str:
    """The line with its numbers masked: a running head differs from page to page by its number only."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", words.lower())
