"""Measures of a confidence: how well it separates, how well it is calibrated, and what a threshold costs.

Every function takes one number per question, higher meaning surer, and needs no index. scikit-learn and SciPy
do what they have.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
BINS = 10


def auroc(positives: ArrayLike, negatives: ArrayLike, axis: int = -1) -> Any:
    """Area under the ROC curve: the chance that a positive scores above a negative, ties counting half.

    It is the statistic of Mann and Whitney over the number of pairs. Positives 0.9, 0.6 against negatives
    0.6, 0.2: of four pairs three are won and one is a tie, so (3 + 0.5) / 4 = 0.875.

    Returns:
        A number, or for resamples of shape (resamples, questions) one for each.
    """
    from scipy.stats import mannwhitneyu

    ours, theirs = np.asarray(positives, dtype=float), np.asarray(negatives, dtype=float)
    won = mannwhitneyu(ours, theirs, axis=axis, method="asymptotic").statistic
    return won / (ours.shape[axis] * theirs.shape[axis])


def risk_coverage(confidence: ArrayLike, wrong: ArrayLike) -> tuple[Numbers, Numbers]:
    """The risk at every coverage, answering the most confident questions first (El-Yaniv and Wiener 2010).

    Errors among equal confidences are spread evenly over them, so that the order of rows plays no part.
    Confidences 0.9, 0.5, 0.5 with errors 0, 1, 0: coverage 1/3, 2/3, 1 has risk 0, 0.5/2 = 0.25, 1/3.

    Returns:
        Coverage k/n and risk for k = 1 to n.
    """
    confidence, wrong = np.asarray(confidence, dtype=float), np.asarray(wrong, dtype=float)
    _, group = np.unique(-confidence, return_inverse=True)
    spread = np.bincount(group, weights=wrong) / np.bincount(group)
    answered = np.arange(1, len(wrong) + 1)
    return answered / len(wrong), np.cumsum(spread[np.sort(group)]) / answered


def aurc(confidence: ArrayLike, wrong: ArrayLike) -> float:
    """Area under the risk-coverage curve: the mean risk over k = 1 to n answered (Geifman et al. 2019).

    For the example of `risk_coverage`: (0 + 0.25 + 1/3) / 3 = 0.194.
    """
    return float(risk_coverage(confidence, wrong)[1].mean())


def expected_calibration_error(confidence: ArrayLike, outcome: ArrayLike, bins: int = BINS) -> float:
    """Mean distance between confidence and outcome over equally wide bins, weighed by their size.

    Naeini et al. 2015. Two bins, confidences 0.2, 0.4 | 0.9 with outcomes 0, 1 | 1: the first is off by
    |0.3 - 0.5| = 0.2, the second by |0.9 - 1| = 0.1, so 2/3 × 0.2 + 1/3 × 0.1 = 0.167. The bins are those of
    `sklearn.calibration.calibration_curve`, which draws the curve: a confidence on an edge is in the lower.
    """
    confidence, outcome = np.asarray(confidence, dtype=float), np.asarray(outcome, dtype=float)
    bin_of = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], confidence)
    return float(np.abs(np.bincount(bin_of, weights=confidence - outcome)).sum() / len(outcome))


def threshold_for(positives: ArrayLike, false_refusals: float) -> float:
    """The highest threshold that declines at most this share of the positives.

    Positives 0.9, 0.7, 0.4, 0.3 and a share of 0.25: one may be declined, so the threshold is 0.4.
    """
    ordered = np.sort(np.asarray(positives, dtype=float))
    return float(ordered[min(len(ordered) - 1, int(np.floor(false_refusals * len(ordered) + 1e-9)))])
