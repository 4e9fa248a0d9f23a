"""What may have been meant by one misspelt word, by nearness, sound and frequency; most likely first.

A word is taken for a misspelling where it is unknown, or very rare in English, and lies close to a
word of the documents or to a much more frequent English word. What the documents say is never a mistake.
"""

from __future__ import annotations

import functools
import heapq
import math
import operator
import re
from collections.abc import Iterable, Mapping

from index.lexical import STOP_WORDS, stem
from qa.conversation.by_ear import without_vowels
from qa.conversation.near_words import (
    EVERYDAY,
    LONGEST,
    Near,
    Words,
    common_words,
    english_words,
    medical_words,
    very_common_words,
    zipf,
)
from qa.conversation.sounds import VOWELS, consonants, sound
from qa.conversation.typed import TypedWord

EVERYBODYS = 5.5
"""Zipf frequency of words that everybody uses all the time ("the", "back", "does")."""

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

MOST_WORDS = 50_000
"""Words of an index that may be meant, its most frequent ones; rarer ones are often misspelt themselves."""

ONE_SLIP = 1.0
"""Cost of the oddest single slip inside a word; `qa.conversation.sounds.edit_cost` says what is cheaper."""

LONG = 9
"""Letters from which two slips still leave no doubt which word is meant."""

COST_WEIGHT = 1.6
"""What one full slip weighs against a factor of ten in frequency."""

CHEAP = 0.6
"""Cost of slips that everybody makes: two letters swapped, a vowel left out."""

DOUBLED = 0.3
"""Cost of a letter of a pair left out, or doubled."""

CLOSE = 1.2
"""How far below the best guess another is still worth asking the context."""

_MEDICAL_ENDING = re.compile(
    r"(?:a?emias?|ases?|ectom(?:y|ies)|genic|gliptin|iasis|itis|ium|lysis|mabs?|nibs?|ocytes?|olol|omas?|opath(?:y|ic|ies)"
    r"|oses|osis|ostomy|otic|oxacin|plas(?:ia|ty)|pril|sartan|statins?|trophy|uria|xaban|algia|azole|cillin|caine|zepam)$"
)

_CHEMICAL_ENDING = re.compile(r"(?:in|ine|yl|ide|one|ane|ose)s?$")
_LATIN_ENDING = re.compile(r"(?:a|i|o|ae|is|us|um|ar|al)$")

# Halves that are no words beside a word, but begin or end one ("autoimmune", "painless").
_AFFIXES = frozenset(
    "anti auto counter electro extra inter intra less like macro micro mini mono multi neuro non over photo "
    "post pre pseudo radio self semi sub super tele thermo trans ultra under ward wise ness able ing".split()
)
_SHORT_HALVES = frozenset("an at as am be by do go he if in is it me my no of on or so to up us we".split())
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ly")


class Guesses:
    """Guesses at single words for one index.

    Args:
        vocabulary: Every word of the documents, in lower case, with how often it occurs.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary

    def __contains__(self, word: str) -> bool:
        """Whether the documents have the word."""
        return word in self._vocabulary

    def unknown(self, token: TypedWord) -> list[str]:
        """What was meant by a word that no one would have meant; empty where it may stand."""
        word = token.plain
        if word in self._vocabulary or "'" in word or not 2 < len(word) <= LONGEST or not word.isascii():
            return []
        frequency = zipf(word)
        if word in medical_words() or frequency >= NO_WORD:
            return []
        if token.named:
            return self._misspelt_name(word) if len(word) > 5 and frequency < RARE else []
        if stem(word) in self._stems and frequency < COMMON:
            if found := self._misspelt_inflection(word, frequency):
                return found
        elif frequency < RARE:
            near = [*self._of_documents(word, frequency), *self._one_slip(word, frequency)]
            return (
                self._split(word, least=EVERYBODYS)
                or self._likely(near)
                or self._split(word)
                or ([] if _CHEMICAL_ENDING.search(word) else self._by_sound(word))
                or (self._split_and_misspelt(word) if len(word) > 7 else [])
            )
        if frequency < COMMON:
            found = self._slip(word, frequency, self._index_words) or self._slip(
                word, frequency, very_common_words()
            )
            if found:
                return found
        return self._no_word(word, frequency) or (
            self._split(word, least=EVERYBODYS) if frequency < COMMON else []
        )

    def true(self, token: TypedWord) -> list[str]:
        """Words of the documents, a small slip off or of the same sound, that a true word may stand for."""
        word = token.plain
        if not self._may_be_doubted(token) or len(word) < 3 or zipf(word) >= FUNCTION_WORD:
            return []

        def alike(other: str) -> bool:
            telling = other not in STOP_WORDS and EVERYDAY <= zipf(other) < FUNCTION_WORD
            return telling and (other[0] == word[0] or _sounds_like(word, other))

        largest = (1.2 if zipf(word) < COMMON or len(word) >= LONG - 1 else 1.0) * ONE_SLIP
        return self._likely(
            near for near in self._index_words.near(word, alike, edits=2) if near.cost <= largest
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

        near = self._index_words.near(word, alike)
        return self._likely(other for other in near if other.cost <= 1.2 * ONE_SLIP)

    def _may_be_doubted(self, token: TypedWord) -> bool:
        word = token.plain
        return (
            not token.named
            and word.isascii()
            and "'" not in word
            and word not in self._vocabulary
            and word not in medical_words()
            and stem(word) not in self._stems
        )

    def joined(self, left: str, right: str) -> str | None:
        """A word of the documents that was written as two, one of them no word of theirs ("infra red")."""
        joined = left + right
        if min(len(left), len(right)) < 3 or {left, right} <= self._vocabulary.keys():
            return None
        if joined in self._vocabulary:
            return joined
        if len(joined) < LONG or (self._may_stand(left) and self._may_stand(right)):
            return None
        likely = self._likely(
            near
            for near in self._index_words.near(joined)
            if (near.cost <= ONE_SLIP and near.word[0] == left[0])
            or (near.cost <= 2 * ONE_SLIP and _sounds_like(joined, near.word))
        )
        return likely[0] if likely else None

    def _may_stand(self, word: str) -> bool:
        return word in self._vocabulary or zipf(word) >= EVERYDAY

    def _split(self, word: str, least: float = 0.0) -> list[str]:
        """Two words of some frequency written as one, of the documents or everybody's ("coldlaser")."""
        found = []
        for at in range(1, len(word)):
            halves = word[:at], word[at:]
            if _AFFIXES & set(halves) or min(map(zipf, halves)) < least:
                continue
            known = [half in self._vocabulary and len(half) > 2 for half in halves]
            common = [zipf(half) >= 4.5 if len(half) > 2 else half in _SHORT_HALVES for half in halves]
            everybodys = min(map(zipf, halves)) >= EVERYBODYS
            some = any(known) or everybodys or len(word) >= LONG
            if not some or not all(map(operator.or_, known, common)):
                continue
            long = min(map(len, halves)) > 2 or max(map(len, halves)) > 4
            if long or everybodys:
                found.append((sum(map(self.frequency, halves)), " ".join(halves)))
        return [text for _, text in sorted(found, reverse=True)[:3]]

    def _split_and_misspelt(self, word: str) -> list[str]:
        """Two words written as one, of which one is misspelt itself ("backpane", "bothgrups")."""
        found = []
        for at in range(3, len(word) - 2):
            left, right = word[:at], word[at:]
            for half, rest, text in ((left, right, f"{left} {{}}"), (right, left, f"{{}} {right}")):
                if zipf(half) < 4 or half in _AFFIXES or len(rest) < 4 or zipf(rest) >= 3.5:
                    continue
                for near in self._index_words.near(rest):
                    sure = near.cost <= (ONE_SLIP if half in self._vocabulary else CHEAP)
                    true = zipf(near.word) >= EVERYDAY or len(rest) > 5
                    if sure and true and near.word[0] == rest[0]:
                        score = self.frequency(half) + self.frequency(near.word) - COST_WEIGHT * near.cost
                        found.append((score, text.format(near.word)))
        return [text for _, text in sorted(found, reverse=True)[:3]]

    def _of_documents(self, word: str, frequency: float) -> list[Near]:
        """Words of the documents that are a slip off, sound the same, or in a long word are two slips off."""
        by_sound = min(2.0, 0.35 * len(word)) * ONE_SLIP
        return [
            near
            for near in [*self._index_words.near(word), *self._forms(word)]
            if _is_slip(word, near, frequency)
            or (near.word[:-1] == word and len(word) > 5)
            or (near.edits == 1 and near.cost <= 1.3 * ONE_SLIP and frequency == 0 and len(word) > 4)
            or (near.cost <= by_sound and _sounds_like(word, near.word))
            or (near.cost <= 1.5 * ONE_SLIP and len(word) >= LONG and near.word[0] == word[0])
        ]

    def _forms(self, word: str) -> list[Near]:
        """Near English words of which the documents have another form ("contradict" of "contradicts")."""
        return english_words().near(word, lambda other: stem(other) in self._stems)

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
            if (_is_slip(word, near, frequency) or (near.cost <= ONE_SLIP and _sounds_like(word, near.word)))
            and not _inflects(word, near.word)
        ]

    def _by_sound(self, word: str) -> list[str]:
        """A word that sounds the same, however it is spelt ("menshun")."""
        if len(sound(word)) < 6:
            return []

        def alike(other: str) -> bool:
            known = other in self._vocabulary or stem(other) in self._stems or zipf(other) >= EVERYDAY
            return known and _sounds_like(word, other)

        near = [*self._index_words.near(word, alike, edits=4), *english_words().near(word, alike, edits=4)]
        # Of words that sound the same it says little how differently they are spelt.
        return self._likely(
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

        return self._likely(filter(slipped, words.near(word, edits=1)))

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

        words = [*self._index_words.near(word, edits=1), *common_words().near(word, edits=1)]
        if len(word) >= 5 or without_vowels(word):
            return self._likely(filter(meant, words))
        return self._likely(near for near in words if meant(near) and zipf(near.word) - frequency >= 3)

    def _misspelt_inflection(self, word: str, frequency: float) -> list[str]:
        """What was meant by a word that the stemmer reads rightly all the same ("nervs", "treatmants")."""
        if frequency > 0:
            return []
        return self._likely(
            near
            for near in self._index_words.near(word)
            if stem(near.word) == stem(word) and not _inflects(word, near.word)
        )

    def _misspelt_name(self, word: str) -> list[str]:
        """A name of the documents with one small slip; names are too many to be bolder."""
        return self._likely(
            near for near in self._index_words.near(word, edits=1) if near.cost <= 0.6 * ONE_SLIP
        )

    def _likely(self, candidates: Iterable[Near]) -> list[str]:
        """The likeliest words: frequency in English and in the index, against the cost of mistyping it so."""
        scores = {near.word: self.frequency(near.word) - COST_WEIGHT * near.cost for near in candidates}
        best = max(scores.values(), default=0.0)
        return sorted(
            (word for word in scores if scores[word] >= best - CLOSE), key=lambda w: (-scores[w], w)
        )

    def frequency(self, word: str) -> float:
        """Zipf frequency of a word in a text that is half English and half the documents."""
        english = 10 ** zipf(word)
        index = self._vocabulary.get(word, 0) / self._total * 1e9
        return math.log10((english + index) / 2 + 1)

    @functools.cached_property
    def _total(self) -> int:
        return max(1, sum(self._vocabulary.values()))

    @functools.cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._vocabulary)

    @functools.cached_property
    def _index_words(self) -> Words:
        words: Iterable[str] = (word for word in self._vocabulary if len(word) > 2 and word.isalpha())
        if len(self._vocabulary) > MOST_WORDS:
            words = heapq.nlargest(MOST_WORDS, words, key=self._vocabulary.__getitem__)
        return Words(list(words))


def _is_slip(word: str, near: Near, frequency: float) -> bool:
    """Whether one slip lies between; in a word known at all, no odd letter ("stapes" is no "states")."""
    replaced = frequency > 0 and len(near.word) == len(word)
    return near.edits == 1 and near.cost <= (0.8 if replaced else 1.0) * ONE_SLIP


def _vowels(word: str) -> int:
    return sum(letter in VOWELS for letter in word)


def _sounds_like(word: str, other: str) -> bool:
    """Whether two words sound the same; all vowels count as one, but not where a word begins with one."""
    first = sound(word)
    return first == sound(other) and (first[0] != "a" or word[0] == other[0])


def _inflects(word: str, other: str) -> bool:
    """Whether one is the other with an ending, so that both may be right; a silent e is no ending."""
    short, long = sorted((word, other), key=len)
    return long.startswith(short) and long[len(short) :] not in ("", "e", short[-1])
