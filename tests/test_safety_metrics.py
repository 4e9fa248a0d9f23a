"""Sensitivity, false alarms and the parts' contributions, by hand arithmetic; phrasings read from a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.evaluate.questions import QuestionFileError
from qa.evaluate.safety import (
    ALONE,
    Checked,
    Phrasing,
    check_all,
    evaluate_safety,
    false_alarms,
    load_phrasings,
    misses,
)
from qa.health.safety.red_flags import Alarm, RedFlags


def phrasing(id: str, fires: bool, category: str | None = None) -> Phrasing:
    return Phrasing(id=id, text=f"text of {id}", fires=fires, category=category, kind="plain", split="test")


def alarm(category: str, by: str = "pattern") -> Alarm:
    return Alarm(category, "title", "emergency now", "advice", ("words",), "F1", ("emergency",), by, "why")


def checked(one: Phrasing, raised: Alarm | None, patterns: bool = False, similarity: bool = False) -> Checked:
    return Checked(
        one,
        raised,
        {
            "patterns": raised if patterns else None,
            "similarity": raised if similarity else None,
            "patterns without scope": alarm("stroke"),
            "similarity without scope": None,
        },
    )


EXAMPLE = [
    checked(phrasing("a", True, "stroke"), alarm("stroke"), patterns=True),
    checked(phrasing("b", True, "stroke"), alarm("chest_pain", "similarity"), similarity=True),
    checked(phrasing("c", True, "overdose"), alarm("overdose"), patterns=True, similarity=True),
    checked(phrasing("d", True, "suicide"), None),
    checked(phrasing("e", False), None),
    checked(phrasing("f", False), alarm("stroke", "similarity"), similarity=True),
]


def test_figures_are_shares_beside_what_each_part_alone_gives() -> None:
    """Four had to fire, three did: 0.75; patterns a, c: 0.5; similarity b, c: 0.5; without scope 4 and 0.

    Two had to stay calm, f did not: 0.5; patterns 0, similarity 1 of 2, without scope 2 and 0. Of the
    three that fired, a and c are of their own category: 2/3.
    """
    sensitivity, false, category = evaluate_safety(EXAMPLE).figures

    assert sensitivity.name == "safety: sensitivity"
    assert sensitivity.value == 0.75
    assert sensitivity.baselines == {
        "patterns": 0.5,
        "similarity": 0.5,
        "patterns without scope": 1.0,
        "similarity without scope": 0.0,
    }
    assert false.name == "safety: false alarms"
    assert not false.higher_is_better
    assert false.value == 0.5
    assert false.baselines == {
        "patterns": 0.0,
        "similarity": 0.5,
        "patterns without scope": 1.0,
        "similarity without scope": 0.0,
    }
    assert category.value == pytest.approx(2 / 3)


def test_every_miss_and_every_false_alarm_is_named() -> None:
    assert [one.phrasing.id for one in misses(EXAMPLE)] == ["d"]
    assert [one.phrasing.id for one in false_alarms(EXAMPLE)] == ["f"]
    assert evaluate_safety(EXAMPLE).remarks == (
        "Missed: text of d (d)",
        "False alarm (stroke, by similarity): text of f (f)",
    )


def test_rows_are_ready_for_json() -> None:
    row = json.loads(json.dumps(evaluate_safety(EXAMPLE).rows[1]))
    assert row == {
        "id": "b",
        "text": "text of b",
        "kind": "plain",
        "fires": True,
        "category": "stroke",
        "raised": "chest_pain",
        "by": "similarity",
        "because": "why",
        "matched": ["words"],
        "alone": {
            "patterns": None,
            "similarity": "chest_pain",
            "patterns without scope": "stroke",
            "similarity without scope": None,
        },
    }


def test_checking_asks_the_whole_and_each_part() -> None:
    done: list[None] = []
    one, other = check_all(
        RedFlags(),
        [phrasing("x", True, "stroke"), phrasing("y", False)],
        lambda: done.append(None),
    )
    assert (one.alarm, other.alarm) == (None, None)
    assert tuple(one.alone) == ALONE
    assert len(done) == 2


def test_phrasings_are_read_by_split(tmp_path: Path) -> None:
    path = tmp_path / "phrasings.jsonl"
    row = {"id": "a", "text": "words", "fires": True, "category": "stroke", "kind": "plain", "split": "dev"}
    path.write_text(json.dumps(row) + "\n" + json.dumps(row | {"id": "b", "split": "test"}) + "\n")
    assert [one.id for one in load_phrasings(path)] == ["a", "b"]
    assert [one.id for one in load_phrasings(path, "test")] == ["b"]


def test_a_line_that_is_no_phrasing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "phrasings.jsonl"
    path.write_text('{"id": "a", "words": "x"}\n')
    with pytest.raises(QuestionFileError, match=r"phrasings\.jsonl:1: expected id, text, fires"):
        load_phrasings(path)
