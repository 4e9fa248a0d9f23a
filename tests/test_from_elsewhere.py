"""An index is changed from another folder than it was built in: nothing is lost, and nothing added twice."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from index.types import Asked
from index.update import update

ROWS = [
    {"question": "when can I borrow a boat", "quotes": ["Boats are lent from May to October."]},
    {"question": "who repairs the oars", "quotes": [], "nearest": "The boathouse is locked at dusk."},
    {"question": "is there a sauna", "quotes": []},
]


@pytest.fixture
def built(shipped_index: PassageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of "club/…", named from the folder that it lies in; now we are in another."""
    club, elsewhere = tmp_path / "harbour" / "club", tmp_path / "elsewhere"
    club.mkdir(parents=True)
    elsewhere.mkdir()
    text = "# Boats\n\nBoats are lent from May to October. The boathouse is locked at dusk.\n"
    (club / "boats.md").write_text(f"{text}\n## What does it cost?\n\nA boat is four euros.\n")
    (club / "boats.asked.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in ROWS))
    (club / "rules.md").write_text("# Rules\n\nDogs stay on the lead.\n")
    (elsewhere / "train.md").write_text("# Trains\n\nThe train leaves at noon.\n")
    monkeypatch.chdir(tmp_path / "harbour")
    report = build(load_paths(["club"])[0], tmp_path / "index", like=shipped_index)
    assert (report.asked, report.asked_errors) == (4, ())
    monkeypatch.chdir(elsewhere)
    return tmp_path / "index"


def asked(index: PassageIndex) -> dict[str, tuple[list[list[str]], bool]]:
    """Each question with the sentences that it leads to, and whether they answer it."""
    questions = [index.asked.nearest(vector, 1)[0].asked for vector in index.asked.embedded().values()]

    def said(each: Asked) -> list[list[str]]:
        places = each.places
        return [[index.passages_by_id([id])[0].sentences[at].text for id, at in place] for place in places]

    return {each.question: (said(each), each.answered) for each in questions}


EXPECTED = {
    "when can I borrow a boat": ([["Boats are lent from May to October."]], True),
    "who repairs the oars": ([["The boathouse is locked at dusk."]], False),
    "is there a sauna": ([], False),
    "What does it cost?": ([["A boat is four euros."]], True),
}


def test_sidecars_are_read_from_where_the_index_was_built(built: Path, tmp_path: Path) -> None:
    sidecar = tmp_path / "harbour" / "club" / "boats.asked.jsonl"
    sidecar.write_text(sidecar.read_text() + '{"question": "how late is it open", "quotes": []}\n')
    report = update(built, add=load_paths(["train.md"])[0])
    assert (report.added, report.asked_errors) == ((str(tmp_path / "elsewhere" / "train.md"),), ())
    assert asked(PassageIndex.open(built)) == EXPECTED | {"how late is it open": ([], False)}


def test_questions_of_a_folder_that_is_gone_stay(built: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "harbour")
    for _ in range(2):
        report = update(built, add=load_paths(["train.md"])[0])
        index = PassageIndex.open(built)
        assert (report.asked, report.asked_errors, asked(index)) == (4, (), EXPECTED)
        assert index.manifest["counts"]["collected"] == 3
    update(built, remove=["club/boats.md"])
    assert asked(PassageIndex.open(built)).keys() == {"is there a sauna"}


def test_a_document_that_is_there_and_lost_its_sidecar_is_asked_no_more(built: Path, tmp_path: Path) -> None:
    (tmp_path / "harbour" / "club" / "boats.asked.jsonl").unlink()
    update(built, add=load_paths(["train.md"])[0])
    assert asked(PassageIndex.open(built)).keys() == {"What does it cost?"}


@pytest.mark.parametrize("named", ["{}/harbour/club/rules.md", "../harbour/club/rules.md"])
def test_a_document_that_is_renewed_from_elsewhere_keeps_its_place(
    built: Path, tmp_path: Path, named: str
) -> None:
    (tmp_path / "harbour" / "club" / "rules.md").write_text("# Rules\n\nDogs stay at home.\n")
    report = update(built, add=load_paths([named.format(tmp_path)])[0])
    assert (report.added, report.changed) == ((), ("club/rules.md",))
    index = PassageIndex.open(built)
    assert sorted(index.paths()) == ["club/boats.md", "club/rules.md"]
    assert index.document("club/rules.md").text.endswith("Dogs stay at home.\n")
    assert asked(index) == EXPECTED


def test_what_was_added_from_elsewhere_is_known_at_home(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(built, add=load_paths(["train.md"])[0])
    monkeypatch.chdir(tmp_path / "harbour")
    report = update(built, add=load_paths(["../elsewhere/train.md", "club/rules.md"])[0])
    assert report.added == ()
    assert len(PassageIndex.open(built).paths()) == 3
    assert asked(PassageIndex.open(built)) == EXPECTED


def test_documents_that_were_moved_are_known_where_we_are(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "harbour").rename(tmp_path / "moved")
    monkeypatch.chdir(tmp_path / "moved")
    report = update(built, add=load_paths([str(tmp_path / "moved" / "club" / "rules.md")])[0])
    assert (report.added, report.changed) == ((), ("club/rules.md",))
    assert asked(PassageIndex.open(built)) == EXPECTED


def test_the_file_where_we_are_is_removed_and_not_its_like_at_home(built: Path, tmp_path: Path) -> None:
    here = tmp_path / "here" / "club"
    here.mkdir(parents=True)
    (here / "rules.md").write_text("# Rules here\n\nCats sleep in the hall.\n")
    with contextlib.chdir(here.parent):
        update(built, add=load_paths(["club/rules.md"])[0])
        update(built, remove=["club/rules.md"])
    assert "club/rules.md" in PassageIndex.open(built).paths()
    assert str(here / "rules.md") not in PassageIndex.open(built).paths()
