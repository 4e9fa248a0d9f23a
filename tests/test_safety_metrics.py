"""Sensitivity, false alarms and the parts' contributions, by hand arithmetic; phrasings read from a file."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from qa.evaluate.rows import QuestionFileError
from qa.evaluate.safety import ALONE, Phrasing, check_all, evaluate_safety, load_phrasings
from qa.health.safety.red_flags import shipped_red_flags


def phrasing(id: str, fires: bool, category: str | None = None) -> Phrasing:
    return Phrasing(id=id, text=f"text of {id}", fires=fires, category=category, kind="plain", split="test")


def checked(
    one: Phrasing, raised: str | None = None, by: str | None = None, alone: str = ""
) -> dict[str, Any]:
    return asdict(one) | {
        "raised": raised,
        "by": by,
        "alone": {part: part in alone for part in ALONE},
    }


EXAMPLE = (
    checked(phrasing("a", True, "stroke"), "stroke", "rule", "rules"),
    checked(phrasing("b", True, "stroke"), "chest_pain", "weight", "weights reader"),
    checked(phrasing("c", True, "overdose"), "overdose", "rule", "rules weights reader"),
    checked(phrasing("d", True, "suicide"), alone="reader"),
    checked(phrasing("e", False)),
    checked(phrasing("f", False), "stroke", "weight", "weights"),
)


def test_figures_are_shares_beside_what_each_part_alone_gives() -> None:
    """Four had to fire, three did: 0.75; rules a, c: 0.5; weights b, c: 0.5; reader b, c, d: 0.75.

    Two had to stay calm, f did not: 0.5; weights 1 of 2. Of the three that fired, a and c are of their own
    category: 2/3.
    """
    sensitivity, false, category = evaluate_safety(EXAMPLE).figures

    assert sensitivity.name == "safety: sensitivity"
    assert sensitivity.value == 0.75
    assert sensitivity.baselines == {"weights": 0.5, "reader": 0.75, "rules": 0.5}
    assert false.name == "safety: false alarms"
    assert not false.higher_is_better
    assert false.value == 0.5
    assert false.baselines == {"weights": 0.5, "reader": 0.0, "rules": 0.0}
    assert category.value == pytest.approx(2 / 3)


def test_every_miss_and_every_false_alarm_is_named() -> None:
    assert evaluate_safety(EXAMPLE).remarks == (
        "Missed: text of d (d)",
        "False alarm (stroke, by weight): text of f (f)",
    )


def test_checking_asks_the_whole_and_each_part() -> None:
    alarming = replace(phrasing("x", True, "stroke"), text="my face is drooping and my speech is slurred")
    calm = replace(phrasing("y", False), text="How long is a session?")
    one, other = check_all(shipped_red_flags(), [alarming, calm])
    assert (one["raised"], other["raised"], other["matched"]) == ("stroke", None, [])
    assert one["alone"] == dict.fromkeys(ALONE, True)
    assert other["alone"] == dict.fromkeys(ALONE, False)
    assert json.loads(json.dumps(one)) == one


def test_phrasings_are_read_by_split(tmp_path: Path) -> None:
    path = tmp_path / "phrasings.jsonl"
    row = {"id": "a", "text": "words", "fires": True, "category": "stroke", "kind": "plain", "split": "dev"}
    path.write_text(json.dumps(row) + "\n" + json.dumps(row | {"id": "b", "split": "test"}) + "\n")
    assert [one.id for one in load_phrasings(path)] == ["a", "b"]
    assert [one.id for one in load_phrasings(path, "test")] == ["b"]


def test_a_line_that_is_no_phrasing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "phrasings.jsonl"
    path.write_text('{"id": "a", "words": "x"}\n')
    with pytest.raises(QuestionFileError, match=r"phrasings\.jsonl:1: \"text\": Field required"):
        load_phrasings(path)
