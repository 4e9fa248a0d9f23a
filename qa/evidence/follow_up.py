"""What answers a follow-up, and how surely, by all that it may stand for and by what was just quoted.

Each way of writing a follow-up out leans to one side: joined with the question before it, it is near to what
was just quoted, alone to whatever has its words. A sentence that all of them find near is meant more often,
more than half of the answers stand in the passage that was just quoted from, and what one way is sure of
while the others are not is seldom there.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from qa.evidence.choose import Evidence, Scored, choose
from qa.evidence.confidence import log_odds
from qa.evidence.support import Candidate
from qa.evidence.weights import Weights

SENTENCE_SIGNALS = ("of_all_ways", "of_the_best_way", "was_said", "in_its_passage", "in_its_document")
"""The mean and the best of a sentence's scores; whether it was quoted just before, stands beside such a one
in its passage, or in the same document as one."""

CONFIDENCE_SIGNALS = ("of_all_ways", "says_it_again", "before")
"""The mean of all ways' log-odds; whether what is quoted first was just said; the log-odds of the question
before, which every way that is joined with it has a part of."""

UNREAD = 1.0
"""How far below the least that a way has read a sentence is taken to be that it has not."""

LEAST, MOST = -6.0, 8.0
"""Log-odds that are told apart: a way that is sure that nothing answers is no surer than that."""


def in_turn(ways: Sequence[Scored], before: Evidence, weights: Weights) -> list[Evidence]:
    """Choose among the sentences of each way of writing a follow-up out.

    Args:
        ways: What was read for each, at least one.
        before: What was found for the question before.
        weights: By which it was scored.

    Returns:
        Of each way, with the confidence that it has alone.
    """
    said = said_before(before, weights)
    by = _weights("sentence", SENTENCE_SIGNALS)
    return [
        choose(way, weights, sentence_table(at, ways, said) @ by if way.signals.candidates else None)
        for at, way in enumerate(ways)
    ]


def said_before(before: Evidence, weights: Weights) -> Sequence[Candidate]:
    """What was quoted for the question before; nothing where it was declined."""
    return before.chosen if before.confidence >= weights.threshold else ()


def as_sure_in_turn(meant: Evidence, ways: Sequence[Evidence], before: Evidence) -> Evidence:
    """What is taken to be meant, as surely as all ways together and the question before tell.

    Args:
        meant: What was found for one of the ways.
        ways: For all.
        before: For the question before.
    """
    signals = turn_signals(meant, ways, before)
    odds = (
        float(_weights("confidence", CONFIDENCE_SIGNALS) @ signals)
        + follow_up_weights()["confidence"]["bias"]
    )
    return replace(meant, confidence=1 / (1 + math.exp(-odds)))


def sentence_table(at: int, ways: Sequence[Scored], said: Sequence[Candidate]) -> NDArray[np.float32]:
    """SENTENCE_SIGNALS of the sentences of one of several ways: (candidates, 5).

    Args:
        at: Number of the way.
        ways: What was read for each.
        said: What was quoted just before, best first.
    """
    of_way = [
        dict(zip(map(_place, way.signals.candidates), way.scores.tolist(), strict=True)) for way in ways
    ]
    least = [min(scores.values(), default=0.0) - UNREAD for scores in of_way]
    places = {_place(candidate) for candidate in said}
    passages = {candidate.passage.id for candidate in said}
    documents = {candidate.passage.document for candidate in said}

    def row(candidate: Candidate) -> tuple[float, ...]:
        place = _place(candidate)
        scores = [of.get(place, low) for of, low in zip(of_way, least, strict=True)]
        again = place in places
        beside = not again and candidate.passage.id in passages
        mean = sum(scores) / len(scores)
        return mean, max(scores), again, beside, candidate.passage.document in documents

    rows = [row(candidate) for candidate in ways[at].signals.candidates]
    return np.array(rows, dtype=np.float32).reshape(-1, len(SENTENCE_SIGNALS))


def turn_signals(meant: Evidence, ways: Sequence[Evidence], before: Evidence) -> NDArray[np.float32]:
    """CONFIDENCE_SIGNALS of a follow-up that is taken to be meant in one way: (3,)."""

    def surely(evidence: Evidence) -> float:
        return min(max(log_odds(evidence.confidence), LEAST), MOST)

    again = bool(set(meant.chosen[:1]) & set(before.chosen))
    mean = sum(map(surely, ways)) / len(ways)
    return np.array([mean, again, surely(before)], dtype=np.float32)


@functools.lru_cache(maxsize=1)
def follow_up_weights() -> Mapping[str, Mapping[str, float]]:
    """Of both, as `qa.train.fit_follow_ups` fitted them; those of a sentence's scores sum to 1."""
    stored: Mapping[str, Mapping[str, float]] = json.loads(
        files("qa.evidence").joinpath("follow_up.json").read_text(encoding="utf-8")
    )
    return stored


def _weights(of: str, names: Sequence[str]) -> NDArray[np.float32]:
    return np.array([follow_up_weights()[of][name] for name in names], dtype=np.float32)


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.passage.id, candidate.position
