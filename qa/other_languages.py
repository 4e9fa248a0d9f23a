"""How frequent words are in the languages besides English, as wordfreq counts them; without their accents."""

from __future__ import annotations

import functools
import unicodedata

from qa.english import word_list

UNSEEN = 2.0
"""Zipf frequency of a word that is not in a language's list; the lists end at 3."""

_APART = str.maketrans({"ı": "i", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o"})


@functools.cache
def frequencies(language: str) -> dict[str, float]:
    """Zipf frequency of each word of a language, without accents; of several words the highest."""
    found: dict[str, float] = {}
    for number, words in enumerate(word_list(f"small_{language}")):
        for word in words:
            found.setdefault(word if word.isascii() else without_accents(word), 9 - number / 100)
    return found


def without_accents(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.translate(_APART))
    return "".join(character for character in apart if not unicodedata.combining(character))


def zipf_in(language: str, word: str) -> float:
    """Zipf frequency of a word of one of these languages, however its accents are typed."""
    return frequencies(language).get(without_accents(word.lower()), UNSEEN)
