"""The one ranking: how BM25, the passage's cosine and its nearest sentence's cosine become one score."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Ids = NDArray[np.int64]

LEXICAL_WEIGHT = 0.2
SENTENCE_SHARE = 0.75
"""Weight of BM25, and the nearest sentence's share of the rest. Chosen on SciFact's train queries; the
curve is in DECISIONS.md."""

ALIKE = 1e-5
"""Scores that differ by less are equal. A vector unit of another width, or another batch, moves a cosine by
some 1e-7 and a standardised score by ten times that; of 1,000 passages the nearest are 0.001 apart."""

_AT_ONCE = 32_768
"""Scores that are looked at together: they stay near the processor."""

RECIPROCAL_RANK_CONSTANT = 60
"""Cormack, Clarke and Büttcher, SIGIR 2009."""

CANDIDATES = 1000
"""Passages of highest cosine, and as many of highest BM25, that are ranked."""

Ranking = Literal["hybrid", "bm25", "dense", "rrf"]


class Candidates(NamedTuple):
    """Passages to be ranked.

    Attributes:
        ids: Numbers of the passages, ascending, (n,).
        similarities, lexical: Cosine and BM25 score of each, (n,).
        standardised: BM25 score of each, standardised over all passages of the index, (n,).
    """

    ids: Ids
    similarities: Scores
    lexical: Scores
    standardised: Scores


def standardise(scores: Scores, ids: Ids | slice = slice(None)) -> Scores:
    """Z-scores of one question's scores over all passages: mean 0, spread 1; all 0 if all are equal.

    Args:
        scores: (n,) of all passages.
        ids: Numbers of those whose z-scores are wanted.
    """
    # In double precision, as equal scores can differ from their own mean in single; and in parts, as one copy
    # of a million scores costs more than all that is computed of them.
    first, total, squares = float(scores[0]), 0.0, 0.0
    for begin in range(0, len(scores), _AT_ONCE):
        exact = scores[begin : begin + _AT_ONCE].astype(np.float64) - first
        total += float(exact.sum())
        squares += float(exact @ exact)
    mean = total / len(scores)
    spread = math.sqrt(max(0.0, squares / len(scores) - mean**2))
    return z_scores(scores[ids].astype(np.float64) - first, mean, spread)


def z_scores(scores: NDArray[np.floating], mean: float, spread: float) -> Scores:
    """Scores by how many spreads they are from the mean; all 0 where they are alike."""
    if spread < 1e-6:
        return np.zeros(len(scores), np.float32)
    return np.asarray((scores - mean) / spread, dtype=np.float32)


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


def best_first(scores: Scores, ids: Ids, alike: float = ALIKE) -> Ids:
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
