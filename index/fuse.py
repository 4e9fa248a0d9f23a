"""The one ranking: how BM25 and cosine become a single score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

LEXICAL_WEIGHT = 0.3
"""Weight of BM25 against cosine. Chosen on SciFact's train queries; the curve is in DECISIONS.md."""

RECIPROCAL_RANK_CONSTANT = 60
"""Cormack, Clarke and Büttcher, SIGIR 2009."""


def standardise(scores: Scores) -> Scores:
    """Z-scores over the candidates of one question: mean 0, standard deviation 1; all 0 if all are equal."""
    spread = scores.std()
    if spread < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - scores.mean()) / spread, dtype=np.float32)


def convex_combination(lexical: Scores, dense: Scores, weight: float = LEXICAL_WEIGHT) -> Scores:
    """`weight` times standardised BM25 plus `1 - weight` times standardised cosine, per candidate."""
    return weight * standardise(lexical) + (1 - weight) * standardise(dense)


def reciprocal_rank_fusion(lexical: Scores, dense: Scores) -> Scores:
    """Sum of 1 / (60 + rank) over both rankings; kept as a baseline of the evaluation."""
    fused = np.zeros(len(lexical), dtype=np.float32)
    for scores in (lexical, dense):
        ranks = np.empty(len(scores), dtype=np.int64)
        ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
        fused += 1.0 / (RECIPROCAL_RANK_CONSTANT + ranks)
    return fused
