"""The words and noun phrases of a question, and what kind of thing each phrase names.

There is no tagger: function words and everyday verbs are listed, everything else counts as a noun or as
part of one. Where that is wrong a phrase gets longer than it should be, and still holds what was meant.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.lexical import stem
from qa.function_words import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    FUNCTION_WORDS,
    IRREGULAR_PLURALS,
    IRREGULAR_VERBS,
    LINKS,
    PERSONAL,
    PREDICATES,
    PREPOSITIONS,
    QUESTION_WORDS,
    VERB_STEMS,
)
from qa.pack import pack_in_force
from qa.vocabulary import Form, forms

_LOWER_PARTS = frozenset("back limb leg spine bodi abdomen belli".split())
_NOMINAL = ("tion", "sion", "ment", "ments", "ance", "ence")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*(?:\.\d+)?")

ROLES = {
    "treatment": "therapy",
    "device": "therapy",
    "medicine": "therapy",
    "procedure": "therapy",
    "illness": "condition",
    "symptom": "condition",
    "body_part": "condition",
    "person": "circumstance",
    "implant": "circumstance",
    "activity": "circumstance",
    "organisation": "body",
    "place": "place",
    "aspect": "aspect",
    "setting": "aspect",
    "time": "aspect",
}
"""What a kind of conditions.toml can stand in for: of one role, each may take another's place."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question; `named` where it is an abbreviation that looks like another word ("WHO")."""

    text: str
    start: int
    end: int
    named: bool = False

    @property
    def plain(self) -> str:
        return self.text if self.named else self.text.lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of a question.

    Attributes:
        text: As typed, with its article or possessive.
        start, end: Span in the sentence.
        kind: Its kind in conditions.toml, or "".
    """

    text: str
    start: int
    end: int
    kind: str

    @property
    def role(self) -> str:
        """One of the values of ROLES, or "" where conditions.toml knows nothing of it."""
        return ROLES.get(self.kind, "")

    @property
    def plural(self) -> bool:
        """Whether "they" may stand for it: by the noun that its first preposition follows."""
        words = [match[0].lower() for match in _WORD.finditer(self.text)]
        head = next((at for at, word in enumerate(words) if word in PREPOSITIONS and at), len(words)) - 1
        noun = words[head]
        return noun in IRREGULAR_PLURALS or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))

    @property
    def bare(self) -> str:
        """Without its article or possessive."""
        words = self.text.split()
        while len(words) > 1 and words[0].lower() in DETERMINERS:
            del words[0]
        return " ".join(words)


@functools.lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    shouted = text.isupper()
    return tuple(
        Token(match[0], match.start(), match.end(), named=match[0] in ("WHO", "US", "IT") and not shouted)
        for match in _WORD.finditer(text)
    )


def is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is a full verb here; after an article or a preposition it is a noun."""
    word = tokens[at].plain
    if word in IRREGULAR_VERBS:
        return True
    before = tokens[at - 1].plain if at else ""
    if before in PERSONAL and word.endswith("ed"):
        return True
    if word == "back":
        return at + 1 < len(tokens) and tokens[at + 1].plain == "up"
    if word == "lower":
        return before != "" and not (at + 1 < len(tokens) and stem(tokens[at + 1].plain) in _LOWER_PARTS)
    if stem(word) not in VERB_STEMS or word in PREDICATES or word.endswith(_NOMINAL):
        return False
    if (
        before in DETERMINERS
        or (before in PREPOSITIONS and before != "to")
        # "What causes it" asks with a verb, "what cause" with a noun.
        or (before in ("which", "what", "whose") and not word.endswith("s"))
    ):
        return False
    pair = _known(forms(f"{before} {word}")) if before and before not in FUNCTION_WORDS else []
    if any(end - first == 2 and ROLES.get(kind) != "body" for first, end, kind in pair):
        return False  # One name: "nerve damage"; "NICE say" is told by its verb, and is none.
    following = tokens[at + 1].plain if at + 1 < len(tokens) else "it"
    return not (word.endswith(("ing", "ed")) and following not in FUNCTION_WORDS)


def _known(words: Sequence[Form]) -> list[tuple[int, int, str]]:
    """What of some words conditions.toml knows: the first of them, the end, and its kind."""
    table = pack_in_force().conditions
    return [(first, end, table.kind(name)) for first, end, name in table.find(words)]


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].plain not in FUNCTION_WORDS and not is_verb(tokens, at)


def noun_phrases(text: str, tokens: Sequence[Token]) -> Iterator[Phrase]:
    """The noun phrases of a sentence without what prepositions add to them, in order."""
    at = 0
    while at < len(tokens):
        end = phrase_end(tokens, at)
        if end > at:
            yield phrase_of(text, tokens, at, end)
            at = end
        else:
            at += 1


def phrase_end(tokens: Sequence[Token], at: int) -> int:
    """Where the noun phrase that begins at a word ends; the same place where none does."""
    end = at
    nouns = False
    while end < len(tokens) and (tokens[end].plain in DETERMINERS or _is_noun(tokens, end)):
        determiner = tokens[end].plain in DETERMINERS
        if determiner and nouns:
            break
        if end > at and tokens[end].start > tokens[end - 1].end + 1:
            break  # a comma or a bracket stands between
        nouns |= not determiner
        end += 1
    return end if nouns else at


def phrase_of(text: str, tokens: Sequence[Token], at: int, end: int) -> Phrase:
    start, stop = tokens[at].start, tokens[end - 1].end
    return Phrase(text[start:stop], start, stop, kind_of(text[start:stop]))


def roles_in(text: str) -> set[str]:
    """The roles of everything in a text that conditions.toml knows."""
    return {ROLES[kind] for _, _, kind in _known(forms(text)) if kind in ROLES}


def therapy_span(text: str) -> tuple[int, int] | None:
    """Where a noun phrase names a therapy, with the "therapy", "light" or "pads" behind it."""
    words = forms(text)
    for first, end, kind in _known(words):
        if ROLES.get(kind) == "therapy":
            while end < len(words) and words[end].text in pack_in_force().behind_names:
                end += 1
            return words[first].start, words[end - 1].end
    return None


def kind_of(text: str) -> str:
    """The kind of a noun phrase in conditions.toml: of the last of its words that is known there."""
    words = forms(text)
    kinds = [kind for _, _, kind in _known(words) if kind in ROLES]
    # "The infrared study", "a cold laser session", "laser classes": what is asked about is the therapy.
    therapies = [kind for kind in kinds if ROLES[kind] == "therapy"]
    if therapies and ROLES[kinds[-1]] == "aspect" and len(words) < 5:
        return therapies[-1]
    return kinds[-1] if kinds else ""


_PLACES = frozenset("at in to from with".split())
_SENTENCE = re.compile(r"(?:[^.?!;:\n]|[.:](?=\S))+[.?!;:\n]*")


def sentences(text: str) -> list[str]:
    """The sentences of a question, with their closing marks."""
    return [match[0].strip() for match in _SENTENCE.finditer(text) if match[0].strip(" .?!;,:")]


def asks(sentence: str) -> bool:
    """Whether a sentence is a question of its own: a question word or an auxiliary opens it."""
    words = [token.plain for token in tokens_of(sentence) if token.plain not in LINKS]
    if not words:
        return False
    following = words[1] if len(words) > 1 else ""
    subject_dropped = words[0] in ("had", "don't", "dont") and following not in PERSONAL | {
        "they",
        "these",
        "those",
    }
    if subject_dropped or (words[0] in BE and following in _PLACES):
        return False  # "Had it checked", "was at the hospital", "don't worry".
    opening = words[0].removesuffix("'s") if words[0].removesuffix("'s") in QUESTION_WORDS else words[0]
    return (
        opening in AUXILIARIES - {"be", "been"}
        or (opening in QUESTION_WORDS and len(words) + (opening != words[0]) > 2)
        or opening == "whats"
    )


def with_question_mark(text: str) -> str:
    """A question as the encoder has mostly seen them; what is no question stays as it is."""
    whole = sentences(text)
    return f"{text}?" if whole and text[-1:].isalnum() and asks(whole[-1]) else text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
