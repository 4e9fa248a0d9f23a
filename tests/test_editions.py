"""Of a document and its later edition the newer leads, and the older stands below it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from qa.ask import Assistant
from qa.types import Answer

FILES = {
    "marsh rules 2019.txt": "Marsh rules\n\nA punt may carry five barrels of reed.\n",
    "marsh rules 2024.txt": "Marsh rules\n\nA punt may carry nine barrels of reed on weekdays.\n"
    "\nGeese are counted in autumn.\n",
    "undated.txt": "Hut book\n\nThe hut stove burns peat.\n",
}


@pytest.fixture(scope="module")
def assistant(shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("marsh")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    documents, errors = load_paths([str(folder)])
    assert not errors
    shutil.copytree(shipped_index_folder, folder / "index")
    build(documents, folder / "index")
    return Assistant(PassageIndex.open(folder / "index"))


def quoted(assistant: Assistant, question: str) -> list[str]:
    reply = assistant.ask(question)
    return [citation.quote for citation in reply.citations] if isinstance(reply, Answer) else []


def test_the_newer_edition_leads(assistant: Assistant) -> None:
    first, second = quoted(assistant, "How many barrels of reed may a punt carry?")[:2]
    assert "nine barrels" in first and "five barrels" in second


def test_who_asks_for_the_old_one_gets_it(assistant: Assistant) -> None:
    assert "five barrels" in quoted(assistant, "How many barrels of reed might a punt carry in 2019?")[0]


def test_what_has_no_edition_stays_first(assistant: Assistant) -> None:
    assert quoted(assistant, "What does the hut stove burn?")[0] == "The hut stove burns peat."
