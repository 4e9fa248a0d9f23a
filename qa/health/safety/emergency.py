"""The reply to a red flag: what to do now and whom to call. It comes first, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace

from qa.health.safety.card import LANGUAGES, told_in
from qa.health.safety.heard import in_whole_words
from qa.health.safety.help_lines import help_lines
from qa.health.safety.red_flags import Alarm
from qa.said import say
from qa.types import Emergency, Note, Refusal

_OPENING = {
    "emergency now": "This may be an emergency, so please get help before anything else. {title}.",
    "same day": "Please have this looked at today, before anything else. {title}.",
    "crisis line": "Thank you for telling me. This matters more than any question about treatments.",
}
_MATCHED = (
    "I say this because you wrote: {heard}. I cannot judge how ill anyone is, and would rather say it once "
    "too often. Once it has been dealt with, tell me, and I will go on with your questions."
)


def emergency_reply(question: str, alarm: Alarm, country: str | None = None) -> Emergency:
    """The reply to a question that raised an alarm, or that was asked while one stood, in its language.

    Args:
        question: As it was asked.
        alarm: From `qa.health.safety.standing.standing`.
        country: ISO code of the user's country (`LIGHTQA_COUNTRY`); unknown or None: no numbers are named in
            English, and in another language those of countries that speak it.
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
    if alarm.language in LANGUAGES:
        return replace(reply, notes=told_in(alarm.language, reply, country, heard))
    opening = _OPENING[alarm.urgency].format(title=alarm.title)
    return replace(
        reply,
        notes=(
            Note("emergency", f"{opening} {alarm.advice}"),
            Note("call", " ".join(help_lines(country).sentences(alarm.lines))),
            Note("matched", _MATCHED.format(heard=heard)),
        ),
    )


def folded(alarm: Alarm, country: str | None = None) -> Note:
    """An alarm that stands, in one line beside the answer to a question on something else."""
    first = f"Still first: {alarm.title}."
    if alarm.urgency == "crisis line":
        first = "What you told me before matters more than any question about treatments."
    call = help_lines(country).sentences(alarm.lines)[0]
    return Note("alarm", f"{first} {call} Once it has been dealt with, tell me.")


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
