"""Whether follow-ups and misspelt questions are answered as they would be, had they been written out well."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evaluate.asked import Asked, cited, quotes, reply_row, spans
from qa.evaluate.figures import Part, share
from qa.types import Reply

FIELDS = {"agrees": "answered as written out", "same_first": "with the same first quote"}
"""Fields of a row, and what the figures of them are called."""


def agree(reply: Reply, rewritten: Reply) -> bool:
    """Whether two replies are of one kind and, if answers, share a cited span.

    Answers that quote A, B and B, C agree; answers that quote A and B do not; two refusals agree.
    """
    if reply.kind != rewritten.kind:
        return False
    return reply.kind != "answer" or not set(spans(cited(reply))).isdisjoint(spans(cited(rewritten)))


def same_first(reply: Reply, rewritten: Reply) -> bool:
    """Whether two replies are of one kind and, if answers, quote the same sentence first."""
    return reply.kind == rewritten.kind and spans(cited(reply))[:1] == spans(cited(rewritten))[:1]


def evaluate_conversation(asked: Sequence[Asked]) -> Part:
    """Measure the questions that have a rewriting: `standalone` for follow-ups, `clean` for misspelt ones."""
    rows = [
        reply_row(one)
        | {
            "meant": one.question.standalone or one.question.clean,
            "reply_if_meant": one.rewritten.kind,
            "quotes_if_meant": quotes(one.rewritten),
            "agrees": agree(one.reply, one.rewritten),
            "same_first": same_first(one.reply, one.rewritten),
            "is": "follow-ups" if one.question.standalone else "misspelt questions",
        }
        for one in sorted(asked, key=lambda one: not one.question.standalone)
        if one.rewritten is not None
    ]
    figures = tuple(
        share(f"conversation: {kind} {what}", values)
        for kind in ("follow-ups", "misspelt questions")
        for field, what in FIELDS.items()
        if (values := [row[field] for row in rows if row["is"] == kind])
    )
    return Part(name="conversation", figures=figures, rows=tuple(rows))
