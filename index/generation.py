"""Generations of an index on disk: written once, checked before use, put in force by one atomic rename.

    FOLDER/
        CURRENT                 which generation, the SHA-256 of its manifest, the SHA-256 of these two
        lightqa.lock            held while a build runs
        generations/000007/     never changed once CURRENT names it
            manifest.json       format, encoder, counts, segments, …, size and SHA-256 of every other file
            encoder/  asked.sqlite  asked.faiss
            segments/…/         some of the documents, whole; never changed either
                catalog.sqlite  passages.faiss  sentences.npy  word-vectors.bin  words/

What changes some documents writes their segments anew and links the files of the others into the new
generation, so that they are neither copied nor read. The old generation goes whole, and with it the last
name of everything that was removed.

A kill at any moment leaves CURRENT naming a whole generation; what a killed build left behind is
cleared away by the next one.
"""

from __future__ import annotations

import functools
import hashlib
import json
import mmap
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.checksums import file_sha256, files_sha256
from index.errors import IndexDamaged, IndexMissing, damaged

FORMAT = 9
"""Version of everything that is written to disk; another version is refused."""

LARGE = 3_000_000
"""Bytes up to which a file of a segment is checked when an index is opened. A larger one is checked when it
is first read, or what is read of it is: a million passages have 6 GB of them."""

CURRENT, GENERATIONS, LOCK, MANIFEST = "CURRENT", "generations", "lightqa.lock", "manifest.json"

_OTHER = "is not what was written: its checksum differs"

_CURRENT_LINE = re.compile(r"((\d{6,}) ([0-9a-f]{64})) ([0-9a-f]{64})\n")


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation whose manifest is the one that was written, and that has every file in its size.

    A file's bytes are checked by `file` before they are read: the whole of a large index at every start
    would cost more than most answers.

    Attributes:
        folder: Where its files lie.
        manifest: Contents of manifest.json.
        fingerprint: SHA-256 of the manifest, and so of everything in the generation.
    """

    folder: Path
    manifest: dict[str, Any]
    fingerprint: str

    def file(self, name: str) -> Path:
        """Where a file lies, once its bytes were found to be those that were written.

        Raises:
            IndexDamaged: They differ.
        """
        path = self.folder / name
        if file_sha256(path) != self.manifest["files"][name]["sha256"]:
            raise damaged(path, _OTHER)
        return path

    def is_checked(self, name: str) -> bool:
        """Check a file as `file` does, but for one too large to be checked whenever an index is opened."""
        if int(self.manifest["files"][name]["bytes"]) > LARGE:
            return False
        self.file(name)
        return True

    def later(self, name: str) -> Callable[[], Path]:
        """As `file`, for one that may not be needed: a large one is checked when it is first asked for."""
        path = self.folder / name
        if self.is_checked(name):
            return lambda: path
        # Held from now on: when it is asked for, a later generation may be in force and this one gone.
        with path.open("rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

        @functools.cache
        def checked() -> Path:
            if hashlib.sha256(held).hexdigest() != self.manifest["files"][name]["sha256"]:
                raise damaged(path, _OTHER)
            return path

        return checked

    def files(self, folder: str) -> Path:
        """A folder below, once each of its files was checked as by `file`."""
        for name in self.manifest["files"]:
            if name.startswith(f"{folder}/"):
                self.file(name)
        return self.folder / folder


def verify_generation(folder: Path) -> int:
    """Check every byte of the generation in force.

    Returns:
        The number of its files.

    Raises:
        IndexMissing, IndexDamaged: As `open_generation` does.
    """
    generation = open_generation(folder)
    files = generation.manifest["files"]
    for name, sha256 in files_sha256(generation.folder, files).items():
        if sha256 != files[name]["sha256"]:
            raise damaged(generation.folder / name, _OTHER)
    return len(files) + 1  # and the manifest, which was checked when it was opened


def open_generation(folder: Path) -> Generation:
    """The generation in force: its manifest checked to the byte, its other files by name and size.

    Raises:
        IndexMissing: Nothing was ever built here.
        IndexDamaged: A file is missing, or of another size; the message names it.
    """
    while True:
        current = name_and_fingerprint(folder)
        try:
            return _checked(folder / GENERATIONS / current[0], current[1])
        except IndexDamaged:
            # A build that ended in between may have replaced the generation under our feet.
            if name_and_fingerprint(folder) == current:
                raise


def name_and_fingerprint(folder: Path) -> tuple[str, str]:
    """Of the generation in force.

    Raises:
        IndexMissing: Nothing was ever built here. IndexDamaged: CURRENT is not what was written.
    """
    path = folder / CURRENT
    if not path.is_file():
        raise IndexMissing(f"There is no index in {folder}. Type: lightqa index FILES… --index {folder}")
    match = _CURRENT_LINE.fullmatch(path.read_bytes().decode("utf-8", "replace"))
    if match is None or match[4] != hashlib.sha256(match[1].encode()).hexdigest():
        raise damaged(path, "is not what was written")
    return match[2], match[3]


def _checked(generation: Path, manifest_sha256: str) -> Generation:
    path = generation / MANIFEST
    if not path.is_file():
        raise damaged(path, "is missing")
    if file_sha256(path) != manifest_sha256:
        raise damaged(path, _OTHER)
    manifest = json.loads(path.read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise IndexDamaged(
            f"{path} is of format {manifest['format']}, this version reads format {FORMAT}. "
            "Build the index again: lightqa index FILES… --index FOLDER"
        )
    found = file_sizes(generation)
    del found[MANIFEST]
    for name, written in manifest["files"].items():
        if name not in found:
            raise damaged(generation / name, "is missing")
        if found[name] != written["bytes"]:
            raise damaged(generation / name, f"has {found[name]} bytes instead of {written['bytes']}")
    for name in found.keys() - manifest["files"].keys():
        raise damaged(generation / name, "does not belong to the index")
    return Generation(generation, manifest, manifest_sha256)


def file_sizes(generation: Path) -> dict[str, int]:
    """Relative POSIX path to size in bytes of every file of a generation, sorted."""
    return {
        path.relative_to(generation).as_posix(): path.stat().st_size
        for path in sorted(generation.rglob("*"))
        if path.is_file()
    }
