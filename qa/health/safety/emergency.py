"""The reply to a red flag: what to do now, whom to call, and what was understood, in whole words.

A red flag fires on a few words ("can't", "bladder"); alone they tell nobody what was understood, and nobody
could see that it was misunderstood. The reply comes first, and nothing beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.health.safety.card import in_one_line, notes
from qa.health.safety.red_flags import Alarm
from qa.said import say
from qa.types import Emergency, Note, Refusal

MOST_WORDS = 12
"""Longest part of a sentence that is said back whole; of a longer one, from the first word that counts to the
last."""

_BREAK = re.compile(
    r"\s*[.,;:!?\n…]+\s*|\s[–—-]\s|\s(?:and|but|or|plus|und|aber|oder|et|mais|ou|y|pero|o|ma|mas|oraz|ale|ve|ama)\s",
    re.IGNORECASE,
)


def in_whole_words(text: str, matched: Sequence[str]) -> list[str]:
    """The parts of a sentence in which the words stand on which a red flag fired, each once, in their order.

    Args:
        text: As it was typed.
        matched: Words of it. What does not stand in it, as it was typed a turn before, is said as it is.
    """
    spans = _spans(text, matched)
    if spans is None:
        return list(matched)
    cuts = [(0, 0), *(cut.span() for cut in _BREAK.finditer(text)), (len(text), len(text))]
    # A break inside of words that count ("pins and needles") is none.
    cuts = [cut for cut in cuts if not any(start < cut[1] and cut[0] < end for start, end in spans)]
    parts = [(one[1], other[0]) for one, other in pairwise(cuts)]
    told: list[str] = []
    for start, end in parts:
        inside = [span for span in spans if start <= span[0] and span[1] <= end]
        if inside:
            whole = text[start:end]
            if len(whole.split()) > MOST_WORDS:
                whole = text[inside[0][0] : inside[-1][1]]
            told.append(whole.strip())
    return list(dict.fromkeys(told))


def _spans(text: str, matched: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where words stand, in order; None where one does not."""
    spans: list[tuple[int, int]] = []
    for words in matched:
        at = text.find(words, spans[-1][1] if spans else 0)
        if at < 0:
            return None
        spans.append((at, at + len(words)))
    return spans


def emergency_reply(
    question: str, alarm: Alarm, country: str | None = None, told: str | None = None
) -> Emergency:
    """The reply to a question that raised an alarm, or that was asked while one stood, in its language.

    Args:
        question: As it was asked.
        alarm: From `qa.health.safety.standing.standing`.
        country: ISO code of the person's country; unknown or None: no numbers are named in English, and in
            another language those of countries that speak it.
        told: That of the country that the person says to be in, which counts for more; else None.
    """
    heard = "; ".join(f"“{words}”" for words in in_whole_words(question, alarm.matched))
    reply = Emergency(
        question=question,
        confidence=1.0,
        category=alarm.category,
        urgency=alarm.urgency,
        lines=alarm.lines,
        language=alarm.language,
        country=told or "",
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
