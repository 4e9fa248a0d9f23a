"""What must hold at any size: a killed change, a flipped byte, and a document that was taken out."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from killing import killed

from index.embedded import EmbeddedIndex
from index.errors import IndexDamaged
from index.generation import LOCK, verify_generation
from index.search import PassageIndex
from index.segment import SEGMENTS, Segment
from index.update import update

MOMENTS = 6

CHANGE = """
from index.update import update
from index.types import Document

def change(folder):
    update(folder, add=[Document("new.md", "New", "Newts are new. " * 30)], remove=["articles/1-15.md"])
"""


def spoil(folder: Path) -> dict[str, Any]:
    """Kill, flip and take out; what does not hold raises.

    Args:
        folder: An index of made-up articles; it stays whole, but for one of them.
    """
    return {
        "kills": _kill(folder),
        "flips_refused": _flip(folder),
        "files_without_removed": _remove(folder),
    }


def _kill(folder: Path) -> int:
    before = PassageIndex.open(folder).paths()
    after = [path for path in before if path != "articles/1-15.md"] + ["new.md"]
    with (
        tempfile.TemporaryDirectory(dir=folder.parent) as scratch,
        killed(CHANGE, folder, Path(scratch), MOMENTS) as copies,
    ):
        found = [_paths(copy) for copy in copies]
    assert found[0] == after, "the change itself went wrong"
    assert [paths for paths in found if paths not in (before, after)] == []
    return len(found) - 1


def _paths(folder: Path) -> list[str]:
    verify_generation(folder)
    return PassageIndex.open(folder).paths()


def _flip(folder: Path) -> int:
    """Flip one byte in the middle of every file of the second segment, and of those beside the segments."""
    index = PassageIndex.open(folder)
    assert isinstance(index, EmbeddedIndex)
    segment = index.folder / SEGMENTS / index.segments[1].name
    flipped = 0
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name == LOCK or (SEGMENTS in path.parts and segment not in path.parents):
            continue
        with _flipped(path):
            for reading in (verify_generation, _read_all):
                try:
                    reading(folder)
                except IndexDamaged as error:
                    # Of postings the folder is named: what was read lies in several files.
                    assert path.name in str(error) or path.parent.name in str(error), (path, error)
                else:
                    raise AssertionError(f"{reading.__name__} let {path} through")
        flipped += 1
    _read_all(folder)
    return flipped


@contextlib.contextmanager
def _flipped(path: Path) -> Iterator[None]:
    def flip() -> None:
        with path.open("r+b") as file:
            file.seek(path.stat().st_size // 2)
            byte = file.read(1)[0]
            file.seek(-1, 1)
            file.write(bytes([byte ^ 1]))

    flip()
    try:
        yield
    finally:
        flip()


def _read_all(folder: Path) -> None:
    """What questions and builds could ever read of the second segment."""
    index = PassageIndex.open(folder)
    assert isinstance(index, EmbeddedIndex)
    segment: Segment = index.segments[1]
    segment.vectors.rows(np.arange(segment.passages))
    segment.of_sentences.at(np.arange(segment.sentences))
    segment.words.verify()
    segment.catalog.paths()
    segment.known()
    index.close()


def _remove(folder: Path) -> int:
    path = "articles/1-1234.md"
    passages = PassageIndex.open(folder).passages(path)
    sentences = [passage.sentences[1].text.encode() for passage in passages]
    assert _holding(folder, sentences)
    update(folder, remove=[path])
    assert _holding(folder, sentences) == []
    verify_generation(folder)
    return len([file for file in folder.rglob("*") if file.is_file()])


def _holding(folder: Path, sentences: list[bytes]) -> list[Path]:
    """The files that hold one of these sentences."""
    found = []
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            if any(sentence in data for sentence in sentences):
                found.append(file)
    return found
