"""Misspelt words of a question, corrected against the words of the index and of English, never silently.

A word that is unknown, or very rare in English, is taken for the likeliest word near to it: by the edits
between them (rapidfuzz), and by how frequent that word is in the documents and in English. What the documents
say is never a mistake. A true word that may be mistyped for one of the documents is left to the reader, which
is given the question with both.
"""

from __future__ import annotations

import functools
import heapq
import math
import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.resources import files

from index.lexical import STOP_WORDS, stem
from qa.conversation.language import ENGLISH, is_written_in, language_of
from qa.conversation.typed_words import Correction, TypedWord, put_in, typed_words
from qa.english import words_from, zipf
from qa.pack import pack_in_force
from qa.vocabulary import Vocabulary, phrase

MOST_WORDS = 50_000
"""Words of an index that may be meant, its most frequent ones; rarer ones are often misspelt themselves."""

EVERYDAY = 3.3
"""Zipf frequency from which an English word that the documents lack may be what was meant ("downed" 3.3)."""

COMMON = 3.0
"""Zipf frequency from which a word is held to be what was meant; misspellings in the list reach 2.9."""

RARE = 1.5
"""Zipf frequency below which a word may be any misspelling; between the two only letters that changed places
or sound alike are a slip ("poeple"), and not of a word that is inflected ("halve", which has 2.4)."""

JOINING = 5.7
"""Zipf frequency from which a word mostly joins others ("were" 6.3; "pain" has 5.0)."""

UNLIKELY = 4.0
"""Zipf frequency below which a true word may be mistyped for one of the documents ("trails" has 3.8)."""

EVERYBODYS = 5.0
"""Zipf frequency of the parts into which what was run together is split, where the documents lack them."""

COST_OF_EDIT = 1.6
"""What one edit weighs against a factor of ten in frequency."""

COST_OF_FIRST, COST_OF_LENGTH = 0.8, 0.4
"""What another first letter, and another number of letters, weigh beside."""

TELLING_SOUNDS = 3
"""Consonants from which a word is told by its sound alone ("loopus")."""

LONGEST = 40
"""Letters beyond which nothing is a word that anyone meant."""

_NAMED_KINDS = ("illness", "symptom", "medicine", "body_part", "treatment", "procedure", "implant")
"""Kinds of conditions.toml whose names are seldom in a list of English words, and never misspellings."""

_SOUNDS = [
    (re.compile(written), heard)
    for written, heard in (
        ("[cst]+ion(?=s?$)|s+h(?:i?o|a|e|u)n(?=s?$)", "tn"), ("m(?=[fv])", "n"),
        ("ph", "f"), ("ps", "s"), ("sc(?=[eiy])|c(?=[eiy])|z", "s"), ("ck|c|q", "k"), ("x", "ks"),
        ("(?<=.)h", ""), ("mb$", "m"), ("[aeiouyw]+", "a"), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
# What ends so is no slip for another word, but one of many names that no list has.
_MEDICAL_ENDING = re.compile(
    r"(?:a?emi[ac]s?|ases?|ectom(?:y|ies)|genic|gliptin|iasis|itis|ium|lysis|mabs?|nibs?|ocytes?|olol|omas?|"
    r"opath(?:y|ic|ies)|oses|osis|ostomy|otic|oxacin|plas(?:ia|ty)|pril|sartan|statins?|trophy|uria|xaban|"
    r"algia|azole|cillin|caine|zepam|yl|ides?|ines?|oids?|[aio]|is|us|ous|um|ar|al|phate|tional|atory|ations?)$"
)
_LETTERS = re.compile(r"[^\W\d_]+")


class Corrector:
    """Corrects questions for one index.

    Args:
        vocabulary: Every word of the documents, in lower case, with how often it occurs.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._total = max(1, sum(vocabulary.values()))
        self.correct = functools.lru_cache(maxsize=256)(self._correct)

    def language(self, question: str) -> str:
        """ISO code of the language that a question is in; "en" also for one of the documents' own."""
        language = language_of(question, self._vocabulary)
        return ENGLISH if language == ENGLISH or is_written_in(language, self._vocabulary) else language

    def _correct(self, question: str) -> Correction:
        """Correct a question; text and changes are exactly what is to be shown.

        Numbers, codes, addresses and abbreviations in capitals are left alone, and so is every word
        that the documents use, and a question in another language.
        """
        if language_of(question, self._vocabulary) != ENGLISH:
            return Correction(question)
        tokens = typed_words(question)
        meant: dict[int, str] = {}
        for at, token in enumerate(tokens):
            if at in meant:
                continue
            if whole := self._written_apart(tokens, at):
                meant[at], meant[at + 1] = whole, ""
            elif word := self._meant(token):
                meant[at] = word
        return put_in(question, tokens, meant)

    def doubted(self, question: str, but: Collection[str] = ()) -> Correction:
        """A question with words of the documents in the place of rare true words that sound like them.

        Args:
            question: As typed or corrected.
            but: Words that are no slips.
        """
        tokens = typed_words(question)
        doubtful = ((at, token) for at, token in enumerate(tokens) if token.plain not in but)
        meant = {at: word for at, token in doubtful if (word := self._mistyped(token))}
        return put_in(question, tokens, meant)

    def _written_apart(self, tokens: Sequence[TypedWord], at: int) -> str | None:
        """A word of the documents that was written as two ("infra red")."""
        if at + 1 == len(tokens) or tokens[at + 1].start - tokens[at].end != 1:
            return None
        parts = (tokens[at].plain, tokens[at + 1].plain)
        whole = "".join(parts)
        known = len(whole) > 6 and whole in self._vocabulary
        return whole if known and not all(part in self._vocabulary for part in parts) else None

    def _meant(self, token: TypedWord) -> str | None:
        """What was meant by a word that no one would have meant; None where it may stand."""
        word = token.plain
        if word in self._vocabulary or not 0 < len(word) <= LONGEST:
            return None
        if not token.named and word in _slips():
            return _slips()[word]
        frequency = zipf(word)
        if len(word) < 3 or not (word.isascii() and word.isalpha()) or frequency >= COMMON:
            return None
        if word in field_words():
            return None
        if token.named:
            return self._nearest(word, self._words, 1) if len(word) > 3 and frequency < RARE else None
        if frequency >= RARE:
            return self._small_slip(word, frequency)
        # Written by ear, though many letters differ ("dulockseteen").
        if heard := self._nearest(word, self._by_sound.get(_by_ear(word), ()), len(word) // 2):
            return heard
        if _MEDICAL_ENDING.search(word):
            return self._nearest(word, self._words, 2 + (len(word) > 7), _sounds_like) or self._nearest(
                word, self._words, 1, _no_ending
            )
        slip = self._nearest(word, self._all_words, 1, _not_its_end)
        if slip is None or slip not in self._vocabulary:
            # A name that no list has is near to some word or other ("Beurer", "bearer").
            slip = self._run_together(word) or (slip if slip and zipf(slip) >= UNLIKELY else None)
        edits = 1 if len(word) < 6 else 2 + (len(word) > 9)
        # Two slips leave the sound of a short word, or it is another one ("Beurer" is not "better").
        alike = _same_sound if len(word) < 8 else _not_its_end
        return slip or self._nearest(word, self._words, edits, alike) or self._everyday(word)

    def _everyday(self, word: str) -> str | None:
        """An everyday English word that sounds as what was typed ("incress")."""
        return self._nearest(word, words_from(UNLIKELY), 2, _same_sound) if len(word) > 5 else None

    def _small_slip(self, word: str, frequency: float) -> str | None:
        """What was meant by a word that may be true: only a word far more frequent, and no form of it."""
        if stem(word) in self._stems:
            near = self._nearest(word, self._words, 1, _not_its_end)
            far = near is not None and zipf(near) - frequency >= 2 and not word.startswith(near)
            return near if far else None
        alike = _swapped if _MEDICAL_ENDING.search(word) else _same_sound
        return self._nearest(word, self._words, 1, alike) or (
            None if _is_inflected(word) else self._nearest(word, words_from(EVERYBODYS), 1, _swapped)
        )

    def _nearest(
        self,
        word: str,
        words: Sequence[str],
        edits: int,
        alike: Callable[[str, str], bool] = lambda word, other: True,
    ) -> str | None:
        """The likeliest of some words within so many edits of a typed one, and alike; None where none is."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found = [
            other for other, _, _ in extract(word, words, scorer=OSA.distance, score_cutoff=edits, limit=None)
        ]
        if edits > 1:
            found = [other for other in found if _same_start(word, other)]
        found = [other for other in found if alike(word, other)]
        best = max(found, key=lambda other: self._score(word, other), default=None)
        # "Hemophilia", which others write so, is no slip for "haemophilia".
        return None if best is None or (phrase(best) == phrase(word) and zipf(word) >= RARE) else best

    def _score(self, word: str, other: str) -> float:
        """How likely a word is meant: its frequency, against the cost of mistyping it so."""
        from rapidfuzz.distance import OSA

        # Vowels for each other, letters doubled or single, or in each other's place: half an edit.
        sounds = (_by_ear(each).replace("a", "") for each in (word, other))
        heard = 0 if _swapped(word, other) else OSA.distance(*sounds)
        edits = (OSA.distance(word, other) + heard) / 2
        apart = COST_OF_FIRST * (_by_ear(word)[:1] != _by_ear(other)[:1]) + COST_OF_LENGTH * (
            len(word) != len(other)
        )
        return self._frequency(other) - COST_OF_EDIT * edits - apart

    def _frequency(self, word: str) -> float:
        """Zipf frequency of a word in a text that is half English and half the documents."""
        english = 10 ** min(zipf(word), EVERYBODYS)
        index = self._vocabulary.get(word, 0) / self._total * 1e9
        return math.log10((english + index) / 2 + 1)

    def _run_together(self, word: str) -> str | None:
        """Two words that were written as one; both of the documents, or such as everybody uses."""
        cuts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
        cuts = [cut for cut in cuts if all(map(self._is_part, cut)) and max(map(len, cut)) > 3]
        best = max(cuts, key=lambda cut: min(map(self._frequency, cut)), default=None)
        return " ".join(best) if best else None

    def _is_part(self, word: str) -> bool:
        return zipf(word) >= EVERYBODYS + (len(word) < 3) or (word in self._vocabulary and len(word) > 2)

    def _mistyped(self, token: TypedWord) -> str | None:
        """The word of the documents that a true word may stand for which they do not have ("pane")."""
        word = token.plain
        unlikely = token.named or len(word) < 3 or zipf(word) >= UNLIKELY or not word.isalpha()
        if unlikely or word in self._vocabulary or stem(word) in self._stems or word in field_words():
            return None
        near = self._nearest(word, [each for each in self._words if each[0] == word[0]], 2, _sounds_like)
        if near is None and len(word) > 3 and zipf(word) < COMMON:
            near = self._nearest(word, self._all_words, 1, _not_its_end)
        telling = near is not None and near not in STOP_WORDS and EVERYDAY <= zipf(near) < JOINING
        return near if telling else None

    @functools.cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self._vocabulary))

    @functools.cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """The words of the documents by how they sound, as far as that tells a word from others."""
        found: dict[str, list[str]] = {}
        for word in self._words:
            if len((heard := _by_ear(word)).replace("a", "")) >= TELLING_SOUNDS:
                found.setdefault(heard, []).append(word)
        return found

    @functools.cached_property
    def _words(self) -> list[str]:
        words = [word for word in self._vocabulary if len(word) > 2 and word.isalpha()]
        words = heapq.nlargest(MOST_WORDS, words, key=self._vocabulary.__getitem__)
        return list(dict.fromkeys([*words, *field_words()]))

    @functools.cached_property
    def _all_words(self) -> list[str]:
        return list(dict.fromkeys([*self._words, *words_from(EVERYDAY)]))


def _by_ear(word: str) -> str:
    """The consonants of a word as they sound, roughly, with one sign for vowels in their places."""
    for written, heard in _SOUNDS:
        word = written.sub(heard, word)
    return word.rstrip("a") or word


def _skeleton(word: str) -> str:
    """The same without its vowels where enough is left to tell it by ("perifral", "peripheral")."""
    heard = _by_ear(word)
    return heard[0] + heard[1:].replace("a", "") if len(word) > 5 else heard


def _same_sound(word: str, other: str) -> bool:
    return _swapped(word, other) or _by_ear(word) == _by_ear(other) or _skeleton(word) == _skeleton(other)


def _same_start(word: str, other: str) -> bool:
    """Whether two words begin alike: with one vowel, or with consonants that sound alike."""
    return word[0] == other[0] or (_by_ear(word)[0] == _by_ear(other)[0] != "a")


def _not_its_end(word: str, other: str) -> bool:
    """Whether two words differ in more than the last letter of a long one ("myasthenic", "myasthenia")."""
    return word[:-1] != other[:-1] or len(word) < 8


def _no_ending(word: str, other: str) -> bool:
    """Whether more than an ending is between two words ("chronica", "risky")."""
    return word[:-1] not in (other, other[:-1])


def _sounds_like(word: str, other: str) -> bool:
    return _same_sound(word, other) and _no_ending(word, other)


def _swapped(word: str, other: str) -> bool:
    """Whether only letters changed their places ("poeple")."""
    return sorted(word) == sorted(other)


def _is_inflected(word: str) -> bool:
    """Whether English has other forms of a word: it is true then, however rare."""
    return any(zipf(word + ending) >= RARE for ending in ("s", "d", "ed", "ing"))


def field_words() -> frozenset[str]:
    """The names of illnesses, medicines and treatments that the pack in force knows, as they are written."""
    return _names_in(pack_in_force().conditions)


@functools.lru_cache(maxsize=2)
def _names_in(table: Vocabulary) -> frozenset[str]:
    names = (match[0].lower() for match in _LETTERS.finditer(table.written(_NAMED_KINDS)))
    return frozenset(name for name in names if len(name) > 3 and name.isalpha())


@functools.lru_cache(maxsize=1)
def _slips() -> dict[str, str]:
    text = files("qa.conversation").joinpath("slips.toml").read_text(encoding="utf-8")
    slips: dict[str, str] = tomllib.loads(text)["slips"]
    return slips
