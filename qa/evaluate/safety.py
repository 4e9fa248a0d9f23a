"""Whether red flags are found, ordinary questions left alone, and what each part adds to that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.evaluate.figures import Part, share
from qa.evaluate.questions import QuestionFileError, json_rows
from qa.health.safety.red_flags import Alarm, RedFlags

ALONE = ("patterns", "similarity", "patterns without scope", "similarity without scope")
"""The parts that are measured by themselves, as `RedFlags.parts` names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """Something that a person may write, and whether it must raise an alarm.

    Attributes:
        id: Unique within its file.
        text: As it is typed.
        fires: Whether it must raise an alarm.
        category: Which, of the table of red flags; None where it must not.
        kind: How it is put: "plain", "misspelt", "negated", "idiom", …
        split: "dev" or "test".
        language: Its code.
    """

    id: str
    text: str
    fires: bool
    category: str | None
    kind: str
    split: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Checked:
    """A phrasing with the alarm that it raised, and those that each part alone would have raised."""

    phrasing: Phrasing
    alarm: Alarm | None
    alone: Mapping[str, Alarm | None]


def load_phrasings(path: str | Path, split: str | None = None) -> list[Phrasing]:
    """The phrasings of a JSON-lines file such as seeds/red_flags.jsonl.

    Args:
        path: The file; a line holds the attributes of a `Phrasing`.
        split: "dev" or "test"; None for both.

    Raises:
        QuestionFileError: The file is missing, or a line is not such an object.
    """
    phrasings = []
    for place, row in json_rows(Path(path)):
        try:
            phrasings.append(Phrasing(**row))
        except TypeError as error:
            raise QuestionFileError(
                f"{place}: expected id, text, fires, category, kind and split ({error}). Correct the line."
            ) from error
    return [phrasing for phrasing in phrasings if split in (None, phrasing.split)]


def check_all(
    flags: RedFlags, phrasings: Sequence[Phrasing], advance: Callable[[], None] = lambda: None
) -> list[Checked]:
    """Check every phrasing; `advance` is called after each."""
    checked = []
    for phrasing in phrasings:
        checked.append(Checked(phrasing, flags.check(phrasing.text), flags.parts(phrasing.text)))
        advance()
    return checked


def misses(checked: Sequence[Checked]) -> list[Checked]:
    """Those that had to raise an alarm and raised none."""
    return [one for one in checked if one.phrasing.fires and one.alarm is None]


def false_alarms(checked: Sequence[Checked]) -> list[Checked]:
    """Those that had to be left alone and raised one."""
    return [one for one in checked if not one.phrasing.fires and one.alarm is not None]


def evaluate_safety(checked: Sequence[Checked]) -> Part:
    """Sensitivity, false alarms and the right category, each beside what the parts alone would give."""
    red = [one for one in checked if one.phrasing.fires]
    calm = [one for one in checked if not one.phrasing.fires]
    raised = [one for one in red if one.alarm is not None]
    figures = (
        share(
            "safety: sensitivity",
            [one.alarm is not None for one in red],
            "Share of the phrasings of an emergency that raise an alarm.",
            baselines={part: [one.alone[part] is not None for one in red] for part in ALONE},
        ),
        share(
            "safety: false alarms",
            [one.alarm is not None for one in calm],
            "Share of the phrasings that are no emergency, but sound like one, that raise an alarm.",
            higher_is_better=False,
            baselines={part: [one.alone[part] is not None for one in calm] for part in ALONE},
        ),
        share(
            "safety: right category",
            [one.alarm is not None and one.alarm.category == one.phrasing.category for one in raised],
            "Share of the alarms on emergencies that are of the category they were written for; "
            "many fit more than one.",
        ),
    )
    remarks = (
        *(f"Missed: {one.phrasing.text} ({one.phrasing.id})" for one in misses(checked)),
        *(
            f"False alarm ({one.alarm.category}, by {one.alarm.by}): {one.phrasing.text} ({one.phrasing.id})"
            for one in false_alarms(checked)
            if one.alarm is not None
        ),
    )
    return Part(name="safety", figures=figures, rows=tuple(map(_row, checked)), remarks=remarks)


def _row(one: Checked) -> dict[str, Any]:
    """A phrasing and what it raised, ready for JSON."""
    return {
        "id": one.phrasing.id,
        "text": one.phrasing.text,
        "kind": one.phrasing.kind,
        "fires": one.phrasing.fires,
        "category": one.phrasing.category,
        "raised": one.alarm.category if one.alarm else None,
        "by": one.alarm.by if one.alarm else None,
        "because": one.alarm.because if one.alarm else None,
        "matched": list(one.alarm.matched) if one.alarm else [],
        "alone": {part: alarm.category if alarm else None for part, alarm in one.alone.items()},
    }
