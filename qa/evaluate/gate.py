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
HISTORY_FIGURES = (
    "retrieval: nDCG@10",
    "answers: gold cited",
    "answers: citation precision",
    "refusal: near-miss AUROC",
    "refusal: false refusals",
    "safety: sensitivity",
)
"""What a row of the history shows; the rest is in the file's own history."""

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
    """What `accept` wrote. Raises GateError where there is no such file, or it is something else."""
    try:
        accepted = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GateError(f"{path} is missing: accept figures first with lightqa evaluate --accept.") from None
    except json.JSONDecodeError:
        accepted = None
    if not isinstance(accepted, dict) or not isinstance(accepted.get("figures"), dict):
        raise GateError(f"{path} does not hold accepted figures; write it with lightqa evaluate --accept.")
    return accepted


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
    _of_same_questions(accepted, questions)
    measured = {figure.name: figure.value for figure in figures}
    found = []
    for name, was in accepted["figures"].items():
        limit, sign = (was["low"], 1) if was["better"] == "higher" else (was["high"], -1)
        value = measured.get(name)
        # Written this way round, a figure that is not a number fails.
        holds = value is not None and sign * (value - limit) >= -TOLERANCE
        if name.split(":")[0] in parts and not holds:
            found.append(Failure(name, value, was["value"], limit))
    return found


def accept(
    figures: Sequence[Figure],
    path: str | Path,
    *,
    date: str,
    questions: str,
    index: str,
    parts: Sequence[str],
    why: str,
    history: str | Path | None = None,
) -> None:
    """Write these figures as the ones that the gate holds from now on, and a line of their history.

    What was accepted of other parts stays, and with it the date and the fingerprints.

    Args:
        figures, parts: Measured now.
        path: seeds/accepted.json.
        date: Of the evaluation, YYYY-MM-DD.
        questions, index: Fingerprints of what was measured.
        why: What changed, in a few words, for the history.
        history: DECISIONS.md; a row is added to the table under its heading "Accepted figures".

    Raises:
        GateError: There are accepted figures of other parts, measured on other questions; or `history` has no
            such table.
    """
    contents = {"accepted": date, "questions": questions, "index": index}
    kept: dict[str, Any] = {}
    if Path(path).is_file():
        before = load_accepted(path)
        kept = {name: was for name, was in before["figures"].items() if name.split(":")[0] not in parts}
        if kept:
            _of_same_questions(before, questions)
            contents = before
    measured = {
        figure.name: {
            "value": round(figure.value, 6),
            "low": round(figure.low, 6),
            "high": round(figure.high, 6),
            "better": "higher" if figure.higher_is_better else "lower",
        }
        for figure in figures
    }
    if history is not None:
        _add_to_history(Path(history), history_row(figures, date, why))
    text = json.dumps(contents | {"figures": kept | measured}, indent=1, ensure_ascii=False)
    Path(path).write_text(text + "\n", encoding="utf-8")


def _of_same_questions(accepted: Mapping[str, Any], questions: str) -> None:
    if accepted["questions"] != questions:
        raise GateError(
            "The accepted figures were measured on other questions. Evaluate the questions that they are of, "
            "or accept the figures of all parts with these: lightqa evaluate --accept WHY."
        )


def history_row(figures: Sequence[Figure], date: str, why: str) -> str:
    """One row of the table of accepted figures, in Markdown."""
    values = {figure.name: f"{figure.value:.3f}" for figure in figures}
    return f"| {' | '.join([date, why, *(values.get(name, '–') for name in HISTORY_FIGURES)])} |\n"


def _add_to_history(path: Path, row: str) -> None:
    before, heading, after = path.read_text(encoding="utf-8").partition(f"{HISTORY_HEADING}\n")
    last = after.split("\n#", 1)[0].rfind("\n|")
    if last < 0:
        raise GateError(f'{path} has no table below a heading "{HISTORY_HEADING}" for the history; add it.')
    end = after.index("\n", last + 1) + 1
    path.write_text(before + heading + after[:end] + row + after[end:], encoding="utf-8")
