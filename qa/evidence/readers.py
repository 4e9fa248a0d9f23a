"""The reader of an index, shipped or named, and what it makes of the sentences that may answer.

Only those that look best without it are read.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Protocol

import numpy as np

from index.catalog import in_context
from index.cross_encoder import CrossEncoder
from index.export_reader import NO_READER, Judged
from index.search import PassageIndex
from index.types import Passage
from qa.evidence.reader import Reading, shipped_reader
from qa.evidence.support import Candidate, Matrix


class AnyReader(Protocol):
    """What reads passages for a question."""

    def scores(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage, in their order."""


class NamedReader:
    """A cross-encoder that the index carries; it reads every sentence under its title and section."""

    def __init__(self, cross_encoder: CrossEncoder) -> None:
        self._cross_encoder = cross_encoder

    def scores(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage; a passage answers as well as the best of its sentences."""
        texts = [in_context(passage, sentence.text) for passage in passages for sentence in passage.sentences]
        scores = self._cross_encoder.scores(question, texts)
        readings, at = [], 0
        for passage in passages:
            own = scores[at : at + len(passage.sentences)]
            readings.append(Reading(own, float(own.max())))
            at += len(own)
        return readings


def reader_of(index: PassageIndex) -> AnyReader | None:
    """What reads for this index; None where it was built with `--reader none`."""
    if index.reader_name == NO_READER:
        return None
    named = index.cross_encoder
    return NamedReader(named) if named is not None else shipped_reader(index.encoder.lower)


def judged_sentences() -> list[Judged]:
    """What a named reader is calibrated on: the `dev` questions over the shipped documents.

    Each comes with its gold sentence, which answers, and with the gold of the question after it, which does
    not: a sentence about the same, as often as questions on one subject stand together.
    """
    lines = files("seeds").joinpath("questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["split"] == "dev" and row["answerable"]]
    rows = [row for row in rows if row.get("question") and row["gold"] and isinstance(row["gold"][0], str)]
    judged: list[Judged] = []
    for row, after in zip(rows, [*rows[1:], *rows[:1]], strict=True):
        judged.append((row["question"], row["gold"][0], True))
        others = [quote for quote in after["gold"] if quote not in row["gold"]]
        if others:
            judged.append((row["question"], others[0], False))
    return judged


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
