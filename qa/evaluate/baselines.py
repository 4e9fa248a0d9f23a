"""What one simple signal alone would quote: the baselines beside every figure on answers and refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.encoder import Vectors
from index.search import PassageIndex
from index.types import Passage, Sentence
from qa.evaluate.questions import Span
from qa.evidence.gather import PASSAGES_READ, SIFTED
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


def two_cosines(question: str, index: PassageIndex) -> Ranked:
    """Sentences of the nearest passages by the mean of two cosines: bare, and under title and heading.

    No rule, no weight: on questions in people's own words nothing may stay that loses to it.
    """
    vector = index.question_vector(question)
    hits = index.search(question, SIFTED, ranking="dense")
    bare = _bare_vectors([sentence.text for hit in hits for sentence in hit.passage.sentences], index)
    return _ranked(
        [
            (float(own + bare[sentence.text] @ vector) / 2, hit.passage, sentence)
            for hit in hits
            for sentence, own in zip(
                hit.passage.sentences, index.sentence_vectors(hit.passage) @ vector, strict=True
            )
        ]
    )


def _bare_vectors(texts: Sequence[str], index: PassageIndex) -> dict[str, Vectors]:
    """A vector for each sentence without its title; kept, as an evaluation comes back to the same ones."""
    known = _BARE.setdefault(index.encoder.fingerprint, {})
    new = [text for text in dict.fromkeys(texts) if text not in known]
    known.update(zip(new, index.encoder.encode(new), strict=True))
    return known


_BARE: dict[str, dict[str, Vectors]] = {}

BASELINES = {"two cosines": two_cosines, "cosine alone": cosine_alone, "coverage alone": coverage_alone}


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
