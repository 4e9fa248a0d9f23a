"""Misspelt words of a question, corrected against the words of the index and of English, never silently.

A word that is unknown, or very rare in English, is taken for the likeliest word near to it: by the edits
between them (rapidfuzz), and by how frequent that word is in the documents and in English. What the documents
say is never a mistake. A true word that may be mistyped for one of the documents is left to the reader, which
is given the question with both.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence

from index.lexical import STOP_WORDS
from qa.conversation.known_words import (
    EVERYBODYS,
    EVERYDAY,
    RARE,
    TELLING_SOUNDS,
    KnownWords,
    field_words,
    has_medical_ending,
)
from qa.conversation.language import is_written_in, language_of
from qa.conversation.slips import (
    cost,
    known_slips,
    no_ending,
    not_its_end,
    same_sound,
    sound_of,
    sounds_like,
    swapped,
    taken_apart,
)
from qa.conversation.typed_words import Correction, TypedWord, abbreviations, put_in, typed_words
from qa.frequencies import words_from, zipf
from qa.question_text import AUXILIARIES, DETERMINERS, POSSESSIVES, PREPOSITIONS, QUESTION_WORDS
from qa.vocabulary import phrase
from qa.words import ENGLISH

COMMON = 3.0
"""Zipf frequency from which a word is held to be what was meant; misspellings in the list reach 2.9."""

JOINING = 5.7
"""Zipf frequency from which a word mostly joins others ("were" 6.3; "pain" has 5.0)."""

UNLIKELY = 4.0
"""Zipf frequency below which a true word may be mistyped for one of the documents ("trails" has 3.8)."""

MUCH_RARER = 2.5
"""Factors of ten by which a true word must be rarer than one that sounds alike, to be a slip for it: "fyre"
is 3.3 rarer than "fire", "carer" 2.2 rarer than "career"."""

COST_OF_SPACE = 2.4
"""What a space that is left out weighs against another slip (`qa.conversation.slips.cost`)."""

LONGEST = 40
"""Letters beyond which nothing is a word that anyone meant."""


class Corrector:
    """Corrects questions for one index.

    Args:
        vocabulary: Every word of the documents, in lower case, with how often it occurs.
        units: Words of units of measure, which are true also where the documents have only their signs.
    """

    def __init__(self, vocabulary: Mapping[str, int], units: Collection[str] = ()) -> None:
        self._vocabulary = vocabulary
        self._units = units
        self._known = KnownWords(vocabulary, units)
        self.correct = functools.lru_cache(maxsize=256)(self._correct)
        # All words of the documents are looked up for it.
        self._is_written_in = functools.cache(lambda language: is_written_in(language, vocabulary))

    def language(self, question: str) -> str:
        """ISO code of the language that a question is in; "en" also for one of the documents' own."""
        language = language_of(question, self._vocabulary)
        return ENGLISH if language == ENGLISH or self._is_written_in(language) else language

    def spoken(self, question: str) -> str:
        """ISO code of the language that a question is in, where documents are written in it; else "en"."""
        language = language_of(question)
        return language if language == ENGLISH or self._is_written_in(language) else ENGLISH

    def knows(self, word: str) -> bool:
        """Whether a word stands in the documents, in any of its forms."""
        return self._known.knows(word)

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
                meant[at] = self._likelier(token, word)
        return put_in(question, tokens, meant)

    def doubted(self, question: str, but: Collection[str] = ()) -> Correction:
        """A question with words of the documents in the place of rare true words that sound like them.

        Those in `but` are no slips.
        """
        tokens = typed_words(question)
        doubtful = ((at, token) for at, token in enumerate(tokens) if token.plain not in but)
        found = ((at, self._joins(tokens, at) or self._mistyped(token)) for at, token in doubtful)
        meant = {at: word for at, word in found if word}
        if meant:
            return put_in(question, tokens, meant)
        tokens = abbreviations(question)
        shortened = ((at, self._reordered(token.plain)) for at, token in enumerate(tokens))
        return put_in(question, tokens, {at: word for at, word in shortened if word})

    def _reordered(self, word: str) -> str | None:
        """The word of the documents of whose letters an unknown one is made ("NTN", "NNT")."""
        known = word in self._vocabulary or zipf(word) >= COMMON
        return None if known else next((other for other in self._vocabulary if swapped(word, other)), None)

    def _joins(self, tokens: Sequence[TypedWord], at: int) -> str | None:
        """The word whose letters changed places: one that asks, where a question asks ("dose it help"), a
        thing behind "the" and the like ("the does"), or a preposition ("pay fro it").
        """
        word = tokens[at].plain
        follows = {token.plain for token in tokens[at + 1 : at + 2]}
        if (at == 0 or tokens[at - 1].plain in QUESTION_WORDS) and not follows & (AUXILIARIES | PREPOSITIONS):
            return next((other for other in AUXILIARIES if other != word and swapped(word, other)), None)
        if at and tokens[at - 1].plain in DETERMINERS and word in AUXILIARIES:
            return next((other for other in self._vocabulary if other != word and swapped(word, other)), None)
        rare = word not in self._vocabulary and zipf(word) < UNLIKELY
        return next((other for other in PREPOSITIONS if rare and swapped(word, other)), None)

    def _written_apart(self, tokens: Sequence[TypedWord], at: int) -> str | None:
        """A word of the documents that was written as two ("infra red")."""
        if at + 1 == len(tokens) or tokens[at + 1].start - tokens[at].end != 1:
            return None
        parts = (tokens[at].plain, tokens[at + 1].plain)
        whole = "".join(parts)
        if all(part in self._vocabulary for part in parts) or len(whole) < 7:
            return None
        if whole in self._vocabulary:
            return whole
        # Both halves of one that has a hyphen may be misspelt ("metta analisis").
        hyphenated = "-".join(parts)
        if hyphenated in self._vocabulary or min(map(zipf, parts)) >= COMMON:
            return None
        return self._known.nearest(hyphenated, self._known.hyphenated, 2, same_sound)

    def _meant(self, token: TypedWord) -> str | None:
        """What was meant by a word that no one would have meant; None where it may stand."""
        word = token.plain
        if word in self._vocabulary or not 0 < len(word) <= LONGEST:
            return None
        if not token.named and word in known_slips():
            return known_slips()[word]
        frequency = zipf(word)
        if len(word) < 3 or not (word.isascii() and word.isalpha()) or frequency >= COMMON:
            return None
        if word in field_words():
            return None
        if token.named:
            return self._named(word) if len(word) > 3 and frequency < RARE else None
        if frequency >= RARE:
            return self._small_slip(word, frequency)
        # Written by ear, though many letters differ ("dulockseteen").
        if heard := self._known.nearest(word, self._known.by_sound.get(sound_of(word), ()), len(word) // 2):
            # Or by a finger that went astray ("stufy" sounds as "stiff").
            heard = self._known.likelier(
                word, heard, self._known.nearest(word, self._known.words, 1, not_its_end)
            )
            apart = taken_apart(word, lambda part: zipf(part) >= EVERYBODYS, self._known.frequency)
            return heard if cost(word, heard) < COST_OF_SPACE or not apart else apart
        if has_medical_ending(word):
            return self._known.nearest(
                word, self._known.words, 2 + (len(word) > 7), sounds_like
            ) or self._known.nearest(word, self._known.words, 1, no_ending)
        slip = self._known.nearest(word, self._known.all_words, 1, not_its_end)
        if slip is None or slip not in self._vocabulary:
            # A name that no list has is near to some word or other ("Beurer", "bearer").
            slip = taken_apart(word, self._is_part, self._known.frequency) or (
                slip if slip and (zipf(slip) >= UNLIKELY or slip in self._units) else None
            )
        edits = 1 if len(word) < 6 else 2 + (len(word) > 9)
        # Two slips leave the sound of a short word, or it is another one ("Beurer" is not "better").
        alike = same_sound if len(word) < 8 else not_its_end
        if near := slip or self._known.nearest(word, self._known.words, edits, alike):
            return near
        # An everyday English word that sounds as what was typed ("incress", "menshun").
        consonants = len(sound_of(word).replace("a", ""))
        edits = len(word) // 2 if consonants > TELLING_SOUNDS else 2
        return self._known.nearest(word, words_from(UNLIKELY), edits, same_sound) if len(word) > 5 else None

    def _likelier(self, token: TypedWord, meant: str) -> str:
        """What was taken to be meant, or an everyday word that one edit explains ("polcy" is no "palsy")."""
        word = token.plain
        near = (
            None
            if token.named or word in known_slips()
            else self._known.nearest(word, self._known.all_words, 1)
        )
        nearer = near and cost(word, near) < cost(word, meant) and phrase(near) != phrase(meant)
        return self._known.likelier(word, meant, near) if nearer else meant

    def _small_slip(self, word: str, frequency: float) -> str | None:
        """What was meant by a word that may be true: only a word far more frequent, and no form of it."""
        if self.knows(word):
            near = self._known.nearest(word, self._known.words, 1, not_its_end)
            return near if near and zipf(near) - frequency >= 2 and not word.startswith(near) else None
        alike = swapped if has_medical_ending(word) else same_sound
        near = self._known.nearest(word, self._known.words, 1, alike)
        if near is not None and near[:-1] == word[:-1] and word.endswith("y"):
            return None  # "tingly" is made of "tingle".
        if near is not None:
            return near
        far = self._known.nearest(word, words_from(EVERYBODYS), 1, alike)
        return far if far and (swapped(word, far) or zipf(far) - frequency >= MUCH_RARER) else None

    def _named(self, word: str) -> str | None:
        """The name that was meant: one letter of it, or all, as it sounds ("Cockran", "Medicair")."""
        heard = () if has_medical_ending(word) else self._known.by_sound.get(sound_of(word), ())
        return self._known.nearest(word, self._known.words, 1) or self._known.nearest(word, heard, 2)

    def _is_part(self, word: str) -> bool:
        return zipf(word) >= EVERYBODYS + (len(word) < 3) or (word in self._vocabulary and len(word) > 2)

    def _mistyped(self, token: TypedWord) -> str | None:
        """The word of the documents that a true word may stand for which they do not have ("pane")."""
        word = token.plain
        unlikely = token.named or len(word) < 3 or zipf(word) >= UNLIKELY or not word.isalpha()
        if unlikely or word in self._vocabulary or self.knows(word) or word in field_words():
            return None
        if word in POSSESSIVES or word in self._units:
            return None  # "hers" is no slip for "hours", nor a joule for July.
        alike = [each for each in self._known.words if each[0] == word[0]]
        near = self._known.nearest(word, alike, 2, sounds_like)
        near = near or self._known.nearest(
            word, [each for each in alike if len(each) == len(word)], 3, sounds_like
        )
        if near is None and len(word) > 3 and zipf(word) < COMMON:
            # A true word is no slip for one that the documents do not have either ("larch", "large").
            known = self._known.words if zipf(word) >= RARE else self._known.all_words
            near = self._known.nearest(word, known, 1, not_its_end)
        # Nor where an everyday word is nearer that they lack as well ("matress" is no "matters").
        nearer = self._known.nearest(word, self._known.all_words, 1, not_its_end) if near else None
        if near and nearer and cost(word, nearer) < cost(word, near):
            near = nearer if self.knows(nearer) else None
        telling = near is not None and near not in STOP_WORDS and EVERYDAY <= zipf(near) < JOINING
        return near if telling else None
