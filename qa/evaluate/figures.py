"""A figure: a value with its interval, beside the baselines of the same questions.

Intervals are 95 % percentile bootstrap intervals over questions (Efron 1979), drawn with a fixed seed, so
that the same replies give the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 20261121
Interval = tuple[float, float]
Rows = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of an evaluation.

    Attributes:
        name: "part: what", unique within an evaluation; the gate names it.
        value: The number, in `unit`.
        low, high: Its 95 % bootstrap interval over questions; both equal the value where none was drawn.
        higher_is_better: Which way is worse, for the gate and the report.
        baselines: The same number for simpler ways over the same questions, by their names.
        unit: "" for a share or another pure number, else "s", "ms", "MB", "passages/s".
        meaning: One sentence for a reader who never saw the project.
        gated: Whether the gate holds it. Times and memory belong to a machine and are not held.
    """

    name: str
    value: float
    low: float
    high: float
    meaning: str
    higher_is_better: bool = True
    baselines: Mapping[str, float] = field(default_factory=dict)
    unit: str = ""
    gated: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "better": "higher" if self.higher_is_better else "lower",
            "baselines": dict(self.baselines),
            "unit": self.unit,
            "meaning": self.meaning,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part of an evaluation found.

    Attributes:
        name: "retrieval", "answers", "refusal", "conversation", "safety" or "speed".
        figures: The numbers, most telling first.
        rows: One mapping per question, ready for JSON.
        curves: Points of the part's curves by name, each a mapping of equally long lists.
        remarks: Sentences for the reader, such as what a threshold costs.
    """

    name: str
    figures: tuple[Figure, ...]
    rows: Rows = ()
    curves: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "figures": {figure.name: figure.as_json() for figure in self.figures},
            "remarks": list(self.remarks),
            "curves": {
                name: {axis: list(points) for axis, points in curve.items()}
                for name, curve in self.curves.items()
            },
            "rows": [dict(row) for row in self.rows],
        }


def mean_interval(values: Sequence[float]) -> Interval:
    """The 95 % bootstrap interval of the mean of `values`, one value per question.

    Given differences of two systems on the same questions it is the paired bootstrap interval.
    """
    return bootstrap_interval(lambda sample: sample.mean(axis=-1), np.asarray(values, dtype=float))


def bootstrap_interval(
    statistic: Callable[..., NDArray[np.float64]], *groups: NDArray[np.float64]
) -> Interval:
    """The 95 % bootstrap interval of a statistic of one or more independent groups of questions.

    Args:
        statistic: Takes one resample of each group, shape (resamples, questions of the group), and
            gives one number per resample.
        groups: Shape (questions,); each is resampled with replacement by itself.

    Returns:
        The 2.5th and 97.5th percentile over `RESAMPLES` resamples; (nan, nan) when a group is empty.
    """
    if any(len(group) == 0 for group in groups):
        return float("nan"), float("nan")
    random = np.random.default_rng(SEED)
    drawn: list[NDArray[np.float64]] = []
    chunk = max(1, min(RESAMPLES, 2_000_000 // max(len(group) for group in groups)))
    for start in range(0, RESAMPLES, chunk):
        size = min(chunk, RESAMPLES - start)
        drawn.append(
            statistic(*(group[random.integers(0, len(group), size=(size, len(group)))] for group in groups))
        )
    low, high = np.percentile(np.concatenate(drawn), [2.5, 97.5])
    return float(low), float(high)


def share(
    name: str,
    values: Sequence[float | bool],
    meaning: str,
    *,
    higher_is_better: bool = True,
    baselines: Mapping[str, Sequence[float | bool]] | None = None,
) -> Figure:
    """The mean of one value per question as a figure, with its interval and the means of its baselines."""
    numbers = [float(value) for value in values]
    low, high = mean_interval(numbers)
    return Figure(
        name=name,
        value=mean(numbers),
        low=low,
        high=high,
        meaning=meaning,
        higher_is_better=higher_is_better,
        baselines={other: mean(theirs) for other, theirs in (baselines or {}).items()},
    )


def mean(values: Sequence[float | bool]) -> float:
    """The arithmetic mean; nan of nothing."""
    return float(np.mean(np.asarray(values, dtype=float))) if len(values) else float("nan")
