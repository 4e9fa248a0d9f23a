"""The parts of a question that asks several things: "does it work, and is it safe?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.follow_up import ways_of
from qa.things_asked import told_and_asked

MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks.

    Attributes:
        asked: The part as it was typed.
        ways: The questions to search for together, as for a follow-up on the parts before ("and is it safe"),
            each with what the person told before asking.
    """

    asked: str
    ways: tuple[str, ...]


def parts_of(question: str, earlier: Sequence[str]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts of a question, and those beyond MOST_PARTS; none where it asks one thing.

    Args:
        question: As understood.
        earlier: The questions before, oldest first.
    """
    told, pieces = told_and_asked(question)
    if len(pieces) < 2:
        return (), ()
    parts = []
    for number, piece in enumerate(pieces[:MOST_PARTS]):
        ways = ways_of(piece, [*earlier, *pieces[:number]])
        parts.append(Part(_asked(piece), tuple(" ".join([*told, _asked(way)]) for way in ways)))
    return tuple(parts), tuple(map(_asked, pieces[MOST_PARTS:]))


def _asked(piece: str) -> str:
    return piece if piece.endswith("?") else f"{piece}?"
