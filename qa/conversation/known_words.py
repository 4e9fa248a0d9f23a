"""The words that may be meant by a misspelt one: those of the documents, of English, of the field."""

from __future__ import annotations

import functools
import heapq
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence

from index.lexical import stem
from qa.conversation.slips import cost, same_start, sound_of
from qa.frequencies import words_from, zipf
from qa.pack import pack_in_force
from qa.vocabulary import Vocabulary, phrase

RARE = 1.5
"""Zipf frequency below which a word may be any misspelling; from here to `spelling.COMMON` only letters that
changed places or sound alike are a slip ("poeple")."""

_NAMED_KINDS = ("illness", "symptom", "medicine", "body_part", "treatment", "procedure", "implant")
"""Kinds of conditions.toml whose names are seldom in a list of English words, and never misspellings."""

# What ends so is no slip for another word, but one of many names that no list has.
_MEDICAL_ENDING = re.compile(
    r"(?:a?emi[ac]s?|ases?|ectom(?:y|ies)|genic|gliptin|iasis|itis|ium|lysis|mabs?|nibs?|ocytes?|olol|omas?|"
    r"opath(?:y|ic|ies)|oses|osis|ostomy|otic|oxacin|plas(?:ia|ty)|pril|sartan|statins?|trophy|uria|xaban|"
    r"algia|azole|cillin|caine|zepam|yl|ides?|ines?|oids?|[aio]|is|us|ous|um|ar|al|phate|tional|atory|ations?)$"
)
_LETTERS = re.compile(r"[^\W\d_]+")


def has_medical_ending(word: str) -> bool:
    """Whether a word ends as names of illnesses and medicines do."""
    return _MEDICAL_ENDING.search(word) is not None


def field_words() -> frozenset[str]:
    """The names of illnesses, medicines and treatments that the pack in force knows, as they are written."""
    return _names_in(pack_in_force().conditions)


@functools.lru_cache(maxsize=2)
def _names_in(table: Vocabulary) -> frozenset[str]:
    names = (match[0].lower() for match in _LETTERS.finditer(table.written(_NAMED_KINDS)))
    return frozenset(name for name in names if len(name) > 3 and name.isalpha())


MOST_WORDS = 50_000
"""Words of an index that may be meant, its most frequent ones; rarer ones are often misspelt themselves."""

EVERYDAY = 3.3
"""Zipf frequency from which an English word that the documents lack may be what was meant ("downed" 3.3)."""

EVERYBODYS = 5.0
"""Zipf frequency of the parts into which what was run together is split, where the documents lack them."""

TELLING_SOUNDS = 3
"""Consonants from which a word is told by its sound alone ("loopus")."""


class KnownWords:
    """What may be meant.

    Args:
        vocabulary: Every word of the documents, in lower case, with how often it occurs.
        units: Words of units of measure.
    """

    def __init__(self, vocabulary: Mapping[str, int], units: Collection[str] = ()) -> None:
        self._vocabulary = vocabulary
        self._units = [unit for unit in units if unit.isalpha() and len(unit) > 3]
        self._total = max(1, sum(vocabulary.values()))

    def knows(self, word: str) -> bool:
        """Whether a word stands in the documents, in any of its forms."""
        return stem(word) in self._stems

    def nearest(
        self,
        word: str,
        words: Sequence[str],
        edits: int,
        alike: Callable[[str, str], bool] = lambda word, other: True,
    ) -> str | None:
        """The likeliest of some words within so many edits of a typed one, and alike; None where none is."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        near = extract(word, words, scorer=OSA.distance, score_cutoff=edits, limit=None)
        found = [other for other, _, _ in near]
        if edits > 1:
            found = [other for other in found if same_start(word, other)]
        found = [other for other in found if alike(word, other)]
        best = max(found, key=lambda other: self._score(word, other), default=None)
        # "Hemophilia", which others write so, is no slip for "haemophilia".
        return None if best is None or (phrase(best) == phrase(word) and zipf(word) >= RARE) else best

    def likelier(self, word: str, meant: str, other: str | None) -> str:
        """Which of two words, of which the other may be none, is likelier meant by a typed one."""
        return meant if other is None else max((meant, other), key=lambda each: self._score(word, each))

    def _score(self, word: str, other: str) -> float:
        """How likely a word is meant: its frequency, against the cost of mistyping it so."""
        return self.frequency(other) - cost(word, other)

    def frequency(self, word: str) -> float:
        """Zipf frequency of a word in a text that is half English and half the documents."""
        english = 10 ** min(zipf(word), EVERYBODYS)
        # A form of their words, and a name of the field or of a unit, count as what the documents have once.
        expected = word in field_words() or word in self._units or self.knows(word)
        index = self._vocabulary.get(word, expected) / self._total * 1e9
        return math.log10((english + index) / 2 + 1)

    @functools.cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self._vocabulary))

    @functools.cached_property
    def hyphenated(self) -> list[str]:
        return [word for word in self._vocabulary if word.count("-") == 1]

    @functools.cached_property
    def by_sound(self) -> dict[str, list[str]]:
        """The words of the documents by how they sound, as far as that tells a word from others."""
        found: dict[str, list[str]] = {}
        for word in self.words:
            if len((heard := sound_of(word)).replace("a", "")) >= TELLING_SOUNDS:
                found.setdefault(heard, []).append(word)
        return found

    @functools.cached_property
    def words(self) -> list[str]:
        words = [word for word in self._vocabulary if len(word) > 2 and word.isalpha()]
        words = heapq.nlargest(MOST_WORDS, words, key=self._vocabulary.__getitem__)
        return list(dict.fromkeys([*words, *field_words()]))

    @functools.cached_property
    def all_words(self) -> list[str]:
        return list(dict.fromkeys([*self.words, *self._units, *words_from(EVERYDAY)]))
