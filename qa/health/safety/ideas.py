"""How each language puts the ideas of triage.toml: one file per language in qa/health/safety/languages/.

An idea is a list of phrases, with commas between:

    taub, kein gefühl     words as they are typed, in either case, with or without accents
    taub*                 any ending ("taubheit"); a star may stand in front as well
    spüre .. nichts       up to four words between
    #8  #year  #          a number from 8 to 999 that no unit follows, a year, any number
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from qa.health.safety.terms import TableError

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "pl", "tr")
"""Those that have a file."""

CUES = (
    "function person family now days sudden past long about hypothetical others resolved negation "
    "negation_after joins figure dealt_with goes_on"
).split()
"""What every language has to say, for it decides what the other words mean."""

_TIMES = frozenset({"now", "days", "sudden"})
"""Cues that an idiom covers as it does ideas: "now and then" is not now."""

_NAMES = frozenset({"device", "hot_thing", "laser"})
"""Ideas that are names of things themselves."""

_TOKEN = re.compile(r"\d+0s\b|[^\W\d_]+|\d+(?:[.,]\d+)?|[.!?;…\n,()–—:]")
_WORD = re.compile(r"[^\W\d_]+")
_ENDS = frozenset(".!?;…\n")
_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ı": "i", "ø": "o", "œ": "oe", "æ": "ae"})
_UMLAUTS = re.compile(r"([aou])e")
_ATOMS = {
    "..": r"(?: \S+){0,4}?",
    "#8": r"(?:[89]|[1-9]\d{1,2})(?! (?:mg|mcg|ug|g|gr|gram\S*|ml|mil\S*|min\S*|h|std|sek\S*|%|cm|nm|hz)\b)",
    "#year": r"(?:19|20)\d\d",
    "#": r"\d+(?:[.,]\d+)?",
}


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
        table = tomllib.loads(
            files("qa.health.safety.languages").joinpath(f"{code}.toml").read_text(encoding="utf-8")
        )
        if missing := [cue for cue in CUES if cue not in table["cues"]]:
            raise TableError(
                f"qa/health/safety/languages/{code}.toml lacks the cues {', '.join(missing)}. Add them."
            )
        self.code = code
        self.ideas = frozenset(table["ideas"])
        self._told: Mapping[str, str] = {**table["cues"], **table["ideas"]}
        self._common = frozenset(folded(table["cues"]["function"], code).replace(",", " ").split())
        self._joins = frozenset(folded(table["cues"]["joins"], code).replace(",", " ").split())

    @functools.cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        # Only when a message is read in it: all languages' together take longer than an answer does.
        told = self._told.items()
        return {name: compiled(phrases, self.code) for name, phrases in told if phrases.strip()}

    def read(self, message: str) -> Told:
        """The message's tokens, and where every idea stands; what an idiom covers says nothing else,
        nor do the words of a device's name: the "red" of a red lamp is not seen on a foot."""
        tokens, asked = self._tokens(message)
        line = " " + " ".join(token.text if token.text not in _ENDS else "\n" for token in tokens) + " "
        at = {}
        position = 1
        for number, token in enumerate(tokens):
            at[position] = number
            position += len(token.text if token.text not in _ENDS else "\n") + 1
        ends = {start + len(tokens[number].text): number for start, number in at.items()}
        places = {
            name: [Place(at[match.start()], ends[match.end()]) for match in pattern.finditer(line)]
            for name, pattern in self._patterns.items()
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


def folded(text: str, code: str) -> str:
    """Lower case without accents, so that those who leave them out are understood; German "ae" is "a" too."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("i̇", "i"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    return _UMLAUTS.sub(r"\1", plain) if code == "de" else plain


def compiled(phrases: str, code: str) -> re.Pattern[str]:
    """A list of phrases as one expression over tokens with single spaces between; the longest first."""
    atoms = sorted(
        (_phrase(phrase, code) for phrase in phrases.split(",") if phrase.strip()), key=len, reverse=True
    )
    return re.compile(rf"(?<= )(?:{'|'.join(atoms)})(?= )")


def _phrase(phrase: str, code: str) -> str:
    words = phrase.replace("'", " ").replace("’", " ").replace("-", " ").split()
    pieces = [
        _ATOMS.get(word) or re.escape(folded(word, code)).replace(r"\*", r"[^\W\d_]*") for word in words
    ]
    text = pieces[0]
    for piece in pieces[1:]:
        text += piece if piece == _ATOMS[".."] else f" {piece}"
    return text
