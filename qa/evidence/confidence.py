"""How surely the documents answer a question at all, and how often replies as sure as that were right.

Where nobody asked in advance what people ask of documents, replies are less often right at the same
confidence, so that this is told from what was measured over such. `qa.train.measure_how_sure` wrote
how_sure.json; docs/evaluating.md says on what.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from qa.evidence.signals import SENTENCE_SIGNALS, Signals
from qa.evidence.weights import OF_BEST, Weights
from qa.tables import table

NO_PASSAGE_NEAR, NO_WORDS_NEAR = 0.18, 0.6
"""Cosine of the nearest passage and nearness of the nearest sentence below which, both together, a question
is about something else ("how do I stop my shed roof leaking?"), or names no subject ("is it dear"). Of the
answerable `dev` questions that name one, none that would be answered is below. The fit cannot learn it: such
questions are few, and each has other words."""

HARDLY_A_WORD = 1 / 3
"""Nearness of the nearest sentence below which a question is about something else, however near a passage is
("can you write my biology homework about photosynthesis"). Of 742 answered ones that were read, the least has
0.36."""

ASKED_ALMOST_SO = 0.7
"""`AskedNear.balance` from which a question is about the documents whatever words it has: people ask "is it a
scam" or "who shouldn't have it" of what they have just read about. Of the off-topic questions read none has
more than 0.58."""

READ_AS_ANSWER = 1.0
"""What a reader makes of a sentence from which a question is about the documents however other its words are:
"when do I need a sick note" of a medical certificate on the fourth day has 2.7. 0 where none was read."""


def confidence_of(signals: Signals, scores: NDArray[np.float32], weights: Weights) -> float:
    """Probability, 0 to 1, that the documents answer, given the scores of the sentences."""
    if not weights.knows_off_topic and about_something_else(signals):
        return 0.0
    standardised = (question_signals(signals, scores) - weights.means) / weights.scales
    answers = 1 / (1 + float(np.exp(-(float(standardised @ weights.question) + weights.bias))))
    # Whoever asked it in advance, word for word, knew that it is answered, whatever a reader makes of it.
    return max(answers, signals.asked.balance) if signals.asked.answered == 1 else answers


def log_odds(confidence: float) -> float:
    """A confidence as log-odds, so that 0.99 and 0.999 differ as much as 0.5 and 0.9."""
    return math.log(max(confidence, 1e-6) / max(1 - confidence, 1e-6))


def about_something_else(signals: Signals) -> bool:
    """Whether neither a passage nor the words of a sentence come near a question, or hardly a word does.

    Not where people were expected to ask just that.
    """
    if signals.asked.balance >= ASKED_ALMOST_SO:
        return False
    if signals.table[:, SENTENCE_SIGNALS.index("reading")].max() > READ_AS_ANSWER:
        return False
    passages = signals.table[:, SENTENCE_SIGNALS.index("passage_similarity")]
    nearest = signals.nearness.max()
    return bool(nearest < HARDLY_A_WORD or (passages.max() < NO_PASSAGE_NEAR and nearest < NO_WORDS_NEAR))


def question_signals(signals: Signals, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The row of QUESTION_SIGNALS for one question, given the scores of its sentences."""
    best = int(np.argmax(scores))

    def of(name: str) -> NDArray[np.float32]:
        return signals.table[:, SENTENCE_SIGNALS.index(name)]

    return np.array(
        [
            *(of(name)[best] for name in OF_BEST),
            signals.nearness[best],
            of("worst_condition").max(),
            len(signals.words),
            signals.asked.unanswered,
            signals.asked.balance,
        ],
        dtype=np.float32,
    )


MUCH_ASKED, LITTLE_ASKED = "much asked", "little asked"
"""What the two tables were measured over; see `qa.evidence.weights.much_asked`."""


def how_often(confidence: float, *, answered: bool, asked: bool) -> float:
    """Of answers as sure, how often the first sentence answered; of refusals, how often the documents did.

    More often where much was asked in advance of the documents (`asked`), as was measured.
    """
    measured = table("qa.evidence", "how_sure.json")[MUCH_ASKED if asked else LITTLE_ASKED]
    # Of each level: least confidence, share, and how many were measured.
    levels: list[tuple[float, float, int]] = measured["answers" if answered else "refusals"]
    return next((share for least, share, _ in reversed(levels) if confidence >= least), levels[0][1])
