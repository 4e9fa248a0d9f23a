"""What can be measured between a question and the sentences that search brings.

Every signal is a plain number, higher when the sentence answers better; `qa.evidence.choose` weighs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalog import in_context
from index.search import PassageIndex
from index.types import Hit, Passage, Sentence
from qa.evidence.demands import DEMAND_SIGNALS, Context, weigh
from qa.evidence.lay_words import speak_of
from qa.evidence.references import references, without_references
from qa.words import Word, content_words, stem_set

Matrix = NDArray[np.float32]

READ_CLOSELY = 24
"""Sentences whose words are compared with the question's one by one; those not read lately
cost a forward pass. Of 36, the gold was first and among the first 3 as often."""

OTHER_WORDS = 0.8
"""How far a sentence has a word that it says in other words (lay_words.toml)."""
JUST_BEFORE = 0.7
"""How far a sentence has a word of the sentence before: "It works by ..." has its subject there."""
COMMON, FEW = 2.0, 4
"""A sentence has a word as far as COMMON times the share of its document's sentences that name it: what a
document is about is not said in every sentence. Of a few sentences that cannot be told; FEW more, that do
not name it, are counted in."""
_NAME = 4.5
"""Rarity from which a word is taken for a name however it is typed ("lavery")."""
FAINTEST = 0.3
"""A word that is nowhere is judged against the candidate nearest to it, if that is at least this near."""

SENTENCE_SIGNALS = ("passage_similarity", "nearness", "telling_nearness", *DEMAND_SIGNALS)
"""The cosine of the passage; how near the question's words are to words of the sentence, its title and
section; the same of the words that tell the candidates apart, to the sentence itself and measured by the best
of them; demands."""


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
        lacking: What the question demands and no candidate gives, in words for people.
        support: (words, candidates), 0 to 1: 1 where the word's stem stands in the sentence or its title or
            section, else how far it is said in other words, carried over, or near to a word there.
    """

    words: tuple[Word, ...]
    candidates: tuple[Candidate, ...]
    table: Matrix
    support: Matrix
    lacking: tuple[str, ...]


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
        return Signals(words, (), np.zeros((0, len(SENTENCE_SIGNALS)), np.float32), empty, ())

    bare = _known(words, [[c.sentence.text] for c in candidates])
    telling = rarities * _specificity(bare)
    spoken = speak_of(question, words, [c.sentence.text for c in candidates])
    bare = np.maximum.reduce([bare, OTHER_WORDS * spoken, _carried(bare, candidates)])
    # The first impression: only the most promising sentences are read word by word.
    impression = similarities[:, 0] + _weighted(bare, telling)
    closely = np.argsort(-impression, kind="stable")[:READ_CLOSELY]
    candidates = [candidates[at] for at in closely]
    similarities, bare = similarities[closely], bare[:, closely]
    around = _known(words, [[c.passage.title, c.passage.section, c.sentence.text] for c in candidates])

    demands = weigh(
        question,
        [
            Context(c.sentence.text, f"{c.passage.title}. {c.passage.section}", c.passage.text)
            for c in candidates
        ],
    )
    near_bare, near_around = _nearness(question, words, candidates, index)
    support = np.maximum.reduce([around, bare, near_around])
    bare = np.maximum(bare, near_bare)
    bare /= np.maximum(bare.max(axis=1, keepdims=True), FAINTEST)
    table = np.column_stack(
        [
            similarities[:, 1],
            _weighted(support, rarities),
            _weighted(bare, telling),
            demands.table,
        ]
    )
    return Signals(words, tuple(candidates), table.astype(np.float32), support, demands.lacking)


def _candidates(question: str, hits: Sequence[Hit], index: PassageIndex) -> tuple[list[Candidate], Matrix]:
    """All sentences of the passages, and (n, 2) their cosines and those of their passages."""
    candidates: list[Candidate] = []
    vectors, passages = [], []
    for hit in hits:
        vectors.append(index.sentence_vectors(hit.passage))
        for position, sentence in enumerate(hit.passage.sentences):
            candidates.append(Candidate(hit.passage, sentence, position))
            passages.append(hit.similarity)
    if not candidates:
        return [], np.zeros((0, 2), np.float32)
    similarities = np.vstack(vectors) @ index.question_vector(question)
    return candidates, np.column_stack([similarities, passages]).astype(np.float32)


def _specificity(known: Matrix) -> Matrix:
    """(words,): 1 for a word that stands in none of the sentences, falling to 0 for one in all of them.

    The words of the topic stand in most sentences that search brings, and tell them apart least.
    """
    count = known.shape[1]
    return np.asarray(1 - np.log1p(known.sum(axis=1)) / np.log1p(count), dtype=np.float32)


def _known(words: Sequence[Word], texts: Sequence[Sequence[str]]) -> Matrix:
    """(words, texts): 1 where the word's stem stands in the text, else 0; in a reference, only of names."""
    said = [stem_set([without_references(part) for part in parts]) for parts in texts]
    named = [stem_set(parts) for parts in texts]
    rows = [
        [word.stem in found for found in (named if word.rarity > _NAME or not word.text.islower() else said)]
        for word in words
    ]
    return np.array(rows, dtype=np.float32).reshape(len(words), len(texts))


def _carried(known: Matrix, candidates: Sequence[Candidate]) -> Matrix:
    """(words, candidates): how far each word is carried over from the sentence before and the document."""
    carried = np.zeros_like(known)
    documents = np.array([candidate.passage.document for candidate in candidates])
    for document in set(documents):
        own = documents == document
        share = known[:, own].sum(axis=1, keepdims=True) / (own.sum() + FEW)
        carried[:, own] = np.minimum(1, COMMON * share)
    follows = np.array([candidate.position > 0 for candidate in candidates[1:]], dtype=bool)
    carried[:, 1:] = np.maximum(carried[:, 1:], JUST_BEFORE * follows * known[:, :-1])
    return carried


def _weighted(support: Matrix, rarities: Matrix) -> Matrix:
    """Share of the question's rarity that each sentence supports; 0 where it has no content words."""
    return np.asarray((rarities @ support) / max(float(rarities.sum()), 1e-9), dtype=np.float32)


def _nearness(
    question: str, words: Sequence[Word], candidates: Sequence[Candidate], index: PassageIndex
) -> tuple[Matrix, Matrix]:
    """(words, candidates) twice: best cosine of each word to any of the sentence, then also of its title.

    Every word is seen in its context; cosines below 0 count as 0.
    """
    texts = [in_context(candidate.passage, candidate.sentence.text) for candidate in candidates]
    ((spans, states),) = index.encoder.encode_tokens([question])
    read = index.sentence_tokens([(candidate.passage, candidate.sentence) for candidate in candidates])
    asked = np.zeros((len(words), states.shape[1]), np.float32)
    for row, word in enumerate(words):
        parts = [at for at, (start, end) in enumerate(spans) if start < word.end and end > word.start]
        asked[row] = states[parts].sum(axis=0)
    asked = _unit(asked)
    bare, around = [], []
    for text, candidate, (spans, states) in zip(texts, candidates, read, strict=True):
        begins = [
            at for at, (s, _) in enumerate(spans) if at == 0 or spans[at - 1][1] != s or not text[s].isalnum()
        ]
        similarities = asked @ _unit(np.add.reduceat(states, begins, axis=0)).T
        sentence = candidate.sentence.text
        starts = [spans[at][0] - (len(text) - len(sentence)) for at in begins]
        in_sentence = [
            start >= 0 and not any(first <= start < end for first, end in references(sentence))
            for start in starts
        ]
        bare.append(similarities[:, in_sentence].max(axis=1, initial=0.0))
        titled = [start < 0 or said for start, said in zip(starts, in_sentence, strict=True)]
        around.append(similarities[:, titled].max(axis=1, initial=0.0))
    return np.stack(bare, axis=1), np.stack(around, axis=1)


def _unit(rows: Matrix) -> Matrix:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)
