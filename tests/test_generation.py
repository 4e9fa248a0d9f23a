"""An index survives a kill at any moment, refuses damage by name, and forgets what was removed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from killing import killed

from index.build import build
from index.change_over import new_generation
from index.errors import IndexBusy, IndexDamaged, IndexFolderError, IndexMissing
from index.generation import (
    CURRENT,
    GENERATIONS,
    LOCK,
    open_generation,
    verify_generation,
)
from index.load import load_paths
from index.search import PassageIndex
from index.types import Document
from index.update import update

ROOT = Path(__file__).parent.parent
QUESTION = "How long does a session of cold laser therapy last?"


def document(name: str, text: str) -> Document:
    return Document(name, name.removesuffix(".txt").capitalize(), text)


def first_hit(folder: Path) -> tuple[str, float]:
    hit = PassageIndex.open(folder).search(QUESTION, 1)[0]
    return hit.passage.text, hit.score


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != LOCK)


def used(folder: Path) -> PassageIndex:
    """An index of which every file was read: a search, every document, every word."""
    index = PassageIndex.open(folder)
    index.search(QUESTION, 1)
    for path in index.paths():
        index.document(path)
        for passage in index.passages(path):
            index.sentence_tokens([(passage, sentence) for sentence in passage.sentences])
    return index


def test_a_flipped_bit_in_any_file_is_refused_by_name_before_it_is_used(index_folder: Path) -> None:
    """Of one document, whose index has every file that the whole one has and is read in a moment."""
    every = {path.name for path in files_of(index_folder)}
    documents, _ = load_paths([str(ROOT / "seeds" / "evidence" / "plain-words.md")])
    build(documents, index_folder)
    assert {path.name for path in files_of(index_folder)} == every
    for path in files_of(index_folder):
        whole = path.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            with pytest.raises(IndexDamaged, match=path.name):
                used(index_folder)
            with pytest.raises(IndexDamaged, match=path.name):
                verify_generation(index_folder)
        path.write_bytes(whole)
    assert used(index_folder)
    assert verify_generation(index_folder) == len(files_of(index_folder)) - 1, "all but CURRENT"


def test_a_file_that_was_cut_short_is_refused_at_opening(index_folder: Path) -> None:
    words = next(index_folder.rglob("word-vectors.bin"))
    with words.open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(IndexDamaged, match=r"word-vectors\.bin has 1000 bytes instead of \d+"):
        open_generation(index_folder)


def test_a_missing_and_an_added_file_are_refused_by_name(index_folder: Path) -> None:
    catalog = next(index_folder.rglob("catalog.sqlite"))
    stranger = catalog.with_name("stranger.bin")
    stranger.touch()
    with pytest.raises(IndexDamaged, match=r"stranger\.bin does not belong"):
        PassageIndex.open(index_folder)
    stranger.unlink()
    catalog.unlink()
    with pytest.raises(IndexDamaged, match=r"catalog\.sqlite is missing"):
        PassageIndex.open(index_folder)


def test_where_there_is_no_index_the_message_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="Type: lightqa index"):
        PassageIndex.open(tmp_path / "nowhere")


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"sun")
    with pytest.raises(IndexFolderError, match="holds other files"):
        build([document("a.txt", "Light is light.")], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_two_builds_at_once_do_not_meet(index_folder: Path) -> None:
    with new_generation(index_folder), pytest.raises(IndexBusy, match="Wait until it has ended"):
        build([document("a.txt", "Light is light.")], index_folder)


def test_a_failed_build_leaves_the_index_as_it_was(index_folder: Path) -> None:
    before = first_hit(index_folder)
    with pytest.raises(IndexFolderError, match="nothing to index"):
        build([document("a.txt", "https://spam.example")], index_folder)
    assert first_hit(index_folder) == before
    assert len(list((index_folder / GENERATIONS).iterdir())) == 1


def test_what_fails_once_the_new_index_is_in_force_leaves_it_there(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [old] = (index_folder / GENERATIONS).iterdir()
    remove = shutil.rmtree

    def held(path: Path, ignore_errors: bool = False) -> None:
        if path == old:
            raise PermissionError(f"{path} is held by another program")
        remove(path, ignore_errors)

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", held)
        with pytest.raises(PermissionError, match="held by another program"):
            build([document("owls.txt", "Owls hunt at night.")], index_folder)
    assert PassageIndex.open(index_folder).paths() == ["owls.txt"]


def test_no_generation_goes_where_it_cannot_be_told_which_is_in_force(index_folder: Path) -> None:
    [whole] = (index_folder / GENERATIONS).iterdir()
    (index_folder / CURRENT).write_text("torn")
    with pytest.raises(IndexDamaged):
        update(index_folder, add=[document("owls.txt", "Owls hunt at night.")])
    assert list((index_folder / GENERATIONS).iterdir()) == [whole]
    build([document("owls.txt", "Owls hunt at night.")], index_folder)
    assert PassageIndex.open(index_folder).paths() == ["owls.txt"]
    assert not whole.exists()


def test_an_index_whose_generations_are_gone_is_built_again_under_a_new_name(index_folder: Path) -> None:
    [old] = (index_folder / GENERATIONS).iterdir()
    shutil.rmtree(index_folder / GENERATIONS)
    build([document("owls.txt", "Owls hunt at night.")], index_folder)
    assert PassageIndex.open(index_folder).paths() == ["owls.txt"]
    assert [each.name for each in (index_folder / GENERATIONS).iterdir()] == [f"{int(old.name) + 1:06d}"]


def test_a_removed_document_is_gone_and_unchanged_texts_are_not_embedded_again(index_folder: Path) -> None:
    kept = document("kept.txt", "Zebras graze at dawn. They rest at noon.")
    secret = document("secret.txt", "The password of the clinic is wisteria.")
    build([kept, secret], index_folder)
    report = build([kept, document("new.txt", "Owls hunt at night.")], index_folder)
    # kept.txt is one passage and two sentences, all known; new.txt is one text, passage and sentence alike.
    assert (report.added, report.removed, report.changed) == (("new.txt",), ("secret.txt",), ())
    assert (report.reused, report.encoded) == (3, 2)
    assert PassageIndex.open(index_folder).paths() == ["kept.txt", "new.txt"]
    assert not any(b"wisteria" in path.read_bytes() for path in files_of(index_folder))


def test_vectors_taken_over_are_those_that_embedding_again_would_give(index_folder: Path) -> None:
    documents = [
        document("a.txt", "Zebras graze at dawn. They rest at noon."),
        document("b.txt", "Owls hunt."),
    ]
    build(documents, index_folder)
    fresh = PassageIndex.open(index_folder).search("When do owls hunt?", 5)
    build(documents[::-1], index_folder)
    again = PassageIndex.open(index_folder).search("When do owls hunt?", 5)
    assert [hit.passage.text for hit in again] == [hit.passage.text for hit in fresh]
    assert [hit.score for hit in again] == pytest.approx([hit.score for hit in fresh], abs=1e-3)


REBUILD = """
from index.build import build
from index.types import Document
from index.update import update

def change(folder):
    build([Document(f"{n}.txt", f"Note {n}", f"Note {n} is about light. " * 40) for n in range(12)], folder)
"""


def test_killed_at_any_moment_the_index_answers_as_before(index_folder: Path, tmp_path: Path) -> None:
    """Eight rebuilds are killed at moments spread over all that a whole one does to files.

    One that had made its rename already answers as the new index; nothing in between is ever seen.
    """
    before = first_hit(index_folder)
    with killed(REBUILD, index_folder, tmp_path, moments=8) as copies:
        after = first_hit(next(copies))
        assert after != before
        found = []
        for number, folder in enumerate(copies):
            found.append(first_hit(folder))
            # What the killed build left behind is cleared away by the next one.
            if number % 4 == 3:
                build([document("a.txt", "Light is light.")], folder)
                assert sorted(path.name for path in folder.iterdir()) == sorted([CURRENT, GENERATIONS, LOCK])
                assert len(list((folder / GENERATIONS).iterdir())) == 1
    assert len(found) == 8 and before in found and after in found
    assert found == sorted(found, key=[before, after].index), "a later moment answers as before again"
    assert verify_generation(index_folder), "a file that was linked into a copy was written to"
