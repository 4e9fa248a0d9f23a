"""Word documents: paragraphs, headings, lists and tables as Markdown lines, in document order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
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


def _lines(word: WordFile) -> Iterator[str]:
    """One Markdown paragraph after the other; the rows of a table stay together."""
    for element in _unwrapped(word.element.body):
        if element.tag == _WORD + "p":
            if paragraph := _paragraph(element, word):
                yield paragraph
        elif element.tag == _WORD + "tbl" and (table := _table(element, word)):
            yield table


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Children, looking into content controls and tracked insertions as if they were not there."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from _unwrapped(element)
        else:
            yield element


def _table(table: Any, word: WordFile) -> str:
    rows = []
    for row in table.iter(_WORD + "tr"):
        cells = [
            " ".join(_words(paragraph, word) for paragraph in cell.iter(_WORD + "p")).strip()
            for cell in _unwrapped(row)
            if cell.tag == _WORD + "tc"
        ]
        if any(cells):
            rows.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(rows)


def _paragraph(paragraph: Any, word: WordFile) -> str:
    words = _words(paragraph, word)
    if not words:
        return ""
    style = _style_name(paragraph, word)
    if style == "title":
        return f"# {words}"
    if style.startswith("heading ") and style[8:].isdigit():
        return "#" * min(int(style[8:]), 6) + f" {words}"
    numbered = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    return f"- {words}" if numbered or style.startswith("list") else words


def _style_name(paragraph: Any, word: WordFile) -> str:
    identifier = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    if identifier is None:
        return ""
    # Built-in styles have English names in every language of Word; only their identifiers differ.
    style = next((s for s in word.styles if s.style_id == identifier.get(_WORD + "val")), None)
    return (style.name or "").lower() if style is not None else ""


def _words(paragraph: Any, word: WordFile) -> str:
    """What the reader sees of a paragraph, on one line."""
    pieces: list[str] = []
    _collect(paragraph, word, pieces)
    return " ".join("".join(pieces).split())


def _collect(element: Any, word: WordFile, pieces: list[str]) -> None:
    for child in element:
        if child.tag in _UNSEEN or (child.tag == _WORD + "r" and _is_hidden(child, word)):
            continue
        if child.tag == _WORD + "t":
            pieces.append(child.text or "")
        elif child.tag in (_WORD + "tab", _WORD + "br", _WORD + "cr"):
            pieces.append(" ")
        elif child.tag == _WORD + "noBreakHyphen":
            pieces.append("\u2011")
        elif child.tag not in (_WORD + "pPr", _WORD + "rPr"):
            _collect(child, word, pieces)


def _is_hidden(run: Any, word: WordFile) -> bool:
    """Marked as hidden, white, or too small to be read, by the run or by its style."""
    properties = [run.find(_WORD + "rPr")]
    style = run.find(f"{_WORD}rPr/{_WORD}rStyle")
    if style is not None:
        properties += [s.element.rPr for s in word.styles if s.style_id == style.get(_WORD + "val")]
    return any(_hides(each) for each in properties if each is not None)


def _hides(properties: Any) -> bool:
    vanish = properties.find(_WORD + "vanish")
    if vanish is not None and vanish.get(_WORD + "val") not in ("0", "false", "off"):
        return True
    color, size = properties.find(_WORD + "color"), properties.find(_WORD + "sz")
    shaded = properties.find(_WORD + "shd") is not None or properties.find(_WORD + "highlight") is not None
    if color is not None and (color.get(_WORD + "val") or "").upper() == "FFFFFF" and not shaded:
        return True
    return (
        size is not None
        and (size.get(_WORD + "val") or "").isdigit()
        and (int(size.get(_WORD + "val")) <= _SMALLEST_HALF_POINTS)
    )
