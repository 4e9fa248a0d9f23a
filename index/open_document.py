"""OpenDocument texts (LibreOffice Writer): headings, paragraphs, lists, tables and notes as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from index.archives import checked_archive
from index.noise import PAGE_NUMBER
from index.tables import MOST_COLUMNS, in_one_cell, is_layout, table_lines
from index.types import Document

_SPACES = {"text:s", "text:tab", "text:line-break"}
_NOT_READ = {"text:tracked-changes", "office:annotation", "office:annotation-end", "text:note-citation"}
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_FAMILIES = {"text:span": "text", "text:a": "text", "text:p": "paragraph", "text:h": "paragraph"}
_HIDDEN = (
    "//text:section[@text:display='none'] | //text:hidden-text[@text:is-hidden='true']"
    " | //*[text:hidden-paragraph/@text:is-hidden='true']"
)
_MOST_PARENTS = 20


def read_open_document(path: str, data: bytes) -> Document:
    """A .odt file.

    Raises:
        DocumentError: It is encrypted or damaged.
    """
    import odfdo

    document = odfdo.Document(checked_archive(path, data, ".odt"))
    _take_out_hidden(document)
    notes: list[str] = []
    body = list(_blocks(document.body.children, notes))
    heads, feet = (list(_on_every_page(document, f"style:{name}")) for name in ("header", "footer"))
    text = "\n\n".join([*heads, *body, *notes, *feet]).strip()
    title = " ".join((document.meta.title or "").split())
    return Document(path=path, title=title, text=text)


def _take_out_hidden(document: Any) -> None:
    """Takes out of a file what its reader does not see."""
    styles: dict[tuple[str, str], Any] = {}
    for part in map(document.get_part, ("styles", "content")):
        for style in part.get_elements("//style:style"):
            styles[style.get_attribute("style:family"), style.get_attribute("style:name")] = style
        hidden = part.get_elements(_HIDDEN)
        for element in part.get_elements("//*[@text:style-name]"):
            family = _FAMILIES.get(element.tag, "")
            if _hides(styles, family, element.get_attribute("text:style-name")):
                hidden.append(element)
        for element in hidden:
            element.delete()


def _hides(styles: dict[tuple[str, str], Any], family: str, name: str) -> bool:
    """Whether text of a style is not shown, which the style or one that it is made from says."""
    for _ in range(_MOST_PARENTS):
        style = styles.get((family, name))
        if style is None:
            return False
        shown = style.get_element("style:text-properties[@text:display]")
        if shown is not None:
            return bool(shown.get_attribute("text:display") == "none")
        name = style.get_attribute("style:parent-style-name")
    return False


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
            yield from _beside(element, notes)
        elif tag in ("text:p", "text:list"):
            words = _words(element, notes) if tag == "text:p" else "\n".join(_items(element, 0, notes))
            if words:
                yield words
            yield from _beside(element, notes)
        elif tag == "table:table":
            yield from _table(element, notes)
        elif tag not in _NOT_READ:
            yield from _blocks(element.children, notes)


def _beside(element: Any, notes: list[str]) -> Iterator[str]:
    """The text boxes and tables in a paragraph, a list or a cell, which stand beside its words."""
    for child in element.children:
        if child.tag in ("draw:text-box", "table:table"):
            yield from _blocks([child], notes)
        elif child.tag not in (*_NOT_READ, "text:note"):
            yield from _beside(child, notes)


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
    """A table of entries as one; the cells of one that only sets text side by side as paragraphs."""
    rows = list(_rows(table))
    before = len(notes)
    told = _told(rows, notes)
    cells = [cell for row in rows for cell in row.children if cell.tag in _CELLS]
    if is_layout(told) or any(cell.get_element(".//table:table") is not None for cell in cells):
        del notes[before:]  # they are met again
        for cell in cells:
            yield from _blocks(cell.children, notes)
        return
    header = bool(rows) and rows[0].parent is not None and rows[0].parent.tag == "table:table-header-rows"
    if lines := table_lines(told, header=header or None):
        yield lines
    for cell in cells:
        yield from _beside(cell, notes)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, without those of the tables in its cells."""
    for child in table.children:
        if child.tag == "table:table-row":
            yield child
        else:
            yield from _rows(child)


def _told(rows: Sequence[Any], notes: list[str]) -> list[list[str]]:
    """The words of the cells; one over several rows stands in each: a row is read alone."""
    told: list[list[str]] = []
    pending: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row.children:
            if cell.tag not in _CELLS:
                continue
            words = in_one_cell(_parts(cell, notes))
            down = int(cell.get_attribute("table:number-rows-spanned") or "1")
            repeated = int(cell.get_attribute("table:number-columns-repeated") or "1")
            for _ in range(min(repeated, MOST_COLUMNS)):
                left, above = pending.pop(len(cells), (0, ""))
                if not left or cell.tag == "table:table-cell":
                    left, above = down, words
                if left > 1:
                    pending[len(cells)] = left - 1, above
                cells.append(above)
        told.append(cells)
    return told


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
