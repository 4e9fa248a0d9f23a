"""An index of many segments answers as one of a single segment, and changes without being written anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from killing import killed

from index import generation, opened, segment_writer
from index import update as updating
from index.build import build
from index.embedded import EmbeddedIndex
from index.errors import IndexDamaged, IndexMissing, LightqaError
from index.generation import LOCK, verify_generation
from index.said import say
from index.search import PassageIndex, Ranking
from index.segment import SEGMENTS
from index.types import Document
from index.update import update

QUESTIONS = ("When do zebras graze?", "owls at night", "How long does a bath of salt take?", "note 7")
RANKINGS: tuple[Ranking, ...] = ("hybrid", "bm25", "dense", "rrf")


def documents() -> list[Document]:
    animals = ("Zebras graze", "Owls hunt", "Bats sleep", "Foxes dig", "Herons wade", "Moles tunnel")
    times = ("at dawn", "at night", "in winter", "before the rain")
    found = []
    for number, animal in enumerate(animals):
        text = f"# {animal}\n\n" + "\n\n".join(
            f"## Note {at}\n\n{animal} {when}. A bath of salt takes {number + at + 5} minutes."
            for at, when in enumerate(times)
        )
        found.append(Document(f"{number}.md", animal, text))
    asks = "# Salt\n\n## Who may take a bath?\n\nEverybody may. Children need help.\n"
    return [*found, Document("salt.md", "Salt", asks)]


def small_segments(monkeypatch: pytest.MonkeyPatch, most: int = 5, small: int = 0) -> None:
    monkeypatch.setattr(segment_writer, "MOST_PASSAGES", most)
    monkeypatch.setattr(updating, "SMALL", small)


def ranked(folder: Path) -> list[list[tuple[str, float]]]:
    """What each question finds under each ranking: the words, and the score."""
    index = PassageIndex.open(folder)
    return [
        [
            (hit.passage.text, pytest.approx(hit.score, abs=2e-3))
            for hit in index.search(question, 9, ranking=way)
        ]
        for question in QUESTIONS
        for way in RANKINGS
    ]


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def segments(folder: Path) -> dict[str, int]:
    """Name and inode of the catalogue of each segment."""
    return {path.parent.name: path.stat().st_ino for path in folder.rglob("catalog.sqlite")}


def encoder_files(folder: Path) -> set[int]:
    """Inodes of what the encoder is made of."""
    return {path.stat().st_ino for path in folder.glob("generations/*/encoder/*")}


def test_many_segments_answer_as_one(index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(documents(), index_folder)
    one, whole = PassageIndex.open(index_folder), ranked(index_folder)
    assert len(one.segments) == 1
    small_segments(monkeypatch)
    report = build(iter(documents()), index_folder)
    many = PassageIndex.open(index_folder)
    assert len(many.segments) == 4 and report.encoded == 0
    assert ranked(index_folder) == whole
    assert many.paths() == one.paths()
    assert dict(many.vocabulary) == dict(one.vocabulary)
    assert [many.passages(path) for path in many.paths()] == [one.passages(path) for path in one.paths()]
    everything = [passage for path in one.paths() for passage in one.passages(path)]
    assert many.passages_by_id([9, 2, 24]) == [everything[9], everything[2], everything[24]]
    assert many.asked_in_advance("who may bathe?", 1) == one.asked_in_advance("who may bathe?", 1)
    assert (many.titles(), many.kinds()) == (one.titles(), one.kinds())


def test_what_is_added_leaves_the_other_segments_alone(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(documents(), index_folder)
    whole = ranked(index_folder)
    small_segments(monkeypatch)
    build(documents()[:-1], index_folder)
    before, encoder = segments(index_folder), encoder_files(index_folder)
    report = update(index_folder, add=documents()[-1:])
    after = segments(index_folder)
    assert encoder and encoder_files(index_folder) == encoder
    assert (report.added, report.documents) == (("salt.md",), 7)
    assert before.items() <= after.items() and len(after) == len(before) + 1
    assert ranked(index_folder) == whole
    assert verify_generation(index_folder)


def test_a_small_last_segment_takes_what_is_added(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_segments(monkeypatch, most=1000, small=100)
    build(documents()[:3], index_folder)
    for document in documents()[3:]:
        update(index_folder, add=[document])
    assert len(segments(index_folder)) == 1
    found = ranked(index_folder)
    build(documents(), index_folder)
    assert ranked(index_folder) == found


def test_what_is_removed_is_in_no_file_any_more(index_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_segments(monkeypatch)
    build(documents(), index_folder)
    before = segments(index_folder)
    assert b"Bats sleep" in contents(index_folder)
    report = update(index_folder, remove=["2.md"])
    assert report.removed == ("2.md",) and report.encoded == 0
    assert b"Bats sleep" not in contents(index_folder)
    assert len(before.items() & segments(index_folder).items()) == len(before) - 1
    found = ranked(index_folder)
    build([document for document in documents() if document.path != "2.md"], index_folder)
    assert ranked(index_folder) == found


def test_a_changed_document_takes_the_place_of_the_old(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_segments(monkeypatch)
    build(documents(), index_folder)
    report = update(index_folder, add=[Document("0.md", "Zebras", "Zebras swim on Tuesdays.")])
    assert (report.changed, report.added, report.documents) == (("0.md",), (), 7)
    assert b"Zebras graze" not in contents(index_folder)
    index = PassageIndex.open(index_folder)
    assert index.paths()[-1] == "0.md" and index.document("0.md").text == "Zebras swim on Tuesdays."


def test_a_file_is_one_however_its_path_is_written(index_folder: Path) -> None:
    build(documents(), index_folder)
    for path in ("./0.md", str(Path("0.md").absolute())):
        report = update(index_folder, add=[Document(path, "Zebras", f"Zebras swim. {path}.")])
        assert (report.changed, report.added, report.documents) == (("0.md",), (), 7)
    assert PassageIndex.open(index_folder).document("0.md").text == f"Zebras swim. {path}."
    assert update(index_folder, remove=["more/../0.md"]).removed == ("0.md",)


def test_what_could_not_be_read_is_told_once_until_it_is_read_or_removed(index_folder: Path) -> None:
    empty, large = say("is empty"), say("is a folder, not a file")
    build(documents(), index_folder, not_read=[("bad.pdf", empty), ("worse.pdf", empty)])
    update(index_folder, add=documents()[:1], not_read=[("./bad.pdf", large)])
    assert PassageIndex.open(index_folder).not_read == [("worse.pdf", empty), ("./bad.pdf", large)]
    report = update(index_folder, remove=["./worse.pdf"])
    assert (report.removed, report.documents) == (("worse.pdf",), 7)
    update(index_folder, add=[Document("bad.pdf", "Newts", "Newts are new.")])
    assert PassageIndex.open(index_folder).not_read == []


def test_what_cannot_be_changed_is_named_and_nothing_changes(index_folder: Path, tmp_path: Path) -> None:
    before = contents(index_folder)
    with pytest.raises(LightqaError, match=r"gone\.md is not in the index"):
        update(index_folder, remove=["gone.md"])
    with pytest.raises(IndexMissing):
        update(tmp_path / "nowhere", add=documents())
    assert not (tmp_path / "nowhere").exists()
    everything = PassageIndex.open(index_folder).paths()
    with pytest.raises(LightqaError, match="nothing to index"):
        update(index_folder, remove=everything)
    assert contents(index_folder) == before


def test_a_damaged_segment_that_is_linked_stays_refused(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word vectors are not read when an index is opened, so a change does not see that they are damaged."""
    small_segments(monkeypatch)
    build(documents(), index_folder)
    words = min(index_folder.rglob("word-vectors.bin"))
    damaged = bytearray(words.read_bytes())
    damaged[100] ^= 1
    words.write_bytes(damaged)
    update(index_folder, add=[Document("new.md", "New", "Newts are new.")])
    with pytest.raises(IndexDamaged, match=r"word-vectors\.bin"):
        verify_generation(index_folder)


CHANGE = """
from index.update import update
from index.types import Document

def change(folder):
    update(folder, add=[Document("new.md", "New", "Newts are new. " * 30)], remove=["1.md"])
"""


def test_killed_while_it_changes_an_index_answers_as_before_or_after(
    index_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_segments(monkeypatch)
    build(documents(), index_folder)
    before = PassageIndex.open(index_folder).paths()
    after = [path for path in before if path != "1.md"] + ["new.md"]
    with killed(CHANGE, index_folder, tmp_path, moments=8) as copies:
        found = [PassageIndex.open(folder).paths() for folder in copies]
        last = tmp_path / "killed"
        update(last, add=[Document("last.md", "Last", "Larks are last.")])
        assert verify_generation(last)
    assert found[0] == after
    assert before in found[1:] and after in found[1:] and len(found) == 9
    assert [paths for paths in found if paths not in (before, after)] == []
    left = {path.relative_to(last).parts[0] for path in last.rglob("*")}
    assert left == {"CURRENT", "generations", LOCK}
    assert len(list((last / "generations").iterdir())) == 1
    assert (next((last / "generations").iterdir()) / SEGMENTS).is_dir()
    assert PassageIndex.open(index_folder).paths() == before and verify_generation(index_folder)


def test_what_is_large_is_checked_when_it_is_read(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_segments(monkeypatch)
    build(documents(), index_folder)
    whole = ranked(index_folder)
    monkeypatch.setattr(generation, "LARGE", 0)
    assert ranked(index_folder) == whole
    [second] = [path for path in index_folder.rglob("*-000002") if path.is_dir()]
    for name in (
        "catalog.sqlite",
        "texts.npz",
        "sentences.npy",
        "words/counts.npy",
        "words/everywhere.npy",
    ):
        written = (second / name).read_bytes()
        (second / name).write_bytes(written[:-1] + bytes([written[-1] ^ 1]))
        index = PassageIndex.open(index_folder)
        with pytest.raises(IndexDamaged, match=name.split("/")[0]):
            read_all(index)
        (second / name).write_bytes(written)
    read_all(PassageIndex.open(index_folder))


def test_an_open_index_answers_when_its_generation_is_gone(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generation, "LARGE", 0)
    build(documents(), index_folder)
    index = PassageIndex.open(index_folder)
    build(documents()[:1], index_folder)
    assert not index.folder.exists()
    assert len(index.paths()) == 7 and index.search(QUESTIONS[0], 1)[0].passage.text.startswith("Zebras")


def read_all(index: PassageIndex) -> None:
    assert isinstance(index, EmbeddedIndex)
    for segment in index.segments:
        segment.vectors.vectors()
        segment.of_sentences.at(np.arange(segment.sentences))
        segment.words.verify()
        segment.catalog.paths()
        segment.known()


def test_a_build_that_ends_while_an_index_is_opened_gives_the_new_one(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_generation = opened.open_generation
    changes = iter([documents()[:1]])

    def changed_meanwhile(folder: Path) -> generation.Generation:
        found = open_generation(folder)
        for some in changes:
            build(some, folder)
        return found

    monkeypatch.setattr(opened, "open_generation", changed_meanwhile)
    assert PassageIndex.open(index_folder).paths() == ["0.md"]
