"""A reply as text, as Markdown, and as HTML: pure functions, with nothing of a document ever in force.

What stands between quotation marks is a document's. Control characters are shown as "�" in a
terminal, Markdown's own characters are escaped, and HTML is escaped everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape

from qa.evidence.how_sure import how_often
from qa.types import Answer, Citation, Gloss, Note, Refusal, Reply
from ui import written
from ui.quotes import Shown, as_html, as_text, one_line
from ui.sections import Section, first_notes, last_notes, sections
from ui.texts import counted, note_html, note_text, t


def label_of(note: Note) -> str:
    """What a note is called on the page; empty for a kind that is shown without a label."""
    return {
        "disagreement": t("The sources disagree"),
        "unsupported": t("A claim without support"),
        "personal": t("For your own case"),
        "change_nothing": t("For your own case"),
        "warning": t("Please check"),
        "understood": t("Understood as"),
    }.get(note.kind, "")


def understood(reply: Reply) -> str:
    """What stands before the question as it was understood."""
    asked_back = any(note.kind == "sources" for note in reply.notes)
    return t("Whose words answered") if asked_back else t("Understood as")


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"\[(\d{1,3})\]")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~$])")


def place(citation: Citation) -> str:
    """Where a quote stands, for people: title, section, page and kind of source."""
    parts = [citation.title, citation.section, page_of(citation), *_doubts(citation)]
    return f"{', '.join(part for part in parts if part)} ({t(citation.source_kind)})"


def page_of(citation: Citation) -> str:
    """The page of a quote as people look it up: by what is printed on it, where that is known."""
    if not citation.page:
        return ""
    label = citation.page_label
    if not label:
        return t("page {number}", number=str(citation.page))
    # "slide 3" and "chapter 2" say themselves what they are.
    if " " in label:
        return label
    return t("page {label} (number {number} of the file)", label=label, number=str(citation.page))


def _doubts(citation: Citation) -> list[str]:
    """What else is to be known of a place: that it was read from a picture, where else the words stand."""
    told = [t("read by text recognition")] if citation.recognised else []
    if citation.also:
        titles = ", ".join(source.title for source in citation.also)
        told.append(t("the same words in {titles}", titles=titles))
    return told


def sureness(reply: Reply) -> str:
    """How often replies as sure as this one were right, in words; see `qa.evidence.how_sure`."""
    answered = isinstance(reply, Answer)
    share = how_often(reply.confidence, answered=answered).share
    count = t("about {count}", count=str(round(share * 10)))
    if not 0.05 <= share <= 0.95:
        count = t("fewer than 1") if share < 0.05 else t("more than 9")
    if answered:
        scale = (
            (0.95, t("Almost certainly right")),
            (0.85, t("Very likely right")),
            (0.7, t("Probably right")),
        )
        words = next((words for least, words in scale if share >= least), t("Perhaps right"))
        return t(
            "{sure}: of 10 questions that people asked in their own words and that were answered as surely, "
            "{count} began with a sentence that answers.",
            sure=words,
            count=count,
        )
    denied = (
        (0.5, t("The documents may well answer this in other words")),
        (0.15, t("Probably not answered")),
    )
    words = next((words for least, words in denied if share >= least), t("Almost certainly not answered"))
    return t(
        "{sure}: of 10 questions that people asked in their own words and that were declined as surely, "
        "the documents did answer {count}.",
        sure=words,
        count=count,
    )


def text(reply: Reply, *, with_dropped: bool = False) -> str:
    """The reply for a terminal; on request with what a writer wrote and the checks left out."""
    lines: list[str] = []
    if reply.understood_as:
        lines += [f"{understood(reply)}: {reply.understood_as}", ""]
    if reply.written:
        lines += written.as_text(reply.written, with_dropped=with_dropped)
    for note in first_notes(reply):
        lines += [labelled(note) + numbers(note), ""]
    for section in sections(reply):
        lines += (
            [section.heading if section.heading.endswith("?") else f"{section.heading}:"]
            if section.heading
            else []
        )
        lines += [line for quotes in section.quotes for line in as_text(quotes)] + [""]
        for note in section.notes:
            lines += [labelled(note) + numbers(note), ""]
    for note in last_notes(reply):
        lines += [labelled(note) + numbers(note), ""]
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
    for note in first_notes(reply):
        lines += [escape_markdown(labelled(note)) + numbers(note), ""]
    for section in sections(reply):
        lines += [f"**{escape_markdown(section.heading)}**", ""] if section.heading else []
        lines += [line for quotes in section.quotes for line in _markdown_quote(quotes)]
        for note in section.notes:
            lines += [escape_markdown(labelled(note)) + numbers(note), ""]
    for note in last_notes(reply):
        lines += [escape_markdown(labelled(note)) + numbers(note), ""]
    for citation in reply.citations:
        lines.append(f"- [{citation.number}] {escape_markdown(place(citation))}")
    return "\n".join(lines).strip() + "\n"


def _markdown_quote(quotes: Shown) -> list[str]:
    numbers_of = " ".join(f"[{citation.number}]" for citation in quotes.citations)
    if quotes.kind == "table":
        told = ["| " + " | ".join(map(escape_markdown, row)) + " |" for row in quotes.rows]
        rule = ["|" + "---|" * len(quotes.rows[0])] if quotes.has_header else []
        return [*told[:1], *rule, *told[1:], "", numbers_of, ""]
    if quotes.kind == "list":
        intro, items = quotes.lines
        opening = [f"> {escape_markdown(intro)}", ">"] if intro else []
        return [*opening, *(f"> - {escape_markdown(item)}" for item in items), "", numbers_of, ""]
    return [f"> {escape_markdown(one_line(quotes.main.quote))} {numbers_of}", ""]


def html(
    reply: Answer | Refusal, *, documents: int, passages: int, indexed: Collection[str] | None = None
) -> str:
    """The reply as a fragment of a page; a citation is a button with the number in `data-citation`.

    An emergency is laid out by `ui.emergency`.

    Args:
        reply: The reply.
        documents, passages: How many were searched, for "How was this answered?".
        indexed: Paths of the documents that are indexed now, to tell quotes of others; None for no matter.
    """
    gone = {c.number for c in reply.citations if indexed is not None and c.document not in indexed}
    places = {citation.number: citation for citation in reply.citations}
    parts = [f'<div class="reply {reply.kind}">']
    if reply.understood_as:
        parts.append(
            f'<p class="understood"><span class="label">{understood(reply)}</span> '
            f'<span dir="auto">{escape(reply.understood_as)}</span></p>'
        )
    if reply.written:
        buttons = {number: citation_button(citation) for number, citation in places.items()}
        parts.append(written.as_html(reply.written, buttons))
    parts += [_note(note, places) for note in first_notes(reply)]
    beside = ""
    for section in sections(reply):
        told = _section(section, places, gone, reply.glosses)
        if section.beside:
            beside += told
            continue
        parts += [f'<div class="beside">{beside}</div>' if beside else "", told]
        beside = ""
    parts.append(f'<div class="beside">{beside}</div>' if beside else "")
    parts += [_note(note, places) for note in last_notes(reply)]
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


def _section(
    section: Section, places: dict[int, Citation], gone: Collection[int], glosses: Sequence[Gloss]
) -> str:
    """Quotes under their heading; what is only claimed is folded, unless nothing else was found."""
    buttons = {number: citation_button(citation) for number, citation in places.items()}
    items = "".join(
        f'<li><blockquote dir="auto">{as_html(quotes, buttons, glosses)}</blockquote>'
        f"{_source_line(quotes.main, quotes.main.number in gone)}</li>"
        for quotes in section.quotes
    )
    quoted = f'<ol class="quotes">{items}</ol>' if items else ""
    body = quoted + "".join(_note(note, places) for note in section.notes)
    name = section.place.replace(" ", "-")
    heading = escape(section.heading)
    if section.folded:
        return f'<details class="said claimed"><summary>{heading}</summary>{body}</details>'
    return f'<section class="said {name}">{f"<h3>{heading}</h3>" if heading else ""}{body}</section>'


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


def _source_line(citation: Citation, gone: bool) -> str:
    where = " · ".join(
        escape(part)
        for part in (citation.title, citation.section, page_of(citation), *_doubts(citation))
        if part
    )
    lost = t("This document is no longer among those that are searched.")
    told = f' <strong class="gone">{lost}</strong>' if gone else ""
    return f'<p class="from">{kind_badge(citation.source_kind)} <span dir="auto">{where}</span>{told}</p>'


def _note(note: Note, places: dict[int, Citation]) -> str:
    label = label_of(note)
    heading = f'<span class="label">{label}</span> ' if label else ""
    buttons = {number: citation_button(places[number]) for number in note.citations if number in places}

    def with_buttons(words: str) -> str:
        return _NUMBER.sub(lambda found: buttons.get(int(found[1]), found[0]), words)

    words = note_html(note, with_buttons)
    words += "".join(f" {buttons[number]}" for number in buttons if f"[{number}]" not in note.text)
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
        (t("How sure"), sureness(reply)),
        (
            t("Where the words come from"),
            t("Each quote is copied from its document, letter by letter."),
        ),
        (t("Time"), t("{count} seconds", count=f"{reply.seconds:.2f}")),
    ]
    if not reply.sentences:
        del rows[3]
    if any(note.kind == "requested" for note in reply.notes):
        del rows[2]  # what is brought on request is neither right nor wrong
    body = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    # What was read is only fetched when somebody asks for it.
    return (
        f'<details class="how"><summary>{t("How was this answered?")}</summary><dl>{body}</dl>'
        '<div class="nearest"></div></details>'
    )


def labelled(note: Note) -> str:
    """A note with what it is called in front."""
    label = label_of(note)
    return f"{label}: {note_text(note)}" if label else note_text(note)


def numbers(note: Note) -> str:
    """The numbers of the citations that a note is about and that its words do not name themselves."""
    return "".join(f" [{number}]" for number in note.citations if f"[{number}]" not in note.text)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def escape_markdown(words: str) -> str:
    """Words as one line of Markdown in which nothing is in force."""
    line = _MARKDOWN.sub(r"\\\1", _CONTROL.sub("\ufffd", _one_line(words)))
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A line that starts like a heading, a list or a rule would become one.
    return re.sub(r"^(\d+)([.)])|^([#+\-=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)
