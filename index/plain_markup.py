"""A parsed page with the structure that Markdown has: tables of entries told from tables of layout, lists in
cells, definitions, questions that fold out.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import groupby
from typing import Any

from index.elements import nearest, number_of, words_of
from index.tables import MOST_COLUMNS, in_one_cell, is_layout

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
    words_on_buttons(tree)
    for link in list(tree.iter("a")):
        if _is_mark_of_note(link):
            # Only the mark goes, the words behind it stay.
            link.text = ""
            del link[:]
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
                del part[:]
    for definitions in list(tree.iter("dl")):
        _define(definitions)
    for item in list(tree.iter("li")):
        listed = nearest(item, "ul", "ol", "li")
        # Browsers allow a <div> around some items; as a list it would be no list.
        while listed is not None and listed.tag != "li" and item.getparent() is not listed:
            item.getparent().drop_tag()
    for listed in list(tree.iter("ul", "ol")):
        _list(listed)
    for summary in list(tree.iter("summary")):
        summary.tag = "h4" if words_of(summary).endswith("?") else "p"
    for details in list(tree.iter("details")):
        details.tag = "div"
    # Innermost first: a table in a cell makes the outer one layout, and has to be plain by then.
    for table in reversed(list(tree.iter("table"))):
        _table(table)


def words_on_buttons(tree: Any) -> None:
    """Let what a button folds out stand below its words: they are all of a heading, or ask something."""
    for button in list(tree.iter("button")):
        named = nearest(button, *_HEADINGS, "dt", "summary")
        if named is not None:
            if not words_of(named):  # else it stands beside the heading, as "Copy the link" does
                button.tag = "span"
        elif button.get("aria-controls") or button.get("aria-expanded"):
            button.tag = "span"
            button.tag = "h4" if words_of(button).endswith("?") else "button"


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
    from lxml.html import Element

    own = [entry for entry in definitions.iter("dt", "dd") if nearest(entry, "dl") is definitions]
    asks = any(entry.tag == "dt" and words_of(entry).endswith("?") for entry in own)
    definitions.tag = "div" if asks else "ul"
    terms: list[Any] = []
    for is_term, entries in groupby(own, lambda entry: entry.tag == "dt"):
        told = list(entries)
        for entry in told:
            entry.tag = "li" if not asks else "h4" if is_term else "p"
        if is_term or asks:
            terms = told  # of which nothing may be said: they are items then
            continue
        named = ", ".join(filter(None, map(words_of, terms)))
        for term in terms:
            term.drop_tree()
        if named and len(told) == 1:
            told[0].text = f"{named}: {told[0].text or ''}"
        elif named:
            item, inner = Element("li"), Element("ul")
            item.text = f"{named}:"
            told[0].addprevious(item)
            item.append(inner)
            inner.extend(told)


def _list(listed: Any) -> None:
    """What stands in a list and in none of its items goes with the item above, or stands above the list."""
    from lxml.html import Element

    last = above = Element("div")
    above.text, listed.text = listed.text, None
    for child in list(listed):
        if child.tag != "li":
            last.append(child)
            continue
        last = child
        if (child.tail or "").strip():
            loose = Element("div")
            loose.text, child.tail = child.tail, None
            child.append(loose)
    if words_of(above):
        listed.addprevious(above)


def _table(table: Any) -> None:
    rows = [row for row in table.iter("tr") if nearest(row, "table") is table]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    every = [cell for row in cells for cell in row]
    for caption in table.findall("caption"):
        caption.tag = "p"
        table.addprevious(caption)
    layout = (
        table.get("role") in ("presentation", "none")
        or any(inner.tag in _BLOCKS for cell in every for inner in cell.iterdescendants())
        or (table.find(".//th") is None and is_layout([[words_of(cell) for cell in row] for row in cells]))
    )
    if layout:
        parts = table.iter("tbody", "thead", "tfoot", "tr", "td", "th")
        for element in [table, *(part for part in parts if nearest(part, "table") is table)]:
            element.tag = "div"
        return
    for cell in every:
        _flatten(cell)
    _spread(rows, cells)


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
    for child in cell:
        collect(child)
    del cell[:]
    cell.text = in_one_cell(" ".join("".join(part).split()) for part in parts)


def _spread(rows: list[Any], cells: list[list[Any]]) -> None:
    """A cell over several rows or columns stands in each of them: a row has to be whole by itself."""
    from lxml.html import Element

    above: dict[int, tuple[int, Any]] = {}
    for row, own in zip(rows, cells, strict=True):
        whole: list[Any] = []
        below: dict[int, tuple[int, Any]] = {}
        queue, last = deque(own), max(above, default=-1)
        while queue or len(whole) <= last:
            down, upper = above.get(len(whole), (0, None))
            if upper is not None:
                parts = [Element(upper.tag)]
                parts[0].text = upper.text
            else:
                cell = queue.popleft() if queue else Element("td")
                down = number_of(cell.attrib.pop("rowspan", None))
                across = min(number_of(cell.attrib.pop("colspan", None)), MOST_COLUMNS - len(whole))
                parts = [cell, *(Element(cell.tag) for _ in range(across - 1))]
            for part in parts:
                if down > 1:
                    below[len(whole)] = down - 1, part
                whole.append(part)
        row.extend(whole)
        above = below
