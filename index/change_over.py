"""A new generation on disk: written beside the one in force, sealed, and put in its place by one rename."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.checksums import file_sha256, files_sha256
from index.errors import IndexBusy, IndexDamaged, IndexFolderError, IndexMissing
from index.generation import (
    CURRENT,
    FORMAT,
    GENERATIONS,
    LOCK,
    MANIFEST,
    Generation,
    file_sizes,
    name_and_fingerprint,
)


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """Lock an index for a build and give the empty folder that the new generation is to be written to.

    Where the build fails before the generation is in force, it is gone again.

    Raises:
        IndexBusy: Another process is building here.
        IndexFolderError: The folder holds other things and is no index.
    """
    if folder.exists() and not folder.is_dir():
        raise IndexFolderError(
            f"{folder} is a file; an index needs a folder. Name another with --index FOLDER."
        )
    if folder.is_dir() and any(folder.iterdir()) and not (folder / LOCK).exists():
        raise IndexFolderError(
            f"{folder} holds other files and is no index. Name an empty or new folder with --index FOLDER."
        )
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusy(
            f"Another process is building the index in {folder}. Wait until it has ended."
        ) from error
    try:
        generations = folder / GENERATIONS
        generations.mkdir(exist_ok=True)
        # Where it cannot be told which is in force, none is touched before another one is.
        if in_force := _name_in_force(folder):
            _remove_all_but(folder, in_force)
        # Numbers only grow, so that the name of a generation never means two things.
        number = max(int(in_force or 0), *(int(other.name) for other in _generations(folder)), 0) + 1
        generation = generations / f"{number:06d}"
        generation.mkdir()
        try:
            yield generation
        except BaseException:
            if _name_in_force(folder) != generation.name:
                shutil.rmtree(generation, ignore_errors=True)
            raise
    finally:
        lock.release()


def link_folder(source: Generation, name: str, generation: Path) -> dict[str, Any]:
    """Give the files of a folder of a generation a second name in a new one, without reading them.

    Returns:
        What the manifest of `source` says of them, for `put_in_force`: a file that was damaged stays refused.
    """
    linked = {file: own for file, own in source.manifest["files"].items() if file.startswith(f"{name}/")}
    for file in linked:
        target = generation / file
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source.folder / file, target)
        except OSError:  # a file system without links
            shutil.copy2(source.folder / file, target)
    return linked


def put_in_force(
    folder: Path, generation: Path, manifest: dict[str, Any], linked: Mapping[str, Any] | None = None
) -> str:
    """Seal a finished generation with its manifest, make it the one that is opened, remove the old one.

    Args:
        folder: The index.
        generation: All files are written.
        manifest: What is to be said of it, beside format and files.
        linked: What `link_folder` said of the files that were linked; these are not read again.

    Returns:
        The fingerprint of the generation.
    """
    linked = linked or {}
    sizes = file_sizes(generation)
    fresh = files_sha256(generation, (name for name in sizes if name not in linked))
    files = {name: {"bytes": sizes[name], "sha256": sha256} for name, sha256 in fresh.items()} | dict(linked)
    manifest = {"format": FORMAT, **manifest, "files": files}
    path = generation / MANIFEST
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for written in [*generation.rglob("*"), generation, generation.parent]:
        _flush(written)
    fingerprint = file_sha256(path)
    draft = folder / f"{CURRENT}.new"
    named = f"{generation.name} {fingerprint}"
    draft.write_text(f"{named} {hashlib.sha256(named.encode()).hexdigest()}\n", encoding="utf-8")
    _flush(draft)
    os.replace(draft, folder / CURRENT)
    _flush(folder)
    _remove_all_but(folder, generation.name)
    return fingerprint


def _name_in_force(folder: Path) -> str | None:
    try:
        return name_and_fingerprint(folder)[0]
    except (IndexMissing, IndexDamaged):
        return None


def _remove_all_but(folder: Path, name: str) -> None:
    for generation in _generations(folder):
        if generation.name != name:
            shutil.rmtree(generation)


def _generations(folder: Path) -> list[Path]:
    return [each for each in (folder / GENERATIONS).iterdir() if each.name.isdecimal()]


def _flush(path: Path) -> None:
    """Ask the disk to keep a file or a folder's entries, so that a power cut finds them too."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
