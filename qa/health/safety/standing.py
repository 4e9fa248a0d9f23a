"""The alarm in force in a conversation: told whole, folded to a line beside the turn's own answer, or over.

An alarm stands until the person says that it has been dealt with (`qa.health.safety.way_out`). Whoever
thanks, or asks of something else, is answered, and reminded in one line. What is neither, and above all
"still" and "worse", brings the whole card again: better once too often.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.health.safety.red_flags import Alarm
from qa.health.safety.way_out import Turn, questions_in


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands when a question is asked.

    Attributes:
        alarm: The alarm in force, or the one that this question ends; None where there is none.
        turn: What the question does to it; "whole" for the question that raised it.
        calm: The earlier turns that raised no alarm; of those that ended one, what they ask.
    """

    alarm: Alarm | None
    turn: Turn
    calm: tuple[str, ...]


def standing(
    check: Callable[[str], Alarm | None],
    turn_of: Callable[[str], Turn],
    earlier: Sequence[str],
    question: str,
) -> Standing:
    """What is in force when a question is asked.

    Args:
        check: The alarm that one text raises by itself (`RedFlags.check`).
        turn_of: What a text says to an alarm that stands (`WayOut.turn_of`).
        earlier: What the person asked before in this conversation, oldest first.
        question: What the person asks now.
    """
    alarm: Alarm | None = None
    calm: list[str] = []
    for text in earlier:
        raised = check(text)
        ended = _ends(alarm, raised) and turn_of(text) == "over"
        if raised is None and (rest := questions_in(text) if ended else text):
            calm.append(rest)
        alarm = None if ended else raised or alarm
    raised = check(question)
    turn = turn_of(question) if alarm is not None else "whole"
    if turn == "over" and not _ends(alarm, raised):
        turn = "whole"
    thanks = turn == "thanks" and raised is not None and raised.by == "weight"
    return Standing(
        alarm if turn == "over" or thanks else raised or alarm,
        "whole" if raised and turn != "over" and not thanks else turn,
        tuple(calm),
    )


def _ends(alarm: Alarm | None, raised: Alarm | None) -> bool:
    """Whether a turn can end an alarm: one that tells of another in so many words does not."""
    return alarm is not None and (raised is None or raised.by == "weight")
