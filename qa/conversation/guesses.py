"""What may have been meant by one misspelt word, by nearness, sound and frequency; most likely first.

A word is taken for a misspelling where it is unknown, or very rare in English, and lies close to a
word of the documents or to a much more frequent English word. What the documents say is never a mistake.
"""

from __future__ import annotations

import re

from index.lexical import STOP_WORDS, stem
from qa.conversation.by_ear import without_vowels
from qa.conversation.lexicon import Lexicon
from qa.conversation.near_words import (
    EVERYDAY,
    LONGEST,
    Near,
    Words,
    common_words,
    english_words,
    medical_words,
    very_common_words,
)
from qa.conversation.run_together import EVERYBODYS, split, split_and_misspelt
from qa.conversation.sounds import DOUBLED, ONE_SLIP, VOWELS, consonants, sound, sounds_like
from qa.conversation.typed import TypedWord
from qa.english import zipf

LONG = 9
"""Letters from which two slips still leave no doubt which word is meant."""

COMMON = 3.0
"""Zipf frequency (log10 per thousand million words) from which a word is held to be what was meant.

Misspellings in the list reach 2.9 ("definately"); rarer true words ("plantar" 2.6, "ulnar" 2.4) lie
below as well, so that between RARE and COMMON only the commonest slips are corrected.
"""

RARE = 1.5
"""Zipf frequency below which a word may be any misspelling; most are not in the list at all."""

HARDLY_MEANT = 2.0
"""Zipf frequency below which a word may be any one slip for one of the commonest ("peope" has 1.7).

"halve", next to "have", has 2.4, "statin", next to "station", 2.5.
"""

NO_WORD = 3.3
"""Zipf frequency below which what is never inflected may be no word ("bst" 3.2, "teh" 3.0, "fom" 2.4)."""

FUNCTION_WORD = 5.7
"""Zipf frequency from which a word mostly joins others ("were" 6.3, "have" 6.6; "pain" has 5.0)."""

_MEDICAL_ENDING = re.compile(
    r"(?:a?emias?|ases?|ectom(?:y|ies)|genic|gliptin|iasis|itis|ium|lysis|mabs?|nibs?|ocytes?|olol|omas?|opath(?:y|ic|ies)"
    r"|oses|osis|ostomy|otic|oxacin|plas(?:ia|ty)|pril|sartan|statins?|trophy|uria|xaban|algia|azole|cillin|caine|zepam)$"
)

_CHEMICAL_ENDING = re.compile(r"(?:in|ine|yl|ide|one|ane|ose)s?$")
_LATIN_ENDING = re.compile(r"(?:a|i|o|ae|is|us|um|ar|al)$")

_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ly")


class Guesses:
    """Guesses at single words for one index.

    Args:
        lexicon: Of the documents.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def unknown(self, token: TypedWord) -> list[str]:
        """What was meant by a word that no one would have meant; empty where it may stand."""
        word = token.plain
        if word in self._lexicon or "'" in word or not 2 < len(word) <= LONGEST or not word.isascii():
            return []
        frequency = zipf(word)
        if word in medical_words() or frequency >= NO_WORD:
            return []
        if token.named:
            return self._misspelt_name(word) if len(word) > 3 and frequency < RARE else []
        if stem(word) in self._lexicon.stems and frequency < COMMON:
            if found := self._misspelt_inflection(word, frequency):
                return found
        elif frequency < RARE:
            near = [*self._of_documents(word, frequency), *self._one_slip(word, frequency)]
            return (
                split(self._lexicon, word, least=EVERYBODYS)
                or self._lexicon.likely(near)
                or split(self._lexicon, word)
                or ([] if _CHEMICAL_ENDING.search(word) else self._by_sound(word))
                or (split_and_misspelt(self._lexicon, word) if _may_be_two(word) else [])
            )
        if frequency < COMMON:
            found = self._slip(word, frequency, self._lexicon.words) or self._slip(
                word, frequency, very_common_words()
            )
            if found:
                return found
        return self._no_word(word, frequency) or (
            split(self._lexicon, word, least=EVERYBODYS) if frequency < COMMON else []
        )

    def true(self, token: TypedWord) -> list[str]:
        """Words of the documents, a small slip off or of the same sound, that a true word may stand for."""
        word = token.plain
        if not self._may_be_doubted(token) or len(word) < 3 or zipf(word) >= FUNCTION_WORD:
            return []

        def alike(other: str) -> bool:
            telling = other not in STOP_WORDS and EVERYDAY <= zipf(other) < FUNCTION_WORD
            return telling and (other[0] == word[0] or sounds_like(word, other))

        largest = (1.2 if zipf(word) < HARDLY_MEANT + 0.5 or len(word) >= LONG - 1 else 1.0) * ONE_SLIP
        return self._lexicon.likely(
            near for near in self._lexicon.words.near(word, alike, edits=2) if near.cost <= largest
        )

    def of_same_consonants(self, token: TypedWord) -> list[str]:
        """Words of the documents that sound like a true but unlikely one ("mussels", "pane")."""
        word = token.plain
        frequency = zipf(word)
        if not self._may_be_doubted(token) or len(word) < 4 or frequency >= 3.8:
            return []

        def alike(other: str) -> bool:
            likelier = frequency + 1 <= zipf(other) < FUNCTION_WORD
            return likelier and other[0] == word[0] and consonants(other) == consonants(word)

        near = self._lexicon.words.near(word, alike)
        return self._lexicon.likely(other for other in near if other.cost <= 1.2 * ONE_SLIP)

    def _may_be_doubted(self, token: TypedWord) -> bool:
        word = token.plain
        return (
            not token.named
            and word.isascii()
            and "'" not in word
            and word not in self._lexicon
            and word not in medical_words()
            and stem(word) not in self._lexicon.stems
        )

    def _of_documents(self, word: str, frequency: float) -> list[Near]:
        """Words of the documents that are a slip off, sound the same, or in a long word are two slips off."""
        by_sound = min(2.0, 0.35 * len(word)) * ONE_SLIP
        return [
            near
            for near in [*self._lexicon.words.near(word), *self._forms(word)]
            if _is_slip(word, near, frequency)
            or (near.word[:-1] == word and len(word) > 5)
            or (near.edits == 1 and near.cost <= 1.3 * ONE_SLIP and frequency == 0 and len(word) > 4)
            or (near.cost <= by_sound and sounds_like(word, near.word))
            or (near.cost <= 1.5 * ONE_SLIP and len(word) >= LONG and near.word[0] == word[0])
        ]

    def _forms(self, word: str) -> list[Near]:
        """Near English words of which the documents have another form ("contradict" of "contradicts")."""
        return english_words().near(word, lambda other: stem(other) in self._lexicon.stems)

    def _one_slip(self, word: str, frequency: float) -> list[Near]:
        """Words that the documents lack, one slip off; what ends like a medical word is no everyday one."""
        words = medical_words().near(word)
        if not _MEDICAL_ENDING.search(word):
            words += [
                near
                for near in english_words().near(word, edits=1)
                if near.cost <= DOUBLED or len(word) >= LONG or zipf(near.word) >= EVERYDAY
            ]
        return [
            near
            for near in words
            if (_is_slip(word, near, frequency) or (near.cost <= ONE_SLIP and sounds_like(word, near.word)))
            and not _inflects(word, near.word)
        ]

    def _by_sound(self, word: str) -> list[str]:
        """A word that sounds the same, however it is spelt ("menshun")."""
        if len(sound(word)) < 6:
            return []

        def alike(other: str) -> bool:
            known = other in self._lexicon or stem(other) in self._lexicon.stems or zipf(other) >= EVERYDAY
            return known and sounds_like(word, other)

        near = [*self._lexicon.words.near(word, alike, edits=4), *english_words().near(word, alike, edits=4)]
        # Of words that sound the same it says little how differently they are spelt.
        return self._lexicon.likely(
            Near(each.word, each.edits, each.cost / 2) for each in near if each.cost <= 0.45 * len(word)
        )

    def _slip(self, word: str, frequency: float, words: Words) -> list[str]:
        """A far more frequent word than this rare one, for the commonest slips alone."""

        def slipped(near: Near) -> bool:
            other = near.word
            if other[0] != word[0]:
                return False
            gain = zipf(other) - frequency
            if frequency < HARDLY_MEANT and gain >= 3.5 and len(word) > 4:
                return _is_slip(word, near, frequency)
            if len(other) == len(word):
                return near.cost <= 0.6 * ONE_SLIP and gain >= 1 and other[-1] == word[-1]
            return near.cost <= 0.3 * ONE_SLIP and _vowels(other) == _vowels(word)

        return self._lexicon.likely(filter(slipped, words.near(word, edits=1)))

    def _no_word(self, word: str, frequency: float) -> list[str]:
        """A common word for one that the list has but seldom, and in no other form ("teh", "befor")."""
        if any(zipf(word + ending) >= frequency - 0.2 for ending in _ENDINGS) or _LATIN_ENDING.search(word):
            return []
        if (word.endswith("s") and zipf(word[:-1]) >= COMMON) or _MEDICAL_ENDING.search(word):
            return []

        def meant(near: Near) -> bool:
            other = near.word
            if other[0] != word[0] or near.cost > ONE_SLIP or (_inflects(word, other) and len(word) < 5):
                return False
            if without_vowels(word) and consonants(other) != consonants(word):
                return False  # an abbreviation
            swapped = len(other) == len(word) and near.cost > 0.8 * ONE_SLIP
            return zipf(other) - frequency >= 2.5 and not swapped

        words = [*self._lexicon.words.near(word, edits=1), *common_words().near(word, edits=1)]
        if len(word) >= 5 or without_vowels(word):
            return self._lexicon.likely(filter(meant, words))
        return self._lexicon.likely(
            near for near in words if meant(near) and zipf(near.word) - frequency >= 3
        )

    def _misspelt_inflection(self, word: str, frequency: float) -> list[str]:
        """What was meant by a word that the stemmer reads rightly all the same ("nervs", "treatmants")."""
        if frequency > 0:
            return []
        return self._lexicon.likely(
            near
            for near in self._lexicon.words.near(word)
            if stem(near.word) == stem(word) and not _inflects(word, near.word)
        )

    def _misspelt_name(self, word: str) -> list[str]:
        """A name of the documents with one small slip, of the smallest in a short one: names are too many."""
        largest = 0.6 * ONE_SLIP if len(word) > 5 else DOUBLED
        return self._lexicon.likely(
            near for near in self._lexicon.words.near(word, edits=1) if near.cost <= largest
        )


def _is_slip(word: str, near: Near, frequency: float) -> bool:
    """Whether one slip lies between; in a word known at all, no odd letter ("stapes" is no "states")."""
    replaced = frequency > 0 and len(near.word) == len(word)
    return near.edits == 1 and near.cost <= (0.8 if replaced else 1.0) * ONE_SLIP


def _may_be_two(word: str) -> bool:
    """Whether two words may be written here as one, of which one is misspelt; not in "planitis"."""
    return len(word) > 7 and _MEDICAL_ENDING.search(word) is None


def _vowels(word: str) -> int:
    return sum(letter in VOWELS for letter in word)


def _inflects(word: str, other: str) -> bool:
    """Whether one is the other with an ending, so that both may be right; a silent e is no ending."""
    short, long = sorted((word, other), key=len)
    return long.startswith(short) and long[len(short) :] not in ("", "e", short[-1])
