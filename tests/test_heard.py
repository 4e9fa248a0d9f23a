"""What was understood of an alarming text, said back in whole words."""

from __future__ import annotations

import pytest

from qa.health.safety.emergency import in_whole_words


@pytest.mark.parametrize(
    ("text", "matched", "told"),
    [
        (
            "I can't control my bladder and my legs are numb",
            ["can't", "bladder"],
            ["I can't control my bladder"],
        ),
        (
            "Hello! my chest hurts and my left arm is going numb, what now?",
            ["chest hurts", "left arm"],
            ["my chest hurts", "my left arm is going numb"],
        ),
        (
            "pins and needles between my legs",
            ["pins and needles", "legs"],
            ["pins and needles between my legs"],
        ),
        (
            "it has been a week now that I cannot feel when I need to pass any water at all today",
            ["cannot feel", "pass any water"],
            ["cannot feel when I need to pass any water"],
        ),
        ("and again", ["crushing", "chest"], ["crushing", "chest"]),
        ("stroke", [], []),
    ],
)
def test_the_part_of_the_sentence_is_told(text: str, matched: list[str], told: list[str]) -> None:
    assert in_whole_words(text, matched) == told
