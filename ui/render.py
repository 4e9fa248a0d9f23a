"""A reply as HTML: pure functions, in which everything that is not their own is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from itertools import groupby

from qa.types import Answer, Citation, Note, Refusal, Reply
from ui import written
from ui.quotes import as_html
from ui.sections import Section, first_notes, last_notes, sections
from ui.texts import counted, note_html, t
from ui.wording import label_of, parts_of_place, place, sureness, understood

_NUMBER = re.compile(r"\[(\d{1,3})\]")


def html(
    reply: Answer | Refusal,
    *,
    documents: int,
    passages: int,
    holds: Callable[[str], bool] = lambda path: True,
) -> str:
    """The reply as a fragment of a page; a citation is a button with the number in `data-citation`.

    An emergency is laid out by `ui.emergency`.

    Args:
        reply: The reply.
        documents, passages: How many were searched, for "How was this answered?".
        holds: Whether a document of a path is indexed now, to tell quotes of others.
    """
    buttons = {citation.number: citation_button(citation) for citation in reply.citations}

    def laid(section: Section) -> str:
        """Quotes under their heading; what is only claimed is folded, unless nothing else was found."""
        items = "".join(
            f'<li><blockquote dir="auto">{as_html(quotes, buttons, reply.glosses)}</blockquote>'
            f"{_source_line(quotes.main, gone=not holds(quotes.main.document))}</li>"
            for quotes in section.quotes
        )
        quoted = f'<ol class="quotes">{items}</ol>' if items else ""
        body = quoted + "".join(_note(note, buttons) for note in section.notes)
        name, heading = escape(section.place.replace(" ", "-")), escape(section.heading)
        if section.folded:
            return f'<details class="said claimed"><summary>{heading}</summary>{body}</details>'
        return f'<section class="said {name}">{f"<h3>{heading}</h3>" if heading else ""}{body}</section>'

    parts = [f'<div class="reply {reply.kind}">']
    if reply.understood_as:
        parts.append(
            f'<p class="understood"><span class="label">{understood(reply)}</span> '
            f'<span dir="auto">{escape(reply.understood_as)}</span></p>'
        )
    if reply.written:
        parts.append(written.as_html(reply.written, buttons))
    parts += [_note(note, buttons) for note in first_notes(reply)]
    for beside, group in groupby(sections(reply), lambda section: section.beside):
        told = "".join(map(laid, group))
        parts.append(f'<div class="beside">{told}</div>' if beside else told)
    parts += [_note(note, buttons) for note in last_notes(reply)]
    if reply.suggestions:
        parts.append(f'<div class="suggestions"><p class="label">{t("You could ask")}</p><ul>')
        parts += [
            f'<li><button type="button" data-question="{escape(q)}" dir="auto">{escape(q)}</button></li>'
            for q in reply.suggestions
        ]
        parts.append("</ul></div>")
    if not any(note.kind == "smalltalk" for note in reply.notes):
        parts.append(_how(reply, documents, passages))
    parts.append("</div>")
    return "".join(parts)


def kind_badge(kind: str) -> str:
    """The kind of a source, marked so that a promotional article is never taken for evidence."""
    tone = next((tone for tone in ("promotional", "evidence") if tone in kind.casefold()), "other")
    return f'<span class="kind {tone}">{escape(t(kind))}</span>'


def citation_button(citation: Citation) -> str:
    """The number of a quote, to be pressed to open its source."""
    label = t(
        "Citation {number}: open the source, {place}", number=str(citation.number), place=place(citation)
    )
    return (
        f'<button type="button" class="citation" data-citation="{citation.number}" '
        f'aria-label="{escape(label)}">[{citation.number}]</button>'
    )


def _source_line(citation: Citation, *, gone: bool) -> str:
    where = " · ".join(map(escape, parts_of_place(citation)))
    lost = t("This document is no longer among those that are searched.")
    told = f' <strong class="gone">{lost}</strong>' if gone else ""
    return f'<p class="from">{kind_badge(citation.source_kind)} <span dir="auto">{where}</span>{told}</p>'


def _note(note: Note, buttons: Mapping[int, str]) -> str:
    label = label_of(note)
    heading = f'<span class="label">{label}</span> ' if label else ""
    own = {number: buttons[number] for number in note.citations if number in buttons}

    def with_buttons(words: str) -> str:
        return _NUMBER.sub(lambda found: own.get(int(found[1]), found[0]), words)

    words = note_html(note, with_buttons)
    words += "".join(f" {button}" for number, button in own.items() if f"[{number}]" not in note.text)
    return f'<p class="note {escape(note.kind)}">{heading}{words}</p>'


def _how(reply: Reply, documents: int, passages: int) -> str:
    searched = t(
        "{documents}, cut into {passages}, on this machine",
        documents=counted(documents, "document"),
        passages=counted(passages, "passage"),
    )
    own = f'<span dir="auto">{escape(reply.understood_as)}</span>' if reply.understood_as else ""
    rows = [
        (understood(reply), own or t("the question as you asked it")),
        (t("Searched in"), searched),
    ]
    if reply.how_often is not None:
        rows.append((t("How sure"), sureness(reply, reply.how_often)))
    if reply.sentences:
        copied = t("Each quote is copied from its document, letter by letter.")
        rows.append((t("Where the words come from"), copied))
    rows.append((t("Time"), t("{count} seconds", count=f"{reply.seconds:.2f}")))
    body = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    # What was read is only fetched when somebody asks for it.
    return (
        f'<details class="how"><summary>{t("How was this answered?")}</summary><dl>{body}</dl>'
        '<div class="nearest"></div></details>'
    )
