"""Damaged files of every kind: no crash, no hang, and every fault named.

A sample; `python tests/benchmarks/documents.py damaged` tries 1,000 of each kind.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.damage import read_or_named
from tests.making import EVERY_KIND

TRIES = 12


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_a_damaged_file_is_read_or_named_in_time(kind: str, tmp_path: Path) -> None:
    chance = random.Random(kind)
    for _ in range(TRIES):
        read_or_named(kind, chance, tmp_path)
