"""PDF files: their pages, what is seen of each, what is read from its picture, and what was not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from statistics import median_high
from typing import Any

from index.errors import DocumentError
from index.pdf_characters import READING, UNNAMED, printable
from index.pdf_layout import read_lines
from index.pdf_page import Drawn, drawn_on
from index.pdf_rows import Run, usual_size
from index.pdf_running import without_running_lines
from index.pdf_text import join_pages
from index.recognition import INSTALL, can_recognise, recognised_runs
from index.said import Said, say
from index.types import Document

_DAMAGED = say("is damaged or no PDF at all; open it in a PDF viewer and save a copy")
_ENCRYPTED = say("is encrypted; save a copy without a password")
NO_TEXT = say("has no text; it seems to be scanned images")

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
            with closing(pypdfium2.PdfDocument(data)) as pdf:
                return _document(path, pdf)
        except pypdfium2.PdfiumError as error:
            encrypted = "password" in str(error).lower()
            raise DocumentError(path, _ENCRYPTED if encrypted else _DAMAGED) from error


def _document(path: str, pdf: Any) -> Document:
    pdf.init_forms()
    drawn: list[Drawn] = []
    unread: list[Said] = []
    recognised: list[int] = []
    for number in range(1, len(pdf) + 1):
        drawn.append(Drawn([], [], 0))
        try:
            page = pdf[number - 1]
            drawn[-1] = drawn_on(pdf, page)
            is_picture = not drawn[-1].runs and can_recognise() and any(page.get_objects())
            if is_picture and (runs := recognised_runs(page)):
                drawn[-1] = Drawn(runs, [], 0)
                recognised.append(number)
            page.close()
        except RuntimeError:  # pypdfium2's own error, for a page that is damaged
            unread.append(say("page {number} is damaged", number=str(number)))
    grids = [page.grids for page in drawn]
    seen = _seen(_as_typed(drawn, recognised))
    pages = list(map(read_lines, without_running_lines(seen, grids), grids))
    if not any(pages):
        raise DocumentError(path, _or_recognise(NO_TEXT))
    blank = [number for number, runs in enumerate(seen, start=1) if not runs]
    unread += [*_without_text(blank), *_unnamed(drawn), *_attached(pdf)]
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


def _as_typed(pages: list[Drawn], recognised: list[int]) -> list[Drawn]:
    """With pages read from their picture in the type of the others: a scan says nothing of its size."""
    typed = usual_size(
        run for number, page in enumerate(pages, 1) if number not in recognised for run in page.runs
    )
    if not typed:
        return pages
    told = list(pages)
    for number in recognised:
        runs = pages[number - 1].runs
        factor = typed / usual_size(runs)
        in_type = [replace(run, size=round(run.size * factor, 1)) for run in runs]
        told[number - 1] = told[number - 1]._replace(runs=in_type)
    return told


def _or_recognise(reason: Said) -> Said:
    """The reason why a page's words were not read, and what would have them read."""
    if can_recognise():
        return reason
    return say("{reason}; to have scans read: {command}", reason=reason, command=INSTALL)


def _without_text(blank: list[int]) -> list[Said]:
    if not blank:
        return []
    numbers = ", ".join(map(str, blank))
    if len(blank) == 1:
        return [_or_recognise(say("page {number} has no text (a picture, or empty)", number=numbers))]
    return [_or_recognise(say("pages {numbers} have no text (a picture, or empty)", numbers=numbers))]


def _unnamed(pages: list[Drawn]) -> list[Said]:
    """How many signs are not known, and from which page on."""
    first = next((number for number, page in enumerate(pages, 1) if page.unnamed), None)
    if first is None:
        return []
    held = {"sign": UNNAMED, "count": str(sum(page.unnamed for page in pages)), "page": str(first)}
    return [say("signs without a letter in the font, from page {page} on, read as {sign}: {count}", **held)]


def _attached(pdf: Any) -> list[Said]:
    names = (pdf.get_attachment(number).get_name() for number in range(pdf.count_attachments()))
    return [say("attachment {name} is not read", name=printable(name)) for name in names]


def _metadata(pdf: Any) -> tuple[str, str]:
    """Title and date of creation, empty where missing or unreadable."""
    told = pdf.get_metadata_dict()
    date = re.match(r"D:(\d{4})(\d\d)(\d\d)", told.get("CreationDate") or "")
    title = " ".join(printable(told.get("Title") or "").split())
    return title, "-".join(date.groups()) if date else ""


def _seen(pages: list[Drawn]) -> list[list[Run]]:
    """The runs of pages without what no eye sees, unless most of the document, or of a picture, is drawn so.

    A recognised scan is invisible text over a picture, and slides may be white on a dark ground.
    """
    as_drawn = _is_mostly_hidden([run for page in pages for run in page.runs])
    seen = [
        page.runs
        if as_drawn or (page.pictured and _is_mostly_hidden(page.runs))
        else [run for run in page.runs if not run.hidden]
        for page in pages
    ]
    sizes = [run.size for runs in seen for run in runs for _ in run.words]
    smallest = median_high(sizes) / _TINY if sizes else 0.0
    return [[run for run in runs if run.size >= smallest] for runs in seen]


def _is_mostly_hidden(runs: Sequence[Run]) -> bool:
    return 2 * sum(run.hidden for run in runs) > len(runs)
