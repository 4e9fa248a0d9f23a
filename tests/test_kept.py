"""A question that was kept with its answer leads to it at once, and is gone when it is taken back."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from index.build import build
from index.errors import AskedError
from index.search import PassageIndex
from index.sidecar import Quote
from index.types import Document
from ui.indexing import print_report

SHED = Document("shed.md", "The shed", "The key hangs behind the door. The kettle is red.")


@pytest.fixture
def index(index_folder: Path) -> PassageIndex:
    build([SHED], index_folder)
    return PassageIndex.open(index_folder)


def test_a_kept_question_is_found_by_its_like(index: PassageIndex, index_folder: Path) -> None:
    kept = index.keep("how do i get in", Quote("shed.md", "The key hangs behind the door."))
    (hit,) = index.asked_in_advance("how can I get inside?", 5)
    assert (hit.asked.question, hit.asked.answered) == ("how do i get in", True)
    assert hit.asked.places == (((0, 0),),)
    # Another process sees it without embedding it, and it outlives the generation.
    build([SHED, Document("b.md", "B", "Owls hunt.")], index_folder)
    assert [each.question for each in PassageIndex.open(index_folder).kept.all()] == ["how do i get in"]
    index.kept.remove(kept.id)
    assert index.asked_in_advance("how can I get inside?", 5) == []
    assert b"get in" not in index.kept.file.read_bytes()


def test_a_quote_with_a_line_end_of_unicode_is_kept_whole(index_folder: Path) -> None:
    words = "The key hangs\u2028behind the door."
    build([Document("shed.md", "The shed", words)], index_folder)
    index = PassageIndex.open(index_folder)
    index.keep("how do i get in", Quote("shed.md", words))
    (hit,) = index.asked_in_advance("how can I get inside?", 5)
    assert hit.asked.places == (((0, 0),),)


def test_a_question_is_kept_once_with_its_latest_quote(index: PassageIndex) -> None:
    index.keep("What colour?", Quote("shed.md", "The key hangs behind the door."))
    index.keep("what  colour?", Quote("shed.md", "The kettle is red."))
    assert [each.quote.words for each in index.kept.all()] == ["The kettle is red."]


def test_a_quote_that_stands_nowhere_is_not_kept(index: PassageIndex) -> None:
    with pytest.raises(AskedError, match="does not stand in what can be quoted"):
        index.keep("how do i get in", Quote("shed.md", "The key is under the mat."))
    with pytest.raises(AskedError, match="is not among the indexed documents"):
        index.keep("how do i get in", Quote("attic.md", "The key hangs behind the door."))
    assert index.kept.all() == []


def test_a_quote_that_stands_no_more_leads_nowhere(index: PassageIndex, index_folder: Path) -> None:
    index.keep("how do i get in", Quote("shed.md", "The key hangs behind the door."))
    build([Document("shed.md", "The shed", "The key was lost. The kettle is red.")], index_folder)
    assert PassageIndex.open(index_folder).asked_in_advance("how do i get in", 5) == []


def test_what_is_not_kept_cannot_be_taken_back(index: PassageIndex) -> None:
    with pytest.raises(AskedError, match="holds no such question"):
        index.kept.remove("7")


def test_a_row_that_cannot_be_used_is_named_and_the_others_answer(index: PassageIndex) -> None:
    kept = index.keep("how do i get in", Quote("shed.md", "The key hangs behind the door."))
    good = index.kept.file.read_bytes()
    for row, fault in (
        (b'{"id": "1"}', "lacks 'document'"),
        (json.dumps(json.loads(good) | {"question": 7}).encode(), "lacks 'question'"),
        (b"what", "is no row of JSON"),
        (b'["a list"]', "is no row of JSON"),
        (b'{"id": "\xff"}', "is no row of JSON"),
    ):
        written = row + b"\n" + good
        index.kept.file.write_bytes(written)
        found = index.asked_in_advance("how can I get in?", 5)
        assert [hit.asked.question for hit in found] == [kept.question]
        assert [str(error) for error in index.kept.errors()] == [
            f"{index.kept.file}:1: {fault}; remove the line."
        ]
        # To write the file anew would lose the row.
        with pytest.raises(AskedError, match=rf"kept\.jsonl:1: {fault}; remove the line"):
            index.kept.remove(kept.id)
        assert index.kept.file.read_bytes() == written


@pytest.mark.parametrize("vector", ["AAA", "AAAA", "?", base64.b64encode(b"\x00\x7e" * 384).decode()])
def test_a_vector_that_is_damaged_is_made_anew(index: PassageIndex, vector: str) -> None:
    """Too short for base64, for the numbers of a vector, no base64, and not a number each."""
    index.keep("how do i get in", Quote("shed.md", "The key hangs behind the door."))
    row = json.loads(index.kept.file.read_text(encoding="utf-8")) | {"vector": vector}
    index.kept.file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (hit,) = index.asked_in_advance("how do i get in", 1)
    assert hit.similarity == pytest.approx(1, abs=1e-3)
    assert index.kept.errors() == []


def test_vectors_of_another_encoder_are_made_anew(index: PassageIndex) -> None:
    index.keep("how do i get in", Quote("shed.md", "The key hangs behind the door."))
    row = json.loads(index.kept.file.read_text(encoding="utf-8"))
    row |= {"encoder": "another", "vector": "AAAA"}
    index.kept.file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (hit,) = index.asked_in_advance("how do i get in", 1)
    assert hit.similarity == pytest.approx(1, abs=1e-3)


def test_a_row_that_cannot_be_used_is_told_by_the_report(
    index: PassageIndex, index_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index.kept.file.write_text("{\n", encoding="utf-8")
    print_report(index_folder)
    assert f"lightqa: skipped {index.kept.file}:1: " in capsys.readouterr().err
