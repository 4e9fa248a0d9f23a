"""What can be measured between a question and the sentences that search brings.

Every signal is a plain number, higher when the sentence answers better; `qa.evidence.choose` weighs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np

from index.readable import in_full
from index.search import PassageIndex
from index.types import AskedHit, Hit, Passage
from qa.evidence.conditions_met import Context, conditions_met
from qa.evidence.gather import Gathered
from qa.evidence.readers import AnyReader, readings
from qa.evidence.row_units import with_units
from qa.evidence.support import Candidate, Matrix, candidates_of, named, nearness, said
from qa.evidence.votes import answers_of, votes
from qa.words import Word, content_words

READ_CLOSELY = 24
"""Sentences whose words are compared with the question's one by one; those not read lately
cost a forward pass. Of 36, the gold was first and among the first 3 as often."""

LEAST_TELLING = 1e-3
"""Rarity times specificity below which no word tells the candidates apart, as where there is one alone."""

FEW_WORDS = 8.0
"""Rarity of a question's words at which their nearness counts half: of "who shouldn't have laser treatment"
only the topic is left, and every sentence on it is near."""

BALANCE_SHARPNESS = 30.0
"""A question counts by exp(this · (its cosine - that of the nearest)) in `AskedNear.balance`: only
those about as near as the nearest. At 12 near misses were told apart a little less well."""

FAINTEST = 0.3
"""A word that is nowhere is judged against the candidate nearest to it, if that is at least this near."""

SENTENCE_SIGNALS = (
    "meaning",
    "passage_similarity",
    "votes",
    "telling_nearness",
    "worst_condition",
    "reading",
)
"""The cosines of the sentence's own words together and of the passage; the votes of questions asked in
advance, times the cosine of the nearest; how near those words of the question that tell the candidates
apart are to words of the sentence, measured by the best of them, and times the weight of all its words;
how it meets conditions; what the reader made of it, 0 before it was read."""


@dataclass(frozen=True, slots=True)
class AskedNear:
    """The questions asked in advance that are nearest to one.

    Attributes:
        answered, unanswered: Cosine of the nearest that is answered, and of the nearest that is not; 0 where
            there is none.
        balance: Share of the answered ones among the nearest, each counted by its nearness, from -1 to 1,
            times the cosine of the nearest.
    """

    answered: float
    unanswered: float
    balance: float


NOTHING_ASKED = AskedNear(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything measured for one question.

    Attributes:
        words: The question's content words.
        candidates: The sentences read closely, by first impression.
        table: (candidates, len(SENTENCE_SIGNALS)).
        lacking: What the question asks for and no candidate gives, in words for people.
        support: (words, candidates), 0 to 1: 1 where the word's stem stands in the sentence or its title or
            section, else how far it is said in other words, carried over, or near to a word there.
        nearness: (candidates,): share of the words, by rarity, that a sentence supports.
        meanings: (candidates, width) unit rows: the direction of each sentence's own words together.
        asked: What the nearest questions asked in advance say of whether the documents answer.
    """

    words: tuple[Word, ...]
    candidates: tuple[Candidate, ...]
    table: Matrix
    support: Matrix
    nearness: Matrix
    meanings: Matrix
    lacking: tuple[str, ...]
    asked: AskedNear = NOTHING_ASKED


def measure(gathered: Gathered, index: PassageIndex) -> Signals:
    """Measure the sentences of what was gathered, if any, against its question."""
    question = gathered.question
    words = tuple(content_words(question))
    rarities = np.array([word.rarity for word in words], dtype=np.float32)
    candidates, similarities = _candidates(question, gathered.hits, index)
    if not candidates:
        empty = np.zeros((len(words), 0), np.float32)
        nothing = np.zeros((0, len(SENTENCE_SIGNALS)), np.float32)
        return Signals(words, (), nothing, empty, np.zeros(0, np.float32), empty.T, ())

    by_name = named(words, [[in_full(c.sentence)] for c in candidates])
    telling = rarities * _specificity(by_name)
    if telling.sum() < LEAST_TELLING:
        telling = rarities
    own = said(question, words, candidates, by_name)
    voted = votes(gathered.answered, candidates)
    asked = asked_near(gathered.asked)
    # The first impression: only the most promising sentences are read word by word.
    impression = similarities[:, 0] + _weighted(own, telling) + 2 * asked.answered * voted
    closely = np.argsort(-impression, kind="stable")[:READ_CLOSELY]
    candidates = [candidates[at] for at in closely]
    similarities, own, voted = similarities[closely], own[:, closely], voted[closely]

    met = conditions_met(
        question,
        [
            Context(with_units(c.sentence), _standing_over(c.passage), c.passage.text, asks)
            for c, asks in zip(candidates, answers_of(gathered.answered, candidates), strict=True)
        ],
    )
    near, near_with_title, meanings = nearness(question, words, candidates, index)
    titled = named(words, [[c.passage.title, c.passage.section, in_full(c.sentence)] for c in candidates])
    support = np.maximum.reduce([titled, own, near_with_title])
    met = met.said_otherwise(words, support)
    own = np.maximum(own, near)
    own /= np.maximum(own.max(axis=1, keepdims=True), FAINTEST)
    table = np.column_stack(
        [
            meanings @ index.question_vector(question),
            similarities[:, 1],
            asked.answered * voted,
            _weighted(own, telling) * rarities.sum() / (rarities.sum() + FEW_WORDS),
            met.worst,
            np.zeros(len(candidates)),
        ]
    )
    return Signals(
        words,
        tuple(candidates),
        table.astype(np.float32),
        support,
        _weighted(support, rarities),
        meanings,
        met.lacking,
        asked,
    )


def with_readings(signals: Signals, question: str, weights: Matrix, reader: AnyReader) -> Signals:
    """The signals, of one candidate at least, after the best sentences by some weights were read."""
    table = signals.table.copy()
    table[:, SENTENCE_SIGNALS.index("reading")] = readings(
        question, signals.candidates, signals.table @ weights, reader
    )
    return replace(signals, table=table)


def asked_near(asked: Sequence[AskedHit]) -> AskedNear:
    """What questions asked in advance say, given the nearest that are answered and that are not."""
    if not asked:
        return NOTHING_ASKED
    cosines = np.array([hit.similarity for hit in asked])
    answered = np.array([hit.asked.answered for hit in asked])
    counts = np.exp(BALANCE_SHARPNESS * (cosines - cosines.max()))
    # A share of what is asked alike, rounded, may come out a little above 1.
    balance = min(1.0, float(counts @ np.where(answered, 1, -1) / counts.sum() * cosines.max()))
    return AskedNear(
        float(cosines[answered].max(initial=0)), float(cosines[~answered].max(initial=0)), balance
    )


def _candidates(question: str, hits: Sequence[Hit], index: PassageIndex) -> tuple[list[Candidate], Matrix]:
    """All sentences of the passages, and (n, 2) their cosines and those of their passages."""
    candidates: list[Candidate] = []
    vectors, passages = [], []
    for hit in hits:
        vectors.append(index.sentence_vectors(hit.passage))
        candidates += candidates_of(hit.passage)
        passages += [hit.similarity] * len(hit.passage.sentences)
    if not candidates:
        return [], np.zeros((0, 2), np.float32)
    similarities = np.vstack(vectors) @ index.question_vector(question)
    return candidates, np.column_stack([similarities, passages]).astype(np.float32)


def _standing_over(passage: Passage) -> str:
    """What stands over a passage: its document's title, its section, its file's name ("prices 2019.pdf")."""
    return f"{passage.title}. {passage.section}. {PurePath(passage.document).stem}"


def _specificity(by_name: Matrix) -> Matrix:
    """(words,): 1 for a word that stands in none of the sentences, falling to 0 for one in all of them.

    The words of the topic stand in most sentences that search brings, and tell them apart least.
    """
    count = by_name.shape[1]
    # A word that all of them have may come out a rounding error below 0.
    spread = np.log1p(by_name.sum(axis=1)) / np.log1p(count)
    return np.asarray(np.maximum(0, 1 - spread), dtype=np.float32)


def _weighted(support: Matrix, rarities: Matrix) -> Matrix:
    """Share of the question's rarity that each sentence supports; 1 where it has no content words."""
    total = float(rarities.sum())
    share = rarities @ support / total if total else np.ones(support.shape[1])
    return np.asarray(share, dtype=np.float32)
