"""A question as it is meant: misspelt words corrected, and what an earlier turn said put in.

No model is asked: a conversation is the list of its questions, and each of them is written out in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.antecedents import Turn, turn_of
from qa.conversation.follow_up import rewrite
from qa.conversation.parts import Part, parts_of
from qa.conversation.small_talk import small_talk
from qa.conversation.spelling import Corrector
from qa.conversation.topics import Topics
from qa.conversation.typed import Change

TURNS_KEPT = 8
"""Earlier questions that a follow-up may go back to."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was understood.

    Attributes:
        question: The question to search for; it can stand alone, and may be shown.
        changed: Whether it differs from what was typed by more than a greeting or a word of thanks.
        about_previous_answer: Whether it asks who says so, or whether that is true, of the reply before.
        more: Whether it asks for more on the question before.
        previous: The question before, written out; None in a first turn.
        corrections: Misspelt words of this question, and what was taken to be meant.
        is_small_talk: Whether it is no question for documents.
        parts: What it asks, where that is several things; else empty.
    """

    question: str
    changed: bool = False
    about_previous_answer: bool = False
    more: bool = False
    previous: str | None = None
    corrections: tuple[Change, ...] = ()
    is_small_talk: bool = False
    parts: tuple[Part, ...] = ()


def understand(question: str, earlier: Sequence[str], corrector: Corrector, topics: Topics) -> Understood:
    """Understand a question in its conversation.

    Args:
        question: As typed.
        earlier: What the person asked before, oldest first, as typed.
        corrector: Knows the words of the index.
        topics: Knows what the index is about.
    """
    turns: list[Turn] = []
    for asked in earlier[-TURNS_KEPT:]:
        if small_talk(asked, ()) is None:
            written = rewrite(corrector.correct(asked).text, turns, topics)
            # "Who says so?" leaves the conversation where it was.
            if not written.about and (turn := turn_of(written.question)):
                turns.append(turn)
    if small_talk(question, ()) is not None:
        return Understood(question, previous=turns[-1].text if turns else None, is_small_talk=True)
    corrected = corrector.correct(question)
    written = rewrite(corrected.text, turns, topics)
    parts = () if written.more else tuple(parts_of(written.question, topics))
    return Understood(
        question=written.question,
        changed=written.carried or bool(corrected.changes),
        about_previous_answer=written.about,
        more=written.more,
        previous=turns[-1].text if turns else None,
        corrections=corrected.changes,
        parts=parts if len(parts) > 1 else (),
    )
