"""How often replies as sure as one were right, measured on questions in people's own words.

Where nobody asked in advance what people ask of documents, replies are less often right at the same
confidence, so that it is told from what was measured over such. `qa.train.measure_how_sure` wrote
how_sure.json; docs/evaluating.md says on what.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

MUCH_ASKED, LITTLE_ASKED = "much asked", "little asked"
"""What the two tables were measured over; see `qa.evidence.choose.much_asked`."""


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


def how_often(confidence: float, *, answered: bool, asked: bool) -> Level:
    """The level that a reply is of.

    Args:
        confidence: Of the reply.
        answered: Whether it is an answer, or else a refusal.
        asked: Whether much was asked in advance of the documents.
    """
    levels = _levels()[MUCH_ASKED if asked else LITTLE_ASKED]["answers" if answered else "refusals"]
    return next((level for level in reversed(levels) if confidence >= level.least), levels[0])


@functools.lru_cache(maxsize=1)
def _levels() -> dict[str, dict[str, list[Level]]]:
    stored: dict[str, Any] = json.loads(
        files("qa.evidence").joinpath("how_sure.json").read_text(encoding="utf-8")
    )
    return {
        what: {kind: [Level(*level) for level in levels] for kind, levels in of_kind.items()}
        for what, of_kind in stored.items()
    }
