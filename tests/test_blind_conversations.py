"""Conversations and misspelt questions of one who saw only the documents; the first sight is past."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.ask import Assistant
from qa.types import Emergency, Reply

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"blind_{name}.jsonl").read_text("utf-8").splitlines()]


def first(reply: Reply) -> tuple[str, str, int]:
    """The kind of a reply, and where what it quotes first stands."""
    quoted = reply.citations[0] if reply.sentences else None
    return reply.kind, quoted.document if quoted else "", quoted.start if quoted else 0


def test_misspelt_questions_are_answered_as_clean_ones(assistant: Assistant) -> None:
    """Measured: 79 of 80."""
    same = [
        first(assistant.ask(row["typed"])) == first(assistant.ask(row["clean"])) for row in rows("misspelt")
    ]
    assert sum(same) >= 0.95 * len(same)


def test_follow_ups_are_answered_as_if_written_out(assistant: Assistant) -> None:
    """Measured: 45 of 60 with the same first quote; of the others half quote it further down."""
    same = []
    for row in rows("followups"):
        *earlier, question = row["turns"]
        same.append(first(assistant.ask(question, earlier)) == first(assistant.ask(row["clean"])))
    assert sum(same) >= 0.7 * len(same)


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
