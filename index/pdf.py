"""PDF files: lines joined into paragraphs, headings told by their type, with the start of every page."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.errors import DocumentError
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
_LARGER_THAN_BODY = 1.12
_LONGEST_HEADING = 120
_WIDER_GAP = 1.35
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": ""})


@dataclass(slots=True)
class _Line:
    """A line as it was set: its words, the size and weight of its type, and its height on the page."""

    words: str
    size: float
    bold: bool
    height: float


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
        pages = [_page_lines(page) for page in reader.pages]
        title, created = _metadata(reader)
    except DocumentError:
        raise
    except Exception as error:  # pypdf raises whatever a damaged object leads it to
        raise DocumentError(path, f"is not a readable PDF ({type(error).__name__})") from error
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
        title = " ".join(_printable(information.title or "").split()) if information else ""
        created = information.creation_date if information else None
        return title, created.date().isoformat() if created else ""
    except Exception:  # metadata is a courtesy: a broken date must not cost the document
        return "", ""


def _page_lines(page: Any) -> list[_Line]:
    fragments: list[tuple[str, float, float, str]] = []

    def visit(text: str, user: Any, matrix: Any, font: Any, font_size: Any) -> None:
        scale = abs(matrix[3] or matrix[1]) * abs(user[3] or user[1])
        height = matrix[5] * user[3] + user[5]
        name = str((font or {}).get("/BaseFont", ""))
        fragments.append((text, height, float(font_size) * scale, name))

    page.extract_text(visitor_text=visit)
    lines: list[_Line] = []
    current: list[tuple[str, float, float, str]] = []
    for text, height, size, font in fragments:
        first, *others = text.split("\n")
        current.append((first, height, size, font))
        for other in others:
            lines.extend(_line(current))
            current = [(other, height, size, font)]
    lines.extend(_line(current))
    return lines


def _line(pieces: Sequence[tuple[str, float, float, str]]) -> list[_Line]:
    """The line that these pieces of text make; none where they are blank."""
    words = " ".join(_printable("".join(text for text, *_ in pieces)).split())
    if not words:
        return []
    text, height, size, _ = max(pieces, key=lambda piece: len(piece[0].strip()))
    bold = all(
        re.search("bold|black|heavy|BX", font, re.IGNORECASE) for text, _, _, font in pieces if text.strip()
    )
    return [_Line(words, round(size, 1), bold, height)]


def _printable(text: str) -> str:
    """Ligatures as letters; lone surrogates and control characters, which no index can store, blanked."""
    text = text.translate(_LIGATURES).encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text)


def _without_running_lines(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Leaves out bare page numbers, and first and last lines that come back on half of the pages."""
    edges: Counter[str] = Counter()
    for lines in pages:
        edges.update({_undated(line.words) for line in lines[:2] + lines[-2:]})
    often = max(2, len(pages) // 2 + 1) if len(pages) < 6 else max(3, len(pages) // 3)

    def kept(lines: list[_Line]) -> list[_Line]:
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


def _join_pages(pages: list[list[_Line]]) -> tuple[str, tuple[int, ...]]:
    """Text of the whole file, and the offset in it at which each page starts."""
    lines = [line for page in pages for line in page]
    body_size = _most_common(Counter(), [(line.size, len(line.words)) for line in lines])
    gaps = [
        (round(a.height - b.height), 1)
        for p in pages
        for a, b in zip(p, p[1:], strict=False)
        if a.height > b.height
    ]
    usual_gap = _most_common(Counter(), gaps)
    width = sorted(len(line.words) for line in lines)[int(len(lines) * 0.9)]
    sizes = sorted({line.size for line in lines if line.size > body_size * _LARGER_THAN_BODY}, reverse=True)

    def level(line: _Line) -> int:
        if len(line.words) > _LONGEST_HEADING or not re.search(r"[^\W\d]{2}", line.words):
            return 0
        if line.size in sizes:
            return min(sizes.index(line.size) + 1, 4)
        starts_heading = line.bold and len(line.words) < 0.8 * width and not _SENTENCE_END.search(line.words)
        return min(len(sizes) + 1, 5) if starts_heading else 0

    text, starts = "", []
    previous: _Line | None = None
    for page in pages:
        new_page = True
        for line in page:
            separator = _separator(previous, line, new_page, level, usual_gap, width)
            text = text[:-1] if separator == "\b" else text + separator
            if new_page:
                starts.append(len(text))
            heading = level(line)
            text += ("#" * heading + " " if heading and separator != " " else "") + line.words
            previous, new_page = line, False
        if new_page:
            starts.append(len(text))
    return text, tuple(starts)


def _separator(
    previous: _Line | None, line: _Line, new_page: bool, level: Any, usual_gap: float, width: int
) -> str:
    """What stands between two lines: a blank line, a space, nothing after a hyphen, or a backspace over it."""
    if previous is None:
        return ""
    above, here = level(previous), level(line)
    if above or here:
        return " " if above == here and previous.size == line.size and not new_page else "\n\n"
    if _BULLET.match(line.words):
        return "\n\n"
    if hyphenated := re.search(r"([^\W\d]+)-$", previous.words):
        real = not line.words[0].islower() or hyphenated[1].lower() in _HYPHENATED_PREFIXES
        return "" if real else "\b"
    if new_page:
        unfinished = not _SENTENCE_END.search(previous.words) and line.words[0].islower()
        return " " if unfinished else "\n\n"
    gap = previous.height - line.height
    if usual_gap and gap > usual_gap * _WIDER_GAP:
        return "\n\n"
    had_room = len(previous.words) + 1 + len(line.words.split()[0]) < 0.85 * width
    return "\n\n" if had_room and _SENTENCE_END.search(previous.words) else " "


def _most_common(counts: Counter[float], weighted: list[tuple[float, int]]) -> float:
    for value, weight in weighted:
        counts[value] += weight
    return counts.most_common(1)[0][0] if counts else 0.0
