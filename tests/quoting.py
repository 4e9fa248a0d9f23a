"""Answers that quote sentences of the shipped documents, whichever stand there."""

from __future__ import annotations

from typing import Any

from index.search import PassageIndex
from index.types import Passage
from qa.types import Answer, Citation, QuotedSentence


def some_passage(index: PassageIndex) -> Passage:
    """A passage with at least three sentences."""
    passages = (passage for path in index.paths() for passage in index.passages(path))
    return next(passage for passage in passages if len(passage.sentences) > 2)


def quoting(passage: Passage, *positions: int, **fields: Any) -> Answer:
    """An answer that quotes these sentences of a passage."""
    citations = tuple(
        Citation(n, passage.document, passage.title, "", None, passage.kind, one.start, one.end, one.text)
        for n, one in enumerate((passage.sentences[position] for position in positions), start=1)
    )
    quoted = tuple(QuotedSentence(one.quote, one.number) for one in citations)
    return Answer(question="q", sentences=quoted, citations=citations, **fields)
