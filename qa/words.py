"""The words of a question that carry its meaning, and how rare each is in the language that is spoken."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from index.lexical import STOP_WORDS, stem
from qa.frequencies import UNSEEN, zipf, zipf_in

ENGLISH = "en"

COMMONEST = 7.5
"""Zipf frequency (log10 per thousand million words) that counts as no rarity at all; "the" has 7.7."""

SHAPES = 6.0
"""Zipf frequency from which a word of another language than English only shapes a question ("wie", "est")."""

COMPOUNDING, LEAST_OF_COMPOUND = ("de", "nl"), 5
"""Languages that write compounds as one word, and letters of the part that a text may call one by."""

LEAST_ELIDED = 3
"""Letters of what stands behind an elided article."""

NAME = 4.5
"""Rarity from which a word is taken for a name however it is typed ("lavery"); capitals have it at least."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# Words that shape a question without being what it is about.
_QUESTION_WORDS = frozenset(
    """
    what which who whom whose when where why how can could would should may might shall will must does did
    do is are was were am be been being has have had get got tell say says said article articles document
    documents text source sources please know want need give gives given mean means think really actually
    exactly anything something someone anyone everything thing things way there here just also still even
    ever much many lot help explain describe question answer ok okay hi hello thanks im ive id dont doesnt
    cant isnt
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word.

    Attributes:
        text: As typed.
        start, end: Span in the text it was found in.
        stem: English stem, lower case.
        rarity: 0 for the commonest words of the language to 7.5 for one never seen.
    """

    text: str
    start: int
    end: int
    stem: str
    rarity: float


_SPOKEN: ContextVar[str] = ContextVar("language", default=ENGLISH)


@contextmanager
def spoken_in(language: str) -> Iterator[None]:
    """Within this, questions and the documents that may answer them are in a language, by its ISO code."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language_spoken() -> str:
    """ISO code of the language that questions are in, as `spoken_in` told."""
    return _SPOKEN.get()


def stands_in(word: str, stems: Collection[str]) -> bool:
    """Whether the stem of a word is among those of a text, or ends with one where words are compounded.

    A text calls the "Komposthaufen" a "Haufen".
    """
    compounded = _SPOKEN.get() in COMPOUNDING and len(word) > LEAST_OF_COMPOUND
    return word in stems or (
        compounded and any(word.endswith(part) for part in stems if len(part) >= LEAST_OF_COMPOUND)
    )


def _shapes(word: str) -> bool:
    if (language := _SPOKEN.get()) != ENGLISH:
        return zipf_in(language, word) >= SHAPES
    return word in STOP_WORDS or word in _QUESTION_WORDS


def _contracted(word: str) -> str:
    """What a contraction begins with: "what" of "what's", "not" of "won't"; other words stay as they are."""
    return "not" if word.endswith("n't") else word.partition("'")[0]


def _behind_elision(word: str) -> str:
    """The noun of "l'huile" and "dell'olio", where the language that is spoken elides; English contracts."""
    behind = word.rpartition("'")[2]
    return behind if _SPOKEN.get() != ENGLISH and len(behind) >= LEAST_ELIDED else word


def rarity(word: str) -> float:
    """7.5 minus the word's Zipf frequency in the language that is spoken (wordfreq), and never below 0."""
    language = _SPOKEN.get()
    return max(0.0, COMMONEST - (zipf(word.lower()) if language == ENGLISH else zipf_in(language, word)))


def content_words(text: str) -> list[Word]:
    """The content words of a text, in order, without stop words and words that only shape a question."""
    words = []
    for match in _each_word(text):
        plain = _behind_elision(match[0].lower().replace("’", "'"))
        bare = plain.replace("'", "")
        # "WHO" is a name where not the whole text is shouted.
        name = len(bare) > 1 and match[0].isupper() and not text.isupper()
        if not name and (_shapes(plain) or _shapes(bare) or _shapes(_contracted(plain)) or len(bare) < 2):
            continue
        # "gran's" is as common as "gran", though hardly ever counted.
        rare = max(rarity(plain), NAME) if name else rarity(plain.removesuffix("'s"))
        behind = match[0][-len(plain) :]
        words.append(Word(behind, match.end() - len(plain), match.end(), stem(plain), rare))
    return words


def _each_word(text: str) -> Iterator[re.Match[str]]:
    """The words of a text; of one with hyphens that the language does not have its parts ("est-il")."""
    for match in _WORD.finditer(text):
        apart = _SPOKEN.get() != ENGLISH and "-" in match[0] and rarity(match[0]) >= COMMONEST - UNSEEN
        yield from _PART.finditer(text, *match.span()) if apart else (match,)


def stem_set(texts: Iterable[str]) -> frozenset[str]:
    """Stems of all words of some texts; a hyphenated word counts as itself and as its parts."""
    return frozenset().union(*map(_stems, texts))


@functools.lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    """Of one text; questions come back to the same sentences."""
    found = set()
    for match in _WORD.finditer(text):
        plain = match[0].lower().replace("’", "'")
        found.add(stem(plain))
        # "L'huile", "dell'olio"; what English contracts is shorter.
        if len(behind := plain.rpartition("'")[2]) >= LEAST_ELIDED:
            found.add(stem(behind))
        if "-" in plain:
            found.update(stem(part) for part in plain.split("-"))
    return frozenset(found)
