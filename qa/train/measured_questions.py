"""Questions whose answers are known, measured against the sentences of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search import PassageIndex
from qa.evaluate.answers import supports_any
from qa.evaluate.questions import Places, Question, Span, gold_spans, texts_of
from qa.evidence.gather import gather
from qa.evidence.signals import Signals, measure
from qa.evidence.support import Candidate
from qa.pack import in_force
from qa.packs import pack_named
from qa.question_text import with_question_mark


@dataclass(frozen=True)
class Example:
    """A question, measured.

    Attributes:
        question, asked, signals: What was asked, how it was put to the index, and what was measured of it.
        gold: (candidates,): which of them answer.
        best: (candidates,): which of them are fit to be said first.
        weight: How much it counts.
        judges_confidence: Whether it teaches the confidence, or only which sentence to say first.
        of: The set that it is reported with.
    """

    question: Question
    asked: str
    signals: Signals
    gold: NDArray[np.bool_]
    best: NDArray[np.bool_]
    weight: float
    judges_confidence: bool = True
    of: str = ""


def examples(index: PassageIndex, questions: Sequence[Question], *, with_asked: bool = True) -> list[Example]:
    """Measure questions as `qa.ask` would, follow-ups and typing errors by what they were meant to say.

    Args:
        index: What the questions are about.
        questions: With gold.
        with_asked: Whether what was asked in advance counts.
    """
    documents = texts_of(index)
    kept = [question for question in questions if question.kind != "emergency"]
    voices = Counter(question.voice for question in kept)
    found = []
    for question in kept:
        text = with_question_mark(question.standalone or question.clean or question.text)
        with in_force(pack_named(index.pack_name)):
            signals = measure(gather(text, index, with_asked=with_asked), index)
        gold, best = (
            _held(signals.candidates, gold_spans(question, documents, golds))
            for golds in (question.gold, question.best or question.gold)
        )
        found.append(Example(question, text, signals, gold, best, 1 / voices[question.voice]))
    return found


def _held(candidates: Sequence[Candidate], gold: Places) -> NDArray[np.bool_]:
    """(candidates,): which of them answer."""
    read = [Span(each.passage.document, each.sentence.start, each.sentence.end) for each in candidates]
    return np.array([supports_any(span, gold) for span in read], dtype=bool)
