"""Content words: what is left of a question without what only shapes it."""

from __future__ import annotations

import pytest

from qa.words import content_words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What's the dose of cold laser?", ["dose", "cold", "laser"]),
        ("Won't it burn, or isn't it hot?", ["burn", "hot"]),
        ("I’ve heard they’ll treat Parkinson's", ["heard", "treat", "Parkinson's"]),
        ("how does it work", ["work"]),
    ],
)
def test_content_words(question: str, words: list[str]) -> None:
    assert [word.text for word in content_words(question)] == words
