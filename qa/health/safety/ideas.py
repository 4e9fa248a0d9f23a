"""How each language puts the ideas of triage.toml: one file per language in qa/health/safety/languages/.

An idea is a list of phrases, as `qa.health.safety.phrase_lists` reads them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.health.safety.phrase_lists import END, PhraseLists, TableError, folded
from qa.tables import table

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "pl", "tr")
"""Those that have a file."""

CUES = (
    "function person family now days sudden past long about hypothetical others resolved negation "
    "negation_after joins figure"
).split()
"""What every language has to say, for it decides what the other words mean."""

_TIMES = frozenset({"now", "days", "sudden"})
"""Cues that an idiom covers as it does ideas: "now and then" is not now."""

_NAMES = frozenset({"device", "hot_thing", "laser"})
"""Ideas that are names of things themselves."""

_TOKEN = re.compile(r"\d+0s\b|[^\W\d_]+|\d+(?:[.,]\d+)?|[.!?;…\n,()–—:]")
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = frozenset(".!?;…\n")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number, and where it stands.

    Attributes:
        start, end: Span in the message.
        sentence, clause: Running numbers.
    """

    text: str
    start: int
    end: int
    sentence: int
    clause: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Tokens from `first` up to and with `last`."""

    first: int
    last: int


@dataclass(frozen=True)
class Told:
    """A message as tokens, and where the ideas and cues of one language stand in it.

    Attributes:
        tokens: Words, numbers and marks, in reading order.
        asked: Sentences that end with a question mark.
        places: Of every idea and cue that was found.
        signs: Names of the ideas, without the cues.
    """

    tokens: Sequence[Token]
    asked: frozenset[int]
    places: Mapping[str, Sequence[Place]]
    signs: frozenset[str]

    def of(self, idea: str) -> Sequence[Place]:
        return self.places.get(idea, ())

    def sentence(self, place: Place) -> int:
        return self.tokens[place.first].sentence

    def within(self, idea: str, sentence: int) -> list[Place]:
        return [place for place in self.of(idea) if self.sentence(place) == sentence]


class Language:
    """One language's file, compiled.

    Args:
        code: One of `LANGUAGES`.

    Raises:
        TableError: The file lacks a cue.
    """

    def __init__(self, code: str) -> None:
        told = table("qa.health.safety.languages", f"{code}.toml")
        if missing := [cue for cue in CUES if cue not in told["cues"]]:
            raise TableError(
                f"qa/health/safety/languages/{code}.toml lacks the cues {', '.join(missing)}. Add them."
            )
        self.code = code
        self.ideas = frozenset(told["ideas"])
        self._told: Mapping[str, str] = {**told["cues"], **told["ideas"]}
        self._common = frozenset(folded(told["cues"]["function"], code).replace(",", " ").split())
        self._joins = frozenset(folded(told["cues"]["joins"], code).replace(",", " ").split())

    @functools.cached_property
    def words(self) -> frozenset[str]:
        """The words that its phrases are made of, those with any ending left out."""
        phrases = " , ".join(self._told.values())
        return frozenset(re.findall(r"(?<!\*)\b[a-z]+\b(?!\*)", phrases))

    @functools.cached_property
    def _lists(self) -> PhraseLists:
        return PhraseLists(self._told, self.code)

    def read(self, message: str) -> Told:
        """The message's tokens, and where every idea stands; what an idiom covers says nothing else,
        nor do the words of a device's name: the "red" of a red lamp is not seen on a foot."""
        tokens, asked = self._tokens(message)
        words = [token.text if token.text not in _ENDS else END for token in tokens]
        places = {
            name: [Place(first, last) for first, last in found]
            for name, found in self._lists.find(words).items()
        }
        idioms = {n for place in places.get("figure", ()) for n in range(place.first, place.last + 1)}
        if idioms:
            for name in (self.ideas | _TIMES) & set(places):
                places[name] = [p for p in places[name] if idioms.isdisjoint(range(p.first, p.last + 1))]
        named = {n for p in places.get("device", ()) if p.last > p.first for n in range(p.first, p.last + 1)}
        for name in self.ideas & set(places) - _NAMES if named else ():
            places[name] = [p for p in places[name] if not named.issuperset(range(p.first, p.last + 1))]
        return Told(tokens, asked, places, self.ideas)

    def common_words(self, message: str) -> int:
        """How many of the language's commonest words a message has, each counted once."""
        return len({folded(word, self.code) for word in _WORD.findall(message)} & self._common)

    def _tokens(self, message: str) -> tuple[list[Token], frozenset[int]]:
        tokens: list[Token] = []
        asked: set[int] = set()
        sentence = clause = 0
        for match in _TOKEN.finditer(message):
            text = folded(match[0], self.code)
            if not text[0].isalnum() or text in self._joins:
                clause += 1
            tokens.append(Token(text, match.start(), match.end(), sentence, clause))
            if text in _ENDS:
                asked |= {sentence} if text == "?" else set()
                sentence += 1
        return tokens, frozenset(asked)


@functools.cache
def language(code: str) -> Language:
    """A language, read once."""
    return Language(code)
