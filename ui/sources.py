"""A document as a page that can be read, with every quote of an answer marked at its exact place.

Nothing of the document is in force: its text is escaped, and only the references of an evidence note
become links. Joined up, the text inside the marks of one quote is the quote, character by character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import PurePath

from index.types import Document
from qa.types import Citation
from ui import tabled
from ui.marks import Marks, locate, marked_text
from ui.render import kind_badge
from ui.texts import day_of, language, number, t
from ui.wording import page_of

SHOWN_CHARACTERS = 120_000
"""Longest stretch of a document that is shown at once: a book would make the page slow."""

_LOST = '<p class="note lost" role="alert">{}</p>'

_HEADING = re.compile(r"(#{1,6})[ \t]+")
_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_LINE = re.compile(r"\S(?:[^\n]*\S)?|\n[ \t]*(?=\n)")
"""What is written on a line, or a blank one. No match begins at a blank: of a long run of them each would try
all that follow."""


def html(document: Document, citations: Sequence[Citation], current: int, original: str | None) -> str:
    """The source view.

    Args:
        document: The document that the current citation quotes.
        citations: All citations of the reply; those of other documents are left out.
        current: Number of the citation that was opened.
        original: Address at which the file itself can be opened, or None where it is gone.
    """
    here = [citation for citation in citations if citation.document == document.path]
    marks, lost = locate(document, here)
    opened = next((citation for citation in here if citation.number == current), None)
    warning = ""
    if current in lost:
        changed = t(
            "This document has changed since the answer was given: the words of quote {number} are no "
            "longer in it. Ask again to hear what it says now.",
            number=str(current),
        )
        warning = _LOST.format(changed)
    start, end = _window(document, marks, current)
    range_shown = ""
    if (start, end) != (document.body, len(document.text)):
        told = t(
            "Characters {start} to {end} of {all} are shown. Open the original file to read all of it.",
            start=number(start),
            end=number(end),
            all=number(len(document.text)),
        )
        range_shown = f'<p class="left-out">{told}</p>'
    plain = " plain" if document.path.casefold().endswith(".txt") else ""
    return (
        f"{_head(document, opened, original)}{warning}{range_shown}"
        f'<div class="document{plain}" lang="{_language(document)}">'
        f"{_body(document, marks, current, start, end)}</div>"
    )


def gone(citations: Sequence[Citation], current: int) -> str:
    """What is left of a document that was removed since the answer: the quotes that were taken from it."""
    opened = next(citation for citation in citations if citation.number == current)
    kept = "".join(
        f'<blockquote dir="auto"><p>{escape(citation.quote)} [{citation.number}]</p></blockquote>'
        for citation in citations
        if citation.document == opened.document
    )
    removed = t(
        "This document has been removed since the answer was given. "
        "What was quoted from it is kept here, word for word."
    )
    return f"{_titled(opened.title, opened.source_kind, opened.section)}{_LOST.format(removed)}{kept}"


def _titled(title: str, kind: str, where: str) -> str:
    return (
        f'<div class="source-head"><h2 dir="auto">{escape(title)}</h2>'
        f'<p>{kind_badge(kind)} <span dir="auto">{escape(where)}</span></p></div>'
    )


def _head(document: Document, opened: Citation | None, original: str | None) -> str:
    place = [opened.section, page_of(opened)] if opened else []
    where = " · ".join(filter(None, [*place, *dated(document)]))
    written = document.metadata.get("written_from")
    rows = [(t("Written from"), written)] if written else []
    # The name alone: where it lies on the machine that runs lightqa is nobody else's business.
    rows.append((t("File"), PurePath(document.path).name))
    facts = "".join(f'<div><dt>{name}</dt><dd dir="auto">{escape(fact)}</dd></div>' for name, fact in rows)
    link = ""
    if original:
        link = (
            f'<p><a class="original" href="{escape(original)}" target="_blank" rel="noopener noreferrer">'
            f"{t('Open the original file')}</a></p>"
        )
    return (
        f"{_titled(document.title, document.kind, where)}"
        f'<button type="button" data-only="{escape(document.path)}">'
        f"{t('Ask only this document')}</button>"
        f'<details class="about"><summary>{t("About this source")}</summary>'
        f'<dl class="facts">{facts}</dl>{link}</details>'
    )


def dated(document: Document) -> list[str]:
    """When a document was written and last reviewed, where it says so."""
    date, reviewed = document.metadata.get("date"), document.metadata.get("reviewed")
    told = [t("date {date}", date=day_of(date))] if date else []
    return [*told, t("reviewed {date}", date=day_of(reviewed))] if reviewed else told


def _language(document: Document) -> str:
    """The language that a document says it is in; English, which is what is answered, where it says none."""
    said = document.metadata.get("language") or document.metadata.get("lang") or "en"
    return escape(said) if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", said) else "en"


def _window(document: Document, marks: Marks, current: int) -> tuple[int, int]:
    """The stretch to show: all of it, or as much as may be shown around the current quote."""
    length = len(document.text)
    if length - document.body <= SHOWN_CHARACTERS:
        return document.body, length
    middle = next((start for start, _, number in marks if number == current), document.body)
    start = max(document.body, min(middle - SHOWN_CHARACTERS // 2, length - SHOWN_CHARACTERS))
    return start, start + SHOWN_CHARACTERS


def _body(document: Document, marks: Marks, current: int, start: int, end: int) -> str:
    parts: list[str] = []
    # Of the pages before what is shown none is announced but the one that it begins on.
    first = max(bisect_right(document.pages, start), 1)
    pages = list(enumerate(document.pages[first - 1 :], start=first))
    linked = "evidence" in document.kind.casefold()

    def marked(left: int, right: int, words: Callable[[str], str] = escape) -> str:
        return marked_text(document.text, left, right, marks, current, linked, words)

    for at, stop in _blocks(document.text, start, end):
        if not parts and _is_title(document, at, stop) and not any(a < stop and b > at for a, b, _ in marks):
            continue  # it stands above the text already
        while pages and pages[0][1] <= at:
            page = t("Page {number}", number=str(pages.pop(0)[0]))
            # In the page's language, within a document that is in another.
            parts.append(f'<p class="page" lang="{language()}">{page}</p>')
        if tabled.is_table(document.text, at, stop):
            parts.append(tabled.html(document.text, at, stop, marked))
            continue
        heading = _HEADING.match(document.text, at, stop)
        if heading:
            at = heading.end()
        tag = f"h{max(3, min(6, len(heading[1]) + 1))}" if heading else "p"
        item = ' class="item"' if _ITEM.match(document.text, at, stop) else ""
        parts.append(f'<{tag}{item} dir="auto">{marked(at, stop)}</{tag}>')
    return "".join(parts)


def _is_title(document: Document, at: int, stop: int) -> bool:
    heading = _HEADING.match(document.text, at, stop)
    return heading is not None and document.text[heading.end() : stop].strip() == document.title


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of headings, list items and paragraphs: lines that stand together without a blank one."""
    block: tuple[int, int] | None = None
    for line in _LINE.finditer(text, start, end):
        left, right = line.end() if line[0].isspace() else line.start(), line.end()
        row = tabled.is_row(text, left, right)
        begins = (
            left >= right
            or bool(block and row != tabled.is_row(text, *block))
            or _HEADING.match(text, left, right)
            or _ITEM.match(text, left, right)
        )
        if block and (begins or _HEADING.match(text, *block)):
            yield block
            block = None
        if left < right:
            block = (block[0] if block else left, right)
    if block:
        yield block
