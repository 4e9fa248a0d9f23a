"""The alarm in force in a conversation: told whole, folded to a line beside the turn's own answer, or over.

An alarm stands until the person says that it has been dealt with (way_out.toml). Whoever thanks, or asks of
something else, is answered, and reminded in one line. What is neither, and above all "still" and "worse",
brings the whole card again: better once too often.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from qa.health.safety.red_flags import Alarm
from qa.health.safety.triage import says_it_is_over
from qa.phrases import asks, sentences

Turn = Literal["over", "thanks", "aside", "whole"]
"""What a turn does to an alarm that stands: ends it, takes note of it, folds it beside another question, or
has it told whole again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands when a question is asked.

    Attributes:
        alarm: The alarm in force, or the one that this question ends; None where there is none.
        turn: What the question does to it; "whole" for the question that raised it.
        calm: The earlier turns that neither raised an alarm nor ended one.
    """

    alarm: Alarm | None
    turn: Turn
    calm: tuple[str, ...]


def standing(
    check: Callable[[str], Alarm | None],
    chats: Callable[[str], bool],
    earlier: Sequence[str],
    question: str,
) -> Standing:
    """What is in force when a question is asked.

    Args:
        check: The alarm that one text raises by itself (`RedFlags.check`).
        chats: Whether a text is small talk, which says nothing of how things are.
        earlier: What the person asked before in this conversation, oldest first.
        question: What the person asks now.
    """
    alarm: Alarm | None = None
    calm: list[str] = []
    for text in earlier:
        ended = alarm is not None and turn_of(text, chats) == "over"
        raised = None if ended else check(text)
        if raised is None and not ended:
            calm.append(text)
        alarm = None if ended else raised or alarm
    if alarm is not None and turn_of(question, chats) == "over":
        return Standing(alarm, "over", tuple(calm))
    if raised := check(question):
        return Standing(raised, "whole", tuple(calm))
    return Standing(alarm, turn_of(question, chats) if alarm else "whole", tuple(calm))


def turn_of(text: str, chats: Callable[[str], bool]) -> Turn:
    """What is said to an alarm that stands; `chats` as in `standing`."""
    plain = _plain(text)
    told = [sentence for sentence in sentences(text) if not sentence.endswith("?") and not asks(sentence)]
    said = _plain(" . ".join(told))
    if says_it_is_over(text):
        return "over"
    if _table("over").search(said) and not _table("not_over").search(_table("calm").sub(" ", said)):
        return "over"
    if _table("more").search(plain):
        return "whole"
    if chats(text):
        return "aside"
    if _table("thanks").fullmatch(plain.strip(" .,!")):
        return "thanks"
    # What is told and not asked may be how it goes on; a topic in a few words is neither.
    return "whole" if any(_tells(sentence) for sentence in told if not chats(sentence)) else "aside"


def questions_in(text: str) -> str:
    """The questions of a turn that ends an alarm, without what it tells; empty where it asks nothing."""
    return " ".join(sentence for sentence in sentences(text) if sentence.endswith("?") or asks(sentence))


_OF_ONESELF = re.compile(
    r"\b(?:i|im|ive|id|me|my|he|hes|him|she|shes|her|we|us|our|it|its|still|now|worse|yet|not|no|ill|nothing|nobody|ambulance|doctor|hospital|surgery|closed|shut)\b"
)


def _tells(sentence: str) -> bool:
    return bool(_OF_ONESELF.search(_plain(sentence)))


def _plain(text: str) -> str:
    lower = text.lower().replace("’", "'").replace("'", "").replace("-", " ")
    return " ".join(lower.split())


@functools.cache
def _table(group: str) -> re.Pattern[str]:
    # A backslash joins lines in all of TOML's strings but those that leave a pattern's backslashes alone.
    text = files("qa.health.safety").joinpath("way_out.toml").read_text(encoding="utf-8").replace("\\\n", "")
    table = tomllib.loads(text)
    says = table["not_over"]["calm"] if group == "calm" else table[group]["says"]
    parts: dict[str, str] = table["parts"]
    filled = re.sub(
        r"\{(\w+)\}", lambda found: parts.get(found[1], found[0]), "|".join(f"(?:{one})" for one in says)
    )
    return re.compile(filled)
