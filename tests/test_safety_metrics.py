"""Sensitivity, false alarms and the parts' contributions, by hand arithmetic; phrasings read from a file."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from qa.evaluate.rows import QuestionFileError
from qa.evaluate.safety import ALONE, Phrasing, check_all, evaluate_safety, load_phrasings
from qa.health.safety.red_flags import RedFlags


def phrasing(id: str, fires: bool, category: str | None = None) -> Phrasing:
    return Phrasing(id=id, text=f"text of {id}", fires=fires, category=category, kind="plain", split="test")


def checked(
    one: Phrasing, raised: str | None = None, by: str | None = None, alone: str = ""
) -> dict[str, Any]:
    return asdict(one) | {
        "raised": raised,
        "by": by,
        "alone": {
            "patterns": raised if "patterns" in alone else None,
            "patterns without scope": "stroke",
            "weights": raised if "weights" in alone else None,
        },
    }


EXAMPLE = (
    checked(phrasing("a", True, "stroke"), "stroke", "pattern", "patterns"),
    checked(phrasing("b", True, "stroke"), "chest_pain", "weight", "weights"),
    checked(phrasing("c", True, "overdose"), "overdose", "pattern", "patterns weights"),
    checked(phrasing("d", True, "suicide")),
    checked(phrasing("e", False)),
    checked(phrasing("f", False), "stroke", "weight", "weights"),
)


def test_figures_are_shares_beside_what_each_part_alone_gives() -> None:
    """Four had to fire, three did: 0.75; patterns a, c: 0.5; weights b, c: 0.5; without scope 4.

    Two had to stay calm, f did not: 0.5; patterns 0, weights 1 of 2, without scope 2. Of the
    three that fired, a and c are of their own category: 2/3.
    """
    sensitivity, false, category = evaluate_safety(EXAMPLE).figures

    assert sensitivity.name == "safety: sensitivity"
    assert sensitivity.value == 0.75
    assert sensitivity.baselines == {
        "patterns": 0.5,
        "patterns without scope": 1.0,
        "weights": 0.5,
    }
    assert false.name == "safety: false alarms"
    assert not false.higher_is_better
    assert false.value == 0.5
    assert false.baselines == {
        "patterns": 0.0,
        "patterns without scope": 1.0,
        "weights": 0.5,
    }
    assert category.value == pytest.approx(2 / 3)


def test_every_miss_and_every_false_alarm_is_named() -> None:
    assert evaluate_safety(EXAMPLE).remarks == (
        "Missed: text of d (d)",
        "False alarm (stroke, by weight): text of f (f)",
    )


def test_checking_asks_the_whole_and_each_part() -> None:
    """With no encoder only patterns find the first; the second raises nothing."""
    text = "my face is drooping on one side and my speech is slurred"
    alarming = replace(phrasing("x", True, "stroke"), text=text)
    one, other = check_all(RedFlags(), [alarming, phrasing("y", False)])
    assert (one["raised"], one["by"], other["raised"], other["matched"]) == ("stroke", "pattern", None, [])
    assert tuple(one["alone"]) == tuple(other["alone"]) == ALONE
    assert (one["alone"]["patterns"], other["alone"]["patterns"]) == ("stroke", None)
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
