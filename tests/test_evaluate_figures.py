"""Intervals over questions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qa.evaluate.figures import Figure, Part, bootstrap_interval, mean, mean_interval, share


def test_an_interval_of_equal_values_is_that_value() -> None:
    assert mean_interval([0.7] * 5) == pytest.approx((0.7, 0.7))


def test_an_interval_is_that_of_the_binomial_for_shares() -> None:
    """60 of 100: resampled sums are Binomial(100, 0.6), whose 2.5th and 97.5th percentiles are 50 and 69."""
    low, high = mean_interval([1.0] * 60 + [0.0] * 40)
    assert low == pytest.approx(0.50, abs=0.011)
    assert high == pytest.approx(0.69, abs=0.011)


def test_an_interval_is_the_same_every_time() -> None:
    values = [0.1, 0.9, 0.4, 0.5]
    assert mean_interval(values) == mean_interval(values)


def test_groups_are_drawn_by_themselves() -> None:
    """Each group is constant, so every resample of the difference of means is 3 - 1 = 2."""
    interval = bootstrap_interval(
        lambda a, b: a.mean(axis=1) - b.mean(axis=1), np.full(4, 3.0), np.full(9, 1.0)
    )
    assert interval == (2.0, 2.0)


def test_chunks_of_many_questions_change_only_the_draws() -> None:
    """For n values 0 to n-1 the mean's standard error is n / sqrt(12 n); the interval is ± 1.96 of it."""
    count = 20_000
    low, high = mean_interval(list(range(count)))
    half = 1.96 * count / math.sqrt(12 * count)
    assert (high - low) / 2 == pytest.approx(half, rel=0.1)


def test_nothing_has_no_mean_and_no_interval() -> None:
    assert math.isnan(mean([]))
    assert all(math.isnan(end) for end in mean_interval([]))


def test_a_share_is_written_with_its_baselines() -> None:
    """3 of 4 against 1 of 4."""
    figure = share("answers: x", [True, True, True, False], "What.", baselines={"other": [1, 0, 0, 0]})
    assert figure.value == 0.75
    assert figure.baselines == {"other": 0.25}
    part = Part(name="answers", figures=(figure,), curves={"c": {"x": (1.0,)}}, rows=({"id": "a"},))
    written = part.as_json()
    assert written["figures"]["answers: x"] == {
        "value": 0.75,
        "low": figure.low,
        "high": figure.high,
        "better": "higher",
        "baselines": {"other": 0.25},
        "unit": "",
        "meaning": "What.",
    }
    assert written["curves"] == {"c": {"x": [1.0]}}
    assert written["rows"] == [{"id": "a"}]


def test_a_figure_says_which_way_is_better() -> None:
    figure = Figure(name="a: b", value=1.0, low=1.0, high=1.0, meaning="", higher_is_better=False)
    assert figure.as_json()["better"] == "lower"
