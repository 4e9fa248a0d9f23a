"""PDF files: lines joined into paragraphs, headings told by their type, tables, and where pages start."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from index.errors import DocumentError
from index.pdf_layout import Line, read_lines
from index.pdf_page import READING, UNNAMED, Run, page_runs, printable
from index.recognition import INSTALL, can_recognise, recognised_runs
from index.said import Said, say
from index.tables import table_lines
from index.types import Document

_BULLET = re.compile(r"[•‣▪◦●○·–-]\s+|\(?\d{1,2}[.)]\s")
_SENTENCE_END = re.compile(r"[.!?。！？؟।…][\"'”’)\]]*$")
_FURNITURE = re.compile(
    r"(?:page\s*)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.I
)
# These keep their hyphen at the end of a line, as within it ("non-invasive").
_HYPHENATED_PREFIXES = frozenset(
    "non self low high well long short double half all cross ex post pre re co".split()
)
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]{2}")
_LARGER_THAN_BODY = 1.12
_LONGEST_HEADING = 120
_WIDER_GAP = 1.35
_USUAL_LEADING, _WIDEST_LEADING = 1.25, 2.2
"""Distance of two lines of a paragraph, in type sizes."""
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
    unread: list[Said] = []
    recognised: list[int] = []
    unnamed: dict[int, int] = {}
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            drawn, without_name = page_runs(pdf, page)
            runs.append(drawn)
            if not runs[-1] and can_recognise() and any(page.get_objects()):
                runs[-1] = recognised_runs(page)
                recognised += [number + 1] * bool(runs[-1])
            if without_name and number + 1 not in recognised:
                unnamed[number + 1] = without_name
            page.close()
        except RuntimeError:  # pypdfium2's own error, for a page that is damaged
            runs.append([])
            unread.append(say("page {number} is damaged", number=str(number + 1)))
    pages = [read_lines(page) for page in _without_running_lines(_seen(runs))]
    blank = [number for number, page in enumerate(runs, start=1) if not page]
    if not any(pages):
        raise DocumentError(path, _or_recognise(NO_TEXT))
    unread += [*_named(blank), *_told(unnamed), *_attached(pdf)]
    text, starts = _join_pages(pages)
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


def _without_running_lines(pages: list[list[Run]]) -> list[list[Run]]:
    """Leaves out bare page numbers, and what comes back at the upper or lower edge of half of the pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_undated(run.words) for line in _at_edges(page) for run in line})
    often = max(2, len(pages) // 2 + 1) if len(pages) < 6 else max(3, len(pages) // 3)

    def runs_on(run: Run) -> bool:
        repeated = len(pages) > 1 and edges[_undated(run.words)] >= often
        return repeated or bool(_FURNITURE.fullmatch(run.words))

    def kept(page: list[Run]) -> list[Run]:
        # A figure beside words is no page number but a cell.
        running = {id(run) for line in _at_edges(page) if all(map(runs_on, line)) for run in line}
        return [run for run in page if id(run) not in running]

    return [kept(page) for page in pages]


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


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the body of a document is set, against which headings and paragraphs are told.

    Attributes:
        sizes: Type sizes larger than the body's, largest first.
        gap: Usual distance between two lines of a paragraph, in points.
        width: Length of a full line, in characters.
        bold: Whether most of the body is bold, so that bold type marks no heading.
    """

    sizes: tuple[float, ...]
    gap: float
    width: int
    bold: bool

    @classmethod
    def of(cls, pages: list[list[Line]]) -> _Setting:
        lines = [line for page in pages for line in page]
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.words)
        body = sizes.most_common(1)[0][0]
        gaps = Counter(
            round(above.height - below.height)
            for page in pages
            for above, below in pairwise(page)
            if 0 < above.height - below.height < body * _WIDEST_LEADING
        )
        return cls(
            sizes=tuple(sorted((size for size in sizes if size > body * _LARGER_THAN_BODY), reverse=True)),
            gap=gaps.most_common(1)[0][0] if gaps else body * _USUAL_LEADING,
            width=sorted(len(line.words) for line in lines)[int(len(lines) * 0.9)],
            bold=2 * sum(line.bold for line in lines) > len(lines),
        )

    def level(self, line: Line) -> int:
        """1 to 5 for a line set as a heading, 0 for one of the body."""
        if line.cells or len(line.words) > _LONGEST_HEADING or not _WORD.search(line.words):
            return 0
        if line.size in self.sizes:
            return min(self.sizes.index(line.size) + 1, 4)
        short = len(line.words) < 0.8 * self.width and not _SENTENCE_END.search(line.words)
        return min(len(self.sizes) + 1, 5) if line.bold and short and not self.bold else 0

    def separator(self, above: Line, line: Line, new_page: bool) -> str:
        """What stands between two lines of text: a blank line, or a space, or nothing after a hyphen."""
        if above.cells or line.cells:
            return "\n\n"
        if self.level(above) or self.level(line):
            goes_on = self.level(above) == self.level(line) and not line.words[0].isdigit() and not new_page
            return " " if goes_on else "\n\n"
        if _BULLET.match(line.words):
            return "\n\n"
        if _HYPHENATED.search(above.words):
            return ""
        if new_page or line.height > above.height:  # the next column
            return "\n\n" if _SENTENCE_END.search(above.words) or not line.words[0].islower() else " "
        if self.gap and above.height - line.height > self.gap * _WIDER_GAP:
            return "\n\n"
        had_room = len(above.words) + 1 + len(line.words.split()[0]) < 0.85 * self.width
        return "\n\n" if had_room and _SENTENCE_END.search(above.words) else " "


def _join_pages(pages: list[list[Line]]) -> tuple[str, tuple[int, ...]]:
    """Text of the whole file, and the offset in it at which each page starts."""
    setting = _Setting.of(pages)
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    above: Line | None = None
    for page in pages:
        for number, (line, words) in enumerate(_paragraphs(page)):
            separator = "" if above is None else setting.separator(above, line, number == 0)
            hyphenated = _HYPHENATED.search(parts[-1]) if parts and not separator else None
            if hyphenated and line.words[0].islower() and hyphenated[1].lower() not in _HYPHENATED_PREFIXES:
                parts[-1] = parts[-1][:-1]
                length -= 1
            if number == 0:
                starts.append(length + len(separator))
            marks = "#" * setting.level(line) + " " if setting.level(line) and separator != " " else ""
            parts += [separator, marks + words]
            length += len(separator) + len(marks) + len(words)
            above = line
        if not page:
            starts.append(length)
    return "".join(parts), tuple(starts)


def _paragraphs(page: list[Line]) -> Iterator[tuple[Line, str]]:
    """The lines of a page with their words; the rows of a table are one, as a table."""
    at = 0
    while at < len(page):
        rows = [line for line in page[at:] if line.table == page[at].table] if page[at].cells else []
        if rows and not _is_contents(rows):
            bold = rows[0].bold and not all(row.bold for row in rows)
            yield rows[0], table_lines([row.cells for row in rows], header=bold or None)
        elif not rows:
            yield page[at], page[at].words
        at += max(1, len(rows))


def _is_contents(rows: list[Line]) -> bool:
    """Whether the rows are a table of contents, with the number of a page at the end of each."""
    last = [row.cells[-1] for row in rows]
    numbers = [int(cell) for cell in last if cell.isdigit()]
    return (
        len(rows) > 2 and len(numbers) == len(rows) and len(rows[0].cells) == 2 and numbers == sorted(numbers)
    )
