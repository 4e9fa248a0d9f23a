"""What answers a follow-up, and how surely, by all that it is searched as and by what was just quoted.

Each of them leans to one side: with the words of the turns before, it is near to what was just quoted, alone
to whatever has its own words. A sentence that all of them find near is meant more often, more than half of
the answers stand in the passage that was just quoted from, and what one question is sure of while the others
are not is seldom there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from qa.evidence.choose import Evidence, Scored, choose
from qa.evidence.confidence import log_odds
from qa.evidence.support import Candidate
from qa.evidence.weights import Weights
from qa.tables import table
from qa.words import stem_set

WAYS = ("alone", "with_the_last", "with_the_latest")
"""The questions that a follow-up is searched as, in the order of `qa.conversation.follow_up.ways_of`."""

SENTENCE_SIGNALS = (*WAYS, "at_best", "was_said", "in_its_passage", "in_its_document")
"""A sentence's score for each of WAYS, and the best of them; whether it was quoted just before, stands beside
such a one in its passage, or in the same document as one."""

CONFIDENCE_SIGNALS = (
    *WAYS,
    "surest",
    "says_nothing_alone",
    "unknown_words",
    "borne_out",
    "says_it_again",
    "before",
)
"""The log-odds that the documents answer, of each of WAYS, and the most of them; whether alone it is about
nothing in them ("is that still valid"), which then tells nothing against it; its own words that they do not
have, up to MOST_UNKNOWN ("write me a poem"); the share of the other WAYS that would quote what is quoted
first; whether it was just said; the log-odds of the question before."""

MOST_UNKNOWN = 3

UNREAD = 1.0
"""How far below the least that a way has read a sentence is taken to be that it has not."""

LEAST, MOST = -6.0, 8.0
"""Log-odds that are told apart: a way that is sure that nothing answers is no surer than that."""


def in_turn(ways: Sequence[Scored], before: Evidence, unknown: int, weights: Weights) -> tuple[int, Evidence]:
    """Choose among the sentences that were read for all of WAYS.

    Args:
        ways: What was read for each.
        before: What was found for the question before.
        unknown: How many of its own words the documents do not have.
        weights: By which all of it was scored.

    Returns:
        Number of the way that leads to what is quoted first, alone where that does, and what is quoted, as
        surely as all of them and the question before tell.
    """
    said = said_before(before, weights)
    by = _weights("sentence", SENTENCE_SIGNALS)
    nearer = [sentence_table(at, ways, said) @ by for at in range(len(ways))]
    own = [choose(way, weights) for way in ways]
    at = leading(ways, nearer, own)
    found = choose(ways[at], weights, nearer[at]) if ways[at].signals.candidates else own[at]
    odds = float(_weights("confidence", CONFIDENCE_SIGNALS) @ turn_signals(found, own, before, said, unknown))
    odds += table("qa.evidence", "follow_up.json")["confidence"]["bias"]
    confidence = 1 / (1 + math.exp(-odds)) if found.chosen else 0.0
    asked = [way.gathered.question for way in ways]
    return at, replace(found, confidence=confidence, lacking=told_lacking(found.lacking, asked[at], asked))


def told_lacking(lacking: Sequence[str], led: str, asked: Sequence[str]) -> tuple[str, ...]:
    """What a person is told that the documents lack: what this turn asks for, else what the one before does.

    "Nothing of “mat”" is no reason to somebody who asked for a mat two turns ago.

    Args:
        lacking: Of the question that led.
        led: That question, perhaps with words of several turns.
        asked: The question as each of WAYS.
    """
    for question in asked[:2]:
        added = stem_set([led]) - stem_set([question])
        if told := tuple(words for words in lacking if added.isdisjoint(stem_set([words]))):
            return told
    return ()


def said_before(before: Evidence, weights: Weights) -> Sequence[Candidate]:
    """What was quoted for the question before; nothing where it was declined."""
    return before.chosen if before.confidence >= weights.threshold else ()


def leading(ways: Sequence[Scored], nearer: Sequence[NDArray[np.float32]], own: Sequence[Evidence]) -> int:
    """Number of the first way that would quote the best sentence of all first; else of the surest of it.

    By what was read for each, the scores of that by all of them, and what each would quote by itself.
    """
    read = [at for at, way in enumerate(ways) if way.signals.candidates]
    if not read:
        return 0
    best = max(read, key=lambda at: float(nearer[at].max()))
    first = ways[best].signals.candidates[int(nearer[best].argmax())]
    leads = [at for at in read if own[at].chosen[0].place == first.place]
    return leads[0] if leads else best


def sentence_table(at: int, ways: Sequence[Scored], said: Sequence[Candidate]) -> NDArray[np.float32]:
    """SENTENCE_SIGNALS of the sentences of one of several ways, after what was `said`: (candidates, 7)."""
    of_way = [
        dict(zip((each.place for each in way.signals.candidates), way.scores.tolist(), strict=True))
        for way in ways
    ]
    least = [min(scores.values(), default=0.0) - UNREAD for scores in of_way]
    places = {candidate.place for candidate in said}
    passages = {candidate.passage.id for candidate in said}
    documents = {candidate.passage.document for candidate in said}

    def row(candidate: Candidate) -> tuple[float, ...]:
        where = candidate.place
        scores = [of.get(where, low) for of, low in zip(of_way, least, strict=True)]
        again = where in places
        beside = not again and candidate.passage.id in passages
        return *scores, max(scores), again, beside, candidate.passage.document in documents

    rows = [row(candidate) for candidate in ways[at].signals.candidates]
    return np.array(rows, dtype=np.float32).reshape(-1, len(SENTENCE_SIGNALS))


def turn_signals(
    found: Evidence, ways: Sequence[Evidence], before: Evidence, said: Sequence[Candidate], unknown: int
) -> NDArray[np.float32]:
    """CONFIDENCE_SIGNALS of what is quoted for a follow-up: (9,)."""

    def surely(evidence: Evidence) -> float:
        return min(max(log_odds(evidence.confidence), LEAST), MOST)

    odds = list(map(surely, ways))
    first = {each.place for each in found.chosen[:1]}
    telling = [way for way in ways if way.confidence > 0]
    borne_out = sum(not first.isdisjoint(each.place for each in way.chosen) for way in telling) / max(
        len(telling), 1
    )
    again = not first.isdisjoint(each.place for each in said)
    nothing = ways[0].confidence == 0
    few = min(unknown, MOST_UNKNOWN)
    return np.array([*odds, max(odds), nothing, few, borne_out, again, surely(before)], dtype=np.float32)


def _weights(of: str, names: Sequence[str]) -> NDArray[np.float32]:
    """Of one of the two models, as `qa.train.fit_follow_ups` fitted them."""
    fitted = table("qa.evidence", "follow_up.json")[of]
    return np.array([fitted[name] for name in names], dtype=np.float32)
