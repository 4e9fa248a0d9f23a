"""Which sentences answer a question, and how surely the documents answer it at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.dated import Day
from index.search import PassageIndex
from qa.evidence.confidence import confidence_of
from qa.evidence.editions import days_of, newest_first
from qa.evidence.gather import Gathered
from qa.evidence.missing import another_of_its_kind, left_empty
from qa.evidence.order import ABOUT_AS_NEAR, in_order
from qa.evidence.readers import reader_of
from qa.evidence.signals import Signals, measure, with_readings
from qa.evidence.support import Candidate
from qa.evidence.weights import Weights

MORE_SENTENCES, STILL_NEAR = 2, 10.0
"""Sentences that are told at once to a person who asks for more, and how far below the best they may be."""

ONE_MORE = 1.0
"""How much further below the best than others a sentence may be that alone has a word of the question: "How
long do cork and felt soles last?" is answered by two."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The sentences that were read for a question.

    Attributes:
        gathered: What they were read from.
        signals: What was measured of them.
        scores: (candidates,): of each, higher when it answers better.
        days: Of the documents that come near, where they say of which day they are.
        vocabulary: The words of all documents, and how often each stands there.
    """

    gathered: Gathered
    signals: Signals
    scores: NDArray[np.float32]
    days: Mapping[str, Day]
    vocabulary: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Further:
    """What a person asks for who wants more than the reply to a question.

    Attributes:
        times: How many times they have.
        quoted: Where that reply's quotes begin, each with its document.
    """

    times: int
    quoted: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question.

    Attributes:
        chosen: The sentences to quote, best first; one to four, or none where nothing was found.
        ranked: Every sentence that was read closely, with its score, best first.
        confidence: Calibrated probability, 0 to 1, that the documents answer.
        lacking: What the question asks for and the passages do not give, the most telling first.
    """

    chosen: tuple[Candidate, ...]
    ranked: tuple[tuple[Candidate, float], ...]
    confidence: float
    lacking: tuple[str, ...]

    @property
    def about_as_near(self) -> list[Candidate]:
        """Of the chosen, those about as near as the first."""
        scores = dict(self.ranked)
        return [each for each in self.chosen if scores[each] >= scores[self.chosen[0]] - ABOUT_AS_NEAR]

    def answers(self, threshold: float) -> bool:
        """Whether it answers, as surely as that."""
        return bool(self.chosen) and self.confidence >= threshold

    def beyond(self, further: Further) -> Evidence:
        """What there is to quote next, for a person who asks for more."""
        least = max((score for _, score in self.ranked), default=0.0) - STILL_NEAR
        rest = tuple(
            (each, score)
            for each, score in self.ranked
            if score >= least and (each.passage.document, each.sentence.start) not in further.quoted
        )[(further.times - 1) * MORE_SENTENCES :]
        return replace(self, chosen=tuple(each for each, _ in rest[:MORE_SENTENCES]), ranked=rest)


NOTHING = Evidence((), (), 0.0, ())


def read(gathered: Gathered, index: PassageIndex, weights: Weights) -> Evidence:
    """Choose the sentences that answer, and say how surely."""
    return choose(scored(gathered, index, weights), weights)


def scored(gathered: Gathered, index: PassageIndex, weights: Weights) -> Scored:
    """Read the sentences that were gathered, and score each."""
    signals = measure(gathered, index)
    if signals.candidates and weights.to_read is not None and (reader := reader_of(index)) is not None:
        signals = with_readings(signals, gathered.question, weights.to_read, reader)
    scores = signals.table @ weights.sentence
    days = days_of(signals, scores, index) if signals.candidates else {}
    return Scored(gathered, signals, scores, days, index.vocabulary)


def choose(read: Scored, weights: Weights, nearer: NDArray[np.float32] | None = None) -> Evidence:
    """Choose among sentences that were read.

    Args:
        read: The sentences; may be none.
        weights: By which they were scored.
        nearer: (candidates,): scores to order them by where what was said before counts too; confidence
            stays that of the question.
    """
    signals, question = read.signals, read.gathered.question
    if not signals.candidates:
        return NOTHING
    scores = read.scores if nearer is None else nearer
    order = np.argsort(-scores, kind="stable")
    near = [int(at) for at in order if scores[at] >= scores[order[0]] - weights.further]
    near += _one_more(near, order, signals, scores, weights.further + ONE_MORE)
    near = newest_first(near, question, signals, scores, read.days)
    chosen = in_order(near, read.gathered, signals, scores)
    first = signals.candidates[chosen[0]]
    missing = left_empty(question, first) or another_of_its_kind(question, first, read.vocabulary)
    return Evidence(
        chosen=tuple(signals.candidates[at] for at in chosen),
        ranked=tuple((signals.candidates[at], float(scores[at])) for at in order),
        confidence=0.0 if missing else confidence_of(signals, read.scores, weights),
        lacking=(missing,) if missing else signals.lacking or _unmet_words(signals),
    )


def _one_more(
    near: Sequence[int],
    order: NDArray[np.int64],
    signals: Signals,
    scores: NDArray[np.float32],
    further: float,
) -> list[int]:
    """The next sentence that has a word of the question which none of those near has; none where none has."""
    unmet = signals.support[:, near].max(axis=1, initial=0.0) < 1
    rest = [int(at) for at in order[len(near) :] if scores[at] >= scores[order[0]] - further]
    return [at for at in rest if (signals.support[unmet, at] == 1).any()][:1]


def _unmet_words(signals: Signals) -> tuple[str, ...]:
    """Words that no sentence meets, by how much meaning is lost with each."""
    lost = [
        (word.rarity * (1 - float(support.max())), word.text)
        for word, support in zip(signals.words, signals.support, strict=True)
        if support.max() < 1
    ]
    return tuple(text for loss, text in sorted(lost, reverse=True) if loss > 1)
