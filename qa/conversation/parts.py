"""The parts of a question that asks several things: "does it work, and is it safe?"."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.conversation.follow_up import Subject, Way, subject_of, ways_of
from qa.phrases import asks, sentences

MOST_PARTS = 4

_JOINT = re.compile(
    r"\s*(?:[,;:]\s*(?:(?:and|but|also|plus|then)\b\s*)*|(?<=\s)(?:and|plus|also|&|n|but)\s+(?:also\s+|then\s+)?)",
    re.IGNORECASE,
)
"""Where one part may end and the next begin; "or" joins two answers to one question."""


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
    told, pieces = _told_and_asked(question)
    if not 2 <= len(pieces) <= MOST_PARTS:
        return [Part(question, (question,))]
    parts = []
    for number, piece in enumerate(pieces):
        before = subject_of(pieces[:number], known) if number else subject
        ways: tuple[Way, ...] = (*ways_of(piece, before, known, tied=number > 0), Way(piece))
        texts = dict.fromkeys(" ".join([*told, _asked(way.question)]) for way in ways)
        parts.append(Part(_asked(piece), tuple(texts)))
    return parts


@functools.lru_cache(maxsize=4096)
def asks_several(question: str) -> bool:
    """Whether a question asks more than one thing, as it is written."""
    return len(_told_and_asked(question)[1]) > 1


def _told_and_asked(question: str) -> tuple[list[str], list[str]]:
    """The sentences of a question that only tell, and what is asked, one thing each."""
    told: list[str] = []
    pieces: list[str] = []
    for sentence in sentences(question):
        if sentence.endswith("?") or asks(sentence):
            pieces += _pieces(sentence)
        else:
            told.append(sentence)
    return told, pieces


def _pieces(sentence: str) -> list[str]:
    """A sentence cut where a question word or an auxiliary with its subject begins another question."""
    starts = [0]
    text = sentence.rstrip(" ?.!")
    for joint in _JOINT.finditer(text):
        before, after = text[starts[-1] : joint.start()], text[joint.end() :]
        if asks(before) and asks(after):
            starts.append(joint.end())
    ends = [*starts[1:], len(text)]
    cut = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return [
        re.sub(r"(?:[\s,;&]|\b(?:and|but|also|plus|then)\b)+$", "", piece, flags=re.IGNORECASE)
        for piece in cut
    ]


def _asked(piece: str) -> str:
    return piece if piece.endswith("?") else f"{piece}?"
