"""The two linear models of evidence: which sentence is said first, and whether documents answer at all.

- sentences: a conditional logit (McFadden 1974). Among the candidates of one question, the chance that
  the sentence read first is a gold one is the share of the golds in the sum of exp(score).
- confidence: a logistic regression of "the documents answer" over the question's signals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    from scipy.optimize import minimize

    usable = [example for example in found if example.best.any()]
    scales = np.concatenate([example.signals.table for example in usable]).std(axis=0)
    told = scales > 0  # nothing is told by the reading of what was not read
    scales[~told] = 1
    total = sum(example.weight for example in usable)

    def loss(weights: Rows) -> tuple[float, Rows]:
        value, slope = PENALTY / 2 * float(weights @ weights), PENALTY * weights
        for example in usable:
            table = example.signals.table / scales
            scores = table @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            share = chances[example.best].sum()
            weight = example.weight / total
            value -= weight * float(np.log(share))
            slope = slope + weight * (table.T @ (chances - np.where(example.best, chances, 0) / share))
        return value, slope

    # A signal is built so that more is better; a negative weight would only mean that two of them overlap.
    bounds = [(0, None if own else 0) for own in told]
    result = minimize(loss, np.where(told, 0.1, 0), jac=True, method="L-BFGS-B", bounds=bounds)
    weights = np.asarray(result.x / scales, dtype=np.float32)
    weights[SENTENCE_SIGNALS.index("votes")] *= VOTES_COUNT
    return weights


@dataclass(frozen=True)
class Confidence:
    """The logistic model: weights of standardised QUESTION_SIGNALS, bias, and what to standardise with."""

    weights: Rows
    bias: float
    means: Rows
    scales: Rows

    def of(self, rows: Rows) -> Rows:
        return np.asarray(1 / (1 + np.exp(-((rows - self.means) / self.scales @ self.weights + self.bias))))


def fit_confidence(rows: Rows, answerable: NDArray[np.bool_], weights: Rows) -> Confidence:
    """Fit the confidence on (questions, QUESTION_SIGNALS)."""
    from sklearn.linear_model import LogisticRegression

    means, scales = rows.mean(axis=0), rows.std(axis=0)
    scales[scales == 0] = 1
    model = LogisticRegression(C=0.5)
    model.fit((rows - means) / scales, answerable, sample_weight=weights * len(rows) / weights.sum())
    return Confidence(model.coef_[0], float(model.intercept_[0]), means, scales)
