"""PDF files: their pages, what is seen of each, what is read from its picture, and what was not read."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from index.errors import DocumentError
from index.noise import PAGE_NUMBER
from index.pdf_characters import READING, UNNAMED, printable
from index.pdf_grids import Grid
from index.pdf_layout import read_lines
from index.pdf_page import Drawn, drawn_on
from index.pdf_runs import Run
from index.pdf_text import LARGER_THAN_BODY, join_pages
from index.recognition import INSTALL, can_recognise, recognised_runs
from index.said import Said, say
from index.types import Document

_DAMAGED = say("is damaged or no PDF at all; open it in a PDF viewer and save a copy")
_ENCRYPTED = say("is encrypted; save a copy without a password")
NO_TEXT = say("has no text; it seems to be scanned images")

_ALIKE = 6
"""Points by which the running heads of two pages may differ in height."""

_NUMBERED = re.compile(r"(?:[^\W\d_]+ )+\d+[.:]?")

_TINY = 4
"""A run in type this many times smaller than the rest is drawn for no eye."""


def read_pdf(path: str, data: bytes) -> Document:
    """A .pdf file. Hyphenated words are whole again; running heads and page numbers are left out.

    Columns are read one after the other, tables row by row. A page without text is read from its picture
    where `index.recognition` is installed, and named in `recognised`; else it is named in `unread`.

    Raises:
        DocumentError: The file is encrypted, damaged, or has no text (scanned images).
    """
    import pypdfium2

    with READING:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            encrypted = "password" in str(error).lower()
            raise DocumentError(path, _ENCRYPTED if encrypted else _DAMAGED) from error
        try:
            return _document(path, pdf)
        except pypdfium2.PdfiumError as error:
            raise DocumentError(path, _DAMAGED) from error
        finally:
            pdf.close()


def _document(path: str, pdf: Any) -> Document:
    pdf.init_forms()
    runs: list[list[Run]] = []
    grids: list[list[Grid]] = []
    pictured: list[bool] = []
    unread: list[Said] = []
    recognised: list[int] = []
    unnamed: dict[int, int] = {}
    for number in range(len(pdf)):
        drawn = Drawn([], [], 0)
        try:
            page = pdf[number]
            drawn = drawn_on(pdf, page)
            if not drawn.runs and can_recognise() and any(page.get_objects()):
                drawn = Drawn(recognised_runs(page), [], drawn.unnamed)
                recognised += [number + 1] * bool(drawn.runs)
            if drawn.unnamed and number + 1 not in recognised:
                unnamed[number + 1] = drawn.unnamed
            page.close()
        except RuntimeError:  # pypdfium2's own error, for a page that is damaged
            unread.append(say("page {number} is damaged", number=str(number + 1)))
        runs.append(drawn.runs)
        grids.append(drawn.grids)
        pictured.append(drawn.pictured)
    runs = _seen(_as_typed(runs, recognised), pictured)
    pages = list(map(read_lines, _without_running_lines(runs, grids), grids))
    blank = [number for number, page in enumerate(runs, start=1) if not page]
    if not any(pages):
        raise DocumentError(path, _or_recognise(NO_TEXT))
    unread += [*_named(blank), *_told(unnamed), *_attached(pdf)]
    text, starts = join_pages(pages)
    title, created = _metadata(pdf)
    labels = tuple(pdf.get_page_label(number) for number in range(len(pdf)))
    return Document(
        path=path,
        title=title,
        text=text,
        pages=starts,
        metadata={"created": created} if created else {},
        labels=labels if any(labels) else (),
        unread=tuple(unread),
        recognised=tuple(recognised),
    )


def _as_typed(pages: list[list[Run]], recognised: list[int]) -> list[list[Run]]:
    """With pages read from their picture in the type of the others: a scan says nothing of its size."""
    typed = _usual_size(
        run for number, page in enumerate(pages, 1) if number not in recognised for run in page
    )
    if not typed:
        return pages
    told = list(pages)
    for number in recognised:
        page = pages[number - 1]
        factor = typed / _usual_size(page)
        told[number - 1] = [replace(run, size=round(run.size * factor, 1)) for run in page]
    return told


def _usual_size(runs: Iterable[Run]) -> float:
    """The type size of most characters; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[run.size] += len(run.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _or_recognise(reason: Said) -> Said:
    """The reason why a page's words were not read, and what would have them read."""
    if can_recognise():
        return reason
    return say("{reason}; to have scans read: {command}", reason=reason, command=INSTALL)


def _named(blank: list[int]) -> list[Said]:
    if not blank:
        return []
    if len(blank) == 1:
        return [_or_recognise(say("page {number} has no text (a picture, or empty)", number=str(blank[0])))]
    numbers = ", ".join(map(str, blank))
    return [_or_recognise(say("pages {numbers} have no text (a picture, or empty)", numbers=numbers))]


def _told(unnamed: dict[int, int]) -> list[Said]:
    """How many signs are not known, and where, by the number of each page."""
    if not unnamed:
        return []
    held = {"sign": UNNAMED, "count": str(sum(unnamed.values())), "page": str(min(unnamed))}
    return [say("signs without a letter in the font, from page {page} on, read as {sign}: {count}", **held)]


def _attached(pdf: Any) -> list[Said]:
    attachments = (pdf.get_attachment(number) for number in range(pdf.count_attachments()))
    return [
        say("attachment {name} is not read", name=printable(attachment.get_name()))
        for attachment in attachments
    ]


def _metadata(pdf: Any) -> tuple[str, str]:
    """Title and date of creation, empty where missing or unreadable."""
    told = pdf.get_metadata_dict()
    date = re.match(r"D:(\d{4})(\d\d)(\d\d)", told.get("CreationDate") or "")
    title = " ".join(printable(told.get("Title") or "").split())
    return title, "-".join(date.groups()) if date else ""


def _seen(pages: list[list[Run]], pictured: Sequence[bool]) -> list[list[Run]]:
    """Leaves out what no eye sees, unless most of the document, or of a page that is a picture, is drawn so.

    A recognised scan is invisible text over a picture, and slides may be white on a dark ground.
    """
    if not _is_mostly_hidden([run for page in pages for run in page]):
        pages = [
            page if scanned and _is_mostly_hidden(page) else [run for run in page if not run.hidden]
            for page, scanned in zip(pages, pictured, strict=True)
        ]
    sizes = sorted(run.size for page in pages for run in page for _ in range(len(run.words)))
    smallest = sizes[len(sizes) // 2] / _TINY if sizes else 0.0
    return [[run for run in page if run.size >= smallest] for page in pages]


def _is_mostly_hidden(runs: Sequence[Run]) -> bool:
    return 2 * sum(run.hidden for run in runs) > len(runs)


def _without_running_lines(pages: list[list[Run]], grids: list[list[Grid]]) -> list[list[Run]]:
    """Leaves out bare page numbers, and what comes back at the same place of an edge of half of the pages."""
    edges: dict[str, list[tuple[int, Run]]] = {}
    for number, page in enumerate(pages):
        for run in (run for line in _at_edges(page) for run in line):
            edges.setdefault(_undated(run.words), []).append((number, run))
    often = max(2, len(pages) // 2 + 1) if len(pages) < 6 else max(3, len(pages) // 3)
    body = _usual_size(run for page in pages for run in page)
    bold = sum(len(run.words) * (1 if run.bold else -1) for page in pages for run in page) > 0

    @functools.cache
    def repeated(masked: str, height: float) -> bool:
        # A table that goes on over pages has rows that differ by a figure only, at other heights.
        there = [(number, run) for number, run in edges[masked] if abs(run.height - height) < _ALIKE]
        if len(pages) < 2 or len({number for number, _ in there}) < often:
            return False
        larger = (run.size > body * LARGER_THAN_BODY or run.bold > bold for _, run in there)
        return _is_running(there, titled=all(larger))

    def runs_on(run: Run, ruled: list[Grid]) -> bool:
        in_cell = any(grid.cell_of(run) is not None for grid in ruled)
        return repeated(_undated(run.words), run.height) or (
            not in_cell and bool(PAGE_NUMBER.fullmatch(run.words))
        )

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
