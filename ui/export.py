"""A conversation to take along: as Markdown, and as a page to print for an appointment.

Every quote is looked up again in the documents as they are now; one that is no longer there is said
to be so, and nothing that the browser sent is printed as a quote unchecked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import PurePath
from typing import Any

from index.errors import LightqaError
from index.search import PassageIndex
from index.types import Document
from qa.packs import pack_named
from qa.types import Citation, Note, Reply
from ui import plain, wording
from ui.quotes import one_line
from ui.saved import SavedReplyError, reply_from_json
from ui.sections import first_notes, last_notes, sections
from ui.sources import dated
from ui.texts import day, language, parts_of, t


def _lost() -> str:
    return t("This quote is no longer in the document; it was changed or removed since.")


@dataclass(frozen=True)
class Turn:
    """A question that was asked, when (ISO 8601, UTC), and the reply."""

    asked: str
    reply: Reply


@dataclass(frozen=True)
class Conversation:
    """What is exported.

    Attributes:
        name: What the person calls it; may be empty.
        turns: In the order in which they were asked; never empty.
        documents: The documents that are quoted and still indexed, by path.
        printed: When it is exported, with time zone.
        notice: The standing notice, in English.
    """

    name: str
    turns: tuple[Turn, ...]
    documents: dict[str, Document]
    printed: datetime
    notice: str

    @property
    def title(self) -> str:
        return self.name or self.turns[0].reply.question

    def holds(self, citation: Citation) -> bool:
        """Whether the quote stands in its document as it is now."""
        document = self.documents.get(citation.document)
        return document is not None and citation.quote in document.text


def conversation_from_json(saved: Any, index: PassageIndex, printed: datetime) -> Conversation:
    """The conversation that a browser kept.

    Raises:
        SavedReplyError: It is none, or holds nothing yet.
    """
    try:
        turns = tuple(
            Turn(str(turn["asked"])[:32], reply_from_json(turn["reply"])) for turn in saved["turns"]
        )
        name = str(saved.get("name") or "")[:80]
    except (KeyError, TypeError, AttributeError) as error:
        raise SavedReplyError("The conversation cannot be read; reload the page and try again.") from error
    if not turns:
        raise SavedReplyError("The conversation is empty; ask a question first.")
    documents = {}
    for path in {citation.document for turn in turns for citation in turn.reply.citations}:
        try:
            documents[path] = index.document(path)
        except LightqaError:
            continue  # removed since; its quotes are marked as lost
    return Conversation(name, turns, documents, printed, pack_named(index.pack_name).notice)


def markdown(conversation: Conversation) -> str:
    """The conversation as Markdown."""
    escaped = plain.escape_markdown
    lines = [
        f"# {escaped(conversation.title)}",
        "",
        t("Printed on {day}.", day=day(conversation.printed)),
        "",
    ]
    lines += [f"**{escaped(_notice(conversation))}**", ""]
    for turn in conversation.turns:
        lines += [
            f"## {escaped(turn.reply.question)}",
            "",
            t("Asked on {day}.", day=escaped(_asked(turn, conversation))),
            "",
        ]
        lines += [plain.markdown(turn.reply)]
        lines += [f"{escaped(_lost_words(c))}\n" for c in turn.reply.citations if not conversation.holds(c)]
    lines += [f"## {t('Sources')}", ""]
    lines += [f"- {escaped(' · '.join(_facts(document)))}" for document in _sources(conversation)]
    return "\n".join(lines).rstrip() + "\n"


def page(conversation: Conversation) -> str:
    """The conversation as a page of its own that prints well and needs nothing but itself."""
    turns = "".join(_turn(conversation, turn) for turn in conversation.turns)
    sources = "".join(
        f'<li dir="auto"><strong>{escape(facts[0])}</strong><br>{escape(" · ".join(facts[1:]))}</li>'
        for facts in map(_facts, _sources(conversation))
    )
    none = f"<li>{t('No document was quoted.')}</li>"
    lines = '<p class="line"></p>' * 4
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(conversation.title)}</title>"
        '<link rel="stylesheet" href="web/print.css"><script type="module" src="web/print.js"></script>'
        f'</head><body><main><header><h1 dir="auto">{escape(conversation.title)}</h1>'
        f"<p>{t('For my appointment')} · {t('Printed on {day}.', day=day(conversation.printed))}</p>"
        f'<button type="button" class="print" hidden>{t("Print")}</button>'
        f'<p class="notice">{escape(_notice(conversation))}</p></header>{turns}'
        f"<section><h2>{t('Sources')}</h2><ul>{sources or none}</ul></section>"
        f'<section class="mine"><h2>{t("What I want to ask, and what I was told")}</h2>{lines}</section>'
        "</main></body></html>"
    )


def _turn(conversation: Conversation, turn: Turn) -> str:
    reply = turn.reply
    parts = [f'<section class="turn {reply.kind}"><h2 dir="auto">{escape(reply.question)}</h2>']
    parts.append(f'<p class="asked">{escape(t("Asked on {day}.", day=_asked(turn, conversation)))}</p>')
    if reply.understood_as:
        parts.append(f'<p dir="auto">{wording.understood(reply)}: {escape(reply.understood_as)}</p>')
    parts += [_note(note) for note in first_notes(reply)]
    for section in sections(reply):
        parts.append(f'<div class="said {escape(section.place.replace(" ", "-"))}">')
        parts.append(f"<h3>{escape(section.heading)}</h3>" if section.heading else "")
        for citation in (citation for quotes in section.quotes for citation in quotes.citations):
            lost = "" if conversation.holds(citation) else f' <strong class="lost">{_lost()}</strong>'
            parts.append(
                f'<blockquote dir="auto"><p>“{escape(one_line(citation.quote))}” [{citation.number}]</p>'
                f"<footer>{escape(wording.place(citation))}{lost}</footer></blockquote>"
            )
        parts += [_note(note) for note in section.notes] + ["</div>"]
    parts += [_note(note) for note in last_notes(reply)]
    if reply.glosses:
        told = (f"<dt>{escape(gloss.term)}</dt><dd>{escape(gloss.text)}</dd>" for gloss in reply.glosses)
        parts.append(f'<dl class="glosses">{"".join(told)}</dl>')
    return "".join([*parts, "</section>"])


def _note(note: Note) -> str:
    return f'<p class="note">{escape(wording.labelled(note) + wording.numbers(note))}</p>'


def _sources(conversation: Conversation) -> Sequence[Document]:
    return sorted(conversation.documents.values(), key=lambda document: document.title)


def _facts(document: Document) -> list[str]:
    # The name alone: the page goes to a doctor, whom it does not concern where the file lies on this machine.
    return [document.title, t(document.kind), *dated(document), PurePath(document.path).name]


def _lost_words(citation: Citation) -> str:
    return f"{t('Quote {number}', number=str(citation.number))}: {_lost()}"


def _notice(conversation: Conversation) -> str:
    """The notice by its two parts, as the page has it."""
    lead, rest = parts_of(conversation.notice)
    return f"{t(lead)} {t(rest)}".strip()


def _asked(turn: Turn, conversation: Conversation) -> str:
    """The day on which a question was asked, by the clock by which the conversation is printed."""
    try:
        return day(datetime.fromisoformat(turn.asked).astimezone(conversation.printed.tzinfo))
    except (ValueError, OverflowError):
        return t("a day that was not kept")
