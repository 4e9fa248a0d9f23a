"""How often replies as sure as one were right, measured on questions in people's own words.

Where nobody asked in advance what people ask of documents, replies are less often right at the same
confidence, so that it is told from what was measured over such. `qa.train.measure_how_sure` wrote
how_sure.json; docs/evaluating.md says on what.
"""

from __future__ import annotations

import functools
import json
from importlib.resources import files

MUCH_ASKED, LITTLE_ASKED = "much asked", "little asked"
"""What the two tables were measured over; see `qa.evidence.weights.much_asked`."""


def how_often(confidence: float, *, answered: bool, asked: bool) -> float:
    """Of answers as sure, how often the first sentence answered; of refusals, how often the documents did.

    Args:
        confidence: Of the reply.
        answered: Whether it is an answer, or else a refusal.
        asked: Whether much was asked in advance of the documents.
    """
    levels = _levels()[MUCH_ASKED if asked else LITTLE_ASKED]["answers" if answered else "refusals"]
    return next((share for least, share, _ in reversed(levels) if confidence >= least), levels[0][1])


@functools.lru_cache(maxsize=1)
def _levels() -> dict[str, dict[str, list[tuple[float, float, int]]]]:
    """Of each table, for answers and for refusals: least confidence, share, and how many were measured."""
    stored: dict[str, dict[str, list[tuple[float, float, int]]]] = json.loads(
        files("qa.evidence").joinpath("how_sure.json").read_text(encoding="utf-8")
    )
    return stored
