"""What a conversation is about, and the whole questions that a follow-up to it may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.phrases import Phrase, noun_phrases, tokens_of

AS_TYPED, AFTER = 3.0, 1.0
"""`Way.doubt` of a follow-up without what was spoken of, which is answered surely on another subject ("how
long does it last"), and of the two questions after each other. Of 180 follow-ups 144 were answered like
their clean forms without the first and 160 with 2 to 6; the second matters little."""

JOINED = 0.9
"""Confidence below which a question that nobody would ask so, joined of two, is not meant where a word of it
is met nowhere. Of 210 follow-ups of strangers 25 are answered with such a word, all above 0.94."""


@dataclass(frozen=True, slots=True)
class Way:
    """A whole question that a follow-up may stand for.

    Attributes:
        question: The question to search for.
        readable: Whether it reads as a person would ask it, and may be shown.
        doubt: By how much more surely than others it has to be answered to be meant, in log-odds.
    """

    question: str
    readable: bool = True
    doubt: float = 0.0

    def hides(self, lacking: Sequence[str], confidence: float) -> bool:
        """Whether it is answered by what was asked before alone ("can I use it with a stent" by how long
        relief lasts): a word of it that nothing meets is outweighed by those that it was joined with.

        Args:
            lacking: Words that nothing meets.
            confidence: That it is answered, 0 to 1.
        """
        joined = not self.readable and self.doubt < AS_TYPED
        return joined and bool(lacking) and confidence < JOINED


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conversation is about after some turns.

    Attributes:
        question: The last question, written out.
        readable: Whether a person would ask it so.
        phrases: What was named last, one phrase for each role, and all that the last question names.
    """

    question: str = ""
    phrases: tuple[Phrase, ...] = ()
    readable: bool = True

    @property
    def therapy(self) -> Phrase | None:
        return next((phrase for phrase in reversed(self.phrases) if phrase.role == "therapy"), None)


def phrases_in(text: str) -> tuple[Phrase, ...]:
    """The noun phrases of a text, in order."""
    return tuple(noun_phrases(text, tokens_of(text)))
