"""Phrases found among the words of a message, whatever number of phrases there is.

A list of phrases has commas between:

    taub, kein gefühl     words as they are typed, in either case, with or without accents
    taub*                 any ending ("taubheit"); a star may stand in front as well
    spüre .. nichts       up to four words between
    #8  #year  #          a number from 8 to 999 that no unit follows, a year, any number

Phrases are looked up by their first word: to compile as many into expressions takes longer than an answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.errors import LightqaError
from qa.frequencies import without_accents

GAP = ".."
GAP_WORDS = 4
"""Words that a gap may hold at most."""

END = "\n"
"""The word that stands for the end of a sentence; no gap goes beyond it."""

_NUMBERS = {
    "#8": re.compile(r"[89]|[1-9]\d{1,2}"),
    "#year": re.compile(r"(?:19|20)\d\d"),
    "#": re.compile(r"\d+(?:[.,]\d+)?"),
}
_UNITS = frozenset("mg mcg ug g gr ml h std cm nm hz".split())
_UNIT_STEMS = ("gram", "mil", "min", "sek")
_STRETCHED = re.compile(r"([^\W\d_])(?!\1)([^\W\d_])\2{2,}", re.IGNORECASE)
"""A letter three times or oftener within a word; at its begin it may be an abbreviation ("LLLT")."""
_UMLAUTS = re.compile(r"([aou])e")


class TableError(LightqaError):
    """A table of red flags that cannot be used; the message says where and why."""


class PhraseLists:
    """Named lists of phrases of one language.

    Args:
        lists: Phrases with commas between, by name.
        code: The language, as `folded` needs it.

    Raises:
        TableError: A phrase begins or ends with a gap, which would find nothing or anything.
    """

    def __init__(self, lists: Mapping[str, str], code: str) -> None:
        self._by_word: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        self._by_beginning: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        self._by_any: list[tuple[str, list[str]]] = []
        for name, phrases in lists.items():
            for pieces in _phrases(phrases, code):
                if GAP in (pieces[0], pieces[-1]):
                    raise TableError(
                        f"“{' '.join(pieces)}” in the list “{name}” ({code}) has a gap at its end."
                    )
                first = pieces[0]
                if first.startswith("*") or first in _NUMBERS:
                    self._by_any.append((name, pieces))
                elif first.endswith("*"):
                    self._by_beginning[first[:-1]].append((name, pieces))
                else:
                    self._by_word[first].append((name, pieces))

    def find(self, words: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
        """First and last words of the phrases of each list: the longest that begins, none within another.

        Args:
            words: Folded words, numbers and marks in reading order, `END` where a sentence ends.
        """
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, word in enumerate(words):
            longest: dict[str, int] = {}
            for name, pieces in self._beginning_with(word):
                last = _last(pieces, words, at)
                if last is not None and last > longest.get(name, -1):
                    longest[name] = last
            for name, last in longest.items():
                if not found[name] or found[name][-1][1] < at:
                    found[name].append((at, last))
        return {name: places for name, places in found.items() if places}

    def _beginning_with(self, word: str) -> list[tuple[str, list[str]]]:
        begun = [*self._by_word.get(word, ()), *self._by_any]
        for length in range(1, len(word) + 1):
            begun += self._by_beginning.get(word[:length], ())
        return begun


def folded(text: str, code: str) -> str:
    """Lower case without accents, so that those who leave them out are understood; German "ae" is "a" too."""
    plain = without_accents(text.casefold())
    return _UMLAUTS.sub(r"\1", plain) if code == "de" else plain


def unstretched(text: str) -> str:
    """A text without what stretches its words: "drooops" as "droops"."""
    return _STRETCHED.sub(r"\1\2\2", text)


def _phrases(phrases: str, code: str) -> list[list[str]]:
    plain = re.sub(r"['’-]", " ", phrases)
    return [pieces for phrase in folded(plain, code).split(",") if (pieces := phrase.split())]


def _last(pieces: Sequence[str], words: Sequence[str], at: int) -> int | None:
    """The last word of a phrase that begins with the word at `at`; None where it does not stand there."""
    for number, piece in enumerate(pieces):
        if piece == GAP:
            for skipped in range(GAP_WORDS + 1):
                if END in words[at : at + skipped]:
                    return None
                last = _last(pieces[number + 1 :], words, at + skipped)
                if last is not None:
                    return last
            return None
        if at >= len(words) or not _is(piece, words, at):
            return None
        at += 1
    return at - 1


def _is(piece: str, words: Sequence[str], at: int) -> bool:
    word = words[at]
    if piece in _NUMBERS:
        following = words[at + 1] if at + 1 < len(words) else ""
        counted = piece != "#8" or not (following in _UNITS or following.startswith(_UNIT_STEMS))
        return counted and _NUMBERS[piece].fullmatch(word) is not None
    if "*" not in piece:
        return word == piece
    if not word.isalpha():
        return False
    stem = piece.strip("*")
    if piece.startswith("*"):
        return stem in word if piece.endswith("*") else word.endswith(stem)
    return word.startswith(stem)
