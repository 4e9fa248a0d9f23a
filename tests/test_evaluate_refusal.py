"""Declining, and answering as if written out well, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from quoting import quoting, some_passage

from index.search import PassageIndex
from index.types import Passage
from qa.evaluate.asked import Asked
from qa.evaluate.conversation import agree, evaluate_conversation, same_first
from qa.evaluate.questions import Question
from qa.evaluate.refusal import evaluate_refusal
from qa.types import Emergency, Refusal, Reply


@pytest.fixture(scope="module")
def passage(shipped_index: PassageIndex) -> Passage:
    return some_passage(shipped_index)


def declined(confidence: float = 0.0) -> Refusal:
    return Refusal(question="q", confidence=confidence)


def one(id: str, reply: Reply, *gold: str, anyway: Reply | None = None, **fields: Any) -> Asked:
    given: dict[str, Any] = {"kind": "answerable", "turns": ("Does it help?",), "answerable": bool(gold)}
    return Asked(Question(id=id, gold=gold, place="q:1", **(given | fields)), reply, anyway or reply)


def test_refusals_are_counted_by_hand(shipped_index: PassageIndex, passage: Passage) -> None:
    """Four answerable questions, two near misses, and rows that are counted apart.

    Answerable, by confidence: 0.9 right, 0.7 wrong words, 0.5 right, 0.3 declined though it would have been
    right. Near misses: 0.8 answered, 0.2 declined.
    AUROC: 0.9 wins 2, 0.7, 0.5 and 0.3 win 1 each of 8 pairs: 5/8. False refusals 1/4, near misses answered
    1/2. Sorted by confidence the errors are 0 1 1 0 0 1, so the risks are 0, 1/2, 2/3, 2/4, 2/5, 3/6 and
    their mean is 77/180. Each confidence has a bin of its own, so the calibration error is
    (0.1 + 0.8 + 0.3 + 0.5 + 0.7 + 0.2) / 6.
    """
    gold = passage.sentences[0].text
    near: dict[str, Any] = {"kind": "near_miss"}
    later: dict[str, Any] = {"kind": "follow_up", "turns": ("a", "b")}
    replies = [
        one("right", quoting(passage, 0, confidence=0.9), gold),
        one("wrong", quoting(passage, 1, confidence=0.7), gold),
        one("second", quoting(passage, 1, 0, confidence=0.5), gold),
        one("declined", declined(0.3), gold, anyway=quoting(passage, 0)),
        one("fell for it", quoting(passage, 0, confidence=0.8), **near),
        one("held", declined(0.2), **near),
        one("off", declined(0.01), kind="off_topic"),
        one("later", quoting(passage, 0, confidence=0.6), gold, **later),
        one("later near", quoting(passage, 0, confidence=0.6), **later),
        one("help", Emergency(question="q"), kind="emergency"),
    ]
    part = evaluate_refusal(shipped_index, replies, 0.4)
    values = {figure.name.split(": ")[1]: figure.value for figure in part.figures}
    assert values == pytest.approx(
        {
            "near-miss AUROC": 5 / 8,
            "false refusals": 1 / 4,
            "near misses answered": 1 / 2,
            "area under risk-coverage": 77 / 180,
            "expected calibration error": 2.6 / 6,
            "off-topic declined": 1.0,
            "unanswerable follow-ups declined": 0.0,
            "answerable follow-ups answered": 1.0,
        }
    )
    assert part.curves["risk_coverage"]["risk"] == pytest.approx([0, 1 / 2, 2 / 3, 2 / 4, 2 / 5, 3 / 6])
    assert part.curves["risk_coverage"]["best"] == pytest.approx([0, 0, 0, 1 / 4, 2 / 5, 3 / 6])
    assert part.curves["calibration"]["answerable"] == [0.0, 1.0, 1.0, 1.0, 0.0, 1.0]
    assert len(part.rows) == 9
    cost = "1 of 4 answerable questions are declined, and 1 of 2 near misses are answered"
    assert part.remarks[1].startswith(f"The threshold in force is 0.400: {cost}.")


def test_a_part_without_near_misses_has_no_figures_of_confidence(
    shipped_index: PassageIndex, passage: Passage
) -> None:
    part = evaluate_refusal(shipped_index, [one("off", declined(), kind="off_topic")], 0.4)
    assert [figure.name for figure in part.figures] == ["refusal: off-topic declined"]
    assert part.curves == {}


def test_replies_agree_when_they_share_a_quote(passage: Passage) -> None:
    first_two, last_two, first = quoting(passage, 0, 1), quoting(passage, 1, 2), quoting(passage, 0)
    assert agree(first_two, last_two) and not same_first(first_two, last_two)
    assert agree(first_two, first) and same_first(first_two, first)
    assert not agree(first, last_two)
    assert agree(declined(), declined()) and same_first(declined(), declined())
    assert not agree(first, declined()) and not same_first(first, declined())
    assert not agree(Emergency(question="q"), declined())


def test_follow_ups_and_misspelt_questions_are_counted_apart(passage: Passage) -> None:
    """Follow-ups: one of two agrees. Misspelt: one of one does, though it begins with another quote."""
    later: dict[str, Any] = {"turns": ("a", "b"), "standalone": "ab", "kind": "follow_up", "answerable": True}
    part = evaluate_conversation(
        [
            Asked(Question(id="1", **later), declined(), declined(), declined()),
            Asked(Question(id="2", **later), declined(), declined(), quoting(passage, 0)),
            Asked(
                Question(id="3", kind="typo", turns=("lazer",), answerable=True, clean="laser"),
                quoting(passage, 0, 1),
                quoting(passage, 0, 1),
                quoting(passage, 1),
            ),
        ]
    )
    assert [(figure.name.split(": ")[1], figure.value) for figure in part.figures] == [
        ("follow-ups answered as written out", 0.5),
        ("follow-ups with the same first quote", 0.5),
        ("misspelt questions answered as written out", 1.0),
        ("misspelt questions with the same first quote", 0.0),
    ]
    assert [row["agrees"] for row in part.rows] == [True, False, True]
