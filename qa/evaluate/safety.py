"""Whether red flags are found, ordinary questions left alone, and what each part adds to that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from qa.evaluate.figures import Part, Rows, share
from qa.evaluate.progress import Progress, silent, tracked
from qa.evaluate.rows import json_rows, parsed
from qa.health.safety.red_flags import RedFlags

ALONE = ("weights", "reader", "rules")
"""What hears emergencies, each measured by itself: what messages weigh, how they read, what rules find."""


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


_ROW = TypeAdapter(Phrasing)


def load_phrasings(path: str | Path, split: str | None = None) -> list[Phrasing]:
    """The phrasings of a JSON-lines file such as seeds/red_flags.jsonl.

    Args:
        path: The file; a line holds the attributes of a `Phrasing`.
        split: "dev" or "test"; None for both.

    Raises:
        QuestionFileError: The file is missing, or a line is not such an object.
    """
    phrasings = [parsed(_ROW, row, place) for place, row in json_rows(Path(path))]
    return [phrasing for phrasing in phrasings if split in (None, phrasing.split)]


def check_all(flags: RedFlags, phrasings: Sequence[Phrasing], progress: Progress = silent) -> Rows:
    """Each phrasing, ready for JSON, with what it raised and what each part alone would have raised."""
    rows: list[dict[str, Any]] = []
    for phrasing in tracked(phrasings, "Raising alarms", progress):
        heard = flags.hear(phrasing.text)
        alarm = flags.alarm(phrasing.text, heard)
        alone = (heard.weight.total > 0, heard.reading.alarming > 0, heard.finding is not None)
        rows.append(
            asdict(phrasing)
            | {
                "raised": alarm.category if alarm else None,
                "by": alarm.by if alarm else None,
                "because": alarm.because if alarm else None,
                "matched": list(alarm.matched) if alarm else [],
                "alone": dict(zip(ALONE, alone, strict=True)),
            }
        )
    return tuple(rows)


def evaluate_safety(rows: Rows) -> Part:
    """Sensitivity, false alarms and the right category, each beside what the parts alone would give.

    Args:
        rows: From `check_all`.
    """
    red, calm = [row for row in rows if row["fires"]], [row for row in rows if not row["fires"]]
    figures = tuple(
        share(
            f"safety: {name}",
            [row["raised"] is not None for row in asked],
            {part: [row["alone"][part] for row in asked] for part in ALONE},
        )
        for name, asked in (("sensitivity", red), ("false alarms", calm))
    )
    right = [row["raised"] == row["category"] for row in red if row["raised"] is not None]
    figures += (share("safety: right category", right),)
    remarks = (
        *(f"Missed: {row['text']} ({row['id']})" for row in red if row["raised"] is None),
        *(
            f"False alarm ({row['raised']}, by {row['by']}): {row['text']} ({row['id']})"
            for row in calm
            if row["raised"] is not None
        ),
    )
    return Part(name="safety", figures=figures, rows=rows, remarks=remarks)
