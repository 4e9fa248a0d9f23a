"""The reply to a red flag: what to do now and whom to call. It comes first, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace

from qa.health.safety.card import in_one_line, notes
from qa.health.safety.heard import in_whole_words
from qa.health.safety.red_flags import Alarm
from qa.said import say
from qa.types import Emergency, Note, Refusal


def emergency_reply(question: str, alarm: Alarm, country: str | None = None) -> Emergency:
    """The reply to a question that raised an alarm, or that was asked while one stood, in its language.

    Args:
        question: As it was asked.
        alarm: From `qa.health.safety.standing.standing`.
        country: ISO code of the person's country; unknown or None: no numbers are named in English, and in
            another language those of countries that speak it.
    """
    heard = "; ".join(f"“{words}”" for words in in_whole_words(question, alarm.matched))
    reply = Emergency(
        question=question,
        confidence=1.0,
        category=alarm.category,
        urgency=alarm.urgency,
        lines=alarm.lines,
        language=alarm.language,
    )
    return replace(reply, notes=notes(reply, country, heard))


def folded(alarm: Alarm, country: str | None = None) -> Note:
    """An alarm that stands, in one line beside the answer to a question on something else."""
    told = in_one_line(alarm.category, alarm.urgency, alarm.lines, country, alarm.language)
    return Note("alarm", told)


def thanked(question: str, line: Note) -> Refusal:
    """The reply to a person who thanks, or says that they go: nothing is looked for."""
    return Refusal(question=question, notes=(Note.of("smalltalk", say("You are welcome.")), line))


def ended(question: str) -> Refusal:
    """The reply to a person who says that it has been dealt with, and asks nothing else."""
    told = say(
        "Thank you for telling me; I leave it there. Should it come back or get worse, get help again at "
        "once. Ask on whenever you like."
    )
    return Refusal(question=question, notes=(Note.of("smalltalk", told),))
