"""Replies that look back at the one before: whose words it quotes, the best of it alone, and more."""

from __future__ import annotations

from dataclasses import replace

from qa.compose import declined
from qa.said import a_source, say
from qa.types import COMPANIONS, Answer, Note, Refusal


def about_sources(question: str, previous: Answer | Refusal, asked: str) -> Answer | Refusal:
    """The reply to "who says so?": whose words the reply before, to what was asked, quoted."""
    understood_as = previous.understood_as or asked
    if not previous.citations:
        reason = say("Nothing was quoted before this, so there is no source to name.")
        return replace(declined(question, reason), understood_as=understood_as)
    told = [
        say(
            "{number} stands in “{title}”, {a_source}.",
            number=f"[{citation.number}]",
            title=citation.title,
            a_source=a_source(citation.source_kind),
        )
        for citation in previous.citations
    ]
    note = Note.of("sources", *told, citations=tuple(c.number for c in previous.citations))
    return replace(previous, question=question, understood_as=understood_as, notes=(note, *previous.notes))


def shortened(previous: Answer | Refusal) -> Answer | Refusal:
    """The best of an answer alone: what is quoted first, of each part, and both sides where sources differ.

    Quotes are not cut: a list or a table that stands first stays whole.
    """
    if not isinstance(previous, Answer):
        return previous
    cited = {citation.number: citation for citation in previous.citations}
    # A warning is quoted in its note alone.
    whole = ("disagreement", "warning")
    kept = {number for note in previous.notes if note.kind in whole for number in note.citations}
    begun: set[str] = set()
    for sentence in previous.sentences:
        citation = cited[sentence.citation]
        # A row goes on with the header above it, an item with its intro and the items before.
        if sentence.under not in begun or (kept & set(citation.read_with)):
            kept.add(citation.number)
        if citation.role not in COMPANIONS:
            begun.add(sentence.under)
    for note in previous.notes:
        # That its claim lacks support is said with what it is to be compared with.
        if note.kind == "unsupported" and note.citations[0] in kept:
            kept.update(note.citations)
    kept |= {number for at in kept for number in cited[at].read_with}
    told = say("This is the best of it; sentences are quoted whole.")
    notes = [
        replace(note, citations=tuple(number for number in note.citations if number in kept))
        for note in previous.notes
        if not note.citations or not kept.isdisjoint(note.citations)
    ]
    return replace(
        previous,
        sentences=tuple(each for each in previous.sentences if each.citation in kept),
        citations=tuple(each for each in previous.citations if each.number in kept),
        notes=(*notes, Note.of("requested", told)),
    )


def going_on(reply: Answer | Refusal) -> Answer | Refusal:
    """What goes on from an answer: that claims come first in it is not that only claims were found."""

    def told(note: Note) -> Note:
        if note.kind != "only_claimed":
            return note
        first = reply.citations[0]
        return Note.of(
            "only_claimed",
            say("What else is said on this are claims of {a_source}.", a_source=a_source(first.source_kind)),
            citations=note.citations,
        )

    return replace(reply, notes=tuple(map(told, reply.notes)))
