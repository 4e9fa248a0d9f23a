"""A question that asks several things is cut where another question begins, and nowhere else."""

from __future__ import annotations

import pytest

from index.search import PassageIndex
from qa.conversation.parts import Part, parts_of
from qa.conversation.topics import Topics


@pytest.fixture(scope="module")
def topics(shipped_index: PassageIndex) -> Topics:
    return Topics(shipped_index)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "does cold laser work for back pain and is it safe?",
            ["does cold laser work for back pain?", "Is cold laser safe?"],
        ),
        ("What is LLLT and how does it work?", ["What is LLLT?", "How does LLLT work?"]),
        ("is it safe? does it work?", ["is it safe?", "does it work?"]),
        (
            "I have diabetes and numb feet. Is infrared safe and does it work?",
            [
                "I have diabetes and numb feet. Is infrared safe?",
                "I have diabetes and numb feet. Does infrared work?",
            ],
        ),
    ],
)
def test_parts_are_questions_of_their_own(topics: Topics, question: str, parts: list[str]) -> None:
    assert [part.ways[-1] for part in parts_of(question, topics)] == parts


def test_a_part_is_also_asked_as_it_was_typed(topics: Topics) -> None:
    _, second = parts_of("does cold laser work for back pain and is it safe?", topics)
    assert second.asked == "is it safe?"
    assert second.ways == ("is it safe?", "Is cold laser safe?")


@pytest.mark.parametrize(
    "question",
    [
        "Does light therapy help neuropathy and back pain?",
        "does laser work or is it a scam",
        "What are the side effects and risks of laser?",
        "My back hurts, and nothing helps, so is laser worth it?",
        "infrared and neuropathy",
        "",
    ],
)
def test_what_asks_one_thing_stays_whole(topics: Topics, question: str) -> None:
    assert parts_of(question, topics) == [Part(question, (question,))]
