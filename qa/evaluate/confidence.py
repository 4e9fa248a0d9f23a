"""Formulas for a confidence: how well it separates, how well it is calibrated, and what a threshold costs.

Every function takes one number per question, higher meaning surer, and needs no index.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qa.evaluate.figures import Interval, bootstrap_interval

Numbers = NDArray[np.float64]
BINS = 10


def auroc(positives: ArrayLike, negatives: ArrayLike) -> float:
    """Area under the ROC curve: the chance that a positive scores above a negative, ties counting half.

    Positives 0.9, 0.6 against negatives 0.6, 0.2: of four pairs three are won and one is a tie, so
    (3 + 0.5) / 4 = 0.875. nan where either is empty.
    """
    return float(auroc_of_resamples(np.atleast_2d(numbers(positives)), np.atleast_2d(numbers(negatives)))[0])


def risk_coverage(confidence: ArrayLike, wrong: ArrayLike) -> tuple[Numbers, Numbers]:
    """The risk at every coverage, answering the most confident questions first (El-Yaniv and Wiener 2010).

    Errors among equal confidences are spread evenly over them, so that the order of rows plays no part.
    Confidences 0.9, 0.5, 0.5 with errors 0, 1, 0: coverage 1/3, 2/3, 1 has risk 0, 0.5/2 = 0.25, 1/3.

    Returns:
        Coverage k/n and risk for k = 1 to n.
    """
    confidence, wrong = numbers(confidence), numbers(wrong)
    order = np.argsort(-confidence, kind="stable")
    confidence, wrong = confidence[order], wrong[order]
    _, group = np.unique(-confidence, return_inverse=True)
    spread = (np.bincount(group, weights=wrong) / np.bincount(group))[group]
    answered = np.arange(1, len(wrong) + 1)
    return answered / len(wrong), np.cumsum(spread) / answered


def aurc(confidence: ArrayLike, wrong: ArrayLike) -> float:
    """Area under the risk-coverage curve: the mean risk over k = 1 to n answered (Geifman et al. 2019).

    For the example of `risk_coverage`: (0 + 0.25 + 1/3) / 3 = 0.194.
    """
    return float(risk_coverage(confidence, wrong)[1].mean())


def expected_calibration_error(confidence: ArrayLike, outcome: ArrayLike, bins: int = BINS) -> float:
    """Mean distance between confidence and outcome over equally wide bins, weighed by their size.

    Naeini et al. 2015. Two bins, confidences 0.2, 0.4 | 0.9 with outcomes 0, 1 | 1: the first is off by
    |0.3 - 0.5| = 0.2, the second by |0.9 - 1| = 0.1, so 2/3 × 0.2 + 1/3 × 0.1 = 0.167.
    """
    expected, observed, size = calibration_curve(confidence, outcome, bins)
    return float(np.abs(expected - observed) @ size / size.sum())


def calibration_curve(
    confidence: ArrayLike, outcome: ArrayLike, bins: int = BINS
) -> tuple[Numbers, Numbers, Numbers]:
    """Mean confidence, share of positive outcomes and number of questions of every bin that has any."""
    confidence, outcome = numbers(confidence), numbers(outcome)
    edges = np.linspace(0, 1, bins + 1)[1:-1]
    bin_of = np.digitize(confidence, edges, right=True)
    size = np.bincount(bin_of, minlength=bins).astype(float)
    filled = size > 0
    return (
        np.bincount(bin_of, weights=confidence, minlength=bins)[filled] / size[filled],
        np.bincount(bin_of, weights=outcome, minlength=bins)[filled] / size[filled],
        size[filled],
    )


def precision_recall(confidence: ArrayLike, outcome: ArrayLike) -> tuple[Numbers, Numbers, Numbers]:
    """Precision and recall of answering at each confidence as the threshold, and that threshold, falling.

    Precision: answerable questions among those answered. Recall: answered ones among the answerable.
    """
    confidence, outcome = numbers(confidence), numbers(outcome)
    thresholds = np.unique(confidence)[::-1]
    answered = confidence[np.newaxis, :] >= thresholds[:, np.newaxis]
    kept = answered @ outcome
    return kept / answered.sum(axis=1), kept / outcome.sum(), thresholds


def threshold_for(positives: ArrayLike, false_refusals: float) -> float:
    """The highest threshold that declines at most this share of the positives.

    Positives 0.9, 0.7, 0.4, 0.3 and a share of 0.25: one may be declined, so the threshold is 0.4.
    """
    ordered = np.sort(numbers(positives))
    return float(ordered[min(len(ordered) - 1, int(np.floor(false_refusals * len(ordered) + 1e-9)))])


def auroc_of_resamples(positives: Numbers, negatives: Numbers) -> Numbers:
    """`auroc` of each row of (resamples, positives) against the same row of (resamples, negatives)."""
    if positives.shape[1] == 0 or negatives.shape[1] == 0:
        return np.full(len(positives), np.nan)
    ordered = np.sort(negatives, axis=1)
    won = np.empty(len(positives))
    for row, (theirs, ours) in enumerate(zip(ordered, positives, strict=True)):
        below = np.searchsorted(theirs, ours, side="left")
        not_above = np.searchsorted(theirs, ours, side="right")
        won[row] = (below + not_above).sum() / 2
    return numbers(won / (positives.shape[1] * negatives.shape[1]))


def paired_interval(
    statistic: Callable[[Numbers, Numbers], float], confidence: Numbers, outcome: Numbers
) -> Interval:
    """The 95 % bootstrap interval of a statistic of (confidence, outcome) pairs, which are drawn together."""
    return bootstrap_interval(
        lambda drawn: numbers([statistic(confidence[rows], outcome[rows]) for rows in drawn.astype(int)]),
        np.arange(len(confidence), dtype=float),
    )


def numbers(values: ArrayLike) -> Numbers:
    """As an array of float64."""
    return np.asarray(values, dtype=np.float64)
