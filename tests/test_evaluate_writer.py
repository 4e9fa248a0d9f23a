"""The checks on planted sentences: those they were made with, and those that were fresh once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from writing_server import writing

from qa.ask import Assistant
from qa.evaluate.questions import load_questions
from qa.evaluate.rows import QuestionFileError
from qa.evaluate.writer import evaluate_planted, evaluate_written, load_planted
from qa.writer.checks.checking import Checker, checker_of
from qa.writer.client import Writer

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SETS = ROOT / "tests" / "data"


@pytest.fixture(scope="module")
def checker(assistant: Assistant) -> Checker:
    return checker_of(assistant.index)


@pytest.mark.parametrize(
    ("file", "through", "stand"),
    [
        (SEEDS / "planted.jsonl", 0.028, 0.97),
        (SETS / "written_first.jsonl", 0.01, 0.85),
        (SETS / "written_second.jsonl", 0.06, 0.85),
        (SETS / "written_third.jsonl", 0.04, 0.95),
    ],
)
def test_what_stands_and_what_gets_through_stays(
    file: Path, through: float, stand: float, checker: Checker
) -> None:
    """No sentence of these is fresh: the checks were mended with them (DECISIONS.md has the first sights)."""
    part = evaluate_planted(load_planted(file), checker)
    got_through, stood = (figure.value for figure in part.figures)
    assert got_through <= through and stood >= stand, part.rows


def test_every_wrong_judgement_is_named(checker: Checker, tmp_path: Path) -> None:
    file = tmp_path / "planted.jsonl"
    faithful = ["Ginger cures colds [1].", "Ginger might thin the blood [1]."]
    false = {"made up": ["Ginger may thin the blood [1]."]}
    row = {"quotes": ["Ginger may thin the blood."], "faithful": faithful, "false": false}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    part = evaluate_planted(load_planted(file), checker)
    assert [figure.value for figure in part.figures] == [1.0, 0.5]
    assert [row["sentence"] for row in part.rows] == [faithful[0], false["made up"][0]]
    assert "made up: 0 of 1 judged rightly." in part.remarks


@pytest.mark.parametrize("line", ["", "{", '{"quotes": "x", "faithful": 1, "false": {}}', "[]"])
def test_a_file_that_is_none_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "planted.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(QuestionFileError, match=r"planted\.jsonl"):
        load_planted(file)


def test_a_writer_is_measured_by_the_checks_and_by_gold(assistant: Assistant, checker: Checker) -> None:
    asked = load_questions(ROOT / "seeds" / "questions.jsonl", "dev")[:12]

    def repeats(messages: list[dict[str, str]]) -> str:
        first = messages[-1]["content"].split("[1] ")[1].split("\n")[0].rstrip(".")
        return f"{first} [1]. The moon is made of cheese [1]."

    with writing(repeats) as server:
        part = evaluate_written(assistant, asked, Writer(server.url, "small"), checker)
    stand, gold, texts = (figure.value for figure in part.figures)
    assert stand == 0.5 and texts == 1.0 and 0 < gold <= 1
