"""How sure lightqa is where no sentence has the form that the answer would have."""

from __future__ import annotations

import numpy as np

from qa.evidence.confidence import NOTHING_OF_THE_SORT, confidence_of
from qa.evidence.signals import NOTHING_ASKED, SENTENCE_SIGNALS, AskedNear, Signals
from qa.evidence.weights import shipped_weights


def signals(held: float, asked: AskedNear = NOTHING_ASKED) -> Signals:
    """One sentence that has all words of a question, is read as an answer, and has its form or not."""
    table = np.zeros((1, len(SENTENCE_SIGNALS)), np.float32)
    table[0, SENTENCE_SIGNALS.index("answer_held")] = held
    table[0, SENTENCE_SIGNALS.index("reading")] = 9
    one = np.ones(1, np.float32)
    return Signals((), (), table, np.zeros((0, 1), np.float32), one, one[:, None], (), asked)


def sure(measured: Signals) -> float:
    return confidence_of(measured, np.ones(1, np.float32), shipped_weights(reads=True))


def test_an_answer_without_its_form_is_none() -> None:
    assert sure(signals(held=1)) > NOTHING_OF_THE_SORT
    assert sure(signals(held=0)) <= NOTHING_OF_THE_SORT


def test_a_question_asked_in_advance_vouches_for_it() -> None:
    assert sure(signals(held=0, asked=AskedNear(0.9, 0.0, 0.9))) > NOTHING_OF_THE_SORT
