"""How surely the documents answer a question at all."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from qa.evidence.signals import SENTENCE_SIGNALS, Signals
from qa.evidence.weights import OF_BEST, Weights

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

NOTHING_OF_THE_SORT = 0.3
"""Confidence at most where an answer has a form of its own (a price, how long it lasts) and no sentence has
one of that form. Of 961 answered questions that the documents answer none was such a one, of 132 that they do
not 5."""

VOUCHED = 0.7
"""`AskedNear.balance` above which a question asked in advance shows that a form is not asked for: "how many
permits can one household get" is 0.65 near to "how much is a permit"."""


def confidence_of(signals: Signals, scores: NDArray[np.float32], weights: Weights) -> float:
    """Probability, 0 to 1, that the documents answer, given the scores of the sentences."""
    if not weights.knows_off_topic and about_something_else(signals):
        return 0.0
    standardised = (question_signals(signals, scores) - weights.means) / weights.scales
    answers = 1 / (1 + float(np.exp(-(float(standardised @ weights.question) + weights.bias))))
    if weights.knows_off_topic:
        return answers
    held = signals.table[:, SENTENCE_SIGNALS.index("answer_held")].any()
    # A slip ("what dose it feel like") asks for a form that a question asked in advance does not.
    vouched = signals.asked.balance > VOUCHED
    return answers if held or vouched else min(answers, NOTHING_OF_THE_SORT)


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
