"""How words are mistyped: the letters between two, how both sound, and what was written as one word."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.tables import table

COST_OF_EDIT = 1.6
"""What one edit weighs against a factor of ten in frequency."""

COST_OF_FIRST, COST_OF_LENGTH = 0.8, 0.4
"""What another first letter, and another number of letters, weigh beside."""

_SOUNDS = [
    (re.compile(written), heard)
    for written, heard in (
        ("[cst]+ion(?=s?$)|c?s+h(?:i?o|a|e|u)n(?=s?$)", "tn"), ("m(?=[fv])", "n"),
        ("ph", "f"), ("ps", "s"), ("sc(?=[eiy])|c(?=[eiy])|z", "s"), ("ck|c|q", "k"), ("x", "ks"),
        ("(?<=.)h", ""), ("mb$", "m"), ("[aeiouyw]+", "a"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


def cost(word: str, other: str) -> float:
    """Of mistyping one word for another, in factors of ten of its frequency."""
    from rapidfuzz.distance import OSA

    # Vowels for each other, letters doubled or single, or in each other's place: half an edit.
    sounds = (sound_of(each).replace("a", "") for each in (word, other))
    heard = 0 if swapped(word, other) else OSA.distance(*sounds)
    edits = (OSA.distance(word, other) + heard) / 2
    first = COST_OF_FIRST * (heard > 0 and sound_of(word)[:1] != sound_of(other)[:1])
    return COST_OF_EDIT * edits + first + COST_OF_LENGTH * (len(word) != len(other))


def sound_of(word: str) -> str:
    """The consonants of a word as they sound, roughly, with one sign for vowels in their places."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word.rstrip("a") or word


def _skeleton(word: str) -> str:
    """The same without its vowels where enough is left to tell it by ("perifral", "peripheral")."""
    heard = sound_of(word)
    return heard[0] + heard[1:].replace("a", "") if len(word) > 5 else heard


def same_sound(word: str, other: str) -> bool:
    """Whether two words sound alike, with or without their vowels."""
    return swapped(word, other) or sound_of(word) == sound_of(other) or _skeleton(word) == _skeleton(other)


def same_start(word: str, other: str) -> bool:
    """Whether two words begin alike: with one vowel, or with consonants that sound alike."""
    return word[0] == other[0] or (sound_of(word)[0] == sound_of(other)[0] != "a")


def not_its_end(word: str, other: str) -> bool:
    """Whether two words differ in more than the last letter of a long one ("myasthenic", "myasthenia")."""
    return word[:-1] != other[:-1] or len(word) < 8


def no_ending(word: str, other: str) -> bool:
    """Whether more than an ending is between two words ("chronica", "risky")."""
    return word[:-1] not in (other, other[:-1])


def sounds_like(word: str, other: str) -> bool:
    """Whether two words sound alike and more than an ending is between them."""
    return same_sound(word, other) and no_ending(word, other)


def swapped(word: str, other: str) -> bool:
    """Whether only letters changed their places ("poeple")."""
    return sorted(word) == sorted(other)


def known_slips() -> dict[str, str]:
    """Slips that no distance between letters explains, each with what was meant."""
    slips: dict[str, str] = table("qa.conversation", "slips.toml")["slips"]
    return slips


FREQUENT = 4.6
"""Zipf frequency that the short ones of more than two words have to have, or "therapsit" is "the raps it"."""


def taken_apart(word: str, is_part: Callable[[str], bool], frequency: Callable[[str], float]) -> str | None:
    """A word as the fewest words that it may be made of, and the most frequent ones; None where it is not.

    Args:
        word: In lower case.
        is_part: Whether a word may be a part.
        frequency: How frequent one is, as a Zipf frequency.
    """
    best: dict[int, tuple[int, float, tuple[str, ...]]] = {0: (0, 0.0, ())}
    for end in range(2, len(word) + 1):
        cuts = (
            (count + 1, cost + 1 / (1 + frequency(part)), (*parts, part))
            for start, (count, cost, parts) in best.items()
            if is_part(part := word[start:end])
        )
        if found := min(cuts, default=None):
            best[end] = found
    parts = best[len(word)][2] if len(word) in best else ()
    rare = len(parts) > 2 and any(len(part) < 5 and frequency(part) < FREQUENT for part in parts)
    return " ".join(parts) if len(parts) > 1 and max(map(len, parts)) > 3 and not rare else None
