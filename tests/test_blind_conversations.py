"""Conversations and misspelt questions of one who saw only the documents; the first sight is past."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shares import Share

from qa.ask import Assistant
from qa.evaluate.conversation import agree
from qa.types import Emergency, Reply

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"blind_{name}.jsonl").read_text("utf-8").splitlines()]


def first(reply: Reply) -> tuple[str, str, int]:
    """The kind of a reply, and where what it quotes first stands."""
    quoted = reply.citations[0] if reply.sentences else None
    return reply.kind, quoted.document if quoted else "", quoted.start if quoted else 0


def test_misspelt_questions_are_answered_as_clean_ones(assistant: Assistant, share: Share) -> None:
    """Measured: 80 of 80, 39 of 40, and of the last 40, which are spelt by ear, 33."""
    asked = share(rows("misspelt"))
    same = [first(assistant.ask(row["typed"])) == first(assistant.ask(row["clean"])) for row in asked]
    assert sum(same) >= 0.94 * len(same)


def test_follow_ups_are_answered_as_if_written_out(assistant: Assistant, share: Share) -> None:
    """Measured on all 180: 128 with the same first quote, 161 with one in common."""
    every = [*rows("followups"), *rows("followups_written")]
    # A sixth of them is too few to be held to a share of them.
    asked = every if len(share(every)) == len(every) else every[::3]
    same, alike = [], []
    for row in asked:
        *earlier, question = row["turns"]
        reply, clean = assistant.ask(question, earlier), assistant.ask(row["clean"])
        same.append(first(reply) == first(clean))
        alike.append(agree(reply, clean))
    assert sum(same) >= 0.65 * len(same)
    assert sum(alike) >= 0.85 * len(alike)


def test_a_question_that_names_its_complaint_is_read_as_typed(assistant: Assistant) -> None:
    question = "When is back pain an emergency?"
    after = assistant.ask(question, ("Does cold laser help neck pain?",))
    assert first(after) == first(assistant.ask(question))


def test_a_whole_question_of_its_own_is_not_answered_by_the_one_before(assistant: Assistant) -> None:
    question = "When is back pain serious?"
    after = assistant.ask(question, ("Is laser for neck pain proven?",))
    assert first(after) == first(assistant.ask(question))


def test_a_name_of_the_documents_is_no_praise(assistant: Assistant) -> None:
    reply = assistant.ask("NICE?", ("what do guidelines say about laser for back pain",))
    assert reply.sentences
    assert "NICE" in reply.citations[0].quote


@pytest.mark.parametrize("row", rows("ways_out"), ids=lambda row: row["id"])
def test_ways_out_of_an_alarm(row: dict[str, Any], assistant: Assistant) -> None:
    """Over is told to be over; what is asked meanwhile is answered beside one line; "still" is told whole."""
    *earlier, question = row["turns"]
    if not isinstance(assistant.ask(earlier[0]), Emergency):
        pytest.skip("the first turn raises no alarm, which is another matter")
    reply = assistant.ask(question, earlier)
    kinds = [note.kind for note in reply.notes]
    if row["kind"] == "still":
        assert isinstance(reply, Emergency)
        return
    assert not isinstance(reply, Emergency)
    assert ("alarm" in kinds) == (row["kind"] != "over")
    assert row["kind"] not in ("over", "thanks") or kinds[0] == "smalltalk"
