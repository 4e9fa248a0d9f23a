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
    _same_questions(accepted, questions)
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
    parts: Sequence[str],
    why: str,
    history: str | Path | None = None,
) -> None:
    """Write these figures as the ones that the gate holds from now on, and a line of their history.

    What was accepted of other parts stays as it is.

    Args:
        figures: Measured now.
        path: seeds/accepted.json.
        date: Of the evaluation, YYYY-MM-DD.
        questions, index: Fingerprints of what was measured.
        parts: What was measured.
        why: What changed, in a few words, for the history.
        history: DECISIONS.md; a row is added to the table under its heading "Accepted figures".

    Raises:
        GateError: There are accepted figures of other parts, measured on other questions; or `history` has no
            such table.
    """
    before = load_accepted(path)["figures"] if Path(path).is_file() else {}
    kept = {name: figure for name, figure in before.items() if name.split(":")[0] not in parts}
    contents = {"accepted": date, "questions": questions, "index": index}
    if kept:
        _same_questions(load_accepted(path), questions)
        contents = load_accepted(path)
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


def _same_questions(accepted: Mapping[str, Any], questions: str) -> None:
    if accepted["questions"] != questions:
        raise GateError(
            "The accepted figures were measured on other questions. Evaluate the questions that they are of, "
            "or accept the figures of all parts with these: lightqa evaluate --accept WHY."
        )


HISTORY_FIGURES = (
    "retrieval: nDCG@10",
    "answers: gold cited",
    "answers: citation precision",
    "refusal: near-miss AUROC",
    "refusal: false refusals",
    "safety: sensitivity",
)
"""What a row of the history shows; the rest is in the file's own history."""


def history_row(figures: Sequence[Figure], date: str, why: str) -> str:
    """One row of the table of accepted figures, in Markdown."""
    values = {figure.name: f"{figure.value:.3f}" for figure in figures}
    return f"| {' | '.join([date, why, *(values.get(name, '–') for name in HISTORY_FIGURES)])} |\n"


def _add_to_history(path: Path, row: str) -> None:
    before, heading, after = path.read_text(encoding="utf-8").partition(f"{HISTORY_HEADING}\n")
    section = after.split("\n#", 1)[0]
    last = section.rfind("\n|")
    if last < 0:
        raise GateError(f'{path} has no table below a heading "{HISTORY_HEADING}" for the history; add it.')
    end = (after + "\n").index("\n", last + 1) + 1
    path.write_text(before + heading + after[:end] + row + after[end:], encoding="utf-8")
