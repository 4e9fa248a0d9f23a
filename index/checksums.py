"""SHA-256 of files, and of a whole folder at once."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_sha256(folder: Path, without: Container[str] = ()) -> dict[str, str]:
    """Relative POSIX path to SHA-256 of every file below a folder but those of `without`, sorted by path.

    Hashing releases the interpreter's lock, so two threads halve the time on two cores.
    """
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).as_posix() not in without
    )
    with ThreadPoolExecutor(max_workers=2) as pool:
        digests = pool.map(file_sha256, files)
        return {
            path.relative_to(folder).as_posix(): digest for path, digest in zip(files, digests, strict=True)
        }
