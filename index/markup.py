"""HTML as it is read, as Markdown paragraphs: tables of entries told from tables of layout, lists in cells,
definitions, questions that fold out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.hidden import NEVER_SHOWN
from index.tables import is_layout, joined_header, table_lines
from index.typed_lists import as_list

_BLOCKS = frozenset("h1 h2 h3 h4 h5 h6 table form article section".split())
_APART = frozenset(
    """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section table tbody td tfoot th thead tr ul
    """.split()
)
_UNREAD = NEVER_SHOWN | frozenset(
    "head title meta link button select textarea input option audio video".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SPAN_LIMIT = 50
_SPACE = re.compile(r"\s+")
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?")
_LONGEST_MARK = 5
_RAISED = re.compile(r"[+−-]?\d{1,3}")
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, a heading, a list or a table of a page.

    Attributes:
        text: As Markdown; the lines of a list or table are divided by line breaks.
        kind: "text", "heading", "list" or "table".
        words: The words alone, on one line.
        paragraph: The words of the paragraph that it is a part of, where a list was typed into one.
        linked: Share of the characters of the words that are links, 0 to 1.
        within: Names of the elements that it stands in.
    """

    text: str
    kind: str
    words: str
    linked: float
    within: frozenset[str]
    paragraph: str = ""


def stretches(tree: Any) -> list[Stretch]:
    """What a page says, in its order. Changes the tree; hidden elements are to be gone already."""
    plain_structure(tree)
    body = tree.find(".//body")
    return list(_walk(tree if body is None else body, frozenset()))


def _walk(element: Any, within: frozenset[str]) -> Iterator[Stretch]:
    """The stretches in an element; words between its blocks are paragraphs of their own."""
    loose: list[Any] = []

    def flush() -> Iterator[Stretch]:
        broken = "".join(text for text, _ in loose)
        words = " ".join(broken.split())
        if words:
            links = sum(len(text.strip()) for text, linked in loose if linked)
            linked = min(1.0, links / len(words))
            parts = as_list(broken)
            for part in parts:
                kind = "list" if len(parts) > 1 and part.startswith(("- ", "1. ")) else "text"
                own = " ".join(part.split())
                yield Stretch(part, kind, own, linked, within, words if len(parts) > 1 else "")
        loose.clear()

    loose.append((_unbroken(element.text), False))
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag or tag in _UNREAD:
            pass
        elif tag in _APART or any(inner.tag in _APART for inner in child.iterdescendants()):
            yield from flush()
            yield from _block(child, within | {tag})
        elif tag == "br" and loose and loose[-1][0].endswith("\n"):
            yield from flush()
        else:
            loose += [("\n", False)] if tag == "br" else _pieces(child, tag == "a")
        tail = _unbroken(child.tail)
        loose.append((tail, False) if tail.strip() or tag != "br" else ("", False))
        if loose[-1][0] == "":
            loose.pop()
    yield from flush()


def _pieces(element: Any, linked: bool) -> list[tuple[str, bool]]:
    pieces = [(_unbroken(element.text), linked)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNREAD:
            pieces += [("\n", False)] if child.tag == "br" else _pieces(child, linked or child.tag == "a")
        pieces.append((_unbroken(child.tail), linked))
    return pieces


def _unbroken(text: str | None) -> str:
    """Text of the source, whose line breaks say nothing: <br> alone breaks a line."""
    return _SPACE.sub(" ", text or "")


def _block(element: Any, within: frozenset[str]) -> Iterator[Stretch]:
    if element.tag in ("ul", "ol"):
        lines = _items(element, 0)
    elif element.tag == "table":
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        heads = [bool(row) and all(cell.tag == "th" for cell in row) for row in rows[:3]]
        told = [[_words(cell) for cell in row] for row in rows]
        if heads == [True, True, False]:
            told = [joined_header(*told[:2]), *told[2:]]
        lines = table_lines(told, any(heads[:1]) or None).splitlines()
    elif element.tag in _HEADINGS and (words := _words(element)):
        yield Stretch("#" * int(element.tag[1]) + " " + words, "heading", words, _linked(element), within)
        return
    else:
        yield from _walk(element, within)
        return
    if lines:
        kind = "table" if element.tag == "table" else "list"
        yield Stretch("\n".join(lines), kind, _words(element), _linked(element), within)


def _items(parent: Any, depth: int) -> list[str]:
    """The items of a list and of the lists inside it, each set in by two spaces more."""
    lines: list[str] = []
    number = _number(parent.get("start")) - 1
    for item in parent:
        if item.tag in ("ul", "ol"):
            lines += _items(item, depth + 1)
        if item.tag != "li":
            continue
        inner = [element for element in item.iterdescendants("ul", "ol") if _nearest(element, "li") is item]
        below = [line for element in inner for line in _items(element, depth + 1)]
        for element in inner:
            element.drop_tree()
        if words := _words(item):
            number += 1
            lines.append("  " * depth + (f"{number}. " if parent.tag == "ol" else "- ") + words)
        lines += below
    return lines


def _linked(element: Any) -> float:
    words = len(_words(element))
    links = [link for link in element.iter("a") if _nearest(link, "a") is None]
    return min(1.0, sum(len(_words(link)) for link in links) / words) if words else 0.0


def plain_structure(tree: Any) -> None:
    """Rewrites a parsed page in place: see the module."""
    for link in list(tree.iter("a")):
        if _is_mark_of_note(link):
            # Only the mark goes, the words behind it stay.
            link.text = ""
            for child in list(link):
                link.remove(child)
    for sup in tree.iter("sup"):
        _raise_figures(sup)
    for definitions in list(tree.iter("dl")):
        _define(definitions)
    for summary in list(tree.iter("summary")):
        summary.tag = "h4" if _words(summary).endswith("?") else "p"
    for details in list(tree.iter("details")):
        details.tag = "div"
    # Innermost first: a table in a cell makes the outer one layout, and has to be plain by then.
    for table in reversed(list(tree.iter("table"))):
        _table(table)


def _raise_figures(sup: Any) -> None:
    """Raised figures as the signs that are raised by themselves: 10<sup>6</sup> would read 106."""
    if len(sup) == 0 and sup.text and _RAISED.fullmatch(sup.text.strip()):
        sup.text = sup.text.strip().translate(_SUPERSCRIPTS)


def _is_mark_of_note(link: Any) -> bool:
    """Whether a link is but the number of a note: it would stand as a figure in the sentence."""
    words = "".join(link.itertext()).strip()
    if "noteref" in (link.get("epub:type") or link.get("role") or link.get(_EPUB_TYPE) or ""):
        return len(words) <= _LONGEST_MARK
    raised = any(each is not None and each.tag == "sup" for each in (link.getparent(), *link))
    return raised and (link.get("href") or "").startswith("#") and _NOTE_MARK.fullmatch(words) is not None


def _words(element: Any) -> str:
    """The words of an element on one line; those of blocks in it do not run together."""
    parts: list[str] = []

    def collect(one: Any) -> None:
        apart = " " if one.tag in _APART or one.tag == "br" else ""
        parts.append(apart)
        if isinstance(one.tag, str) and one.tag not in _UNREAD:
            parts.append(one.text or "")
            for child in one:
                collect(child)
                parts.append(child.tail or "")
        parts.append(apart)

    collect(element)
    return " ".join("".join(parts).split())


def _define(definitions: Any) -> None:
    """A list of terms as items "term: what it is", of questions as headings above their answers."""
    asks = any(_words(term).endswith("?") for term in definitions.iter("dt"))
    definitions.tag = "div" if asks else "ul"
    term = ""
    for child in list(definitions.iter("dt", "dd")):
        if asks:
            child.tag = "h4" if child.tag == "dt" else "p"
        elif child.tag == "dt":
            term = _words(child)
            child.getparent().remove(child)
        else:
            child.tag = "li"
            words = _words(child)
            for inner in list(child):
                child.remove(inner)
            child.text = f"{term}: {words}" if term else words
    # Browsers allow <div> around each pair; as a list it would be no list.
    if not asks:
        for group in list(definitions.iter("div")):
            group.drop_tag()


def _table(table: Any) -> None:
    rows = [row for row in table.iter("tr") if _nearest(row, "table") is table]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    for caption in table.findall("caption"):
        caption.tag = "p"
        table.addprevious(caption)
    layout = (
        table.get("role") in ("presentation", "none")
        or any(
            element.tag in _BLOCKS
            for row in cells
            for cell in row
            for element in cell.iter()
            if element is not cell
        )
        or (table.find(".//th") is None and is_layout([[_words(cell) for cell in row] for row in cells]))
    )
    if layout:
        inner = [
            e
            for e in table.iter("tbody", "thead", "tfoot", "tr", "td", "th")
            if _nearest(e, "table") is table
        ]
        for element in [table, *inner]:
            element.tag = "div"
        return
    for row in cells:
        for cell in row:
            _flatten(cell)
    _spread(rows, cells)
    for row in cells:
        for cell in row:
            for name in ("rowspan", "colspan"):
                cell.attrib.pop(name, None)


def _nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def _flatten(cell: Any) -> None:
    """The words of a cell on one line; what stood in paragraphs or items is divided by semicolons."""
    parts: list[list[str]] = [[]]

    def collect(element: Any) -> None:
        apart = element.tag in ("li", "p", "div", "br")
        if apart:
            parts.append([])
        if isinstance(element.tag, str):
            parts[-1].append(element.text or "")
            for child in element:
                collect(child)
        if apart:
            parts.append([])
        parts[-1].append(element.tail or "")

    parts[-1].append(cell.text or "")
    for child in list(cell):
        collect(child)
        cell.remove(child)
    told = [" ".join("".join(part).split()) for part in parts]
    cell.text = re.sub(r"([.:;,]);", r"\1", "; ".join(part for part in told if part))


def _spread(rows: list[Any], cells: list[list[Any]]) -> None:
    """A cell over several rows or columns stands in each of them: a row has to be whole by itself."""
    from lxml.html import Element

    pending: dict[int, tuple[int, Any]] = {}
    for row, own in zip(rows, cells, strict=True):
        column = 0
        queue = list(own)
        while queue or column in pending:
            if column in pending:
                left, above = pending[column]
                copy = Element(above.tag)
                copy.text = above.text
                if queue:
                    queue[0].addprevious(copy)
                else:
                    row.append(copy)
                pending[column] = (left - 1, above)
                if left <= 1:
                    del pending[column]
                column += 1
                continue
            cell = queue.pop(0)
            across, down = _number(cell.get("colspan")), _number(cell.get("rowspan"))
            if down > 1:
                pending[column] = (down - 1, cell)
            for _ in range(across - 1):
                cell.addnext(Element(cell.tag))
            column += across


def _number(written: str | None) -> int:
    return min(int(written), _SPAN_LIMIT) if written and written.isdigit() and int(written) > 0 else 1
