"""How frequent words are in English and in other languages, as wordfreq counts them.

wordfreq's own list is read without wordfreq: to import it takes longer than to read the list, for the many
languages and scripts that it knows. What is no plain row of letters and hyphens it is still asked for.
"""

from __future__ import annotations

import functools
import gzip
import itertools
import math
import re
import unicodedata
from array import array
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_PLAIN = re.compile(r"[a-z]+(?:-[a-z]+)*")


@functools.lru_cache(maxsize=65536)
def zipf(word: str) -> float:
    """Zipf frequency of a word: log10 per thousand million words, 0 where it is not in the list.

    The parts of a hyphenated word are combined as wordfreq combines them, 1 / f = 1 / f1 + 1 / f2.
    """
    if not _PLAIN.fullmatch(word):
        from wordfreq import zipf_frequency

        return float(zipf_frequency(word, "en"))
    steps = [_step(part) for part in word.split("-")]
    if None in steps:
        return 0.0
    frequency = 1 / sum(10 ** (step / 100) for step in steps if step is not None)
    digits = math.floor(-math.log10(frequency)) + 3
    return round(math.log10(round(frequency, digits)) + 9, 2)


def words_from(least: float) -> list[str]:
    """English words of at least this Zipf frequency, of three letters and more, the commonest first."""
    steps = itertools.islice(word_list("large_en"), round((9 - least) * 100) + 1)
    return [word for step in steps for word in step if len(word) > 2 and word.isascii() and word.isalpha()]


def word_list(name: str) -> Iterator[list[str]]:
    """Words by frequency: step n holds those of 10 ** (-n / 100), a hundredth of a Zipf below the last.

    Args:
        name: Of one of wordfreq's lists, "large_en" or "small_de".
    """
    import msgpack

    found = find_spec("wordfreq")
    assert found is not None and found.submodule_search_locations is not None
    with gzip.open(Path(found.submodule_search_locations[0]) / "data" / f"{name}.msgpack.gz") as file:
        unpacker = msgpack.Unpacker(file, raw=False)
        steps = unpacker.read_array_header() - 1
        header = unpacker.unpack()
        assert header == {"format": "cB", "version": 1}, header
        for _ in range(steps):
            yield unpacker.unpack()


def _step(word: str) -> int | None:
    """The step of a word in the list of English; None where it is not in it."""
    hashes, steps = _steps_of_hashes()
    sought = hash(word)
    at = int(np.searchsorted(hashes, sought))
    return int(steps[at]) if at < len(hashes) and hashes[at] == sought else None


@functools.lru_cache(maxsize=1)
def _steps_of_hashes() -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """Ascending hashes of the plain words of the list, and the step of each: 3 MB, where the words took 40.

    That a word which is not among these 300,000 has the hash of one, of 64 bits, is not to be expected. Words
    in other letters would: Python hashes how a word is stored, and "kp" is stored as "火" is.
    """
    hashes, counts = array("q"), []
    for words in word_list("large_en"):
        before = len(hashes)
        hashes.extend(hash(word) for word in words if word.isascii())
        counts.append(len(hashes) - before)
    found = np.frombuffer(hashes, np.int64)
    ascending = np.argsort(found)
    return found[ascending], np.repeat(np.arange(len(counts), dtype=np.int16), counts)[ascending]


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


def without_accents(text: str) -> str:
    """A text by the letters of English alone, as people type it where they have no others."""
    apart = unicodedata.normalize("NFKD", text.translate(_APART))
    return "".join(character for character in apart if not unicodedata.combining(character))


def zipf_in(language: str, word: str) -> float:
    """Zipf frequency of a word of one of these languages, however its accents are typed."""
    return frequencies(language).get(without_accents(word.lower()), UNSEEN)
