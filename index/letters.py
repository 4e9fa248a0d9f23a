"""How much like writing words are, by the words of Europe's languages and by how letters stand together.

A list of words has few compounds ("Fußsack") and few names; of all it tells which letters stand beside "ß".
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

_LANGUAGES = "bg ca cs da de el en es fi fr hu is it lt lv mk nb nl pl pt ro ru sh sk sl sv tr uk".split()
_LEAST_OF_ONE_LETTER = 1e-4
"""Frequency from which a single letter ("à", "å") is a word and not the name of a letter."""
_MOST_WORDS = 8_000
"""Words of a language, the commonest first, of which it is counted how letters stand together."""
_SELDOM = 3
"""Words in which letters have to stand together so that they are usual; a name can have any once."""
_WORD, _LETTER, _USUAL, _HALF_USUAL, _STRANGE = 1.0, 0.5, 0.6, -0.2, -1.0
"""What a word is worth that is known, a known one of a single letter (which is a word in some language or
other), and one whose letters stand together as they usually do, as they may, or as they never do."""


class _Language(NamedTuple):
    """Words with other letters than ASCII's, and each of these letters with those beside it."""

    words: frozenset[str]
    between: frozenset[str]
    beside: frozenset[str]


def like_words(words: Sequence[str]) -> float:
    """How much like words of one language some words are, in the language in which they are most so.

    Args:
        words: Each with a letter that is not ASCII.

    Returns:
        The sum of their worths, each from -1 to 1.
    """
    return max(sum(_worth(word, language) for word in words) for language in _languages())


def usual_in_asia(text: str) -> float:
    """Share, 0 to 1, of letters beyond ASCII that stand in common words of Chinese, Japanese or Korean."""
    letters = [character for character in text if character > "\x7f" and character.isalpha()]
    return sum(letter in _letters_of_asia() for letter in letters) / len(letters) if letters else 0.0


def _worth(word: str, language: _Language) -> float:
    if not (word.islower() or word.isupper() or word.istitle()):
        return _STRANGE
    plain = word.lower()
    if plain in language.words:
        return _WORD if len(plain) > 1 else _LETTER
    worths = [
        _USUAL
        if around in language.between
        else _HALF_USUAL
        if around[:2] in language.beside and around[1:] in language.beside
        else _STRANGE
        for around in _around(plain)
    ]
    return sum(worths) / len(worths) if len(plain) > 1 and worths else _STRANGE


def _around(word: str) -> Iterator[str]:
    """Each letter that is not ASCII between those beside it, a space where the word begins or ends."""
    padded = f" {word} "
    return (padded[at - 1 : at + 2] for at in range(1, len(padded) - 1) if padded[at] > "\x7f")


@functools.lru_cache(maxsize=1)
def _languages() -> tuple[_Language, ...]:
    from wordfreq import get_frequency_dict

    found = []
    for code in _LANGUAGES:
        words = [
            word
            for word, frequency in get_frequency_dict(code, wordlist="small").items()
            if not word.isascii() and (len(word) > 1 or frequency >= _LEAST_OF_ONE_LETTER)
        ]
        counts = Counter(around for word in words[:_MOST_WORDS] for around in _around(word))
        between = frozenset(around for around, count in counts.items() if count >= _SELDOM)
        beside = frozenset(part for around in between for part in (around[:2], around[1:]))
        found.append(_Language(frozenset(words), between, beside))
    return tuple(found)


@functools.lru_cache(maxsize=1)
def _letters_of_asia() -> frozenset[str]:
    from wordfreq import get_frequency_dict

    common = (islice(get_frequency_dict(code, wordlist="small"), _MOST_WORDS) for code in ("zh", "ja", "ko"))
    return frozenset(letter for words in common for word in words for letter in word)
