"""What one simple signal alone would quote: the baselines beside every figure on answers and refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.encoder import Vectors
from index.search import PassageIndex
from index.types import Hit, Passage
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
    hits = index.search(question, PASSAGES_READ, ranking="dense")
    return _ranked(hits, lambda passage: index.sentence_vectors(passage) @ vector)


def coverage_alone(question: str, index: PassageIndex) -> Ranked:
    """Sentences of the best passages by BM25, by `coverage` of the question."""
    hits = index.search(question, PASSAGES_READ, ranking="bm25")
    return _ranked(hits, lambda passage: [coverage(question, each.text) for each in passage.sentences])


def two_cosines(question: str, index: PassageIndex) -> Ranked:
    """Sentences of the nearest passages by the mean of two cosines: bare, and under title and heading.

    No rule, no weight: on questions in people's own words nothing may stay that loses to it.
    """
    vector = index.question_vector(question)
    hits = index.search(question, SIFTED, ranking="dense")
    bare = _bare_vectors([sentence.text for hit in hits for sentence in hit.passage.sentences], index)

    def cosines(passage: Passage) -> list[float]:
        titled = index.sentence_vectors(passage) @ vector
        return [
            (own + bare[each.text] @ vector) / 2 for own, each in zip(titled, passage.sentences, strict=True)
        ]

    return _ranked(hits, cosines)


def _ranked(hits: Sequence[Hit], scores: Callable[[Passage], Iterable[float]]) -> Ranked:
    """The sentences of passages, by `scores`, which gives one for each sentence of a passage."""
    found = [
        (float(score), Span(hit.passage.document, sentence.start, sentence.end))
        for hit in hits
        for sentence, score in zip(hit.passage.sentences, scores(hit.passage), strict=True)
    ]
    # A stable sort: equal scores keep the order in which search brought them.
    found.sort(key=lambda row: -row[0])
    return Ranked(tuple(span for _, span in found), found[0][0] if found else 0.0)


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
