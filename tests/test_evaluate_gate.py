"""The gate: what falls, by how much, and what is accepted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from index.search import PassageIndex
from qa.evaluate import (
    Evaluation,
    Figure,
    Question,
    accept,
    evaluate,
    failures,
    load_accepted,
    load_questions,
)
from qa.evaluate.gate import GateError, history_row

ROOT = Path(__file__).parent.parent
QUESTIONS = "fingerprint of the questions"
MEASURED: dict[str, Any] = {
    "date": "2026-11-21",
    "questions": QUESTIONS,
    "index": "f1",
    "parts": ("answers", "refusal"),
    "why": "first",
}


def figure(name: str, value: float, low: float, high: float, higher: bool = True) -> Figure:
    return Figure(name=name, value=value, low=low, high=high, higher_is_better=higher)


FIGURES = [
    figure("answers: gold cited", 0.80, 0.75, 0.85),
    figure("refusal: false refusals", 0.04, 0.02, 0.06, higher=False),
]


@pytest.fixture
def accepted_file(tmp_path: Path) -> Path:
    path = tmp_path / "accepted.json"
    accept(FIGURES, path, **MEASURED)
    return path


def names(measured: Sequence[Figure], path: Path, parts: Sequence[str] = ("answers", "refusal")) -> list[str]:
    return [failure.name for failure in failures(measured, load_accepted(path), QUESTIONS, parts)]


def test_what_was_accepted_holds(accepted_file: Path) -> None:
    assert names(FIGURES, accepted_file) == []
    written = json.loads(accepted_file.read_text())
    assert written["figures"] == {
        "answers: gold cited": {"value": 0.8, "low": 0.75, "high": 0.85, "better": "higher"},
        "refusal: false refusals": {"value": 0.04, "low": 0.02, "high": 0.06, "better": "lower"},
    }
    assert (written["accepted"], written["questions"], written["index"]) == ("2026-11-21", QUESTIONS, "f1")


@pytest.mark.parametrize(
    ("cited", "refused", "fallen"),
    [
        (0.75, 0.06, []),  # just inside both intervals
        (0.74, 0.06, ["answers: gold cited"]),
        (0.75, 0.07, ["refusal: false refusals"]),
        (0.10, 0.90, ["answers: gold cited", "refusal: false refusals"]),
        (1.00, 0.00, []),  # better is never a failure
        (float("nan"), 0.04, ["answers: gold cited"]),
    ],
)
def test_a_figure_falls_when_it_leaves_its_interval_on_the_worse_side(
    cited: float, refused: float, fallen: list[str], accepted_file: Path
) -> None:
    measured = [
        figure("answers: gold cited", cited, 0.0, 1.0),
        figure("refusal: false refusals", refused, 0.0, 1.0, higher=False),
    ]
    assert names(measured, accepted_file) == fallen


def test_rounding_is_forgiven_and_no_question_is(tmp_path: Path) -> None:
    """2/3 is written as 0.666667, which is more; one question of 1,000 less still falls."""
    path = tmp_path / "accepted.json"
    accept([figure("a: b", 2 / 3, 2 / 3, 2 / 3)], path, **MEASURED | {"parts": ["a"]})
    assert names([figure("a: b", 2 / 3, 0, 1)], path, ["a"]) == []
    assert names([figure("a: b", 2 / 3 - 0.001, 0, 1)], path, ["a"]) == ["a: b"]


def test_a_figure_that_is_gone_fails_but_not_one_of_a_part_that_did_not_run(accepted_file: Path) -> None:
    [failure] = failures(FIGURES[:1], load_accepted(accepted_file), QUESTIONS, ["answers", "refusal"])
    assert str(failure) == "refusal: false refusals was accepted at 0.040, and is no longer measured"
    assert names(FIGURES[:1], accepted_file, ["answers"]) == []


def test_a_failure_says_what_fell_from_where() -> None:
    accepted = {
        "questions": QUESTIONS,
        "figures": {"answers: gold cited": {"value": 0.8, "low": 0.75, "high": 0.85, "better": "higher"}},
    }
    [failure] = failures([figure("answers: gold cited", 0.7, 0, 1)], accepted, QUESTIONS, ["answers"])
    assert str(failure) == "answers: gold cited fell from 0.800 to 0.700, past 0.750"


def test_figures_of_other_questions_are_not_compared(accepted_file: Path) -> None:
    with pytest.raises(GateError, match="measured on other questions"):
        failures(FIGURES, load_accepted(accepted_file), "others", ["answers"])


def test_nothing_accepted_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GateError, match=r"is missing: .*--accept"):
        load_accepted(tmp_path / "none.json")
    (tmp_path / "other.json").write_text("[]")
    with pytest.raises(GateError, match="does not hold accepted figures"):
        load_accepted(tmp_path / "other.json")


def test_accepting_one_part_leaves_the_others_as_they_were(accepted_file: Path) -> None:
    before = load_accepted(accepted_file)
    handbook = [figure("handbook: gold cited", 0.9, 0.8, 1.0)]
    of_handbook = MEASURED | {"parts": ["handbook"], "date": "2026-11-22", "index": "f2"}
    accept(handbook, accepted_file, **of_handbook)
    after = load_accepted(accepted_file)
    assert after | {"figures": before["figures"]} == before
    assert list(after["figures"]) == [*before["figures"], "handbook: gold cited"]
    assert names(FIGURES + handbook, accepted_file, ("answers", "refusal", "handbook")) == []
    with pytest.raises(GateError, match="measured on other questions"):
        accept(handbook, accepted_file, **of_handbook | {"questions": "others"})
    assert load_accepted(accepted_file) == after


def test_accepting_adds_a_row_to_the_history(tmp_path: Path) -> None:
    history = tmp_path / "DECISIONS.md"
    history.write_text("# Decisions\n\n## Accepted figures\n\n| date |\n|---|\n\n## Later\n\n| a |\n")
    for date, why in (("2026-11-21", "first"), ("2026-11-22", "second")):
        accept(FIGURES, tmp_path / "a.json", **MEASURED | {"date": date, "why": why}, history=history)
    first = "| 2026-11-21 | first | – | 0.800 | – | – | 0.040 | – |\n"
    assert history_row(FIGURES, "2026-11-21", "first") == first
    table = f"## Accepted figures\n\n| date |\n|---|\n{first}{first.replace('21 | first', '22 | second')}"
    assert history.read_text() == f"# Decisions\n\n{table}\n## Later\n\n| a |\n"
    history.write_text("# Decisions\n\n## Accepted figures\n\n## Later\n\n| a |\n")
    with pytest.raises(GateError, match='no table below a heading "## Accepted figures"'):
        accept(FIGURES, tmp_path / "b.json", **MEASURED, history=history)
    assert not (tmp_path / "b.json").exists()


ACCEPTED = ROOT / "seeds" / "accepted.json"


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return load_questions(ROOT / "seeds" / "questions.jsonl", "test")


def fallen(evaluation: Evaluation) -> list[str]:
    """Names of the figures that do not hold against the accepted ones, of the parts that were measured."""
    accepted = load_accepted(ACCEPTED)
    parts = [part.name for part in evaluation.parts]
    return [failure.name for failure in failures(evaluation.figures, accepted, accepted["questions"], parts)]


def test_ranking_by_cosine_alone_fails_by_name(
    shipped_index: PassageIndex, questions: list[Question]
) -> None:
    worse = fallen(evaluate(shipped_index, questions, ["retrieval"], ranking="dense"))
    assert "retrieval: nDCG@10" in worse
    assert "retrieval: nDCG@10 gain over dense alone" in worse


def test_a_refusal_threshold_of_0_fails_by_name(
    shipped_index: PassageIndex, questions: list[Question]
) -> None:
    """Some near misses and a few answerable questions are enough: with that threshold all are answered."""
    near_misses = [question for question in questions if question.kind == "near_miss"][::3]
    answerable = [question for question in questions if question.kind == "answerable"][:5]
    worse = fallen(evaluate(shipped_index, near_misses + answerable, ["refusal"], threshold=0.0))
    assert "refusal: near misses answered" in worse
    assert "refusal: false refusals" not in worse
