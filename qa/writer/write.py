"""The way from an answer's quotes to a checked text above them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

from qa.types import Answer, Reply
from qa.writer.checks.checking import Checker
from qa.writer.client import Writer, WriterAway
from qa.writer.prompt import messages, quotes_of
from qa.writer.sentences import as_they_come
from qa.written import Written, WrittenSentence

NOTHING = "The model wrote nothing."


def write(
    reply: Answer, writer: Writer, checker: Checker, stop: threading.Event | None = None
) -> Iterator[Written]:
    """Have an answer's quotes put into flowing words; what there is, after every sentence.

    Red flags, refusals and the notice are no answers: no writer is asked for them.

    Args:
        reply: Its quotes and the question are all that the writer sees.
        writer: Whom to ask.
        checker: What each sentence must pass.
        stop: Ends the writing when it is set.
    """
    quotes = quotes_of(reply)
    written = Written(writer.model, writer.url)
    question = reply.understood_as or reply.question
    known = " ".join([question, *dict.fromkeys(citation.title for citation in reply.citations)])
    try:
        for text, citations in as_they_come(writer.stream(messages(question, quotes), stop)):
            check, why = checker.fault(text, citations, quotes, known)
            written = replace(
                written, sentences=(*written.sentences, WrittenSentence(text, citations, check, why))
            )
            yield written
    except WriterAway as error:
        written = replace(written, problem=str(error))
    if stop is not None and stop.is_set() and not written.problem:
        written = replace(written, problem="It was stopped.")
    elif not written.sentences and not written.problem:
        written = replace(written, problem=NOTHING)
    yield written


def with_text(reply: Reply, writer: Writer, checker: Checker) -> Reply:
    """A reply with all that a writer wrote for it; another one than an answer as it is."""
    if not isinstance(reply, Answer):
        return reply
    *_, written = write(reply, writer, checker)
    return replace(reply, written=written)
