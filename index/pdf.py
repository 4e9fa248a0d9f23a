"""PDF files: their pages, what is seen of each, what is read from its picture, and what was not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from index.errors import DocumentError
from index.noise import PAGE_NUMBER
from index.pdf_characters import READING, UNNAMED, printable
from index.pdf_grids import Grid
from index.pdf_layout import read_lines
from index.pdf_page import Drawn, drawn_on
from index.pdf_runs import Run
from index.pdf_text import join_pages
from index.recognition import INSTALL, can_recognise, recognised_runs
from index.said import Said, say
from index.types import Document

_DAMAGED = say("is damaged or no PDF at all; open it in a PDF viewer and save a copy")
_ENCRYPTED = say("is encrypted; save a copy without a password")
NO_TEXT = say("has no text; it seems to be scanned images")

_ALIKE = 6
"""Points by which the running heads of two pages may differ in height."""

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
    runs = _as_typed(runs, recognised)
    pages = list(map(read_lines, _without_running_lines(_seen(runs), grids), grids))
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


def _seen(pages: list[list[Run]]) -> list[list[Run]]:
    """Leaves out what no eye sees, unless most of the document is drawn so.

    A recognised scan is invisible text over a picture, and slides may be white on a dark ground.
    """
    hidden = sum(run.hidden for page in pages for run in page)
    if 2 * hidden <= sum(map(len, pages)):
        pages = [[run for run in page if not run.hidden] for page in pages]
    sizes = sorted(run.size for page in pages for run in page for _ in range(len(run.words)))
    smallest = sizes[len(sizes) // 2] / _TINY if sizes else 0.0
    return [[run for run in page if run.size >= smallest] for page in pages]


def _without_running_lines(pages: list[list[Run]], grids: list[list[Grid]]) -> list[list[Run]]:
    """Leaves out bare page numbers, and what comes back at the same place of an edge of half of the pages."""
    edges: dict[str, list[tuple[int, float]]] = {}
    for number, page in enumerate(pages):
        for run in (run for line in _at_edges(page) for run in line):
            edges.setdefault(_undated(run.words), []).append((number, run.height))
    often = max(2, len(pages) // 2 + 1) if len(pages) < 6 else max(3, len(pages) // 3)

    def runs_on(run: Run, ruled: list[Grid]) -> bool:
        # A table that goes on over pages has rows that differ by a figure only, at other heights.
        there = {number for number, height in edges[_undated(run.words)] if abs(height - run.height) < _ALIKE}
        repeated = len(pages) > 1 and len(there) >= often
        in_cell = any(grid.cell_of(run) is not None for grid in ruled)
        return repeated or (not in_cell and bool(PAGE_NUMBER.fullmatch(run.words)))

    def kept(page: list[Run], ruled: list[Grid]) -> list[Run]:
        # A figure beside words is no page number but a cell.
        lines = [line for line in _at_edges(page) if all(runs_on(run, ruled) for run in line)]
        running = {id(run) for line in lines for run in line}
        return [run for run in page if id(run) not in running]

    return list(map(kept, pages, grids))


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
