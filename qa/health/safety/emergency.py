"""The reply to a red flag: what to do now and whom to call. It comes first, and nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qa.health.safety.help_lines import HelpLines, help_lines
from qa.health.safety.ideas import language
from qa.health.safety.red_flags import Alarm
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
_NAMES = {"emergency now": "now", "same day": "today", "crisis line": "crisis"}


def emergency_reply(question: str, alarm: Alarm, country: str | None = None) -> Emergency:
    """The reply to a question that raised an alarm, or that was asked while one stood, in its language.

    Args:
        question: As it was asked.
        alarm: From `qa.health.safety.standing.standing`.
        country: ISO code of the user's country (`LIGHTQA_COUNTRY`); unknown or None: no numbers are named in
            English, and in another language those of countries that speak it.
    """
    heard = "; ".join(f"“{words}”" for words in alarm.matched)
    lines = help_lines(country)
    card = language(alarm.language).card
    if card:
        opening = opening_in(card, alarm.urgency, card["title"][alarm.category])
        advice, matched = card["advice"][alarm.category], card["matched"]
        call = sentences_in(card, alarm.lines, lines)
    else:
        opening = _OPENING[alarm.urgency].format(title=alarm.title)
        advice, matched = alarm.advice, _MATCHED
        call = lines.sentences(alarm.lines)
    return Emergency(
        question=question,
        notes=(
            Note("emergency", f"{opening} {advice}"),
            Note("call", " ".join(call)),
            Note("matched", matched.format(heard=heard)),
        ),
        confidence=1.0,
        category=alarm.category,
        urgency=alarm.urgency,
        language=alarm.language,
        lines=alarm.lines,
    )


def opening_in(card: Mapping[str, Any], urgency: str, title: str) -> str:
    """The first words in the language of a card, the red flag among them where it can be named."""
    return str(card[_NAMES[urgency]]).format(title=title)


def sentences_in(card: Mapping[str, Any], wanted: Sequence[str], lines: HelpLines) -> list[str]:
    """Whom to call in the language of a card, a sentence for each kind of line."""
    return [_line(line, card, lines) for line in wanted]


def _line(line: str, card: Mapping[str, Any], lines: HelpLines) -> str:
    """Whom to call, in the language of a card; numbers of the country where it is known."""
    if line == "emergency":
        return str(card["emergency"]).format(number=lines.emergency or card["number"])
    if line == "crisis":
        return str(card["crisis_line"]).format(line=", ".join(lines.crisis) or card["crisis_number"])
    return str(card[line])


def folded(alarm: Alarm, country: str | None = None) -> Note:
    """An alarm that stands, in one line beside the answer to a question on something else."""
    first = f"Still first: {alarm.title}."
    if alarm.urgency == "crisis line":
        first = "What you told me before matters more than any question about treatments."
    call = help_lines(country).sentences(alarm.lines)[0]
    return Note("alarm", f"{first} {call} Once it has been dealt with, tell me.")


def thanked(question: str, line: Note) -> Refusal:
    """The reply to a person who thanks, or says that they go: nothing is looked for."""
    return Refusal(question=question, notes=(Note("smalltalk", "You are welcome."), line))


def ended(question: str) -> Refusal:
    """The reply to a person who says that it has been dealt with, and asks nothing else."""
    text = (
        "Thank you for telling me; I leave it there. Should it come back or get worse, get help again at "
        "once. Ask on whenever you like."
    )
    return Refusal(question=question, notes=(Note("smalltalk", text),))
