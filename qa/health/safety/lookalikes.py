"""English words that look like a misspelt word of the red-flag table and are none, as "spin" is no "spine".

Working them out takes half a minute, so they are kept in lookalikes.txt, with the digest of the
table's words above them; `python -m qa.train.fit_red_flags` writes it anew. Where the table has
other words, each doubtful word is looked up when it is met, with the same outcome.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

from qa.english import zipf

LOOKALIKES = Path(__file__).with_name("lookalikes.txt")
COMMON = 3.0
"""Zipf frequency from which a word is English rather than a misspelling: once in a million words."""


def words_digest(targets: Collection[str]) -> str:
    """SHA-256 over the table's words."""
    return hashlib.sha256("\n".join(sorted(targets)).encode()).hexdigest()


def lookalike_test(targets: Collection[str]) -> Callable[[str], bool]:
    """A test of whether a word that is close to one of the table's words is an English word of its own."""
    if LOOKALIKES.is_file():
        digest, *words = LOOKALIKES.read_text(encoding="utf-8").split()
        if digest == words_digest(targets):
            return frozenset(words).__contains__
    return is_common


@cache
def is_common(word: str) -> bool:
    """Whether a word is common English."""
    return zipf(word) >= COMMON
