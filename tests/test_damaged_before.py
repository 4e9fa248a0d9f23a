"""An index of which something large is damaged is refused by name, and is built again."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index import generation
from index.build import build
from index.checked_rows import CheckedRows, mapped_array, sums_of
from index.errors import IndexDamaged
from index.search import PassageIndex
from index.types import Document

FERRIES = Document("ferries.md", "Ferries", "\n\n".join(f"Ferry {n} sails at {n}." for n in range(3, 20)))


@pytest.fixture(scope="module")
def ferries(shipped_index: PassageIndex, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ferries") / "index"
    build([FERRIES], folder, like=shipped_index)
    return folder


@pytest.fixture
def large(ferries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index that is checked as one of many thousand sentences is: whatever it can put off, later."""
    monkeypatch.setattr(generation, "LARGE", 0)
    return shutil.copytree(ferries, tmp_path / "index")


def flip(folder: Path, name: str, at: int) -> None:
    [file] = folder.rglob(name)
    written = bytearray(file.read_bytes())
    written[at] ^= 255
    file.write_bytes(written)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("sentences.npy", -100),
        ("sentences-sums.npy", -3),
        ("catalog.sqlite", 5000),
        ("texts.npz", 300),
        ("word-vectors.bin", 40),
    ],
)
def test_an_index_that_is_damaged_where_it_was_not_looked_is_built_again(
    large: Path, name: str, at: int
) -> None:
    flip(large, name, at)
    PassageIndex.open(large)
    build([FERRIES], large)
    index = PassageIndex.open(large)
    assert index.search("When does ferry 7 sail?", 1)[0].passage.document == "ferries.md"
    assert len(index.document("ferries.md").text) == len(FERRIES.text)
    assert generation.verify_generation(large)


def test_only_what_is_damaged_is_embedded_again(large: Path) -> None:
    """17 sentences in one passage: the sentence's vector is lost with those that are read with it."""
    flip(large, "sentences.npy", -100)
    report = build([FERRIES], large)
    assert (report.reused, report.encoded) == (1, 17)


@pytest.mark.parametrize("name", ["sentences.npy", "rows.npy", "everywhere.npy"])
@pytest.mark.parametrize("at", [8, 30, 60])
def test_a_header_that_is_damaged_is_refused_by_name(large: Path, name: str, at: int) -> None:
    """Where it says how long it is, which numbers follow, and how many."""
    flip(large, name, at)
    with pytest.raises(IndexDamaged, match=rf"{name} is not what was written: its header differs"):
        PassageIndex.open(large)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(b"<f2", b">f2"), (b"<f2", b"<i2"), (b"(5, 8)", b"(4, 8)"), (b"(5, 8)", b"(9, 8)")],
)
def test_a_header_that_tells_other_numbers_is_refused(tmp_path: Path, was: bytes, becomes: bytes) -> None:
    file = tmp_path / "rows.npy"
    CheckedRows(np.ones((5, 8), np.float16)).save(file)
    file.write_bytes(file.read_bytes().replace(was, becomes))
    with pytest.raises(IndexDamaged, match=r"rows\.npy is not what was written"):
        CheckedRows.load(file, whole=False)


def test_a_file_without_a_row_is_whole(tmp_path: Path) -> None:
    CheckedRows(np.zeros((0, 8), np.float16)).save(tmp_path / "rows.npy")
    assert mapped_array(tmp_path / "rows.npy", np.float16).shape == (0, 8)
    assert mapped_array(sums_of(tmp_path / "rows.npy"), np.uint64).shape == (0,)
