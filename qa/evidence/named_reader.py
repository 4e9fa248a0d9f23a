"""The reader of an index: the shipped one, one that its builder named, or none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Protocol

from index.catalog import in_context
from index.cross_encoder import CrossEncoder
from index.export_reader import NO_READER, Judged
from index.search import PassageIndex
from index.types import Passage
from qa.evidence.reader import Reading, shipped_reader


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
