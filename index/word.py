"""Word documents: paragraphs, headings, lists and tables as Markdown lines, in document order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import DocumentError
from index.types import Document

if TYPE_CHECKING:
    from docx.document import Document as WordFile

LARGEST_UNPACKED = 400_000_000
"""Bytes that the parts of a Word file may hold together, so that a zip bomb is refused unopened."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What is deleted, moved away, or an instruction to Word, is not what the reader sees.
_UNSEEN = {_WORD + name for name in ("del", "moveFrom", "instrText", "delText")}
_WRAPPERS = {_WORD + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_SMALLEST_HALF_POINTS = 4


def read_word(path: str, data: bytes) -> Document:
    """A .docx file; its title is that of its properties, which may be empty.

    Raises:
        DocumentError: The file is encrypted, damaged or holds no text.
    """
    import docx

    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(path, "is encrypted or an old .doc file; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise DocumentError(path, f"unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB")
        word = docx.Document(io.BytesIO(data))
        text = "\n\n".join(_lines(word)).strip()
        title = " ".join((word.core_properties.title or "").split())
        created = word.core_properties.created
    except DocumentError:
        raise
    except Exception as error:  # the parser raises whatever a damaged part leads it to
        raise DocumentError(path, f"is not a readable Word document ({type(error).__name__})") from error
    if not text:
        raise DocumentError(path, "holds no text; nothing can be quoted from it")
    metadata = {"created": created.date().isoformat()} if created else {}
    return Document(path=path, title=title, text=text, metadata=metadata)


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles of a file, by identifier: their names, and which of them hide their text."""

    names: dict[str, str]
    hidden: frozenset[str]

    @classmethod
    def of(cls, word: WordFile) -> _Styles:
        # Built-in styles have English names in every language of Word; only their identifiers differ.
        return cls(
            names={style.style_id: (style.name or "").lower() for style in word.styles},
            hidden=frozenset(
                style.style_id for style in word.styles if _hides(style.element.find(_WORD + "rPr"))
            ),
        )


def _lines(word: WordFile) -> Iterator[str]:
    """One Markdown paragraph after the other; the rows of a table stay together."""
    styles = _Styles.of(word)
    for element in _unwrapped(word.element.body):
        if element.tag == _WORD + "p":
            if paragraph := _paragraph(element, styles):
                yield paragraph
        elif element.tag == _WORD + "tbl" and (table := _table(element, styles)):
            yield table


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Children, looking into content controls and tracked insertions as if they were not there."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from _unwrapped(element)
        else:
            yield element


def _table(table: Any, styles: _Styles) -> str:
    rows = []
    for row in table.iter(_WORD + "tr"):
        cells = [
            " ".join(_words(paragraph, styles) for paragraph in cell.iter(_WORD + "p")).strip()
            for cell in _unwrapped(row)
            if cell.tag == _WORD + "tc"
        ]
        if any(cells):
            rows.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(rows)


def _paragraph(paragraph: Any, styles: _Styles) -> str:
    words = _words(paragraph, styles)
    if not words:
        return ""
    named = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    style = styles.names.get(named.get(_WORD + "val"), "") if named is not None else ""
    if style == "title":
        return f"# {words}"
    if style.startswith("heading ") and style[8:].isdigit():
        return "#" * min(int(style[8:]), 6) + f" {words}"
    numbered = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    return f"- {words}" if numbered or style.startswith("list") else words


def _words(paragraph: Any, styles: _Styles) -> str:
    """What the reader sees of a paragraph, on one line."""
    pieces: list[str] = []
    _collect(paragraph, styles, pieces)
    return " ".join("".join(pieces).split())


def _collect(element: Any, styles: _Styles, pieces: list[str]) -> None:
    for child in element:
        if child.tag in _UNSEEN or (child.tag == _WORD + "r" and _is_hidden(child, styles)):
            continue
        if child.tag == _WORD + "t":
            pieces.append(child.text or "")
        elif child.tag in (_WORD + "tab", _WORD + "br", _WORD + "cr"):
            pieces.append(" ")
        elif child.tag == _WORD + "noBreakHyphen":
            pieces.append("\u2011")
        elif child.tag not in (_WORD + "pPr", _WORD + "rPr"):
            _collect(child, styles, pieces)


def _is_hidden(run: Any, styles: _Styles) -> bool:
    named = run.find(f"{_WORD}rPr/{_WORD}rStyle")
    if named is not None and named.get(_WORD + "val") in styles.hidden:
        return True
    return _hides(run.find(_WORD + "rPr"))


def _hides(properties: Any) -> bool:
    """Whether these properties make text hidden, white on no ground, or too small to be read."""
    if properties is None:
        return False
    vanish, color, size = (properties.find(_WORD + name) for name in ("vanish", "color", "sz"))
    if vanish is not None and vanish.get(_WORD + "val") not in ("0", "false", "off"):
        return True
    grounded = any(properties.find(_WORD + name) is not None for name in ("shd", "highlight"))
    if color is not None and (color.get(_WORD + "val") or "").upper() == "FFFFFF" and not grounded:
        return True
    half_points = (size.get(_WORD + "val") or "") if size is not None else ""
    return half_points.isdigit() and int(half_points) <= _SMALLEST_HALF_POINTS
