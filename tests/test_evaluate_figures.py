"""Intervals over questions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qa.evaluate.figures import Part, interval, mean, share


def test_an_interval_of_equal_values_is_that_value() -> None:
    assert interval(np.mean, [0.7] * 5) == pytest.approx((0.7, 0.7))


def test_an_interval_is_that_of_the_binomial_for_shares() -> None:
    """60 of 100: resampled sums are Binomial(100, 0.6), whose 2.5th and 97.5th percentiles are 50 and 69."""
    low, high = interval(np.mean, [1.0] * 60 + [0.0] * 40)
    assert low == pytest.approx(0.50, abs=0.011)
    assert high == pytest.approx(0.69, abs=0.011)


def test_an_interval_is_the_same_every_time() -> None:
    values = [0.1, 0.9, 0.4, 0.5]
    assert interval(np.mean, values) == interval(np.mean, values)


def test_groups_are_drawn_by_themselves() -> None:
    """Each group is constant, so every resample of the difference of means is 3 - 1 = 2."""

    def difference(a: np.ndarray, b: np.ndarray, axis: int = -1) -> np.ndarray:
        return a.mean(axis=axis) - b.mean(axis=axis)

    assert interval(difference, np.full(4, 3.0), np.full(9, 1.0)) == (2.0, 2.0)


def test_pairs_are_drawn_together() -> None:
    """The second is twice the first on every question, so each resample of their ratio is 2."""
    values = np.array([1.0, 2.0, 5.0, 9.0])
    assert interval(lambda a, b: b.sum() / a.sum(), values, 2 * values, paired=True) == (2.0, 2.0)


def test_of_one_question_nothing_is_drawn() -> None:
    assert interval(np.mean, [0.25]) == (0.25, 0.25)


def test_chunks_of_many_questions_change_only_the_draws() -> None:
    """For n values 0 to n-1 the mean's standard error is n / sqrt(12 n); the interval is ± 1.96 of it."""
    count = 20_000
    low, high = interval(np.mean, list(range(count)))
    half = 1.96 * count / math.sqrt(12 * count)
    assert (high - low) / 2 == pytest.approx(half, rel=0.1)


def test_nothing_has_no_mean_and_no_interval() -> None:
    assert math.isnan(mean([]))
    assert all(math.isnan(end) for end in interval(np.mean, []))


def test_a_share_is_written_with_its_baselines() -> None:
    """3 of 4 against 1 of 4."""
    figure = share("answers: gold cited", [True, True, True, False], {"other": [1, 0, 0, 0]})
    assert figure.value == 0.75
    assert figure.baselines == {"other": 0.25}
    part = Part(name="answers", figures=(figure,), curves={"c": {"x": (1.0,)}}, rows=({"id": "a"},))
    written = part.as_json()
    assert written["figures"]["answers: gold cited"] == {
        "value": 0.75,
        "low": figure.low,
        "high": figure.high,
        "better": "higher",
        "baselines": {"other": 0.25},
        "meaning": figure.meaning,
    }
    assert written["curves"] == {"c": {"x": (1.0,)}}
    assert written["rows"] == ({"id": "a"},)


def test_what_a_figure_means_and_which_way_is_better_stand_in_the_table() -> None:
    """By the longest entry that its name begins with."""
    cited, first, typed = (
        share(f"answers: {name}", [1.0])
        for name in ("gold cited", "gold cited first", "gold cited, as people type")
    )
    assert cited.meaning == typed.meaning != first.meaning
    assert share("refusal: false refusals", [0.0]).as_json()["better"] == "lower"
    with pytest.raises(ValueError):
        share("answers: nobody knows", [1.0])
