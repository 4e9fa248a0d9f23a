"""Damage as it happens to files, and what reading a damaged one must come to."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

from index.clean import blocks
from index.errors import DocumentError
from index.load import load_document
from index.split import split
from tests.making import EVERY_KIND

LONGEST = 20.0
"""Seconds of the processor for a damaged file of a few kilobytes; `ui.reading` ends what takes 60."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, a stretch cut out or said twice, or the end cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    start, length = chance.randrange(len(changed)), chance.randrange(1, 200)
    way = chance.randrange(4)
    if way == 1:
        del changed[start : start + length]
    elif way == 2:
        changed[start:start] = changed[start : start + length]
    elif way == 3:
        del changed[max(1, start) :]
    return bytes(changed) or b"x"


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """An archive of which one part is damaged, packed anew: else its checksum alone would be found wrong."""
    repacked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(repacked, "w") as after:
        parts = {name: before.read(name) for name in before.namelist()}
        hit = chance.choice([name for name, contents in parts.items() if contents])
        for name, contents in parts.items():
            after.writestr(name, damaged(contents, chance) if name == hit else contents)
    return repacked.getvalue()


def read_or_named(kind: str, chance: random.Random, folder: Path) -> str:
    """Damage a file of a kind and read it: "read" where its passages are exact, "refused" with a reason.

    Raises:
        AssertionError: Neither, or it took longer than LONGEST.
    """
    path = folder / f"damaged{kind}"
    data = EVERY_KIND[kind]
    inside = zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.8
    path.write_bytes((damaged_inside if inside else damaged)(data, chance))
    began = time.process_time()
    try:
        document = load_document(str(path))
    except DocumentError as error:
        assert error.reason and error.path == str(path)
        outcome = "refused"
    else:
        document.text.encode("utf-8")
        for passage in split(document, blocks(document)):
            assert document.text[passage.start : passage.end] == passage.text
        outcome = "read"
    assert time.process_time() - began < LONGEST
    return outcome
