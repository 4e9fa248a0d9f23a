"""Of a document and its later edition, or what a letter changes, the newer leads."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.calendar_names import days_and_months
from index.dated import Day, dated
from index.readable import in_full
from index.search import PassageIndex
from qa.evidence.repeats import CONTAINED, shared
from qa.evidence.signals import Signals

WITHIN = 3.0
"""How far below the best score what a newer document says may be, and still be said before it."""

_FIGURE = re.compile(r"\d[\d.,]*")
_OF_BEFORE = re.compile(
    r"\b(?:old|older|previous(?:ly)?|former(?:ly)?|originally|earlier|used to|was|were|did|had"
    r"|last (?:year|month)|back then|before (?:that|the change)|until (?:then|the change)|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""How people ask of what was so, or of a year, which has to be met as any condition has."""


def days_of(signals: Signals, scores: NDArray[np.float32], index: PassageIndex) -> dict[str, Day]:
    """The days of the documents whose sentences come within reach of the best; none where all are of one."""
    near = np.flatnonzero(scores >= scores.max() - WITHIN)
    paths = {signals.candidates[row].passage.document for row in near}
    days = {path: dated(index.document(path)) for path in paths} if len(paths) > 1 else {}
    return {path: day for path, day in days.items() if day is not None}


def newest_first(
    near: list[int],
    question: str,
    signals: Signals,
    scores: NDArray[np.float32],
    days: Mapping[str, Day],
) -> list[int]:
    """First what a newer document says of the same matter, if it is about as near.

    `near` are rows of `signals.candidates`, best first, one at least; `days` are as `days_of` gives them.
    """
    best = signals.candidates[near[0]]
    day = days.get(best.passage.document)
    if day is None or _OF_BEFORE.search(question):
        return near

    def newer(row: int) -> bool:
        other = signals.candidates[row]
        later = days.get(other.passage.document, day)
        # 2025 is not before March 2025.
        known = [pair for pair in zip(day, later, strict=True) if all(pair)]
        if not any(mine != its for mine, its in known) or later < day:
            return False
        if scores[row] < scores[near[0]] - WITHIN:
            return False
        mine, its = in_full(best.sentence), in_full(other.sentence)
        return mine != its and shared(_undated(mine), _undated(its)) >= CONTAINED

    own = [row for row in range(len(scores)) if newer(row)]
    if not own:
        return near
    newest = max(days[signals.candidates[row].passage.document] for row in own)
    own = [row for row in own if days[signals.candidates[row].passage.document] == newest]
    first = max(own, key=lambda row: scores[row])
    return [first, *(row for row in near if row != first)]


def _undated(text: str) -> str:
    """A sentence without what a new edition changes: figures, days and months."""
    kept = (word for word in _FIGURE.sub(" ", text).split() if not _is_day(word))
    return " ".join(kept)


def _is_day(word: str) -> bool:
    name = word.strip(".,;:").casefold()
    return name in days_and_months() or name.removesuffix("s") in days_and_months()
