"""The edition in force, and the questions that a page starts with."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build
from index.errors import IndexDamaged, IndexMissing
from index.types import Document
from qa.health.pack import EXAMPLES
from qa.types import Answer
from ui.library import Library


def test_the_examples_over_the_shipped_documents_are_all_answered(shipped_index_folder: Path) -> None:
    library = Library(str(shipped_index_folder))
    assert library.examples() == list(EXAMPLES)
    assert library.examples() is library.examples()


def test_other_documents_offer_questions_of_their_own_and_a_new_edition_new_ones(index_folder: Path) -> None:
    library = Library(str(index_folder))
    before = library.edition
    text = (
        "# Zinc\n\n## Zinc lozenges and colds\n\nZinc lozenges shortened colds by a day in a small trial.\n\n"
        "## Side effects of zinc\n\nThe side effects of zinc are nausea and a bad taste.\n"
    )
    assert library.edition is before
    build([Document("zinc.md", "Zinc", text)], index_folder)
    assert (library.edition.documents, library.edition.passages) == (1, 2)
    examples = library.examples()
    assert examples and not set(examples) & set(EXAMPLES)
    assert all(isinstance(library.ask(question), Answer) for question in examples)
    assert all("zinc" in question.lower() for question in examples)


def test_a_folder_without_an_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        Library(str(tmp_path))


def test_an_index_that_is_gone_or_damaged_is_refused_and_one_that_is_back_is_asked(
    index_folder: Path,
) -> None:
    library = Library(str(index_folder))
    current = index_folder / "CURRENT"
    named = current.read_bytes()
    current.unlink()
    with pytest.raises(IndexMissing):
        library.ask(EXAMPLES[0])
    current.write_bytes(b"000001 damaged\n")
    with pytest.raises(IndexDamaged):
        library.ask(EXAMPLES[0])
    current.write_bytes(named)
    assert isinstance(library.ask(EXAMPLES[0]), Answer)
