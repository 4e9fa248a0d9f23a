"""A figure: a value with its interval, beside the baselines of the same questions.

Intervals are 95 % percentile bootstrap intervals over questions (Efron 1979), drawn by SciPy with a fixed
seed, so that the same replies give the same interval. What a figure means stands in figures.toml.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

RESAMPLES = 2000
SEED = 20261121
MOST_DRAWN = 2_000_000
"""Numbers that are drawn at a time, which bounds the memory."""
Interval = tuple[float, float]
Rows = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of an evaluation.

    Attributes:
        name: "part: what", unique within an evaluation; the gate names it.
        value: The number, mostly a share.
        low, high: Its 95 % bootstrap interval over questions.
        baselines: The same number for simpler ways over the same questions, by their names.
        meaning: One sentence for a reader who never saw the project.
        higher_is_better: Which way is worse, for the gate and the report.
    """

    name: str
    value: float
    low: float
    high: float
    baselines: Mapping[str, float] = field(default_factory=dict)
    meaning: str = ""
    higher_is_better: bool = True

    @property
    def short(self) -> str:
        """The name without that of its part."""
        return self.name.split(": ", 1)[1]

    def as_json(self) -> dict[str, Any]:
        fields = asdict(self)
        del fields["name"]
        return fields | {"better": "higher" if fields.pop("higher_is_better") else "lower"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part of an evaluation found.

    Attributes:
        name: One of `run.PARTS`, or "writer" or "written".
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
        return asdict(self) | {"figures": {figure.name: figure.as_json() for figure in self.figures}}


def interval(statistic: Callable[..., Any], *groups: ArrayLike, paired: bool = False) -> Interval:
    """The 95 % bootstrap interval of a statistic of one or more groups of numbers.

    Args:
        statistic: Of one sample of each group. Of unpaired ones it takes an `axis`, and many at a time.
        groups: Shape (questions,); each is resampled with replacement by itself.
        paired: The groups say different things of the same questions, which are drawn together.

    Returns:
        The 2.5th and 97.5th percentile over `RESAMPLES` resamples; (nan, nan) when a group is empty, and the
        value itself where there is but one question to draw from.
    """
    from scipy.stats import bootstrap

    samples = [np.asarray(group, dtype=float) for group in groups]
    if min(map(len, samples)) < 2:
        value = float(statistic(*samples)) if all(map(len, samples)) else float("nan")
        return value, value
    found = bootstrap(
        samples,
        statistic,
        n_resamples=RESAMPLES,
        batch=max(1, MOST_DRAWN // max(map(len, samples))),
        vectorized=not paired,
        paired=paired,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


def figure(name: str, value: float, ends: Interval, baselines: Mapping[str, float]) -> Figure:
    """A figure with its meaning, which figures.toml has to hold."""
    table = _table()
    entry = max((entry for entry in table["meanings"] if name.startswith(entry)), key=len)
    return Figure(
        name=name,
        value=float(value),
        low=ends[0],
        high=ends[1],
        baselines=baselines,
        meaning=table["meanings"][entry],
        higher_is_better=entry not in table["lower_is_better"],
    )


def share(
    name: str,
    values: Sequence[float | bool],
    baselines: Mapping[str, Sequence[float | bool]] | None = None,
) -> Figure:
    """The mean of one value per question as a figure, with its interval and the means of its baselines.

    Of differences of two systems on the same questions the interval is the paired one.
    """
    means = {other: mean(theirs) for other, theirs in (baselines or {}).items()}
    return figure(name, mean(values), interval(np.mean, values), means)


def mean(values: Sequence[float | bool]) -> float:
    """The arithmetic mean; nan of nothing."""
    return float(np.mean(np.asarray(values, dtype=float))) if len(values) else float("nan")


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("qa.evaluate").joinpath("figures.toml").read_text(encoding="utf-8"))
