"""The one ranking: how BM25, the passage's cosine and its nearest sentence's cosine become one score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

LEXICAL_WEIGHT = 0.2
SENTENCE_SHARE = 0.75
"""Weight of BM25, and the nearest sentence's share of the rest. Chosen on SciFact's train queries; the
curve is in DECISIONS.md."""

ALIKE = 1e-5
"""Scores that differ by less are equal. A vector unit of another width, or another batch, moves a cosine by
some 1e-7 and a standardised score by ten times that; of 1,000 passages the nearest are 0.001 apart."""

RECIPROCAL_RANK_CONSTANT = 60
"""Cormack, Clarke and Büttcher, SIGIR 2009."""


def standardise(scores: Scores) -> Scores:
    """Z-scores of one question's scores over all passages: mean 0, spread 1; all 0 if all are equal."""
    exact = scores.astype(np.float64)  # in single precision, equal scores can differ from their own mean
    spread = exact.std()
    if spread < 1e-6:
        return np.zeros_like(scores)
    return np.asarray((exact - exact.mean()) / spread, dtype=np.float32)


def convex_combination(lexical: Scores, passage: Scores, sentence: Scores) -> Scores:
    """The weighted mean of three standardised scores of the same passages."""
    dense = (1 - SENTENCE_SHARE) * passage + SENTENCE_SHARE * sentence
    return np.asarray(LEXICAL_WEIGHT * lexical + (1 - LEXICAL_WEIGHT) * dense, dtype=np.float32)


def reciprocal_rank_fusion(lexical: Scores, passage: Scores) -> Scores:
    """Sum of 1 / (60 + rank) over both rankings; kept as a baseline of the evaluation."""
    fused = np.zeros(len(lexical), dtype=np.float32)
    for scores in (lexical, passage):
        ranks = np.empty(len(scores), dtype=np.int64)
        ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
        fused += 1.0 / (RECIPROCAL_RANK_CONSTANT + ranks)
    return fused


def best_first(scores: Scores, ids: NDArray[np.int64], alike: float = ALIKE) -> NDArray[np.int64]:
    """Places of the scores, best first; equal ones keep reading order, however they were computed.

    Args:
        scores: (n,)
        ids: (n,) numbers of the passages in reading order.
        alike: Difference to the next better one up to which a score counts as equal to it.
    """
    order = np.lexsort((ids, -scores))
    ranked = scores[order]
    groups = np.concatenate([[0], np.cumsum(ranked[:-1] - ranked[1:] > alike)])[: len(order)]
    return np.asarray(order[np.lexsort((ids[order], groups))], dtype=np.int64)
