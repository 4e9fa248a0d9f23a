"""The parts of a question that asks several things: "does it work, and is it safe?"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qa.conversation.follow_up import subject_of, ways_of
from qa.conversation.ways import Subject, Way
from qa.phrases import noun_phrases, tokens_of
from qa.things_asked import told_and_asked
from qa.words import content_words

MOST_PARTS = 4
_POINTING = frozenset({"it", "they", "them"})


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks.

    Attributes:
        asked: The part as it was typed.
        ways: Whole questions to search for it by, each with what the person told before asking: with what
            it leaves out taken from the parts before ("and is it safe"), and as typed.
    """

    asked: str
    ways: tuple[str, ...]


def parts_of(question: str, known: Callable[[str], bool], subject: Subject) -> list[Part]:
    """The parts of a question; one alone where it asks one thing.

    Args:
        question: As understood.
        known: Whether a word stands in the documents.
        subject: What was spoken of before.
    """
    told, pieces = told_and_asked(question)
    if not 2 <= len(pieces) <= MOST_PARTS:
        return [Part(question, (question,))]
    parts = []
    for number, piece in enumerate(pieces):
        goes_on = number > 0 and not _stand_for_one(pieces[0], piece)
        before = subject_of(pieces[:number], known) if goes_on else subject
        if number == 0 and not (subject.question or _names(piece, known)) and _names(pieces[1], known):
            # "will I feel anything, is cold laser painful": what it is asked of is named behind it.
            goes_on, before = True, subject_of(pieces[1:2], known)
        ways: tuple[Way, ...] = (*ways_of(piece, before, known, tied=goes_on), Way(piece))
        texts = dict.fromkeys(" ".join([*told, _asked(way.question)]) for way in ways)
        parts.append(Part(_asked(piece), tuple(texts)))
    return parts


def _names(piece: str, known: Callable[[str], bool]) -> bool:
    """Whether a question names by itself anything that the documents speak of."""
    named = noun_phrases(piece, tokens_of(piece))
    return any(known(word.text) for phrase in named for word in content_words(phrase.text))


def _stand_for_one(first: str, later: str) -> bool:
    """Whether both speak of one "it", which then is nothing that the first names ("does it raise ATP")."""
    return bool(_pointing(first)) and not _POINTING.isdisjoint(token.plain for token in tokens_of(later))


def _pointing(piece: str) -> set[str]:
    """The words that point back in a question before it names anything itself."""
    tokens = tokens_of(piece)
    named = next(noun_phrases(piece, tokens), None)
    return {token.plain for token in tokens if named is None or token.start < named.start} & _POINTING


def _asked(piece: str) -> str:
    return piece if piece.endswith("?") else f"{piece}?"
