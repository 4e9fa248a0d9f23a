"""Word documents: paragraphs, headings, lists, tables and notes as Markdown lines, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from index.archives import checked_archive
from index.errors import DocumentError
from index.said import say
from index.tables import is_layout, joined_header, table_lines
from index.typed_lists import as_list
from index.types import Document

if TYPE_CHECKING:
    from docx.document import Document as WordFile

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What is deleted, moved away, or an instruction to Word, is not what the reader sees.
_UNSEEN = {_WORD + name for name in ("del", "moveFrom", "instrText", "delText")}
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOTES = ("footnotes", "endnotes")
_WRAPPERS = {_WORD + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_SMALLEST_HALF_POINTS = 4
_MOST_COLUMNS = 100
_LEVEL = re.compile(r" ([2-9])$")
_ITEM = re.compile(r" *(?:-|\d+\.) ")


def read_word(path: str, data: bytes) -> Document:
    """A .docx file; its title is that of its properties, which may be empty.

    Raises:
        DocumentError: The file is encrypted, damaged or holds no text.
    """
    import docx

    try:
        word = docx.Document(checked_archive(path, data, ".docx"))
        text = "\n\n".join([*_lines(word), *_notes(word)]).strip()
        title = " ".join((word.core_properties.title or "").split())
        created = word.core_properties.created
    except DocumentError:
        raise
    except Exception as error:  # the parser raises whatever a damaged part leads it to
        reason = say("is not a readable Word document ({fault})", fault=type(error).__name__)
        raise DocumentError(path, reason) from error
    if not text:
        raise DocumentError(path, say("holds no text; nothing can be quoted from it"))
    metadata = {"created": created.date().isoformat()} if created else {}
    return Document(path=path, title=title, text=text, metadata=metadata)


@dataclass(slots=True)
class _Styles:
    """The styles and lists of a file, by identifier.

    Attributes:
        names: Of the styles, in lower case.
        hidden: Styles that hide their text.
        ordered: (list, level) of the lists that are numbered.
        counts: How many items of each list and level were met.
    """

    names: dict[str, str]
    hidden: frozenset[str]
    ordered: frozenset[tuple[str, str]]
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, word: WordFile) -> _Styles:
        # Built-in styles have English names in every language of Word; only their identifiers differ.
        return cls(
            names={style.style_id: (style.name or "").lower() for style in word.styles},
            hidden=frozenset(
                style.style_id for style in word.styles if _hides(style.element.find(_WORD + "rPr"))
            ),
            ordered=frozenset(_ordered_levels(word)),
        )

    def item_mark(self, listed: str, level: str) -> str:
        """The mark of the next item of a list: its number, or a dash."""
        for other in list(self.counts):
            if other[0] == listed and int(other[1]) > int(level):
                del self.counts[other]
        self.counts[listed, level] = self.counts.get((listed, level), 0) + 1
        indent = "  " * int(level)
        return f"{indent}{self.counts[listed, level]}." if self._is_ordered(listed, level) else f"{indent}-"

    def _is_ordered(self, listed: str, level: str) -> bool:
        # The built-in style "List Number" is numbered without a list of its own.
        return (listed, level) in self.ordered or "number" in listed


def _ordered_levels(word: WordFile) -> Iterator[tuple[str, str]]:
    """(list, level) of everything that is numbered in figures or letters."""
    try:
        numbering = word.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return
    levels = {
        (abstract.get(_WORD + "abstractNumId"), level.get(_WORD + "ilvl"))
        for abstract in numbering.iter(_WORD + "abstractNum")
        for level in abstract.iter(_WORD + "lvl")
        if (kind := level.find(_WORD + "numFmt")) is not None
        and kind.get(_WORD + "val") not in ("bullet", "none")
    }
    for listed in numbering.iter(_WORD + "num"):
        abstract = listed.find(_WORD + "abstractNumId")
        for name, level in levels:
            if abstract is not None and abstract.get(_WORD + "val") == name:
                yield listed.get(_WORD + "numId"), level


def _lines(word: WordFile) -> Iterator[str]:
    """One Markdown paragraph after the other; the items of a list and the rows of a table stay together."""
    styles = _Styles.of(word)
    items: list[str] = []
    for element in _unwrapped(word.element.body):
        lines = list(_element(element, styles))
        if lines and _ITEM.match(lines[0]):
            items += lines
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield from lines
    if items:
        yield "\n".join(items)


def _element(element: Any, styles: _Styles) -> Iterator[str]:
    if element.tag == _WORD + "p":
        if paragraph := _paragraph(element, styles):
            yield from as_list(paragraph) if "\n" in paragraph else (paragraph,)
        # Text boxes are anchored in a paragraph and stand beside it.
        for box in element.iter(_WORD + "txbxContent"):
            if not any(parent.tag == _ALTERNATIVE for parent in box.iterancestors()):
                for inner in _unwrapped(box):
                    yield from _element(inner, styles)
    elif element.tag == _WORD + "tbl":
        yield from _table(element, styles)


def _notes(word: WordFile) -> Iterator[str]:
    """Footnotes and endnotes, each as a paragraph of its own with the mark that stands in the text."""
    styles = _Styles.of(word)
    for relation in word.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in _NOTES or relation.is_external:
            continue
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for note in etree.fromstring(relation.target_part.blob, parser):
            number = note.get(_WORD + "id") or ""
            words = " ".join(filter(None, (_words(p, styles) for p in note.iter(_WORD + "p"))))
            if words and note.get(_WORD + "type") in (None, "normal"):
                yield f"[^{kind[0]}{number}]: {words}"


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Children, looking into content controls and tracked insertions as if they were not there."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from _unwrapped(element)
        else:
            yield element


def _table(table: Any, styles: _Styles) -> Iterator[str]:
    """A table of entries as one; the cells of one that only sets text side by side as paragraphs."""
    rows = [
        [c for c in _unwrapped(r) if c.tag == _WORD + "tc"]
        for r in _unwrapped(table)
        if r.tag == _WORD + "tr"
    ]
    told = [[_cell(cell, styles) for cell in row for _ in range(_span(cell))] for row in rows]
    nested = any(cell.find(f".//{_WORD}tbl") is not None for row in rows for cell in row)
    if nested or is_layout(told):
        for cell in (cell for row in rows for cell in row):
            for element in _unwrapped(cell):
                yield from _element(element, styles)
    elif entries := table_lines(*_with_one_header(table, rows, told)):
        yield entries


def _with_one_header(
    table: Any, rows: list[list[Any]], told: list[list[str]]
) -> tuple[list[list[str]], bool | None]:
    """The rows, a header of two made one: a cell over some columns names a group of those below it."""
    names_groups = len(told) > 2 and any(1 < _span(cell) < len(told[0]) for cell in rows[0])
    if names_groups and len(told[1]) == len(told[0]):
        return [joined_header(*told[:2]), *told[2:]], True
    return told, _has_header(table, rows, told)


def _cell(cell: Any, styles: _Styles) -> str:
    parts = [_words(paragraph, styles) for paragraph in cell.iter(_WORD + "p")]
    return re.sub(r"([.:;,]);", r"\1", "; ".join(part for part in parts if part))


def _span(cell: Any) -> int:
    span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
    value = span.get(_WORD + "val", "1") if span is not None else "1"
    return min(int(value), _MOST_COLUMNS) if value.isdigit() and int(value) else 1


def _has_header(table: Any, rows: list[list[Any]], told: list[list[str]]) -> bool | None:
    """Whether the first row names the columns: it is marked so or bold; None where nothing is said of it."""
    first = rows[0]
    marked = first[0].getparent().find(f"{_WORD}trPr/{_WORD}tblHeader") is not None if first else False
    runs = [run for cell in first for run in cell.iter(_WORD + "r") if run.find(_WORD + "t") is not None]
    bold = bool(runs) and all(run.find(f"{_WORD}rPr/{_WORD}b") is not None for run in runs)
    look = table.find(f"{_WORD}tblPr/{_WORD}tblLook")
    # Word sets this of its own accord; a table of two columns may as well be names and values.
    told_so = look is not None and look.get(_WORD + "firstRow") == "1" and len(first) > 2 and all(told[0])
    return True if marked or bold or told_so else None


def _paragraph(paragraph: Any, styles: _Styles) -> str:
    broken = _broken_words(paragraph, styles)
    words = " ".join(broken.split())
    if not words:
        return ""
    named = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    style = styles.names.get(named.get(_WORD + "val"), "") if named is not None else ""
    if style == "title":
        return f"# {words}"
    if style.startswith("heading ") and style[8:].isdigit():
        return "#" * min(int(style[8:]), 6) + f" {words}"
    numbering = paragraph.find(f"{_WORD}pPr/{_WORD}numPr")
    if numbering is not None:
        listed, level = (numbering.find(_WORD + name) for name in ("numId", "ilvl"))
        number = listed.get(_WORD + "val", "0") if listed is not None else "0"
        depth = level.get(_WORD + "val", "0") if level is not None else "0"
        if number != "0":
            return f"{styles.item_mark(number, depth if depth.isdigit() else '0')} {words}"
    if style.startswith("list"):
        named_level = _LEVEL.search(style)  # "List Bullet 2"
        level = int(named_level[1]) - 1 if named_level else 0
        kind = _LEVEL.sub("", style)
        return f"{styles.item_mark(kind, str(level)) if 'number' in kind else '  ' * level + '-'} {words}"
    return broken


def _words(paragraph: Any, styles: _Styles) -> str:
    """What the reader sees of a paragraph, on one line."""
    return " ".join(_broken_words(paragraph, styles).split())


def _broken_words(paragraph: Any, styles: _Styles) -> str:
    """The same with the line breaks that are in it."""
    pieces: list[str] = []
    _collect(paragraph, styles, pieces)
    return "".join(pieces).strip()


def _collect(element: Any, styles: _Styles, pieces: list[str]) -> None:
    for child in element:
        if child.tag in _UNSEEN or (child.tag == _WORD + "r" and _is_hidden(child, styles)):
            continue
        if child.tag in (_WORD + "t", _FORMULA):
            pieces.append(child.text or "")
        elif child.tag in (_WORD + "br", _WORD + "cr"):
            pieces.append("\n")
        elif child.tag == _WORD + "tab":
            pieces.append(" ")
        elif child.tag == _WORD + "noBreakHyphen":
            pieces.append("\u2011")
        elif child.tag in (_WORD + "footnoteReference", _WORD + "endnoteReference"):
            kind = "f" if child.tag.endswith("footnoteReference") else "e"
            pieces.append(f"[^{kind}{child.get(_WORD + 'id')}]")
        elif child.tag not in (_WORD + "pPr", _WORD + "rPr", _WORD + "txbxContent", _ALTERNATIVE):
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
