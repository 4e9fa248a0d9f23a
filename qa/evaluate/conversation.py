"""Whether follow-ups and misspelt questions are answered as they would be, had they been written out well."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evaluate.asked import Asked, cited, reply_row, spans
from qa.evaluate.figures import Part, share
from qa.types import Reply


def agree(reply: Reply, rewritten: Reply) -> bool:
    """Whether two replies are of one kind and, if answers, share a cited span.

    Answers that quote A, B and B, C agree; answers that quote A and B do not; two refusals agree.
    """
    if reply.kind != rewritten.kind:
        return False
    return reply.kind != "answer" or bool(set(spans(cited(reply))) & set(spans(cited(rewritten))))


def same_first(reply: Reply, rewritten: Reply) -> bool:
    """Whether two replies are of one kind and, if answers, quote the same sentence first."""
    if reply.kind != rewritten.kind:
        return False
    return spans(cited(reply))[:1] == spans(cited(rewritten))[:1]


def evaluate_conversation(asked: Sequence[Asked]) -> Part:
    """Measure the questions that have a rewriting: `standalone` for follow-ups, `clean` for misspelt ones."""
    figures = []
    rows = []
    for name, pairs in (
        ("follow-ups", [one for one in asked if one.question.standalone]),
        ("misspelt questions", [one for one in asked if one.question.clean]),
    ):
        replies = [(one.reply, one.rewritten) for one in pairs if one.rewritten is not None]
        if not replies:
            continue
        figures += [
            share(
                f"conversation: {name} answered as written out",
                [agree(reply, rewritten) for reply, rewritten in replies],
                f"Share of the {name} whose reply is of the same kind as that to the question written out "
                "well, and quotes a sentence of it.",
            ),
            share(
                f"conversation: {name} with the same first quote",
                [same_first(reply, rewritten) for reply, rewritten in replies],
                "The same, asking for the same first quote.",
            ),
        ]
        rows += [
            reply_row(one)
            | {
                "meant": one.question.standalone or one.question.clean,
                "reply_if_meant": rewritten.kind,
                "quotes_if_meant": [citation.quote for citation in cited(rewritten)],
                "agrees": agree(reply, rewritten),
            }
            for one, (reply, rewritten) in zip(pairs, replies, strict=True)
        ]
    return Part(name="conversation", figures=tuple(figures), rows=tuple(rows))
