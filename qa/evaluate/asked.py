"""Every question asked once; the parts of an evaluation measure the same replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qa.ask import Assistant
from qa.evaluate.progress import Progress, silent, tracked
from qa.evaluate.questions import Question, Span
from qa.types import Answer, Citation, Reply


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what came back.

    Attributes:
        question: As in the question file.
        reply: What a person would have got.
        anyway: What would have been answered to an answerable question that was declined; in every
            other case the same reply.
        rewritten: The reply to the follow-up written out, or to the misspelt question as it was meant;
            None for a question that is neither.
    """

    question: Question
    reply: Reply
    anyway: Reply
    rewritten: Reply | None = None


def ask_all(
    assistant: Assistant,
    never_declines: Assistant,
    questions: Sequence[Question],
    progress: Progress = silent,
) -> list[Asked]:
    """Ask every question, a conversation's last turn with the earlier ones known.

    Args:
        assistant: The one that is measured.
        never_declines: The same with a threshold of 0.
    """
    asked = []
    for question in tracked(questions, "Asking", progress):
        reply = assistant.ask(question.text, question.earlier)
        missed = question.answerable and reply.kind == "refusal"
        anyway = never_declines.ask(question.text, question.earlier) if missed else reply
        meant = question.standalone or question.clean
        asked.append(Asked(question, reply, anyway, assistant.ask(meant) if meant else None))
    return asked


def cited(reply: Reply) -> tuple[Citation, ...]:
    """The citations of an answer's sentences, in the order of the sentences; none of other replies."""
    if not isinstance(reply, Answer):
        return ()
    numbered = {citation.number: citation for citation in reply.citations}
    return tuple(numbered[sentence.citation] for sentence in reply.sentences)


def quotes(reply: Reply) -> list[str]:
    """The words of an answer's sentences; none of other replies."""
    return [citation.quote for citation in cited(reply)]


def spans(citations: Sequence[Citation]) -> tuple[Span, ...]:
    """Where citations point."""
    return tuple(Span(citation.document, citation.start, citation.end) for citation in citations)


def reply_row(asked: Asked) -> dict[str, Any]:
    """What a reader needs to judge a reply: what was asked, what came back, and the reason given."""
    question, reply = asked.question, asked.reply
    return {
        "id": question.id,
        "kind": question.kind,
        "voice": question.voice,
        "question": question.text,
        "earlier": list(question.earlier),
        "answerable": question.answerable,
        "gold": list(question.gold),
        "reply": reply.kind,
        "understood_as": reply.understood_as,
        "confidence": reply.confidence,
        "quotes": quotes(reply),
        "why": next((note.text for note in reply.notes), ""),
        "seconds": round(reply.seconds, 4),
    }
