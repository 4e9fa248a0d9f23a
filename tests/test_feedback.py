"""Judgements become rows that the evaluation reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.search import PassageIndex
from qa.ask import Assistant
from qa.evaluate.questions import load_questions
from ui import feedback

QUESTION = "How long does a cold laser session last?"
WORDS = "The article says that a session of cold laser therapy usually takes about 10 to 20 minutes."


def judged(
    assistant: Assistant, index: PassageIndex, reason: str, question: str = QUESTION, **given: Any
) -> dict[str, Any]:
    reply = assistant.ask(question)
    return feedback.row(
        reply, given.get("earlier", []), reason, given.get("remark", ""), given.get("better", ""), index
    )


def test_a_good_answer_keeps_its_quotes_as_gold(assistant: Assistant, shipped_index: PassageIndex) -> None:
    row = judged(assistant, shipped_index, "good")
    assert row["answerable"] is True
    assert row["gold"] == [sentence.text for sentence in assistant.ask(QUESTION).sentences]
    assert row["question"] == QUESTION and row["kind"] == "feedback" and row["split"] == "dev"


@pytest.mark.parametrize(
    ("reason", "better", "answerable", "gold"),
    [
        ("other_words", f"  {WORDS} ", True, [WORDS]),
        ("other_words", "Never written anywhere.", True, []),
        ("not_answered", WORDS, False, []),
        ("wrong_source", "", True, []),
        ("emergency", "", False, []),
    ],
)
def test_a_bad_answer_becomes_a_test_case(
    assistant: Assistant,
    shipped_index: PassageIndex,
    reason: str,
    better: str,
    answerable: bool,
    gold: list[str],
) -> None:
    row = judged(assistant, shipped_index, reason, better=better, remark=" too vague ")
    assert (row["answerable"], row["gold"]) == (answerable, gold)
    assert row["note"].startswith(f"{feedback.REASONS[reason]}; too vague")
    assert ("Never written" in row["note"]) == (better == "Never written anywhere.")


def test_words_are_looked_for_where_search_finds_them_and_not_in_every_document(
    assistant: Assistant, shipped_index: PassageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = assistant.ask(QUESTION)
    read: list[str] = []
    document = shipped_index.document
    monkeypatch.setattr(shipped_index, "document", lambda path: read.append(path) or document(path))
    feedback.row(reply, [], "other_words", "", "Never written anywhere.", shipped_index)
    assert 0 < len(read) < len(shipped_index.paths())


def test_a_refusal_that_should_have_answered(assistant: Assistant, shipped_index: PassageIndex) -> None:
    row = judged(
        assistant, shipped_index, "should_answer", "Which mountain is the highest in Bolivia?", better=WORDS
    )
    assert (row["answerable"], row["gold"]) == (True, [WORDS])


def test_rows_are_read_by_the_evaluation(
    assistant: Assistant, shipped_index: PassageIndex, tmp_path: Path
) -> None:
    file = tmp_path / "judged.jsonl"
    rows = [
        judged(assistant, shipped_index, "good"),
        judged(assistant, shipped_index, "not_answered", earlier=["What is cold laser therapy?"]),
        judged(assistant, shipped_index, "emergency"),
    ]
    for row in rows:
        feedback.append(str(file), row)
    questions = load_questions(file)
    assert [question.turns for question in questions] == [
        (QUESTION,),
        ("What is cold laser therapy?", QUESTION),
        (QUESTION,),
    ]
    assert [question.kind for question in questions] == ["feedback", "feedback", "emergency"]
    assert len({question.id for question in questions}) == 3


def test_an_unknown_reason_is_refused_and_a_file_that_cannot_be_written_is_named(
    assistant: Assistant, shipped_index: PassageIndex, tmp_path: Path
) -> None:
    with pytest.raises(feedback.FeedbackError, match="'boring' is not a reason"):
        judged(assistant, shipped_index, "boring")
    with pytest.raises(feedback.FeedbackError, match="could not be kept: No such file or directory"):
        feedback.append(str(tmp_path / "missing" / "judged.jsonl"), {})
