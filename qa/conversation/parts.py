"""The parts of a question that asks several things: "does it work, and is it safe?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.conversation.antecedents import turn_of
from qa.conversation.follow_up import rewrite
from qa.conversation.grammar import parse, sentences
from qa.conversation.topics import Topics

MOST_PARTS = 4

_ASKING = ("polar", "wh", "who")

_JOINT = re.compile(
    r"\s*(?:[,;]\s*(?:(?:and|but|also|plus|then)\b\s*)*|(?<=\s)(?:and|plus|also|&|n|but)\s+(?:also\s+|then\s+)?)",
    re.IGNORECASE,
)
"""Where one part may end and the next begin; "or" joins two answers to one question."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks.

    Attributes:
        asked: The part as it was typed.
        ways: Whole questions to search for it by, each with what the person told before asking: as typed,
            and with what it leaves out taken from the part before ("and is it safe").
    """

    asked: str
    ways: tuple[str, ...]


def parts_of(question: str, topics: Topics) -> list[Part]:
    """The parts of a question; one alone where it asks one thing.

    Args:
        question: As understood.
        topics: Knows what the index is about.
    """
    told: list[str] = []
    pieces: list[str] = []
    for sentence in sentences(question):
        if _asks(sentence):
            pieces += _pieces(sentence)
        else:
            told.append(sentence)
    if not 2 <= len(pieces) <= MOST_PARTS:
        return [Part(question, (question,))]
    parts = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        texts = [piece] if before is None else [piece, _with_subject(piece, before, topics)]
        ways = dict.fromkeys(" ".join([*told, _asked(text)]) for text in texts)
        parts.append(Part(_asked(piece), tuple(ways)))
    return parts


def _asks(sentence: str) -> bool:
    return sentence.endswith("?") or parse(sentence).build in _ASKING


def _pieces(sentence: str) -> list[str]:
    """A sentence cut where a question word or an auxiliary with its subject begins another question."""
    starts = [0]
    text = sentence.rstrip(" ?.!")
    for joint in _JOINT.finditer(text):
        before, after = text[starts[-1] : joint.start()], text[joint.end() :]
        if parse(before).build in _ASKING and parse(after).build in _ASKING:
            starts.append(joint.end())
    ends = [*starts[1:], len(text)]
    cut = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return [
        re.sub(r"(?:[\s,;&]|\b(?:and|but|also|plus|then)\b)+$", "", piece, flags=re.IGNORECASE)
        for piece in cut
    ]


def _with_subject(piece: str, before: str, topics: Topics) -> str:
    turn = turn_of(before)
    return rewrite(piece, [turn], topics).question if turn else piece


def _asked(piece: str) -> str:
    return piece if piece.endswith("?") else f"{piece}?"
