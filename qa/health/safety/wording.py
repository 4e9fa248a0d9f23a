"""What a person typed, as words that can be compared with a table of triggers.

A word matches in all its inflections ("bleeds", "bleeding"), without its accents, with its
contraction undone ("can't": "can", "not"), and in a misspelling that is no English word of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from Stemmer import Stemmer

_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:['’`´][^\W\d_]+)*|[.!?;:,()\n…–—]")
_SENTENCE_END = frozenset(".!?\n…")
_CLAUSE_WORDS = frozenset("but and so because although though however yet while whereas then except".split())
_CONTRACTED = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_TAKES_IS = frozenset(
    "he she it that there here what who where how this everything something nothing".split()
)
_SMALL_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety hundred".split()
_NUMBERS = {
    **{word: float(number) for number, word in enumerate(_SMALL_NUMBERS)},
    **{word: 30.0 + 10 * number for number, word in enumerate(_TENS)},
    "dozen": 12.0,
}
_APOSTROPHES = str.maketrans("’`´", "'''")

_stemmer = Stemmer("english", 0)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and the characters of the question that it stands for.

    Attributes:
        text: Lower case, without accents; a contraction gives two words.
        start, end: Span in the question, of the whole contraction where it is one.
        stems: Stems that it may match: its own, and those of the words it may be a misspelling of.
        number: What it counts, for digits and number words.
        sentence, clause: Running numbers; a clause ends at a comma or a conjunction at the latest.
    """

    text: str
    start: int
    end: int
    stems: frozenset[str]
    number: float | None
    sentence: int
    clause: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as words, and which of its sentences end with a question mark."""

    text: str
    words: tuple[Word, ...]
    asked: frozenset[int]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The stem of a lower-case English word."""
    return str(_stemmer.stemWord(word))


def plain(text: str) -> str:
    """Lower case, without accents and with straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_APOSTROPHES)


def near(word: str, targets: Collection[str]) -> list[str]:
    """The targets that a word may be a misspelling of: the closest, by letters wrong, missing or swapped.

    One letter may differ up to six letters, two from seven on; the first letter must be right
    unless the word is long, for people rarely miss it ("nife" is not looked for, "unconshus" is).
    """
    allowed = 1 if len(word) < 7 else 2
    extracted = process.extract(
        word, targets, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=12
    )
    found = [(target, distance) for target, distance, _ in extracted if target[0] == word[0] or len(word) > 6]
    closest = min((distance for _, distance in found), default=0)
    return [target for target, distance in found if distance == closest]


def targets(words: Iterable[str]) -> list[str]:
    """The words of the table that a misspelling is looked for of."""
    return sorted(word for word in set(words) if len(word) >= 4 and word.isalpha())


class Vocabulary:
    """The words of the table, and what may be a misspelling of them.

    Args:
        words: Every word of the table's terms.
        spelling: Spellings that stand for other words ("cant": "can not").
        is_lookalike: Whether a word that is close to a word of the table means something else.
    """

    def __init__(
        self, words: Iterable[str], spelling: Mapping[str, str], is_lookalike: Callable[[str], bool]
    ) -> None:
        self._spelling = spelling
        self._is_lookalike = is_lookalike
        words = set(words)
        self._known = {stem(word) for word in words}
        self._targets = targets(words)

    def stems(self, word: str) -> frozenset[str]:
        """The stems that a typed word stands for."""
        own = stem(word)
        if own in self._known or len(word) < 4 or not word.isalpha():
            return frozenset([own])
        if word.endswith("in") and stem(word + "g") in self._known:
            return frozenset([own, stem(word + "g")])  # "bleedin"
        meant = near(word, self._targets)
        return frozenset([own] if not meant or self._is_lookalike(word) else [own, *map(stem, meant)])

    def read(self, text: str) -> Reading:
        """The words of a text, in order."""
        words: list[Word] = []
        asked: set[int] = set()
        sentence = clause = 0
        for token in _TOKEN.finditer(text):
            typed = plain(token[0])
            if not typed[0].isalnum():
                clause += 1
                if typed in _SENTENCE_END:
                    if typed == "?":
                        asked.add(sentence if words and words[-1].sentence == sentence else sentence - 1)
                    if words and words[-1].sentence == sentence:
                        sentence += 1
                continue
            if typed in _CLAUSE_WORDS:
                clause += 1
            for part in self._parts(typed):
                number = float(part.replace(",", ".")) if part[0].isdigit() else _NUMBERS.get(part)
                words.append(
                    Word(part, token.start(), token.end(), self.stems(part), number, sentence, clause)
                )
        return Reading(text, tuple(words), frozenset(asked))

    def _parts(self, token: str) -> list[str]:
        """A token as the one or more words that it stands for."""
        joined = token.replace("'", "")
        if joined in self._spelling:
            return self._spelling[joined].split()
        if "'" not in token:
            return [token]
        if token.endswith("n't"):
            return [token[:-3], "not"]
        head, _, tail = token.partition("'")
        if tail == "s":
            return [head, "is"] if head in _TAKES_IS else [head]
        return [head, _CONTRACTED[tail]] if tail in _CONTRACTED else [joined]
