"""A parsed page as Markdown paragraphs, in the order in which they are read."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from index.elements import APART, NOT_TEXT, nearest, number_of, words_of
from index.hidden_elements import without_hidden
from index.plain_markup import plain_structure
from index.tables import joined_header, table_lines
from index.typed_lists import as_list

_HEADINGS = dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), "heading")
_KINDS = _HEADINGS | {"ul": "list", "ol": "list", "table": "table"}
_SPACE = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")
_CODE = frozenset("code samp kbd span".split())
_COMMENT = re.compile(r"^\s*#", re.MULTILINE)
"""What lines of a program are marked with, and how a comment in them begins."""
_LEVEL = re.compile(r"\blst-\w+-([1-8])\b")
"""The level of a list in a page that Google's documents were saved as."""


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
    return _whole_lists(_walk(tree if body is None else body, frozenset()))


def page_text(source: str) -> str:
    """All that a page says to its reader, as of a mail or a chapter of a book."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # no element in it, but a comment perhaps
        return ""
    return "\n\n".join(stretch.text for stretch in stretches(without_hidden(tree)))


def _whole_lists(found: Iterable[Stretch]) -> list[Stretch]:
    """With lists that follow one another as one: Google's documents begin a new one at each level."""
    whole: list[Stretch] = []
    for stretch in found:
        if whole and _goes_on(last := whole[-1], stretch):
            words = f"{last.words} {stretch.words}"
            links = last.linked * len(last.words) + stretch.linked * len(stretch.words)
            text = f"{last.text}\n{stretch.text}"
            whole[-1] = replace(last, text=text, words=words, linked=links / len(words))
        else:
            whole.append(stretch)
    return whole


def _goes_on(above: Stretch, below: Stretch) -> bool:
    """Whether two lists with bullets stand in the same elements, and neither was typed into a paragraph."""
    marks = {each.text.lstrip()[:1] if each.kind == "list" else "" for each in (above, below)}
    return marks == {"-"} and above.within == below.within and not (above.paragraph or below.paragraph)


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
        apart = tag in APART or any(inner.tag in APART for inner in child.iterdescendants())
        if apart and tag not in NOT_TEXT:
            yield from flush()
            yield from _block(child, within | {tag})
        elif tag == "br" and loose and loose[-1][0].endswith("\n"):
            yield from flush()
        else:
            loose += _pieces(child)
        tail = _unbroken(child.tail)
        if tail.strip() or (tail and tag != "br"):
            loose.append((tail, False))
    yield from flush()


def _pieces(element: Any, linked: bool = False) -> list[tuple[str, bool]]:
    """The words of an element that stands in a line, and whether they are those of a link."""
    if not isinstance(element.tag, str) or element.tag in NOT_TEXT:
        return []
    linked = linked or element.tag == "a"
    pieces = [("\n", False) if element.tag == "br" else (_unbroken(element.text), linked)]
    for child in element:
        pieces += [*_pieces(child, linked), (_unbroken(child.tail), linked)]
    return pieces


def _unbroken(text: str | None) -> str:
    """Text of the source, whose line breaks say nothing: <br> alone breaks a line."""
    return _SPACE.sub(" ", text or "")


def _block(element: Any, within: frozenset[str]) -> Iterator[Stretch]:
    kind = _KINDS.get(element.tag)
    if element.tag == "pre" and (typed := _typed(element)):
        words, linked = words_of(element), _linked(element)
        for part in typed:
            yield Stretch(part, "text", " ".join(part.split()), linked, within, words)
        return
    if kind is None:
        yield from _walk(element, within)
        return
    # Now, as the lists inside a list are taken out of it while its items are read.
    words, linked = words_of(element), _linked(element)
    lines: list[str] = []
    if kind == "heading":
        lines = ["#" * int(element.tag[1]) + f" {words}"] if words else []
    elif kind == "list":
        level = _LEVEL.search(element.get("class") or "")
        lines = _items(element, int(level[1]) if level else 0)
    else:
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        heads = [bool(row) and all(cell.tag == "th" for cell in row) for row in rows[:3]]
        told = [[words_of(cell) for cell in row] for row in rows]
        if heads == [True, True, False]:
            told = [joined_header(*told[:2]), *told[2:]]
        lines = table_lines(told, any(heads[:1]) or None).splitlines()
    if lines:
        yield Stretch("\n".join(lines), kind, words, linked, within)


def _typed(element: Any) -> list[str]:
    """The text of a <pre> as it was typed, divided where lines are blank; nothing where it is a program's."""
    coded = sum(len(words_of(inner)) for inner in element.iterchildren(*_CODE))
    for each in list(element.iterdescendants()):
        if each.tag == "br":
            each.text = "\n"
        elif not isinstance(each.tag, str) or each.tag in NOT_TEXT:
            each.drop_tree()
    typed = textwrap.dedent("\n".join("".join(element.itertext()).splitlines()))
    # A comment would be a heading.
    if 2 * coded > len(typed) or _COMMENT.search(typed):
        return []
    return [part.strip("\n").rstrip() for part in _BLANK_LINES.split(typed) if part.strip()]


def _items(parent: Any, depth: int) -> list[str]:
    """The items of a list and of the lists inside it, each set in by two spaces more."""
    lines: list[str] = []
    number = number_of(parent.get("start")) - 1
    for item in parent.iterchildren("li"):
        inner = [e for e in item.iterdescendants("ul", "ol") if nearest(e, "ul", "ol", "li") is item]
        below = [line for element in inner for line in _items(element, depth + 1)]
        for element in inner:
            element.drop_tree()
        if words := words_of(item):
            number += 1
            lines.append("  " * depth + (f"{number}. " if parent.tag == "ol" else "- ") + words)
        lines += below
    return lines


def _linked(element: Any) -> float:
    words = len(words_of(element))
    links = [link for link in element.iter("a") if nearest(link, "a") is None]
    return min(1.0, sum(len(words_of(link)) for link in links) / words) if words else 0.0
