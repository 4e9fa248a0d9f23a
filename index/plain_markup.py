"""A parsed page with the structure that Markdown has: tables of entries told from tables of layout, lists in
cells, definitions, questions that fold out.
"""

from __future__ import annotations

import re
from typing import Any

from index.elements import nearest, number_of, words_of
from index.tables import in_one_cell, is_layout

_HEADINGS = tuple("h1 h2 h3 h4 h5 h6".split())
_BRACKETED = re.compile(r"\[[^\[\]]{1,40}\]")
_BLOCKS = frozenset("h1 h2 h3 h4 h5 h6 table form article section".split())
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?")
_LONGEST_MARK = 5
_RAISED = re.compile(r"[+−-]?\d{1,3}")
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def plain_structure(tree: Any) -> None:
    """Rewrite a parsed page in place."""
    for link in list(tree.iter("a")):
        if _is_mark_of_note(link):
            # Only the mark goes, the words behind it stay.
            link.text = ""
            for child in list(link):
                link.remove(child)
    for sup in list(tree.iter("sup")):
        if _BRACKETED.fullmatch(words_of(sup)):  # "[4]", "[citation needed]"
            sup.drop_tree()
        else:
            _raise_figures(sup)
    for heading in list(tree.iter(*_HEADINGS)):
        for part in heading.iterdescendants("a", "span"):
            words = words_of(part)
            # "¶" to link to it, "[edit]".
            if words and (_BRACKETED.fullmatch(words) or not any(map(str.isalnum, words))):
                part.text = ""
                for child in list(part):
                    part.remove(child)
    for definitions in list(tree.iter("dl")):
        _define(definitions)
    for summary in list(tree.iter("summary")):
        summary.tag = "h4" if words_of(summary).endswith("?") else "p"
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


def _define(definitions: Any) -> None:
    """A list of terms as items "term: what it is", of questions as headings above their answers."""
    asks = any(words_of(term).endswith("?") for term in definitions.iter("dt"))
    definitions.tag = "div" if asks else "ul"
    term = ""
    for child in list(definitions.iter("dt", "dd")):
        if asks:
            child.tag = "h4" if child.tag == "dt" else "p"
        elif child.tag == "dt":
            term = words_of(child)
            child.getparent().remove(child)
        else:
            child.tag = "li"
            words = words_of(child)
            for inner in list(child):
                child.remove(inner)
            child.text = f"{term}: {words}" if term else words
    # Browsers allow <div> around each pair; as a list it would be no list.
    if not asks:
        for group in list(definitions.iter("div")):
            group.drop_tag()


def _table(table: Any) -> None:
    rows = [row for row in table.iter("tr") if nearest(row, "table") is table]
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
        or (table.find(".//th") is None and is_layout([[words_of(cell) for cell in row] for row in cells]))
    )
    if layout:
        inner = [
            e for e in table.iter("tbody", "thead", "tfoot", "tr", "td", "th") if nearest(e, "table") is table
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
    cell.text = in_one_cell(told)


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
            across, down = number_of(cell.get("colspan")), number_of(cell.get("rowspan"))
            if down > 1:
                pending[column] = (down - 1, cell)
            for _ in range(across - 1):
                cell.addnext(Element(cell.tag))
            column += across
