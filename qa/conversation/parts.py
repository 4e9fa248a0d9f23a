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


def parts_of(question: str, earlier: Sequence[str]) -> list[Part]:
    """The parts of a question; one alone where it asks one thing.

    Args:
        question: As understood.
        earlier: The questions before, oldest first.
    """
    told, pieces = told_and_asked(question)
    if not 2 <= len(pieces) <= MOST_PARTS:
        return [Part(question, (question,))]
    parts = []
    for number, piece in enumerate(pieces):
        ways = ways_of(piece, [*earlier, *pieces[:number]])
        parts.append(Part(_asked(piece), tuple(" ".join([*told, _asked(way)]) for way in ways)))
    return parts


def _asked(piece: str) -> str:
    return piece if piece.endswith("?") else f"{piece}?"
