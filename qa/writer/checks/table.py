"""The words of words.toml, by what they do to a claim, in the form in which words are compared."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from qa.tables import table
from qa.vocabulary import Form, find_phrases, phrase


class Phrases:
    """A set of phrases, to be found in a row of forms."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._all = frozenset(filter(None, map(phrase, phrases)))
        self._longest: dict[str, int] = {}  # By the first word; most words of a text begin none.
        for name in self._all:
            first, length = name.partition(" ")[0], name.count(" ") + 1
            self._longest[first] = max(length, self._longest.get(first, 0))

    def find(self, words: Sequence[Form]) -> list[tuple[int, int]]:
        """Where phrases stand, as first word and end, the longest first at each place."""
        return [(first, end) for first, end, _ in find_phrases(words, self._all, self._longest)]

    def on(self, words: Sequence[Form]) -> set[int]:
        """Numbers of the words that phrases stand on."""
        return {at for place in self.find(words) for at in range(*place)}


@functools.cache
def _words() -> dict[str, Any]:
    return table("qa.writer.checks", "words.toml")


@functools.cache
def phrases(*names: str) -> Phrases:
    """The phrases of some entries ("hedge.modal"), together."""
    rows = [_words()[section][entry] for section, _, entry in (name.partition(".") for name in names)]
    return Phrases(",".join(rows).replace("\n", ",").split(","))


@functools.cache
def sides(section: str) -> tuple[tuple[Phrases, Phrases], ...]:
    """The lines of a section, as what stands on either side of the bar."""
    lines = (line.partition("|") for line in _words()[section]["lines"].splitlines() if line)
    return tuple((Phrases(one.split(",")), Phrases(other.split(","))) for one, _, other in lines)


@functools.cache
def undone() -> dict[str, str]:
    """Form of a word that denies what it is made of ("unsafe"), with that."""
    pairs = (pair.split() for pair in _words()["negation"]["negative"].replace("\n", ",").split(",") if pair)
    return {phrase(one): phrase(other) for one, other in pairs}


@functools.cache
def groups() -> dict[str, frozenset[int]]:
    """Numbers of the groups of alike words, by word."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_words()["alike"]["groups"].splitlines()):
        for name in line.split(","):
            found[phrase(name)].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items() if name}
