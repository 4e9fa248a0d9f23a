"""SHA-256 of files, and of a whole folder at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def short_hash(data: bytes) -> int:
    """64 bits that stand for some bytes."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def files_sha256(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of each of some files, by their paths below a folder.

    Hashing releases the interpreter's lock, so two threads halve the time on two cores.
    """
    names = list(names)
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(names, pool.map(lambda name: file_sha256(folder / name), names), strict=True))
