"""What looks at every question before anything is searched, and the card of an alarm that it raises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.types import Emergency, Note, Reply


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


def card_as_noted(reply: Emergency) -> Card:
    """The card of a reply by its notes alone, in English."""
    said = next((note.text for note in reply.notes if note.kind == "emergency"), "")
    opening, _, advice = said.partition(". ")
    calls = tuple(note.text for note in reply.notes if note.kind == "call")
    return Card("en", opening.rstrip("."), "", advice, "en", calls)


@dataclass(frozen=True, slots=True)
class Guarded:
    """What is to be done with a question.

    Attributes:
        question: What of it is to be answered.
        earlier: The earlier turns that it may go back to.
        instead: The reply, where somebody must be helped before anything is quoted, or nothing is asked.
        beside: What has to be said beside the answer; None for most.
    """

    question: str
    earlier: tuple[str, ...]
    instead: Reply | None = None
    beside: Note | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """How what is typed is heard, in whatever field.

    Attributes:
        meant: Gives a typed text as it was probably meant.
        chats: Whether a text is small talk.
        language: Gives the code of the language of a text.
    """

    meant: Callable[[str], str]
    chats: Callable[[str], bool]
    language: Callable[[str], str]


class Guard(Protocol):
    """Looks at every question before anything is searched."""

    @property
    def words(self) -> Collection[str]:
        """The words by which it hears: as they stand, no slip for others ("gran", "green")."""

    def look(self, question: str, earlier: Sequence[str]) -> Guarded:
        """What is to be done with a question, given those before it, oldest first, all as typed."""


class NoGuard:
    """Finds nothing to help with: every question goes on as it is."""

    words: Collection[str] = ()

    def look(self, question: str, earlier: Sequence[str]) -> Guarded:
        return Guarded(question, tuple(earlier))
