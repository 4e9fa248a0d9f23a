"""The two linear models of evidence: which sentence is said first, and whether documents answer at all.

- sentences: a conditional logit (McFadden 1974). Among the candidates of one question, the chance that
  the sentence read first is a right one is the share of those in the sum of exp(score).
- confidence: a logistic regression of "the documents answer" over the question's signals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.evidence.signals import SENTENCE_SIGNALS
from qa.train.measured_questions import Example

Rows = NDArray[np.float64]

VOTES_COUNT = 1.2
"""By how much the votes of questions asked in advance count more than the fit gives them: half of the
examples are measured without any, and give what stands against them more weight than it has beside them.
Right first sentences of 240 questions of strangers: 210 without it, 214 with it; no other set changed by
more than two."""
PENALTY = 0.01
"""Ridge penalty per question, on standardised signals. 0.1 found the gold first 0.03 less often."""


def fit_sentences(found: Sequence[Example]) -> NDArray[np.float32]:
    """Weights of SENTENCE_SIGNALS, for raw signals; only their differences within a question matter."""
    usable = [example for example in found if example.best.any()]
    scales = np.concatenate([example.signals.table for example in usable]).std(axis=0)
    told = scales > 0  # nothing is told by the reading of what was not read
    scales[~told] = 1
    choices = [Choice(each.signals.table / scales, each.best, each.weight) for each in usable]
    # A signal is built so that more is better; a negative weight would only mean that two of them overlap.
    bounds = [(0, None if own else 0) for own in told]
    weights = np.asarray(conditional_logit(choices, PENALTY, bounds) / scales, dtype=np.float32)
    weights[SENTENCE_SIGNALS.index("votes")] *= VOTES_COUNT
    return weights


class Choice(NamedTuple):
    """Signals of some sentences (sentences, signals), which of them are right, and how much that counts."""

    table: Rows
    right: NDArray[np.bool_]
    weight: float = 1.0


def conditional_logit(
    choices: Sequence[Choice], penalty: float, bounds: Sequence[tuple[float, float | None]] | None = None
) -> Rows:
    """(signals,): weights by which a right sentence is the likeliest of those it stands among.

    Args:
        choices: Each with a right sentence.
        penalty: Half of it on the squares of the weights, beside the mean loss.
        bounds: Least and greatest of each weight; None for any.
    """
    from scipy.optimize import minimize

    start, total = np.zeros(choices[0].table.shape[1]), sum(each.weight for each in choices)

    def loss(by: Rows) -> tuple[float, Rows]:
        value, slope = penalty / 2 * float(by @ by), penalty * by
        for table, right, weight in choices:
            scores = table @ by
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            share = chances[right].sum()
            value -= weight / total * float(np.log(share))
            slope = slope + weight / total * (table.T @ (chances - np.where(right, chances, 0) / share))
        return value, slope

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def fit_confidence(rows: Rows, answerable: NDArray[np.bool_], weights: Rows) -> Any:
    """The confidence, fitted on (questions, QUESTION_SIGNALS): what standardises, and the logistic model."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    counted = weights * len(rows) / weights.sum()
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.5))
    return model.fit(rows, answerable, logisticregression__sample_weight=counted)
