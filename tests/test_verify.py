"""`verify` trusts nothing that a reply says of itself."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from index.search import PassageIndex
from qa.ask import Assistant
from qa.verify import verify_reply

Json = dict[str, Any]


@pytest.fixture(scope="module")
def answer(assistant: Assistant) -> Json:
    reply = assistant.ask("How long does a session of cold laser therapy last?").as_json()
    assert reply["kind"] == "answer"
    return reply


def test_what_the_assistant_says_is_verbatim(answer: Json, shipped_index: PassageIndex) -> None:
    assert verify_reply(answer, shipped_index) is None


def shift(reply: Json) -> None:
    reply["citations"][0]["start"] += 1


def reword(reply: Json) -> None:
    reply["citations"][0]["quote"] = reply["citations"][0]["quote"].replace("10", "20")


def name_no_document(reply: Json) -> None:
    reply["citations"][0]["document"] = ["a.md"]


def name_half_a_letter(reply: Json) -> None:
    reply["citations"][0]["document"] = "\ud83d.md"


def leave_the_document(reply: Json) -> None:
    reply["citations"][0]["end"] = 10**9


def name_another_document(reply: Json) -> None:
    reply["citations"][0]["document"] = "seeds/articles/nowhere.md"


def cite_nothing(reply: Json) -> None:
    reply["sentences"][0]["citation"] = 99


def embellish(reply: Json) -> None:
    reply["sentences"][0]["text"] += " Guaranteed."


def say_nothing(reply: Json) -> None:
    reply["sentences"] = []


def refuse_with_a_quote(reply: Json) -> None:
    reply["kind"] = "refusal"


def number_twice(reply: Json) -> None:
    reply["citations"].append(reply["citations"][0])


def note_about_nothing(reply: Json) -> None:
    reply["notes"].append({"kind": "unsupported", "text": "Hm.", "citations": [42]})


def lose_a_field(reply: Json) -> None:
    del reply["citations"][0]["start"]


@pytest.mark.parametrize(
    ("falsify", "fault"),
    [
        (shift, "does not stand at"),
        (reword, "does not stand at"),
        (leave_the_document, "is outside"),
        (name_no_document, "is not a reply of lightqa"),
        (name_half_a_letter, "is not"),
        (name_another_document, "is not in the index"),
        (cite_nothing, "names citation 99"),
        (embellish, "is not the quote of citation 1"),
        (say_nothing, "without a sentence"),
        (refuse_with_a_quote, "quotes sentences"),
        (number_twice, "the same number"),
        (note_about_nothing, "names citation 42"),
        (lose_a_field, "'start' is missing"),
    ],
)
def test_every_falsehood_is_told(
    answer: Json, shipped_index: PassageIndex, falsify: Callable[[Json], None], fault: str
) -> None:
    falsified = copy.deepcopy(answer)
    falsify(falsified)
    assert fault in str(verify_reply(falsified, shipped_index))
