"""Sentences that say the same thing, of which an answer says one."""

from __future__ import annotations

import pytest

from qa.evidence.repeats import ALIKE, says_the_same

GAVE = "For chronic low back pain, the largest careful trial gave 12 sessions of laser, 3 a week for 4 weeks."


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (
            "The back pain trial gave 12 sessions of laser, 3 a week for 4 weeks, and scored 10 for quality.",
            True,
        ),
        ("The back pain trial gave 12 sessions of laser, 3 a week for 6 weeks.", False),
        ("The back pain trial gave twelve sessions of laser, three a week for four weeks.", True),
        ("The back pain trial gave twelve sessions of laser, three a week for six weeks.", False),
        ("The back pain trial did not give 12 sessions of laser, 3 a week for 4 weeks.", False),
        ("Of 12 dogs with sore knees 3 were treated by a vet for 4 weeks.", False),
    ],
)
def test_the_same_figures_for_the_same_thing_are_read_once(other: str, same: bool) -> None:
    assert says_the_same(GAVE, other, 0.9) is same
    assert says_the_same(other, GAVE, 0.9) is same


def test_what_is_not_alike_in_meaning_is_not_the_same() -> None:
    assert says_the_same(GAVE, GAVE, 1.0)
    assert not says_the_same(GAVE, GAVE, ALIKE - 0.01)
