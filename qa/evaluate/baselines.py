"""What one simple signal alone would quote: the baselines beside every figure on answers and refusal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.search import PassageIndex
from index.types import Passage, Sentence
from qa.ask import PASSAGES_READ
from qa.evaluate.questions import Span
from qa.words import content_words, stem_set


@dataclass(frozen=True, slots=True)
class Ranked:
    """Sentences by one signal.

    Attributes:
        spans: Best first.
        confidence: The signal of the best one, which stands in for a confidence; 0 where nothing was found.
    """

    spans: tuple[Span, ...]
    confidence: float


def cosine_alone(question: str, index: PassageIndex) -> Ranked:
    """Sentences of the nearest passages by their cosine to the question, each embedded with its title."""
    vector = index.question_vector(question)
    return _ranked(
        [
            (float(similarity), hit.passage, sentence)
            for hit in index.search(question, PASSAGES_READ, ranking="dense")
            for sentence, similarity in zip(
                hit.passage.sentences, index.sentence_vectors(hit.passage) @ vector, strict=True
            )
        ]
    )


def coverage_alone(question: str, index: PassageIndex) -> Ranked:
    """Sentences of the best passages by BM25, by `coverage` of the question."""
    return _ranked(
        [
            (coverage(question, sentence.text), hit.passage, sentence)
            for hit in index.search(question, PASSAGES_READ, ranking="bm25")
            for sentence in hit.passage.sentences
        ]
    )


BASELINES = {"cosine alone": cosine_alone, "coverage alone": coverage_alone}


def coverage(question: str, sentence: str) -> float:
    """Share of the question's content words, weighed by rarity, whose stems the sentence holds.

    "cold laser price" (rarities 2.6, 3.1, 2.2) is covered by "The laser is cold." to
    (2.6 + 3.1) / (2.6 + 3.1 + 2.2) = 0.72. A question without content words is covered to 0.
    """
    words = content_words(question)
    held = stem_set([sentence])
    rarities = np.array([word.rarity for word in words])
    if rarities.sum() == 0:
        return 0.0
    return float(rarities @ np.array([word.stem in held for word in words]) / rarities.sum())


def _ranked(scored: list[tuple[float, Passage, Sentence]]) -> Ranked:
    # A stable sort: equal scores keep the order in which search brought them.
    scored.sort(key=lambda row: -row[0])
    return Ranked(
        tuple(Span(passage.document, sentence.start, sentence.end) for _, passage, sentence in scored),
        scored[0][0] if scored else 0.0,
    )
