"""A reply as text for a terminal, and as Markdown: pure functions, with nothing of a document ever in force.

What stands between quotation marks is a document's. Control characters are shown as "�" in a terminal, and
Markdown's own characters are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.types import Note, Reply
from ui import written
from ui.quotes import Shown, as_text, one_line
from ui.sections import first_notes, last_notes, sections
from ui.wording import labelled, numbers, place, understood

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~$])")


def text(reply: Reply, *, with_dropped: bool = False) -> str:
    """The reply for a terminal; on request with what a writer wrote and the checks left out."""
    lines: list[str] = []
    if reply.understood_as:
        lines += [f"{understood(reply)}: {reply.understood_as}", ""]
    if reply.written:
        lines += written.as_text(reply.written, with_dropped=with_dropped)
    lines += _noted(first_notes(reply))
    for section in sections(reply):
        if section.heading:
            lines.append(section.heading if section.heading.endswith("?") else f"{section.heading}:")
        lines += [line for quotes in section.quotes for line in as_text(quotes)] + [""]
        lines += _noted(section.notes)
    lines += _noted(last_notes(reply))
    for citation in reply.citations:
        lines.append(f"[{citation.number}] {_one_line(place(citation))}")
        lines.append(f"    {citation.document}, characters {citation.start} to {citation.end}")
    if reply.citations:
        lines.append("")
    if reply.suggestions:
        lines += ["You could ask:", *(f"  - {question}" for question in reply.suggestions), ""]
    return _CONTROL.sub("\ufffd", "\n".join([*lines, reply.disclaimer])) + "\n"


def markdown(reply: Reply) -> str:
    """The reply in Markdown, without the question and without the disclaimer, to be put into a document."""
    lines: list[str] = []
    if reply.understood_as:
        lines += [f"{understood(reply)}: {escape_markdown(reply.understood_as)}", ""]
    if reply.written:
        lines += map(escape_markdown, written.as_text(reply.written))
    lines += _noted(first_notes(reply), escape_markdown)
    for section in sections(reply):
        lines += [f"**{escape_markdown(section.heading)}**", ""] if section.heading else []
        lines += [line for quotes in section.quotes for line in _markdown_quote(quotes)]
        lines += _noted(section.notes, escape_markdown)
    lines += _noted(last_notes(reply), escape_markdown)
    for citation in reply.citations:
        lines.append(f"- [{citation.number}] {escape_markdown(place(citation))}")
    return "\n".join(lines).strip() + "\n"


def _noted(notes: Sequence[Note], escaped: Callable[[str], str] = str) -> list[str]:
    return [line for note in notes for line in (escaped(labelled(note)) + numbers(note), "")]


def _markdown_quote(quotes: Shown) -> list[str]:
    numbers_of = " ".join(f"[{citation.number}]" for citation in quotes.citations)
    if quotes.kind == "table":
        above = [escape_markdown(quotes.caption), ""] if quotes.caption else []
        told = ["| " + " | ".join(map(escape_markdown, row)) + " |" for row in quotes.rows]
        rule = ["|" + "---|" * len(quotes.rows[0])] if quotes.has_header else []
        return [*above, *told[:1], *rule, *told[1:], "", numbers_of, ""]
    if quotes.kind == "list":
        intro, items = quotes.lines
        opening = [f"> {escape_markdown(intro)}", ">"] if intro else []
        return [*opening, *(f"> - {escape_markdown(item)}" for item in items), "", numbers_of, ""]
    return [f"> {escape_markdown(one_line(quotes.main.quote))} {numbers_of}", ""]


def printable(words: str) -> str:
    """Words from elsewhere, such as the name of a file, on one line of a terminal."""
    return _CONTROL.sub("\ufffd", words.replace("\n", " "))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def escape_markdown(words: str) -> str:
    """Words as one line of Markdown in which nothing is in force."""
    line = _MARKDOWN.sub(r"\\\1", _CONTROL.sub("\ufffd", _one_line(words)))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A line that starts like a heading, a list or a rule would become one.
    return re.sub(r"^(\d+)([.)])|^([#+\-=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)
