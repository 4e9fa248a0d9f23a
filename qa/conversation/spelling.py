"""Misspelt words of a question, corrected against the words of the index and of English, never silently.

A word is taken for a misspelling where it is unknown, or very rare in English, and lies close to a
word of the documents or to a much more frequent English word. What the documents say is never a mistake.
"""

from __future__ import annotations

import functools
import heapq
import math
import re
from collections.abc import Iterable, Mapping, Sequence

from index.lexical import stem
from qa.conversation.near_words import (
    LONGEST,
    Near,
    Words,
    english_words,
    medical_words,
    very_common_words,
    zipf,
)
from qa.conversation.sounds import VOWELS, consonants, sound
from qa.conversation.typed import Correction, TypedWord, put_in, typed_words

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

# Spelt by ear, or as on a telephone: too short or too far from what is meant for a distance between letters.
_BY_EAR = {
    "becos": "because", "bcoz": "because", "becoz": "because", "coz": "because", "cos": "because",
    "cuz": "because", "cud": "could", "dus": "does", "duz": "does", "dis": "this", "dos": "does",
    "lite": "light", "lites": "lights", "nite": "night", "nites": "nights", "plz": "please", "pls": "please",
    "shud": "should", "thru": "through", "u": "you", "ur": "your", "wat": "what", "wen": "when",
    "wich": "which", "wot": "what", "wud": "would", "wiv": "with", "wif": "with", "frm": "from",
    "bin": "been", "hav": "have", "havin": "having", "bak": "back", "fone": "phone",
}  # fmt: skip

# Of these the true word is as likely: they are only taken for misspelt beside another misspelling.
_ALSO_TRUE = frozenset({"bin", "cos", "dis", "dos", "wen"})

# Two true words that are only mistaken for each other beside a certain word.
_MISTAKEN_AFTER = {
    ("side", "affect"): "effect",
    ("side", "affects"): "effects",
    ("after", "affects"): "effects",
    ("nerve", "pane"): "pain",
    ("back", "pane"): "pain",
    ("neck", "pane"): "pain",
}

_MEDICAL_ENDING = re.compile(
    r"(?:a?emias?|ases?|ectom(?:y|ies)|genic|gliptin|iasis|itis|ium|lysis|mabs?|nibs?|ocytes?|olol|omas?|opath(?:y|ic|ies)"
    r"|oses|osis|ostomy|otic|oxacin|plas(?:ia|ty)|pril|sartan|statins?|trophy|uria|xaban|algia|azole|cillin|caine|zepam)$"
)

# Halves that are no words beside a word, but begin or end one ("autoimmune", "painless").
_AFFIXES = frozenset(
    "anti auto counter electro extra inter intra less like macro micro mini mono multi neuro non over photo "
    "post pre pseudo radio self semi sub super tele thermo trans ultra under ward wise ness able ing".split()
)


class Corrector:
    """Corrects questions for one index.

    Args:
        vocabulary: Every word of the documents, in lower case, with how often it occurs.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary

    def correct(self, question: str) -> Correction:
        """Correct a question; text and changes are exactly what is to be shown.

        Numbers, codes, addresses and abbreviations in capitals are left alone, and so is every word
        that the documents use or that is common in English, unless the question is plainly misspelt
        elsewhere and the documents have a word that sounds the same.
        """
        tokens = typed_words(question)
        meant: dict[int, str] = {}
        for at, token in enumerate(tokens):
            word = self._joined_or_mistaken(tokens, at) or self._meant(token)
            if word and word != token.plain:
                meant[at] = word
        sloppy = any(tokens[at].plain not in _BY_EAR for at in meant) or len(meant) > 1
        if sloppy:
            for at, token in enumerate(tokens):
                if at not in meant and (word := self._meant_though_true(token)):
                    meant[at] = word
        return put_in(question, tokens, meant)

    def _joined_or_mistaken(self, tokens: Sequence[TypedWord], at: int) -> str | None:
        """A word that stands wrong only beside its neighbour ("infra red", "side affects")."""
        if at + 1 < len(tokens):
            left, right = tokens[at].plain, tokens[at + 1].plain
            apart = tokens[at + 1].start - tokens[at].end == 1
            joined = left + right
            long = min(len(left), len(right)) > 2
            if apart and long and joined in self._vocabulary and not {left, right} <= self._vocabulary.keys():
                return joined
        if at and (other := _MISTAKEN_AFTER.get((tokens[at - 1].plain, tokens[at].plain))):
            return None if tokens[at].plain in self._vocabulary and other not in self._vocabulary else other
        return None

    def _meant(self, token: TypedWord) -> str | None:
        """What was meant by a word that no one would have meant."""
        word = token.plain
        if word in self._vocabulary or "'" in word:
            return None
        if word in _BY_EAR and not token.named:
            return _BY_EAR[word] if word not in _ALSO_TRUE else None
        frequency = zipf(word)
        if not 2 < len(word) <= LONGEST or not word.isascii():
            return None
        if frequency >= COMMON or word in medical_words():
            return None
        if token.named:
            return self._misspelt_name(word) if len(word) > 5 and frequency < RARE else None
        if stem(word) in self._stems:
            return self._misspelt_inflection(word, frequency)
        if frequency >= RARE:
            return self._slip(word, frequency, self._index_words) or self._slip(
                word, frequency, very_common_words()
            )
        return (
            self._meant_of_documents(word, frequency) or self._split(word) or self._one_slip(word, frequency)
        )

    def _meant_though_true(self, token: TypedWord) -> str | None:
        """A word of the documents that sounds like this true but unlikely one ("mussels", "pane")."""
        word = token.plain
        if word in self._vocabulary or token.named or "'" in word:
            return None
        if word in _ALSO_TRUE:
            return _BY_EAR[word]
        frequency = zipf(word)
        if len(word) < 4 or frequency >= 3.8 or stem(word) in self._stems:
            return None
        if word in medical_words() or not word.isascii():
            return None

        def alike(other: str) -> bool:
            likelier = frequency + 1 <= zipf(other) < FUNCTION_WORD
            return likelier and other[0] == word[0] and consonants(other) == consonants(word)

        near = self._index_words.near(word, alike)
        return self._likeliest(other for other in near if other.cost <= 1.2 * ONE_SLIP)

    def _meant_of_documents(self, word: str, frequency: float) -> str | None:
        """A word of the documents that is a slip off, sounds the same, or in a long word is two slips off."""
        return self._likeliest(
            near
            for near in self._index_words.near(word)
            if _is_slip(word, near, frequency)
            or (near.word[:-1] == word and len(word) > 5)
            or (near.edits == 1 and near.cost <= 1.3 * ONE_SLIP and frequency == 0 and len(word) > 4)
            or (near.cost <= 2 * ONE_SLIP and _sounds_like(word, near.word))
            or (near.cost <= 1.5 * ONE_SLIP and len(word) >= LONG and near.word[0] == word[0])
        )

    def _one_slip(self, word: str, frequency: float) -> str | None:
        """A word that the documents lack, one slip off; what ends like a medical word is no everyday one."""
        words = medical_words().near(word)
        if not _MEDICAL_ENDING.search(word):
            words += english_words().near(word, edits=1)
        return self._likeliest(
            near
            for near in words
            if (_is_slip(word, near, frequency) or (near.cost <= ONE_SLIP and _sounds_like(word, near.word)))
            and not _inflects(word, near.word)
        )

    def _slip(self, word: str, frequency: float, words: Words) -> str | None:
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

        return self._likeliest(filter(slipped, words.near(word, edits=1)))

    def _misspelt_inflection(self, word: str, frequency: float) -> str | None:
        """What was meant by a word that the stemmer reads rightly all the same ("nervs", "treatmants")."""
        if frequency > 0:
            return None
        return self._likeliest(
            near
            for near in self._index_words.near(word)
            if stem(near.word) == stem(word) and not _inflects(word, near.word)
        )

    def _misspelt_name(self, word: str) -> str | None:
        """A name of the documents with one small slip; names are too many to be bolder."""
        return self._likeliest(
            near for near in self._index_words.near(word, edits=1) if near.cost <= 0.6 * ONE_SLIP
        )

    def _likeliest(self, candidates: Iterable[Near]) -> str | None:
        """Frequency in English and in the index, against the cost of mistyping it so."""
        scored = [(self._frequency(near.word) - COST_WEIGHT * near.cost, near.word) for near in candidates]
        return max(scored)[1] if scored else None

    def _split(self, word: str) -> str | None:
        """Two words written as one ("coldlaser"); at least one of them is a word of the documents."""
        best = None
        for at in range(3, len(word) - 2):
            left, right = word[:at], word[at:]
            if left in _AFFIXES or right in _AFFIXES:
                continue
            known = [half in self._vocabulary for half in (left, right)]
            if all(known) or (any(known) and all(zipf(half) >= 4.5 for half in (left, right))):
                score = self._frequency(left) + self._frequency(right)
                best = max(best or (score, left, right), (score, left, right))
        return f"{best[1]} {best[2]}" if best else None

    def _frequency(self, word: str) -> float:
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
