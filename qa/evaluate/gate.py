"""Holds an evaluation to the figures that were accepted last, and accepts new ones.

A figure fails when it falls out of the interval that it was accepted with, on the worse side. Figures
that were accepted and are no longer measured fail too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import LightqaError
from qa.evaluate.figures import Figure

HISTORY_HEADING = "## Accepted figures"
TOLERANCE = 1e-6
"""Accepted figures are written with six decimals; only that rounding is forgiven."""


class GateError(LightqaError):
    """Figures cannot be compared: none were accepted, or they are of other questions."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A figure that fell by more than its interval.

    Attributes:
        name: The figure's name.
        value: Measured now; None where it was not measured.
        accepted, limit: What was accepted, and the end of its interval that was passed.
    """

    name: str
    value: float | None
    accepted: float
    limit: float

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.name} was accepted at {self.accepted:.3f}, and is no longer measured"
        went = "fell" if self.limit <= self.accepted else "rose"
        return f"{self.name} {went} from {self.accepted:.3f} to {self.value:.3f}, past {self.limit:.3f}"


def load_accepted(path: str | Path) -> dict[str, Any]:
    """What `accept` wrote.

    Raises:
        GateError: There is no such file, or it is something else.
    """
    path = Path(path)
    try:
        accepted = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(accepted, dict) and isinstance(accepted.get("figures"), dict):
            return accepted
    except FileNotFoundError:
        raise GateError(f"{path} is missing: accept figures first with lightqa evaluate --accept.") from None
    except json.JSONDecodeError:
        pass
    raise GateError(f"{path} does not hold accepted figures; write it with lightqa evaluate --accept.")


def failures(
    figures: Sequence[Figure], accepted: Mapping[str, Any], questions: str, parts: Sequence[str]
) -> list[Failure]:
    """The figures that do not hold, in the order in which they were accepted.

    Args:
        figures: Measured now.
        accepted: From `load_accepted`.
        questions: `questions_fingerprint` of the questions that were asked now.
        parts: What was measured now; accepted figures of other parts are passed over.

    Raises:
        GateError: The accepted figures are of other questions.
    """
    if accepted["questions"] != questions:
        raise GateError(
            "The accepted figures were measured on other questions. Evaluate the questions that they are of, "
            "or accept the figures of these with lightqa evaluate --accept."
        )
    measured = {figure.name: figure for figure in figures}
    found = []
    for name, was in accepted["figures"].items():
        if name.split(":")[0] not in parts:
            continue
        limit = was["low"] if was["better"] == "higher" else was["high"]
        figure = measured.get(name)
        if figure is None:
            found.append(Failure(name, None, was["value"], limit))
            continue
        worse = limit - figure.value if was["better"] == "higher" else figure.value - limit
        # Written this way round, a figure that is not a number fails.
        if not worse <= TOLERANCE:
            found.append(Failure(name, figure.value, was["value"], limit))
    return found


def accept(
    figures: Sequence[Figure],
    path: str | Path,
    *,
    date: str,
    questions: str,
    index: str,
    why: str,
    history: str | Path | None = None,
) -> None:
    """Write these figures as the ones that the gate holds from now on, and a line of their history.

    Args:
        figures: Only the gated ones are kept.
        path: seeds/accepted.json.
        date: Of the evaluation, YYYY-MM-DD.
        questions, index: Fingerprints of what was measured.
        why: What changed, in a few words, for the history.
        history: DECISIONS.md; a row is added to the table under its heading "Accepted figures".

    Raises:
        GateError: `history` has no such heading.
    """
    held = {figure.name: figure for figure in figures if figure.gated}
    contents = {
        "accepted": date,
        "questions": questions,
        "index": index,
        "figures": {
            name: {
                "value": round(figure.value, 6),
                "low": round(figure.low, 6),
                "high": round(figure.high, 6),
                "better": "higher" if figure.higher_is_better else "lower",
            }
            for name, figure in held.items()
        },
    }
    if history is not None:
        _add_to_history(Path(history), history_row(figures, date, why))
    Path(path).write_text(json.dumps(contents, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


HISTORY_FIGURES = (
    "retrieval: nDCG@10",
    "answers: gold cited",
    "answers: citation precision",
    "refusal: near-miss AUROC",
    "refusal: false refusals",
    "safety: sensitivity",
)
"""What a row of the history shows; the rest is in the file's own history."""


def history_head() -> str:
    """The two lines that the table of accepted figures begins with."""
    columns = ["date", "why", *(name.split(": ")[1] for name in HISTORY_FIGURES)]
    return f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"


def history_row(figures: Sequence[Figure], date: str, why: str) -> str:
    """One row of the table of accepted figures, in Markdown."""
    values = {figure.name: f"{figure.value:.3f}" for figure in figures}
    return f"| {' | '.join([date, why, *(values.get(name, '–') for name in HISTORY_FIGURES)])} |\n"


def _add_to_history(path: Path, row: str) -> None:
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    before, heading, after = text.partition(f"{HISTORY_HEADING}\n")
    if not heading:
        raise GateError(f'{path} has no heading "{HISTORY_HEADING}" to write the history under; add it.')
    lines = after.splitlines(keepends=True)
    table = [number for number, line in enumerate(lines) if line.startswith("|")]
    following = next((number for number, line in enumerate(lines) if line.startswith("#")), len(lines))
    table = [number for number in table if number < following]
    if table:
        lines.insert(table[-1] + 1, row)
    else:
        lines[:0] = ["\n", history_head(), row]
    path.write_text(before + heading + "".join(lines), encoding="utf-8")
