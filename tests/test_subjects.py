"""A measure of one thing is no answer to a question for that of another."""

from __future__ import annotations

import numpy as np
import pytest

from qa.evidence.subjects import asked_of, unknown_thing
from qa.words import content_words


@pytest.mark.parametrize(
    ("question", "thing", "beside"),
    [
        ("How often is the kettle descaled?", ["kettle"], []),
        ("How much does a steam iron cost a week?", ["steam", "iron"], ["week"]),
        ("How wide may the rabbit hutch be?", ["rabbit", "hutch"], []),
        ("When is the head of the stable in?", ["stable"], []),
        ("Who waters the ferns?", ["ferns"], []),
        ("Who waters the ferns in the hall?", ["ferns"], ["hall"]),
        # What it is asked of is not told.
        ("How much does it cost?", [], []),
        ("Why is the kettle descaled?", [], []),
        ("According to the article, how often is the kettle descaled?", [], []),
        ("How many kettles are descaled?", [], []),
    ],
)
def test_what_a_measure_is_asked_of(question: str, thing: list[str], beside: list[str]) -> None:
    told, others = asked_of(question)
    assert ([word.text for word in told], [word.text for word in others]) == (thing, beside)


def test_a_thing_that_nothing_comes_near_is_not_spoken_of() -> None:
    def unknown(question: str, *nearness: float) -> str:
        words = content_words(question)
        assert len(words) == len(nearness)
        return unknown_thing(question, words, np.array(nearness, np.float32)[:, np.newaxis])

    asked = "How often is the kettle descaled?"
    assert unknown(asked, 1.0, 0.3, 1.0) == "kettle"
    assert unknown(asked, 1.0, 0.6, 1.0) == ""
    assert unknown("How much does a steam iron cost?", 0.2, 0.9, 1.0) == "steam"
    # However well the cake is known, nothing is said of butter.
    assert unknown("How much butter goes into the cake?", 0.3, 0.4, 1.0) == "butter"
    assert unknown("How much butter goes into the cake?", 0.6, 0.4, 1.0) == ""
    # The documents may speak of it in other words, where they know the place.
    assert unknown("Who waters the ferns in the hall?", 1.0, 0.3, 1.0) == ""
    assert unknown("Who waters the ferns in the hall?", 1.0, 0.3, 0.2) == "ferns"
