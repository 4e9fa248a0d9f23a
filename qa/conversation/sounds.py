"""How alike two spellings are: what they sound like, and how easily one is typed for the other."""

from __future__ import annotations

import functools
import re
from itertools import pairwise

VOWELS = frozenset("aeiouy")

ONE_SLIP = 1.0
"""Cost of the oddest single slip inside a word; `edit_cost` says what is cheaper."""

CHEAP = 0.6
"""Cost of slips that everybody makes: two letters swapped, a vowel left out."""

DOUBLED = 0.3
"""Cost of a letter of a pair left out, or doubled."""

# Spellings of one sound, replaced in this order.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|pn|gn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^wh", "w"),
        (r"^sch(?=[lmnrw])", "X"),
        (r"gh(?=t|s?$)", ""),
        (r"ph", "f"),
        (r"t?ch|sh", "X"),
        (r"(?:[ct]|ss?|sc)i(?=[aeo])", "X"),
        (r"th", "0"),
        (r"mb$", "m"),
        (r"sc(?=[eiyl])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c|q", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"h", ""),
        (r"(?<=[^aeiouy])e$", ""),
        (r"[aeiouy]w?(?:[aeiouy]|w$)*", "a"),
        (r"(.)\1+", r"\1"),
    )
]

_ALIKE = frozenset(
    frozenset(pair) for pair in ("sz", "cs", "ck", "kq", "cz", "fv", "mn", "dt", "gj", "bp", "vw", "uw", "iy")
)

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> frozenset[frozenset[str]]:
    """Letters side by side on a keyboard, in their row or from one row to the next."""
    pairs: list[tuple[str, str]] = []
    for row in _ROWS:
        pairs += pairwise(row)
    for upper, lower in pairwise(_ROWS):
        pairs += [*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False)]
    return frozenset(map(frozenset, pairs))


_NEIGHBOURS = _neighbours()


@functools.lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """What a word sounds of, all vowels alike: "wear", "ware" and "where" are "war"."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def sounds_like(word: str, other: str) -> bool:
    """Whether two words sound the same; all vowels count as one, but not where a word begins with one."""
    first = sound(word)
    return first == sound(other) and (first[0] != "a" or word[0] == other[0])


def consonants(word: str) -> str:
    """The consonants that a word sounds of, in order; "muscles" and "mussels" are both "msls"."""
    return sound(word).replace("a", "")


def edit_cost(typed: str, meant: str) -> float:
    """How unlikely it is that `meant` is typed as `typed`: 0 for the same, about 1 for one odd edit.

    Optimal string alignment (Damerau and Levenshtein, each letter edited once) with cheap edits for
    what people do get wrong: vowels, doubled and silent letters, letters swapped or side by side on the
    keyboard. The first and the last letter are rarely wrong.
    """
    rows = [[0.0] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    for i in range(1, len(typed) + 1):
        rows[i][0] = rows[i - 1][0] + _gap(typed, i - 1)
    for j in range(1, len(meant) + 1):
        rows[0][j] = rows[0][j - 1] + _gap(meant, j - 1)
    for i, a in enumerate(typed, start=1):
        for j, b in enumerate(meant, start=1):
            first, last = i == 1 or j == 1, i == len(typed) and j == len(meant)
            best = min(
                rows[i - 1][j - 1] + _swap(a, b, first, last),
                rows[i - 1][j] + _gap(typed, i - 1),
                rows[i][j - 1] + _gap(meant, j - 1),
            )
            if i > 1 and j > 1 and a == meant[j - 2] and b == typed[i - 2] and a != b:
                best = min(best, rows[i - 2][j - 2] + (1.0 if i == 2 else 0.6))
            rows[i][j] = best
    return rows[-1][-1]


def _gap(word: str, at: int) -> float:
    """A letter of a word left out, or typed without being meant."""
    letter = word[at]
    doubled = at > 0 and word[at - 1] == letter
    if doubled or "ck" in (word[at - 1 : at + 1], word[at : at + 2]):
        return 0.3
    if at == 0:
        return 1.5
    last = at == len(word) - 1
    if letter == "h" or (letter == "e" and last):
        return 0.4
    return (0.6 if letter in VOWELS else 1.0) + 0.3 * last


def _swap(typed: str, meant: str, first: bool, last: bool) -> float:
    """One letter typed for another."""
    if typed == meant:
        return 0.0
    pair = frozenset((typed, meant))
    if pair in _ALIKE:
        return 0.5
    if typed in VOWELS and meant in VOWELS:
        cost = 0.5
    elif pair in _NEIGHBOURS:
        cost = 0.8
    else:
        cost = 1.3 if typed in VOWELS or meant in VOWELS else 1.0
    # "Envolved", "imbedded": at the beginning vowels are mistaken sooner than consonants.
    vowels = typed in VOWELS and meant in VOWELS
    return cost + (0.3 if vowels else 0.5) * first + 0.3 * last
