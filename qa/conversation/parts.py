"""The parts of a question that asks several things: "does it work, and is it safe?"."""

from __future__ import annotations

import re
from itertools import pairwise

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


def parts_of(question: str, topics: Topics) -> list[str]:
    """The parts of a question, each written out as a question of its own; the question alone if it has one.

    What a person tells before asking is put in front of every part, and a part that leaves out what it is
    about ("and is it safe") gets that from the part before.

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
        return [question]
    written = [pieces[0], *(_with_subject(piece, before, topics) for before, piece in pairwise(pieces))]
    return [" ".join([*told, _asked(piece)]) for piece in written]


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
