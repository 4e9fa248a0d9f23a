"""The formulas for confidences, against hand arithmetic and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest

from qa.evaluate.confidence import (
    aurc,
    auroc,
    expected_calibration_error,
    risk_coverage,
    threshold_for,
)


def random_scores(seed: int, count: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """Confidences with many ties, and outcomes that lean their way."""
    random = np.random.default_rng(seed)
    confidence = random.integers(0, 21, count) / 20
    return confidence, (random.random(count) < confidence * 0.8 + 0.1).astype(float)


def test_auroc_by_hand() -> None:
    """0.9 beats 0.6 and 0.2, 0.6 ties with 0.6 and beats 0.2: (1 + 1 + 0.5 + 1) / 4."""
    assert auroc([0.9, 0.6], [0.6, 0.2]) == 0.875


def test_auroc_at_its_ends() -> None:
    assert auroc([1, 1], [0]) == 1.0
    assert auroc([0], [1, 2]) == 0.0
    assert auroc([0.5] * 3, [0.5] * 4) == 0.5


@pytest.mark.parametrize("seed", range(5))
def test_auroc_is_that_of_scikit_learn(seed: int) -> None:
    from sklearn.metrics import roc_auc_score  # takes a second, which every worker that collects would pay

    confidence, outcome = random_scores(seed)
    expected = roc_auc_score(outcome, confidence)
    assert auroc(confidence[outcome == 1], confidence[outcome == 0]) == pytest.approx(expected, abs=1e-12)


def test_auroc_of_many_resamples_is_auroc_row_by_row() -> None:
    positives, negatives = np.array([[0.9, 0.6], [0.1, 0.2]]), np.array([[0.6, 0.2], [0.3, 0.0]])
    expected = [auroc(p, n) for p, n in zip(positives, negatives, strict=True)]
    assert auroc(positives, negatives, axis=-1).tolist() == expected == [0.875, 0.5]


def test_risk_at_each_coverage_by_hand() -> None:
    """Sorted: 0.9 right, then 0.5 wrong and 0.5 right, which count half an error each.

    Errors 0, 0.5, 1 over 1, 2, 3 answered: risks 0, 0.25, 1/3; their mean is 0.19444.
    """
    coverage, risk = risk_coverage([0.5, 0.9, 0.5], [1, 0, 0])
    assert coverage.tolist() == pytest.approx([1 / 3, 2 / 3, 1])
    assert risk.tolist() == pytest.approx([0, 0.25, 1 / 3])
    assert aurc([0.5, 0.9, 0.5], [1, 0, 0]) == pytest.approx(7 / 36)


def test_the_order_of_rows_plays_no_part_in_aurc() -> None:
    confidence, outcome = random_scores(3)
    order = np.random.default_rng(0).permutation(len(confidence))
    assert aurc(confidence, outcome) == pytest.approx(aurc(confidence[order], outcome[order]), abs=1e-12)


def test_aurc_is_the_mean_over_all_orders_of_ties() -> None:
    """One error among two ties: (1 + 1/2) / 2 in one order, (0 + 1/2) / 2 in the other; the mean is 0.5."""
    assert aurc([0.3, 0.3], [0, 1]) == pytest.approx(0.5)


def test_expected_calibration_error_by_hand() -> None:
    """2/3 of |0.3 - 0.5| and 1/3 of |0.9 - 1|: 0.16667."""
    assert expected_calibration_error([0.2, 0.4, 0.9], [0, 1, 1], bins=2) == pytest.approx(1 / 6)


def test_a_confidence_on_an_edge_belongs_to_the_bin_below() -> None:
    """0.5 falls into (0, 0.5], so the lower bin is off by |0.5 - 1| and the upper by |0.6 - 0|."""
    assert expected_calibration_error([0.5, 0.6], [1, 0], bins=2) == pytest.approx(0.55)


def test_both_ends_of_the_scale_are_in_a_bin() -> None:
    assert expected_calibration_error([0.0, 1.0], [0, 1]) == 0.0


@pytest.mark.parametrize("seed", range(3))
def test_the_error_is_that_of_the_curve_of_scikit_learn(seed: int) -> None:
    """With all confidences at two places, each in a bin of its own, sizes are known: 60 and 40 of 100."""
    from sklearn.calibration import calibration_curve

    confidence = np.repeat([0.25, 0.65], [60, 40])
    outcome = np.random.default_rng(seed).integers(0, 2, 100)
    observed, expected = calibration_curve(outcome, confidence, n_bins=10)
    error = float(np.abs(observed - expected) @ [0.6, 0.4])
    assert expected_calibration_error(confidence, outcome) == pytest.approx(error)


def test_perfect_calibration_has_no_error() -> None:
    """In one bin, four confidences of 0.75 of which three come true."""
    assert expected_calibration_error([0.75] * 4, [1, 1, 1, 0]) == 0.0


@pytest.mark.parametrize(
    ("allowed", "threshold"), [(0.0, 0.3), (0.24, 0.3), (0.25, 0.4), (0.5, 0.7), (1.0, 0.9)]
)
def test_the_highest_threshold_that_declines_no_more_than_allowed(allowed: float, threshold: float) -> None:
    """Of 0.9, 0.7, 0.4, 0.3 a threshold of 0.4 declines one, which is a quarter."""
    assert threshold_for([0.9, 0.7, 0.4, 0.3], allowed) == threshold
