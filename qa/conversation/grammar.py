"""The build of a question: its question word, auxiliary and subject, as much as a follow-up needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.function_words import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    LINKS,
    NEUTRAL,
    PERSONAL,
    PREDICATES,
    PREPOSITIONS,
    QUESTION_WORDS,
)
from qa.conversation.phrases import Phrase, Token, is_verb, noun_phrases, phrase_end, phrase_of, tokens_of

_SENTENCE = re.compile(r"(?:[^.?!;:\n]|[.:](?=\S))+[.?!;:\n]*")
_CONTRACTED = re.compile(r"\b(what|who|where|how|that|it|there)['’]?s(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence by its build.

    Attributes:
        text: Without closing marks.
        tokens: Its words.
        build: "polar" ("Does it help"), "wh" ("How long does it last"), "who" (the question word is the
            subject), "statement", or "fragment" (no verb of its own).
        wh: The question word with what belongs to it ("how many people").
        auxiliary: As typed, or empty.
        subject: What the rest is said of; None for a pronoun, "there" and the question word itself.
        said_of: The subject's words, of a pronoun as well.
        rest: What follows the subject, or the auxiliary where there is none.
        phrases: All noun phrases, in order.
    """

    text: str
    tokens: tuple[Token, ...]
    build: str
    wh: str
    auxiliary: str
    subject: Phrase | None
    said_of: str
    rest: str
    phrases: tuple[Phrase, ...]


def sentences(text: str) -> list[str]:
    """The sentences of a question, with their closing marks."""
    return [match[0].strip() for match in _SENTENCE.finditer(text) if match[0].strip(" .?!;,:")]


def parse(sentence: str) -> Clause:
    """The build of one sentence."""
    text = _CONTRACTED.sub(r"\1 is", sentence).strip().rstrip(".?!;:, ")
    tokens = tokens_of(text)
    phrases = tuple(noun_phrases(text, tokens))
    first = next((at for at, token in enumerate(tokens) if token.plain not in LINKS), 0)
    opening = tokens[first].plain if tokens else ""
    auxiliary = _auxiliary(tokens, first)
    if auxiliary is None:
        verb = any(is_verb(tokens, at) or token.plain in AUXILIARIES for at, token in enumerate(tokens))
        asks = opening in QUESTION_WORDS
        build = "fragment" if not verb else "who" if asks else "statement"
        return Clause(text, tokens, build, opening if asks else "", "", None, "", text, phrases)

    wh = text[tokens[first].start : tokens[auxiliary - 1].end] if auxiliary > first else ""
    subject = _subject(text, tokens, auxiliary, polar=not wh)
    end = tokens[auxiliary].end
    said_of = ""
    if subject:
        end, said_of = subject.end, subject.text
    elif auxiliary + 1 < len(tokens) and tokens[auxiliary + 1].plain in PERSONAL | NEUTRAL | {"there"}:
        end, said_of = tokens[auxiliary + 1].end, tokens[auxiliary + 1].text
    build = "polar" if not wh else "wh" if said_of else "who"
    return Clause(
        text, tokens, build, wh, tokens[auxiliary].text, subject, said_of, text[end:].strip(), phrases
    )


def _auxiliary(tokens: Sequence[Token], first: int) -> int | None:
    """Number of the word that makes a sentence a question, where it is one ("does", of "how long does")."""
    if not tokens:
        return None
    if tokens[first].plain in AUXILIARIES:
        return first
    if tokens[first].plain in QUESTION_WORDS:
        for at in range(first + 1, len(tokens)):
            if tokens[at].plain in AUXILIARIES:
                return at
            if tokens[at].plain in ("if", "about") or is_verb(tokens, at):
                return None
    return None


def _subject(text: str, tokens: Sequence[Token], auxiliary: int, polar: bool) -> Phrase | None:
    """The noun phrase after an auxiliary that the sentence is about."""
    at = auxiliary + 1
    while at < len(tokens) and tokens[at].plain in ("not", "also", "really"):
        at += 1
    end = phrase_end(tokens, at)
    if end == at:
        return None
    be = tokens[auxiliary].plain in BE
    closes = _predicate(tokens, end, be)
    if closes is not None:
        end = closes
    elif end == len(tokens) or not be:
        end = _before_predicate(tokens, at, end, be, polar)
    return phrase_of(text, tokens, at, end)


def _predicate(tokens: Sequence[Token], end: int, be: bool) -> int | None:
    """Where the verb, or after "is" the predicate, begins, if prepositions alone lie between."""
    at = end
    while at < len(tokens):
        word = tokens[at].plain
        if is_verb(tokens, at) or word in (PREDICATES if be else AUXILIARIES):
            return at
        if word in PREPOSITIONS and at + 1 < len(tokens):
            further = phrase_end(tokens, at + 1)
            if further == at + 1:
                return None
            at = further
        elif word in ADVERBS:
            return at if be else _predicate(tokens, at + 1, be) and at
        else:
            return None
    return None


def _before_predicate(tokens: Sequence[Token], at: int, end: int, be: bool, polar: bool) -> int:
    """Where the subject ends in a row of nouns that hides an adjective or a verb ("infrared natural")."""
    if end < len(tokens) or (be and not polar):
        return end
    last = tokens[end - 1].plain
    nouns = [number for number in range(at, end) if tokens[number].plain not in DETERMINERS]
    adjective = (
        last.endswith(("ful", "ous", "ive", "able", "ible", "less", "free", "al", "ic")) or "-" in last
    )
    if len(nouns) > 1 and (adjective if be else True):
        return end - 1
    return end
