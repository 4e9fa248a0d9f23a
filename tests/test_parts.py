"""A question that asks several things is cut where another question begins, and nowhere else."""

from __future__ import annotations

import pytest

from qa.ask import Assistant
from qa.conversation.follow_up import Subject
from qa.conversation.parts import Part, parts_of
from qa.things_asked import asks_several
from qa.types import Answer


def parts(question: str) -> list[Part]:
    return parts_of(question, lambda word: True, Subject())


@pytest.mark.parametrize(
    ("question", "written"),
    [
        (
            "does cold laser work for back pain and is it safe?",
            ["does cold laser work for back pain?", "is cold laser safe?"],
        ),
        ("What is LLLT and how does it work?", ["What is LLLT?", "how does LLLT work?"]),
        ("is it safe? does it work?", ["is it safe?", "is it safe, does it work?"]),
        (
            "I have diabetes and numb feet. Is infrared safe and does it work?",
            [
                "I have diabetes and numb feet. Is infrared safe?",
                "I have diabetes and numb feet. does infrared work?",
            ],
        ),
    ],
)
def test_parts_are_questions_of_their_own(question: str, written: list[str]) -> None:
    assert [part.ways[0] for part in parts(question)] == written


def test_a_part_is_also_asked_as_it_was_typed() -> None:
    _, second = parts("does cold laser work for back pain and is it safe?")
    assert second.asked == "is it safe?"
    assert second.ways[-1] == "is it safe?"


def test_every_part_is_answered_and_none_is_told_to_be_missing(assistant: Assistant) -> None:
    asked = "what did that Willow Curve company do wrong, how much did it cost and what was the fine"
    reply = assistant.ask(asked)
    assert isinstance(reply, Answer)
    assert "$599" in " ".join(sentence.text for sentence in reply.sentences)
    assert [note.kind for note in reply.notes] == []


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
def test_what_asks_one_thing_stays_whole(question: str) -> None:
    assert parts(question) == [Part(question, (question,))]


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Is it safe, and how long does it take?", True),
        ("is it safe and how long does it take", True),
        ("Is it safe and cheap?", False),
        ("I have a bad back and a cat. Does laser help?", False),
        ("infrared lamp and numb feet", False),
    ],
)
def test_it_is_told_whether_several_things_are_asked(question: str, several: bool) -> None:
    assert asks_several(question) == several
