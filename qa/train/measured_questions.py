"""Questions whose answers are known, measured against the sentences of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.search import PassageIndex
from qa.evaluate.questions import Question, Span, gold_spans
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
    documents = {path: index.document(path).text for path in index.paths()}
    kept = [question for question in questions if question.kind != "emergency"]
    voices = Counter(question.voice for question in kept)
    found = []
    for question in kept:
        text = with_question_mark(question.standalone or question.clean or question.text)
        with in_force(pack_named(index.pack_name)):
            signals = measure(gather(text, index, with_asked=with_asked), index)
        gold = _held(signals.candidates, question, documents)
        best = _held(signals.candidates, replace(question, gold=question.best), documents)
        found.append(
            Example(
                question, text, signals, gold, best if question.best else gold, 1 / voices[question.voice]
            )
        )
    return found


def _held(
    candidates: Sequence[Candidate], question: Question, documents: Mapping[str, str]
) -> NDArray[np.bool_]:
    """(candidates,): which hold a gold of the question."""
    places = [span for spans in gold_spans(question, documents) for span in spans]
    return np.array([_is_gold(candidate, places) for candidate in candidates], dtype=bool)


def _is_gold(candidate: Candidate, places: Sequence[Span]) -> bool:
    """Whether a sentence holds at least half of a gold span, or lies at least half within one."""
    start, end = candidate.sentence.start, candidate.sentence.end
    return any(
        candidate.passage.document == place.document
        and 2 * (min(end, place.end) - max(start, place.start)) >= min(end - start, place.end - place.start)
        for place in places
    )
