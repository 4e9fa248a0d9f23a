"""PDF files: lines joined into paragraphs, headings told by their type, with the start of every page."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from index.errors import DocumentError
from index.pdf_lines import Line, page_lines, printable
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


def read_pdf(path: str, data: bytes) -> Document:
    """A .pdf file. Hyphenated words are whole again; running heads and page numbers are left out.

    Raises:
        DocumentError: The file is encrypted, damaged, or has no text (scanned images).
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(path, "is encrypted; save a copy without a password")
        pages = page_lines(list(reader.pages))
        title, created = _metadata(reader)
    except DocumentError:
        raise
    except Exception as error:  # pypdf raises whatever a damaged object leads it to
        raise DocumentError(
            path, "is damaged or no PDF at all; open it in a PDF viewer and save a copy"
        ) from error
    pages = _without_running_lines(pages)
    if not any(pages):
        raise DocumentError(
            path, "has no text; it seems to be scanned images and needs text recognition first"
        )
    text, starts = _join_pages(pages)
    metadata = {"created": created} if created else {}
    return Document(path=path, title=title, text=text, pages=starts, metadata=metadata)


def _metadata(reader: Any) -> tuple[str, str]:
    """Title and date of creation, empty where missing or unreadable."""
    try:
        information = reader.metadata
        title = " ".join(printable(information.title or "").split()) if information else ""
        created = information.creation_date if information else None
        return title, created.date().isoformat() if created else ""
    except Exception:  # metadata is a courtesy: a broken date must not cost the document
        return "", ""


def _without_running_lines(pages: list[list[Line]]) -> list[list[Line]]:
    """Leaves out bare page numbers, and first and last lines that come back on half of the pages."""
    edges: Counter[str] = Counter()
    for lines in pages:
        edges.update({_undated(line.words) for line in lines[:2] + lines[-2:]})
    often = max(2, len(pages) // 2 + 1) if len(pages) < 6 else max(3, len(pages) // 3)

    def kept(lines: list[Line]) -> list[Line]:
        near_edge = {id(line) for line in lines[:2] + lines[-2:]}
        return [
            line
            for line in lines
            if id(line) not in near_edge
            or not (
                _FURNITURE.fullmatch(line.words) or (len(pages) > 1 and edges[_undated(line.words)] >= often)
            )
        ]

    return [kept(lines) for lines in pages]


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
            if above.height > below.height
        )
        return cls(
            sizes=tuple(sorted((size for size in sizes if size > body * _LARGER_THAN_BODY), reverse=True)),
            gap=gaps.most_common(1)[0][0] if gaps else 0.0,
            width=sorted(len(line.words) for line in lines)[int(len(lines) * 0.9)],
            bold=2 * sum(line.bold for line in lines) > len(lines),
        )

    def level(self, line: Line) -> int:
        """1 to 5 for a line set as a heading, 0 for one of the body."""
        if len(line.words) > _LONGEST_HEADING or not _WORD.search(line.words):
            return 0
        if line.size in self.sizes:
            return min(self.sizes.index(line.size) + 1, 4)
        short = len(line.words) < 0.8 * self.width and not _SENTENCE_END.search(line.words)
        return min(len(self.sizes) + 1, 5) if line.bold and short and not self.bold else 0

    def separator(self, above: Line, line: Line, new_page: bool) -> str:
        """What stands between two lines of text: a blank line, or a space, or nothing after a hyphen."""
        if self.level(above) or self.level(line):
            goes_on = self.level(above) == self.level(line) and not line.words[0].isdigit() and not new_page
            return " " if goes_on else "\n\n"
        if _BULLET.match(line.words):
            return "\n\n"
        if _HYPHENATED.search(above.words):
            return ""
        if new_page:
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
        for number, line in enumerate(page):
            separator = "" if above is None else setting.separator(above, line, number == 0)
            hyphenated = _HYPHENATED.search(parts[-1]) if parts and not separator else None
            if hyphenated and line.words[0].islower() and hyphenated[1].lower() not in _HYPHENATED_PREFIXES:
                parts[-1] = parts[-1][:-1]
                length -= 1
            if number == 0:
                starts.append(length + len(separator))
            marks = "#" * setting.level(line) + " " if setting.level(line) and separator != " " else ""
            parts += [separator, marks + line.words]
            length += len(separator) + len(marks) + len(line.words)
            above = line
        if not page:
            starts.append(length)
    return "".join(parts), tuple(starts)
