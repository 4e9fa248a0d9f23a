"""OpenDocument texts (LibreOffice Writer): headings, paragraphs, lists, tables and notes as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.archives import checked_archive
from index.errors import DocumentError
from index.noise import PAGE_NUMBER
from index.said import say
from index.tables import in_one_cell, is_layout, table_lines
from index.types import Document

_SPACES = {"text:s", "text:tab", "text:line-break"}
_NOT_READ = {"text:tracked-changes", "office:annotation", "office:annotation-end", "text:note-citation"}


def read_open_document(path: str, data: bytes) -> Document:
    """A .odt file.

    Raises:
        DocumentError: It is encrypted, damaged, or holds no text.
    """
    import odfdo

    document = odfdo.Document(checked_archive(path, data, ".odt"))
    notes: list[str] = []
    body = list(_blocks(document.body.children, notes))
    heads, feet = (list(_on_every_page(document, f"style:{name}")) for name in ("header", "footer"))
    text = "\n\n".join([*heads, *body, *notes, *feet]).strip()
    if not text:
        raise DocumentError(path, say("holds no text; nothing can be quoted from it"))
    title = " ".join((document.meta.title or "").split())
    return Document(path=path, title=title, text=text)


def _on_every_page(document: Any, tag: str) -> Iterator[str]:
    """What the headers or footers of pages say, each once, but for bare numbers of pages."""
    notes: list[str] = []
    elements = document.get_part("styles").get_elements(f"//{tag}")
    told = [block for element in elements for block in _blocks(element.children, notes)]
    yield from (block for block in dict.fromkeys(told) if not PAGE_NUMBER.fullmatch(block))


def _blocks(elements: Any, notes: list[str]) -> Iterator[str]:
    for element in elements:
        tag = element.tag
        if tag == "text:h":
            level = element.get_attribute("text:outline-level") or "1"
            if words := _words(element, notes):
                yield "#" * min(int(level), 6) + f" {words}"
        elif tag == "text:p":
            if words := _words(element, notes):
                yield words
            for frame in element.get_elements(".//draw:text-box"):
                yield from _blocks(frame.children, notes)
        elif tag == "text:list":
            if lines := list(_items(element, 0, notes)):
                yield "\n".join(lines)
        elif tag == "table:table":
            yield from _table(element, notes)
        elif tag not in _NOT_READ:
            yield from _blocks(element.children, notes)


def _items(listed: Any, depth: int, notes: list[str]) -> Iterator[str]:
    for item in listed.children:
        if item.tag not in ("text:list-item", "text:list-header"):
            continue
        own = [_words(child, notes) for child in item.children if child.tag in ("text:p", "text:h")]
        if words := " ".join(filter(None, own)):
            yield "  " * depth + f"- {words}"
        for child in item.children:
            if child.tag == "text:list":
                yield from _items(child, depth + 1, notes)


def _table(table: Any, notes: list[str]) -> Iterator[str]:
    rows: list[list[str]] = []
    pending: dict[int, tuple[int, str]] = {}
    header = False
    for row in table.get_elements(".//table:table-row"):
        cells: list[str] = []
        for cell in row.children:
            if cell.tag in ("table:table-cell", "table:covered-table-cell"):
                words = in_one_cell(_parts(cell, notes))
                left, above = pending.pop(len(cells), (0, ""))
                if left and cell.tag == "table:covered-table-cell":
                    words = above  # a row is read alone
                else:
                    left = int(cell.get_attribute("table:number-rows-spanned") or "1")
                if left > 1:
                    pending[len(cells)] = left - 1, words
                repeated = cell.get_attribute("table:number-columns-repeated") or "1"
                cells += [words] * (min(int(repeated), 50) if words else 1)
        header = header or (
            not rows and row.parent is not None and row.parent.tag == "table:table-header-rows"
        )
        rows.append(cells)
    if is_layout(rows):
        yield from (cell for row in rows for cell in row if cell)
    elif lines := table_lines(rows, header=header or None):
        yield lines


def _parts(cell: Any, notes: list[str]) -> Iterator[str]:
    """The paragraphs of a cell, and the items of its lists."""
    for child in cell.children:
        if child.tag == "text:list":
            yield from (item.lstrip(" -") for item in _items(child, 0, notes))
        else:
            yield _words(child, notes)


def _words(element: Any, notes: list[str]) -> str:
    """The words of a paragraph on one line; its notes are put beside, with their marks left in it."""
    return " ".join("".join(_pieces(element, notes)).split())


def _pieces(element: Any, notes: list[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element.children:
        if child.tag == "text:note":
            citation = child.get_element("text:note-citation")
            body = child.get_element("text:note-body")
            mark = (citation.text if citation is not None else "") or str(len(notes) + 1)
            if body is not None:
                notes.append(
                    f"[^{mark}]: " + " ".join(filter(None, (_words(p, notes) for p in body.children)))
                )
            yield f"[^{mark}]"
        elif child.tag in _SPACES:
            yield " "
        elif child.tag not in (*_NOT_READ, "draw:frame"):
            yield from _pieces(child, notes)
        yield child.tail or ""
