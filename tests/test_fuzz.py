"""Damaged files of every kind: no crash, no hang, and every fault named.

`LIGHTQA_FUZZ=1000` tries so many of each kind; it was run by hand, see DECISIONS.md.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from index.clean import blocks
from index.errors import DocumentError
from index.load import load_document
from index.split import split
from tests.making import EVERY_KIND

TRIES = int(os.environ.get("LIGHTQA_FUZZ", "12"))
SECONDS = 20
"""Longest that a damaged file of a few kilobytes may take; `ui.reading` ends what takes 60."""


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


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_a_damaged_file_is_read_or_named_in_time(kind: str, tmp_path: Path) -> None:
    chance = random.Random(kind)
    path = tmp_path / f"damaged{kind}"
    for _ in range(TRIES):
        path.write_bytes(damaged(EVERY_KIND[kind], chance))
        began = time.monotonic()
        try:
            document = load_document(str(path))
        except DocumentError as error:
            assert error.reason and error.path == str(path)
        else:
            document.text.encode("utf-8")
            for passage in split(document, blocks(document)):
                assert document.text[passage.start : passage.end] == passage.text
        assert time.monotonic() - began < SECONDS
