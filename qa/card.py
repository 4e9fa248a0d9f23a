"""What an emergency card says: the words of a reply in the order in which a frightened person reads them."""

from __future__ import annotations

from dataclasses import dataclass

from qa.types import Emergency


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card.

    Attributes:
        language: That the opening and the calls are in.
        opening: What it may be, in one sentence without its full stop.
        title: The red flag; empty where the opening says enough.
        advice: What to do now.
        advised_in: The language of title and advice: English where nobody has translated them.
        calls: Whom to call, a sentence each, the most fitting first.
    """

    language: str
    opening: str
    title: str
    advice: str
    advised_in: str
    calls: tuple[str, ...]


def as_said(reply: Emergency) -> Card:
    """The card in the reply's own words."""
    said = next((note.text for note in reply.notes if note.kind == "emergency"), "")
    opening, _, advice = said.partition(". ")
    title = ""
    if reply.category and reply.urgency != "crisis line":
        title, _, advice = advice.partition(". ")
    calls = tuple(note.text for note in reply.notes if note.kind == "call")
    return Card(reply.language, opening.rstrip("."), title, advice, reply.language, calls)
