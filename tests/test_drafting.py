"""Questions drafted by a model: kept where they find their sentence, marked, and never done twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from making import asked_of
from typer.testing import CliRunner
from writing_server import writing

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from qa.writer.client import Writer
from qa.writer.drafting import TRIED, DraftError, draft, questions_of
from ui.cli import app

TEXT = "# Nettle tea\n\nNettle tea is drunk three times a day.\n\nIt must not be drunk by people with gout.\n"
SIDECAR = "nettle.asked.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "nettle.md").write_text(TEXT, encoding="utf-8")
    return documents


@pytest.fixture
def index(folder: Path, index_folder: Path) -> PassageIndex:
    documents, errors = load_paths([str(folder)])
    assert errors == []
    build(documents, index_folder)
    return PassageIndex.open(index_folder)


def drafts(messages: list[dict[str, str]]) -> str:
    """A question for its sentence, one for the other, and no question."""
    own, other = "How often is nettle tea drunk a day?", "Who with gout must not drink nettle tea?"
    if "gout" in messages[-1]["content"]:
        own, other = other, own
    return f"1. {own}\n2. {other}\nHere you are."


def rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_only_questions_that_find_their_sentence_are_kept(folder: Path, index: PassageIndex) -> None:
    steps: list[tuple[int, int]] = []
    with writing(drafts) as server:
        found = list(draft(folder, index, Writer(server.url, "small"), lambda *step: steps.append(step)))
        assert [(each.kept, each.missed) for each in found] == [
            (("How often is nettle tea drunk a day?",), ("Who with gout must not drink nettle tea?",)),
            (("Who with gout must not drink nettle tea?",), ("How often is nettle tea drunk a day?",)),
        ]
        assert steps == [(0, 2), (1, 2), (2, 2)]
        assert rows(folder / SIDECAR) == [
            {
                "question": "How often is nettle tea drunk a day?",
                "quotes": ["Nettle tea is drunk three times a day."],
                "drafted_by": "small",
            },
            {
                "question": "Who with gout must not drink nettle tea?",
                "quotes": ["It must not be drunk by people with gout."],
                "drafted_by": "small",
            },
        ]
        documents, _ = load_paths([str(folder)])
        passages = list(index.passages(documents[0].path))
        placed, faults = asked_of(documents, passages)
        assert faults == [] and len(placed) == 2
        # A second run has nothing to do.
        asked = len(server.asked)
        assert list(draft(folder, index, Writer(server.url, "small"), lambda *step: None)) == []
        assert len(server.asked) == asked


def test_a_run_that_was_stopped_goes_on(folder: Path, index: PassageIndex) -> None:
    with writing(drafts) as server:
        writer = Writer(server.url, "small")
        next(draft(folder, index, writer, lambda *step: None))
        tried = folder / TRIED
        # Cut off in the middle of a line, as a run that was killed leaves it.
        tried.write_text(tried.read_text(encoding="utf-8") + '{"done": "12', encoding="utf-8")
        assert len(list(draft(folder, index, writer, lambda *step: None))) == 1
        assert len(rows(folder / SIDECAR)) == 2


def test_a_sidecar_that_a_person_wrote_is_added_to_and_not_asked_twice(
    folder: Path, index: PassageIndex
) -> None:
    own = {
        "question": "how OFTEN is nettle tea drunk a day?",
        "quotes": ["Nettle tea is drunk three times a day."],
    }
    (folder / SIDECAR).write_text(json.dumps(own), encoding="utf-8")
    with writing(drafts) as server:
        list(draft(folder, index, Writer(server.url, "small"), lambda *step: None))
    assert [row["question"] for row in rows(folder / SIDECAR)] == [
        own["question"],
        "Who with gout must not drink nettle tea?",
    ]


def test_a_folder_that_is_not_indexed_is_named(tmp_path: Path, index: PassageIndex) -> None:
    with pytest.raises(DraftError, match="lightqa index"):
        list(draft(tmp_path / "other", index, Writer("http://127.0.0.1:1/v1", "small"), lambda *step: None))


def test_the_lines_that_ask_are_the_questions() -> None:
    written = (
        '1. "How long?"\n- How long does a session last?\nQ2: How long does a session last?\nSure!\nIs it?'
    )
    assert questions_of(written) == ["How long does a session last?"]


def test_the_command_says_what_came_of_it(folder: Path, index: PassageIndex, index_folder: Path) -> None:
    with writing(drafts) as server:
        options = ["--index", str(index_folder), "--writer", server.url, "--writer-model", "small"]
        ended = CliRunner().invoke(app, ["asked", "draft", str(folder), *options])
    assert ended.exit_code == 0, ended.output
    assert "2 sentences, 2 questions kept, 2 not" in ended.output
