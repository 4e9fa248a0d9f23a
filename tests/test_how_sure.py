"""How often replies were right: the levels, and how they are made."""

from __future__ import annotations

import pytest

from qa.evidence.confidence import how_often
from qa.train.measure_how_sure import levels


def test_parts_that_are_surer_but_less_often_right_are_pooled_with_the_ones_before() -> None:
    right = [2, 4, 3, 5]
    outcomes = [(part / 10, at < count) for part, count in enumerate(right) for at in range(5)]
    assert levels(outcomes) == [(0.0, 0.4, 5), (0.1, 0.7, 10), (0.3, 1.0, 5)]


def test_equal_confidences_are_never_told_apart_and_a_rest_is_no_part() -> None:
    outcomes = [(0.9, at % 2 == 0) for at in range(50)] + [(0.95, True)] * 2
    assert [(least, count) for least, _, count in levels(outcomes)] == [(0.9, 52)]


# Over documents of which nothing was asked, refusals are of one level: about as often wrong, however sure.
@pytest.mark.parametrize(("answered", "asked"), [(True, True), (False, True), (True, False)])
def test_a_surer_reply_was_right_more_often(answered: bool, asked: bool) -> None:
    shares = [how_often(step / 100, answered=answered, asked=asked) for step in range(101)]
    assert shares == sorted(shares)
    assert len(set(shares)) > 1
