"""The reply to a red flag: what to do now and whom to call. It comes first, and nothing beside it."""

from __future__ import annotations

from qa.health.safety.help_lines import help_lines
from qa.health.safety.red_flags import Alarm
from qa.types import Emergency, Note

_OPENING = {
    "emergency now": "This may be an emergency, so please get help before anything else. {title}.",
    "same day": "Please have this looked at today, before anything else. {title}.",
    "crisis line": "Thank you for telling me. This matters more than any question about treatments.",
}


def emergency_reply(question: str, alarm: Alarm, country: str | None = None) -> Emergency:
    """The reply to a question that raised an alarm, or that was asked while one stood.

    Args:
        question: As it was asked.
        alarm: From `qa.health.safety.red_flags.RedFlags.standing`.
        country: ISO code of the user's country (`LIGHTQA_COUNTRY`); unknown or None: no numbers are named.
    """
    opening = _OPENING[alarm.urgency].format(title=alarm.title)
    heard = "; ".join(f"“{words}”" for words in alarm.matched)
    return Emergency(
        question=question,
        notes=(
            Note("emergency", f"{opening} {alarm.advice}"),
            Note("call", " ".join(help_lines(country).sentences(alarm.lines))),
            Note(
                "matched",
                f"I say this because you wrote: {heard}. I cannot judge how ill anyone is, and would rather "
                "say it once too often. Once it has been dealt with, tell me, and I will go on with your "
                "questions.",
            ),
        ),
        confidence=1.0,
    )
