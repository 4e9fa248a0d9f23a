"""What a reader makes of the sentences that may answer; only those that look best without it are read."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qa.evidence.named_reader import AnyReader
from qa.evidence.support import Candidate, Matrix

READ = 4
"""Sentences that are read: what a reader costs grows with them and not with the documents."""


def readings(question: str, candidates: Sequence[Candidate], scores: Matrix, reader: AnyReader) -> Matrix:
    """Read the best sentences, those of one passage together.

    Args:
        question: As understood.
        candidates: At least one.
        scores: (candidates,): how good each is without having been read; the READ best are.
        reader: As the index has it.

    Returns:
        (candidates,): for each a logit that it answers; for one that was not read the least of the others.
    """
    best = np.argsort(-scores, kind="stable")[:READ].tolist()
    by_passage = [
        list(rows)
        for _, rows in itertools.groupby(
            sorted(best, key=lambda row: candidates[row].place),
            key=lambda row: candidates[row].passage.id,
        )
    ]
    shortened = [
        replace(candidates[rows[0]].passage, sentences=tuple(candidates[row].sentence for row in rows))
        for rows in by_passage
    ]
    found = np.zeros(len(candidates), np.float32)
    for rows, reading in zip(by_passage, reader.scores(question, shortened), strict=True):
        found[rows] = reading.sentences
    unread = np.ones(len(candidates), dtype=bool)
    unread[best] = False
    found[unread] = found[best].min()
    return found
