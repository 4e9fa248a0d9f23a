"""How frequent words are in English, as wordfreq counts them.

wordfreq's own list is read without wordfreq: to import it takes longer than to read the list, for the many
languages and scripts that it knows. What is no plain row of letters and hyphens it is still asked for.
"""

from __future__ import annotations

import functools
import gzip
import math
import re
from importlib.util import find_spec
from pathlib import Path

_PLAIN = re.compile(r"[a-z]+(?:-[a-z]+)*")


@functools.lru_cache(maxsize=65536)
def zipf(word: str) -> float:
    """Zipf frequency of a word: log10 per thousand million words, 0 where it is not in the list.

    The parts of a hyphenated word are combined as wordfreq combines them, 1 / f = 1 / f1 + 1 / f2.
    """
    if not _PLAIN.fullmatch(word):
        from wordfreq import zipf_frequency

        return float(zipf_frequency(word, "en"))
    steps = [_steps_of_words().get(part) for part in word.split("-")]
    if None in steps:
        return 0.0
    frequency = 1 / sum(10 ** (step / 100) for step in steps if step is not None)
    digits = math.floor(-math.log10(frequency)) + 3
    return round(math.log10(round(frequency, digits)) + 9, 2)


def words_from(least: float) -> list[str]:
    """English words of at least this Zipf frequency, of three letters and more, the commonest first."""
    steps = _steps()[: round((9 - least) * 100) + 1]
    return [word for step in steps for word in step if len(word) > 2 and word.isascii() and word.isalpha()]


@functools.lru_cache(maxsize=1)
def _steps() -> list[list[str]]:
    return word_list("large_en")


def word_list(name: str) -> list[list[str]]:
    """Words by frequency: step n holds those of 10 ** (-n / 100), a hundredth of a Zipf below the last.

    Args:
        name: Of one of wordfreq's lists, "large_en" or "small_de".
    """
    import msgpack

    found = find_spec("wordfreq")
    assert found is not None and found.submodule_search_locations is not None
    with gzip.open(Path(found.submodule_search_locations[0]) / "data" / f"{name}.msgpack.gz") as file:
        header, *steps = msgpack.load(file, raw=False)
    assert header == {"format": "cB", "version": 1}, header
    return list(steps)


@functools.lru_cache(maxsize=1)
def _steps_of_words() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, words in enumerate(_steps()):
        found.update(dict.fromkeys(words, number))
    return found
