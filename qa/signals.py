"""What can be measured between a question and the sentences that search brings.

Every signal is a plain number, higher when the sentence answers better; `qa.evidence` weighs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalog import in_context
from index.search import PassageIndex
from index.types import Hit, Passage, Sentence
from qa.words import Word, content_words, stem_set

Matrix = NDArray[np.float32]

READ_CLOSELY = 12
"""Sentences whose words are compared with the question's one by one; it costs one forward pass over them."""

SENTENCE_SIGNALS = (
    "sentence_similarity",
    "window_similarity",
    "passage_similarity",
    "coverage",
    "context_coverage",
    "nearness",
    "least_met",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, in the passage it stands in."""

    passage: Passage
    sentence: Sentence
    position: int


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything measured for one question.

    Attributes:
        words: The question's content words.
        candidates: The sentences read closely, by first impression.
        table: (candidates, len(SENTENCE_SIGNALS)).
        support: (words, candidates): 1 where the word's stem stands in the sentence or its title or
            section, else the nearness of the closest word there, 0 to 1.
    """

    words: tuple[Word, ...]
    candidates: tuple[Candidate, ...]
    table: Matrix
    support: Matrix


def measure(question: str, hits: Sequence[Hit], index: PassageIndex) -> Signals:
    """Measure the sentences of some passages against a question.

    Args:
        question: As understood.
        hits: What search brought; may be empty.
        index: Gives the vectors of sentences and words.
    """
    words = tuple(content_words(question))
    rarities = np.array([word.rarity for word in words], dtype=np.float32)
    candidates, similarities = _candidates(question, hits, index)
    if not candidates:
        empty = np.zeros((len(words), 0), np.float32)
        return Signals(words, (), np.zeros((0, len(SENTENCE_SIGNALS)), np.float32), empty)

    bare = _known(words, [[c.sentence.text] for c in candidates])
    around = _known(words, [[c.passage.title, c.passage.section, c.sentence.text] for c in candidates])
    # The first impression: only the most promising sentences are read word by word.
    impression = similarities[:, 0] + _weighted(around, rarities) * 0.5
    closely = np.argsort(-impression, kind="stable")[:READ_CLOSELY]
    candidates = [candidates[at] for at in closely]
    similarities, bare, around = similarities[closely], bare[:, closely], around[:, closely]

    nearness = _nearness(question, words, candidates, index)
    support = np.maximum(around, nearness)
    unmet = rarities[:, np.newaxis] * (1 - support)
    table = np.column_stack(
        [
            similarities,
            _weighted(bare, rarities),
            _weighted(around, rarities),
            _weighted(support, rarities),
            -unmet.max(axis=0, initial=0.0),
        ]
    )
    return Signals(words, tuple(candidates), table.astype(np.float32), support)


def _candidates(question: str, hits: Sequence[Hit], index: PassageIndex) -> tuple[list[Candidate], Matrix]:
    """All sentences of the passages, and (n, 3) their cosines: alone, with neighbours, of the passage."""
    vector = index.question_vector(question)
    candidates: list[Candidate] = []
    rows = []
    for hit in hits:
        vectors = index.sentence_vectors(hit.passage)
        padded = np.pad(vectors, ((1, 1), (0, 0)))
        windows = padded[:-2] + vectors + padded[2:]
        windows /= np.maximum(np.linalg.norm(windows, axis=1, keepdims=True), 1e-9)
        for position, sentence in enumerate(hit.passage.sentences):
            candidates.append(Candidate(hit.passage, sentence, position))
            rows.append((vectors[position] @ vector, windows[position] @ vector, hit.similarity))
    return candidates, np.array(rows, dtype=np.float32).reshape(-1, 3)


def _known(words: Sequence[Word], texts: Sequence[Sequence[str]]) -> Matrix:
    """(words, texts): 1 where the word's stem stands in the text, else 0."""
    stems = [stem_set(parts) for parts in texts]
    return np.array([[word.stem in found for found in stems] for word in words], dtype=np.float32).reshape(
        len(words), len(texts)
    )


def _weighted(support: Matrix, rarities: Matrix) -> Matrix:
    """Share of the question's rarity that each sentence supports; 0 where it has no content words."""
    return np.asarray((rarities @ support) / max(float(rarities.sum()), 1e-9), dtype=np.float32)


def _nearness(
    question: str, words: Sequence[Word], candidates: Sequence[Candidate], index: PassageIndex
) -> Matrix:
    """(words, candidates): best cosine of each word to any word of the sentence, both in their context."""
    texts = [in_context(candidate.passage, candidate.sentence.text) for candidate in candidates]
    (spans, states), *read = index.encoder.encode_tokens([question, *texts])
    if not words:
        return np.zeros((0, len(candidates)), dtype=np.float32)
    asked = _unit(
        np.stack(
            [
                states[[s < word.end and e > word.start for s, e in spans]].sum(axis=0)
                if any(s < word.end and e > word.start for s, e in spans)
                else np.zeros(states.shape[1], np.float32)
                for word in words
            ]
        )
    )
    columns = []
    for text, (spans, states) in zip(texts, read, strict=True):
        starts = [
            at for at, (s, _) in enumerate(spans) if at == 0 or spans[at - 1][1] != s or not text[s].isalnum()
        ]
        whole = _unit(np.add.reduceat(states, starts, axis=0))
        columns.append((asked @ whole.T).max(axis=1))
    return np.asarray(np.clip(np.stack(columns, axis=1), 0, 1), dtype=np.float32)


def _unit(rows: Matrix) -> Matrix:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)
