"""What the questions asked in advance say for each sentence: votes of the nearest ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.types import AskedHit
from qa.evidence.gather import ASKED_POINTING
from qa.evidence.support import Candidate

SHARPNESS = 12.0
"""A question counts by exp(SHARPNESS · (its cosine - that of the nearest))."""

LATER = 0.5
"""How much each further quote of a question counts of the one before."""


def answers_of(answered: Sequence[AskedHit], candidates: Sequence[Candidate]) -> list[str]:
    """For each sentence the questions asked in advance, of those near, that it is the first to answer."""
    texts: dict[tuple[int, int], list[str]] = {}
    for hit in answered:
        for place in hit.asked.places[0]:
            texts.setdefault(place, []).append(hit.asked.question)
    return [". ".join(texts.get(candidate.place, ())) for candidate in candidates]


def votes(
    answered: Sequence[AskedHit], candidates: Sequence[Candidate], *, first: bool = False
) -> NDArray[np.float32]:
    """(candidates,): share of the nearest questions, by nearness, that each sentence is to be said for.

    Of `answered`, nearest first; with `first` only where it is to be said first.
    """
    nearest = answered[:ASKED_POINTING]
    found = np.zeros(len(candidates), np.float32)
    if not nearest:
        return found
    rows = {candidate.place: row for row, candidate in enumerate(candidates)}
    counts = np.exp(SHARPNESS * (np.array([hit.similarity for hit in nearest]) - nearest[0].similarity))
    for hit, count in zip(nearest, counts / counts.sum(), strict=True):
        for rank, place in enumerate(hit.asked.places[:1] if first else hit.asked.places):
            for at in place:
                if at in rows:
                    found[rows[at]] += count * LATER**rank
    return found
