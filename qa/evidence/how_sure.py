"""How often replies as sure as one were right, measured on questions in people's own words.

`qa.train.measure_how_sure` wrote how_sure.json; docs/evaluating.md says on what.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Level:
    """Replies of about one confidence.

    Attributes:
        least: Confidence from which on.
        share: Of answers, how often the first sentence answered; of refusals, how often the documents
            did answer the question.
        questions: How many were measured.
    """

    least: float
    share: float
    questions: int


def how_often(confidence: float, *, answered: bool) -> Level:
    """The level that a reply is of."""
    levels = _levels()["answers" if answered else "refusals"]
    return next((level for level in reversed(levels) if confidence >= level.least), levels[0])


@functools.lru_cache(maxsize=1)
def _levels() -> dict[str, list[Level]]:
    stored: dict[str, Any] = json.loads(
        files("qa.evidence").joinpath("how_sure.json").read_text(encoding="utf-8")
    )
    return {name: [Level(*level) for level in levels] for name, levels in stored.items()}
