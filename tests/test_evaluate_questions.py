"""Question files, and where their gold stands."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.search import PassageIndex
from qa.evaluate.questions import Question, Span, gold_spans, load_questions
from qa.evaluate.rows import QuestionFileError
from qa.evaluate.run import questions_fingerprint
from qa.train.measure_how_sure import FOLDERS, IN_FOLDERS

ROOT = Path(__file__).parent.parent
ROW: dict[str, Any] = {
    "id": "a",
    "kind": "answerable",
    "question": "How long?",
    "answerable": True,
    "gold": ["Ten minutes."],
}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def question(*gold: str | Span) -> Question:
    return Question(id="a", kind="answerable", turns=("x",), answerable=True, gold=gold, place="q.jsonl:1")


def test_a_row_becomes_a_question(tmp_path: Path) -> None:
    row = {
        "id": "f",
        "kind": "Follow-up",
        "turns": ["What is it?", "Does it hurt?"],
        "standalone": "Does cold laser hurt?",
        "answerable": True,
        "gold": ["No.", {"document": "a.md", "start": 3, "end": 9}],
        "sides": [["No."], ["Yes."]],
        "split": "test",
        "note": "pronoun",
    }
    [loaded] = load_questions(write(tmp_path / "q.jsonl", row))
    assert loaded == Question(
        id="f",
        kind="follow_up",
        turns=("What is it?", "Does it hurt?"),
        answerable=True,
        gold=("No.", Span("a.md", 3, 9)),
        split="test",
        standalone="Does cold laser hurt?",
        sides=(("No.",), ("Yes.",)),
        note="pronoun",
        place=f"{tmp_path / 'q.jsonl'}:1",
    )
    assert (loaded.text, loaded.earlier) == ("Does it hurt?", ("What is it?",))


def test_a_split_keeps_its_rows_and_those_that_name_none(tmp_path: Path) -> None:
    rows = [ROW, ROW | {"id": "b", "split": "dev"}, ROW | {"id": "c", "split": "test"}]
    path = write(tmp_path / "q.jsonl", *rows)
    assert [one.id for one in load_questions(path, "test")] == ["a", "c"]
    assert [one.id for one in load_questions(path)] == ["a", "b", "c"]


def test_a_line_separator_inside_a_question_ends_no_row(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", json.dumps(ROW | {"question": "one\u2028two"}, ensure_ascii=False))
    assert load_questions(path)[0].text == "one\u2028two"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "q.jsonl:2: is not JSON"),
        ("[1]", "q.jsonl:2: expected a JSON object, found list"),
        (ROW | {"id": ""}, 'q.jsonl:2: "id": must not be empty; found'),
        (ROW, "q.jsonl:2: the id 'a' is taken by"),
        (ROW | {"id": "b", "kind": 3}, '"kind": Input should be a valid string; found 3'),
        (ROW | {"id": "b", "question": None}, '"turns": must not be empty'),
        (ROW | {"id": "b", "turns": []}, '"turns": Tuple should have at least 1 item'),
        (ROW | {"id": "b", "turns": ["x", " "]}, '"turns": must not be empty'),
        (
            ROW | {"id": "b", "answerable": "yes"},
            "\"answerable\": Input should be a valid boolean; found 'yes'",
        ),
        (ROW | {"id": "b", "answerable": False}, 'has gold although "answerable" is false'),
        (ROW | {"id": "b", "gold": "x"}, "\"gold\": Input should be a valid array; found 'x'"),
        (ROW | {"id": "b", "gold": [{"document": "a", "start": "5"}]}, '"gold": '),
        (ROW | {"id": "b", "sides": [[]]}, '"sides": Tuple should have at least 1 item'),
        (
            ROW | {"id": "b", "split": "train"},
            "\"split\": Input should be '', 'dev' or 'test'; found 'train'",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_line(row: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=re.escape(message)):
        load_questions(write(tmp_path / "q.jsonl", ROW, row))


def test_a_missing_or_empty_file_or_split_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"none\.jsonl: there is no such file"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(QuestionFileError, match="holds no questions"):
        load_questions(write(tmp_path / "q.jsonl", ""))
    with pytest.raises(QuestionFileError, match="no row is of the split 'test'"):
        load_questions(write(tmp_path / "q.jsonl", ROW | {"split": "dev"}), "test")


def test_a_gold_quote_is_found_wherever_it_stands() -> None:
    """ "aba" in "ababa" stands at 0 and, overlapping, at 2."""
    documents = {"x.md": "ababa", "y.md": "- aba"}
    assert gold_spans(question("aba"), documents) == (
        (Span("x.md", 0, 3), Span("x.md", 2, 5), Span("y.md", 2, 5)),
    )


def test_a_gold_span_names_its_document_by_the_end_of_its_path() -> None:
    documents = {"seeds/a/notes.md": "0123456789", "seeds/b/other.md": ""}
    assert gold_spans(question(Span("notes.md", 2, 5)), documents) == ((Span("seeds/a/notes.md", 2, 5),),)
    assert gold_spans(question(Span("a/notes.md", 2, 5)), documents) == ((Span("seeds/a/notes.md", 2, 5),),)


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ("missing words", "q.jsonl:1: the gold quote 'missing words' stands in no document"),
        (
            Span("none.md", 0, 1),
            "the gold document 'none.md' must name one document of the index; found none",
        ),
        (Span("x.md", 0, 1), "must name one document of the index; found a/x.md, b/x.md"),
        (Span("a/x.md", 0, 9), "the gold is from 0 to 9, but a/x.md has 3 characters"),
        (Span("a/x.md", 2, 2), "the gold is from 2 to 2, but a/x.md has 3 characters"),
    ],
)
def test_a_gold_that_is_not_there_is_named(gold: str | Span, message: str) -> None:
    with pytest.raises(QuestionFileError, match=re.escape(message)):
        gold_spans(question(gold), {"a/x.md": "abc", "b/x.md": "abc"})


def test_every_shipped_gold_stands_in_the_shipped_documents(shipped_index: PassageIndex) -> None:
    documents = {path: shipped_index.document(path).text for path in shipped_index.paths()}
    questions = load_questions(ROOT / "seeds" / "questions.jsonl")
    assert len(questions) >= 200
    assert all(gold_spans(one, documents) for one in questions if one.gold)
    assert [one.id for one in questions if one.answerable and not one.gold] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_gold_of_a_folder_stands_in_it(folder: str) -> None:
    documents = {path.name: path.read_text("utf-8") for path in (IN_FOLDERS / folder).glob("*.md")}
    questions = load_questions(IN_FOLDERS / f"{folder}.jsonl")
    assert len(documents) == 15 and len(questions) == 120
    answered = [one for one in questions if one.answerable]
    assert len(answered) == 60 and all(one.gold and gold_spans(one, documents) for one in answered)


def test_the_fingerprint_is_of_what_is_measured() -> None:
    one, other = question("a"), replace(question("b"), id="b")
    assert questions_fingerprint([one, other]) == questions_fingerprint([other, one])
    assert questions_fingerprint([one]) != questions_fingerprint([other])
    noted = replace(one, note="n", place="y:7")
    assert questions_fingerprint([one]) == questions_fingerprint([noted])
