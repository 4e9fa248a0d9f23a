"""Word documents: paragraphs, headings, lists, tables and notes as Markdown lines, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from index.archives import checked_archive
from index.errors import DocumentError
from index.noise import PAGE_NUMBER
from index.said import say
from index.structure import reads_like_heading
from index.tables import MOST_COLUMNS, in_one_cell, is_layout, joined_header, table_lines
from index.typed_lists import as_list
from index.types import Document
from index.word_styles import WORD, Styles, is_bold, is_of_contents, told_of

if TYPE_CHECKING:
    from docx.document import Document as WordFile

# What is deleted, moved away, or an instruction to Word, is not what the reader sees.
_UNSEEN = {WORD + name for name in ("del", "moveFrom", "instrText", "delText")}
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {WORD + "br": "\n", WORD + "cr": "\n", WORD + "tab": " ", WORD + "noBreakHyphen": "\u2011"}
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOTES = ("footnotes", "endnotes")
_WRAPPERS = {WORD + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_LONGEST_VALUE = 60
_LEVEL = re.compile(r" ([2-9])$")
_TAKEN_OFF = "0"
"""The list of a paragraph that is in none, whatever its style says."""
_WITHIN_ITEM = "   "
"""How far a paragraph is set in that belongs to the item above it; without one it is like any other."""
_ITEM = re.compile(r" *(?:-|\d+\.) ")


def read_word(path: str, data: bytes) -> Document:
    """A .docx file; its title is that of its properties, which may be empty.

    Raises:
        DocumentError: The file is encrypted or damaged.
    """
    import docx

    try:
        word = docx.Document(checked_archive(path, data, ".docx"))
        styles = Styles.of(word)
        body = [*_lines(word.element.body, styles), *_notes(word, styles)]
        heads, feet = (list(_on_every_page(word, name, styles)) for name in ("header", "footer"))
        text = "\n\n".join([*heads, *body, *feet]).strip()
        title = " ".join((word.core_properties.title or "").split())
        created = word.core_properties.created
    except DocumentError:
        raise
    except Exception as error:  # the parser raises whatever a damaged part leads it to
        reason = say("is not a readable Word document ({fault})", fault=type(error).__name__)
        raise DocumentError(path, reason) from error
    metadata = {"created": created.date().isoformat()} if created else {}
    return Document(path=path, title=title, text=text, metadata=metadata)


def _on_every_page(word: WordFile, name: str, styles: Styles) -> Iterator[str]:
    """What the headers or footers of pages say, each once, but for bare numbers of pages."""
    parts: list[Any] = []
    for section in word.sections:
        if section.different_first_page_header_footer:  # else that of the first page is kept and not shown
            parts.append(getattr(section, f"first_page_{name}"))
        parts.append(getattr(section, name))
    own = [part._element for part in parts if not part.is_linked_to_previous]
    told = dict.fromkeys(line for element in own for line in _lines(element, styles))
    return (line for line in told if not PAGE_NUMBER.fullmatch(line))


def _lines(parent: Any, styles: Styles) -> Iterator[str]:
    """One Markdown paragraph after the other; the items of a list and the rows of a table stay together."""
    told = (list(_element(element, styles)) for element in _unwrapped(parent))
    for is_list, blocks in groupby(told, key=lambda lines: bool(lines) and bool(_ITEM.match(lines[0]))):
        lines = chain.from_iterable(blocks)
        yield from ["\n".join(lines)] if is_list else lines


def _element(element: Any, styles: Styles) -> Iterator[str]:
    if element.tag == WORD + "p":
        if paragraph := _paragraph(element, styles):
            yield from as_list(paragraph) if "\n" in paragraph else (paragraph,)
        # Text boxes are anchored in a paragraph and stand beside it.
        for box in _within(element, "txbxContent"):
            for inner in _unwrapped(box):
                yield from _element(inner, styles)
    elif element.tag == WORD + "tbl":
        yield from _table(element, styles)


def _notes(word: WordFile, styles: Styles) -> Iterator[str]:
    """Footnotes and endnotes, each as a paragraph of its own with the mark that stands in the text."""
    for relation in word.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in _NOTES or relation.is_external:
            continue
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for note in etree.fromstring(relation.target_part.blob, parser):
            number = note.get(WORD + "id") or ""
            words = " ".join(filter(None, (_words(p, styles) for p in _within(note, "p"))))
            if words and note.get(WORD + "type") in (None, "normal"):
                yield f"[^{kind[0]}{number}]: {words}"


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Children, looking into content controls and tracked insertions as if they were not there."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from _unwrapped(element)
        else:
            yield element


def _within(element: Any, name: str) -> Iterator[Any]:
    """The elements of a name in another one, but for those that are there once more for older programs."""
    for found in element.iter(WORD + name):
        if not any(parent.tag == _ALTERNATIVE for parent in found.iterancestors()):
            yield found


def _table(table: Any, styles: Styles) -> Iterator[str]:
    """A table of entries as one; the cells of one that only sets text side by side as paragraphs."""
    rows = [
        [c for c in _unwrapped(r) if c.tag == WORD + "tc"] for r in _unwrapped(table) if r.tag == WORD + "tr"
    ]
    told = _told(rows, styles)
    nested = any(cell.find(f".//{WORD}tbl") is not None for row in rows for cell in row)
    if nested or is_layout(told):
        for cell in (cell for row in rows for cell in row):
            for element in _unwrapped(cell):
                yield from _element(element, styles)
    elif entries := table_lines(*_with_one_header(table, rows, told)):
        yield entries


def _told(rows: list[list[Any]], styles: Styles) -> list[list[str]]:
    """The words of the cells; one over several rows or columns stands in each: a row is read alone."""
    told: list[list[str]] = []
    for row in rows:
        words: list[str] = []
        for cell in row:
            column = len(words)
            goes_on = _goes_on(cell) and told and column < len(told[-1])
            own = told[-1][column] if goes_on else in_one_cell(_words(p, styles) for p in _within(cell, "p"))
            words += [own] * (_span(cell) if len(row) > 1 else 1)
        told.append(words)
    return told


def _goes_on(cell: Any) -> bool:
    """Whether a cell is the lower part of one that begins in a row above."""
    return told_of(cell, "tcPr/vMerge") in ("", "continue")


def _with_one_header(
    table: Any, rows: list[list[Any]], told: list[list[str]]
) -> tuple[list[list[str]], bool | None]:
    """The rows, a header of two made one: a cell over some columns names a group of those below it."""
    names_groups = len(told) > 2 and any(1 < _span(cell) < len(told[0]) for cell in rows[0])
    if names_groups and len(told[1]) == len(told[0]):
        return [joined_header(*told[:2]), *told[2:]], True
    return told, _has_header(table, rows, told)


def _span(cell: Any) -> int:
    value = told_of(cell, "tcPr/gridSpan") or ""
    return min(int(value), MOST_COLUMNS) if value.isdigit() and int(value) else 1


def _has_header(table: Any, rows: list[list[Any]], told: list[list[str]]) -> bool | None:
    """Whether the first row names the columns: it is marked so or bold; None where nothing is said of it."""
    first = rows[0]
    marked = first[0].getparent().find(f"{WORD}trPr/{WORD}tblHeader") is not None if first else False
    look = table.find(f"{WORD}tblPr/{WORD}tblLook")
    # Word sets this of its own accord; a table of two columns may as well be names and values.
    told_so = look is not None and look.get(WORD + "firstRow") == "1" and len(first) > 2 and all(told[0])
    return True if marked or is_bold(*first) or told_so else None


def _paragraph(paragraph: Any, styles: Styles) -> str:
    broken = _broken_words(paragraph, styles)
    words = " ".join(broken.split())
    if not words:
        return ""
    places = ("pPr/pStyle", "pPr/numPr/numId", "pPr/numPr/ilvl")
    identifier, number, depth = (told_of(paragraph, place) or "" for place in places)
    style = styles.names.get(identifier, "")
    if is_of_contents(style):
        return ""
    if style == "title":
        return f"# {words}"
    if style.startswith("heading ") and style[8:].isdigit():
        return "#" * min(int(style[8:]), 6) + f" {words}"
    if number not in ("", _TAKEN_OFF):
        return f"{styles.item_mark(number, depth if depth.isdigit() else '0')} {words}"
    if style.startswith("list"):
        if number == _TAKEN_OFF or styles.only_sets_in(identifier):
            return _WITHIN_ITEM + words
        named_level = _LEVEL.search(style)  # "List Bullet 2"
        level = int(named_level[1]) - 1 if named_level else 0
        kind = _LEVEL.sub("", style)
        return f"{styles.item_mark(kind, str(level)) if 'number' in kind else '  ' * level + '-'} {words}"
    return f"### {words}" if _is_label(paragraph, words, styles) else broken


def _is_label(line: Any, words: str, styles: Styles) -> bool:
    """Whether a bold line only names what the short one below it is: "Apologies" above two names."""
    below = line.getnext()
    if below is None or below.tag != line.tag or not is_bold(line) or is_bold(below):
        return False
    value = _words(below, styles)
    told = 0 < len(value) <= _LONGEST_VALUE and value[-1] not in ".:;,!?"
    return told and told_of(below, "pPr/pStyle") is None and reads_like_heading(words)


def _words(paragraph: Any, styles: Styles) -> str:
    """What the reader sees of a paragraph, on one line."""
    return " ".join(_broken_words(paragraph, styles).split())


def _broken_words(paragraph: Any, styles: Styles) -> str:
    """The same with the line breaks that are in it."""
    return "".join(_pieces(paragraph, styles)).strip()


def _pieces(element: Any, styles: Styles) -> Iterator[str]:
    for child in element:
        if child.tag in _UNSEEN or (child.tag == WORD + "r" and styles.hides(child)):
            continue
        if child.tag in (WORD + "t", _FORMULA):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag in (WORD + "footnoteReference", WORD + "endnoteReference"):
            kind = "f" if child.tag.endswith("footnoteReference") else "e"
            yield f"[^{kind}{child.get(WORD + 'id')}]"
        elif child.tag not in (WORD + "pPr", WORD + "rPr", WORD + "txbxContent", _ALTERNATIVE):
            yield from _pieces(child, styles)
