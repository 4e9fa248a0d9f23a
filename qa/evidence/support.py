"""How far a sentence has a word of the question: named, in other words, carried over, or nearly.

Everything is a matrix of (words, candidates) from 0 to 1.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalog import in_context
from index.readable import in_full
from index.search import PassageIndex
from index.types import Passage, Sentence
from qa.evidence.references import references, without_references
from qa.pack import pack_in_force
from qa.vocabulary import Form, Vocabulary, forms
from qa.words import NAME, Word, stands_in, stem_set

Matrix = NDArray[np.float32]

OTHER_WORDS = 0.8
"""How far a sentence has a word that it says in other words (lay_words.toml)."""
PART_OF_PHRASE = 0.5
"""How far a sentence ("bad reactions") has a word of a phrase ("bad back") that it has not as a whole."""
JUST_BEFORE = 0.7
"""How far a sentence has a word of the sentence before: "It works by ..." has its subject there."""
COMMON, FEW = 2.0, 4
"""A sentence has a word as far as COMMON times the share of its document's sentences that name it: what a
document is about is not said in every sentence. Of a few sentences that cannot be told; FEW more, that do
not name it, are counted in."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, in the passage it stands in."""

    passage: Passage
    sentence: Sentence
    position: int

    @property
    def place(self) -> tuple[int, int]:
        """Its passage's number and its position there."""
        return self.passage.id, self.position


def candidates_of(passage: Passage) -> list[Candidate]:
    """The sentences of a passage."""
    return [Candidate(passage, sentence, at) for at, sentence in enumerate(passage.sentences)]


def named(words: Sequence[Word], texts: Sequence[Sequence[str]]) -> Matrix:
    """(words, texts): 1 where the word's stem stands in the text, else 0; in a reference, only of names.

    Args:
        words: Content words of the question.
        texts: Each in parts: a sentence alone, or with its title and section.
    """
    stated = [stem_set([without_references(part) for part in parts]) for parts in texts]
    with_references = [stem_set(parts) for parts in texts]

    def where(word: Word) -> list[frozenset[str]]:
        is_name = word.rarity > NAME or not word.text.islower()
        return with_references if is_name else stated

    rows = [[stands_in(word.stem, stems) for stems in where(word)] for word in words]
    return np.array(rows, dtype=np.float32).reshape(len(words), len(texts))


def said(question: str, words: Sequence[Word], candidates: Sequence[Candidate], by_name: Matrix) -> Matrix:
    """What is named, and how far the rest is said in other words or carried over.

    Args:
        question: As understood.
        words: Its content words.
        candidates: All sentences of some passages, in reading order within each.
        by_name: What `named` gives for the sentences alone.
    """
    otherwise = speak_of(question, words, [in_full(candidate.sentence) for candidate in candidates])
    rows = in_phrases(question, words)
    by_name = by_name.copy()
    by_name[rows] *= np.where(otherwise[rows] > 0, 1, PART_OF_PHRASE)
    found = [by_name, OTHER_WORDS * otherwise, carried(by_name, candidates)]
    return np.asarray(np.maximum.reduce(found), dtype=np.float32)


def carried(by_name: Matrix, candidates: Sequence[Candidate]) -> Matrix:
    """(words, candidates): how far each word is carried over from the sentence before and the document."""
    found = np.zeros_like(by_name)
    documents = np.array([candidate.passage.document for candidate in candidates])
    for document in set(documents):
        own = documents == document
        share = by_name[:, own].sum(axis=1, keepdims=True) / (own.sum() + FEW)
        found[:, own] = np.minimum(1, COMMON * share)
    follows = np.array([candidate.position > 0 for candidate in candidates[1:]], dtype=bool)
    found[:, 1:] = np.maximum(found[:, 1:], JUST_BEFORE * follows * by_name[:, :-1])
    return found


def nearness(
    question: str, words: Sequence[Word], candidates: Sequence[Candidate], index: PassageIndex
) -> tuple[Matrix, Matrix, Matrix]:
    """How near the words of the question are to those of the sentences, each seen in its context.

    Returns:
        (words, candidates) twice: best cosine of each word to any of the sentence, then also of its title;
        cosines below 0 count as 0. And (candidates, width): the direction of each sentence's own words
        together, as unit rows.
    """
    texts = [in_context(candidate.passage, in_full(candidate.sentence)) for candidate in candidates]
    ((spans, states),) = index.encoder.encode_tokens([question])
    read = index.sentence_tokens([(candidate.passage, candidate.sentence) for candidate in candidates])
    asked = np.zeros((len(words), states.shape[1]), np.float32)
    for row, word in enumerate(words):
        parts = [at for at, (start, end) in enumerate(spans) if start < word.end and end > word.start]
        asked[row] = states[parts].sum(axis=0)
    asked = _unit(asked)
    bare, around = np.zeros((2, len(words), len(candidates)), np.float32)
    together = np.zeros((len(candidates), states.shape[1]), np.float32)
    for column, (text, candidate, (spans, own)) in enumerate(zip(texts, candidates, read, strict=True)):
        sentence = in_full(candidate.sentence)
        starts = np.array([start for start, _ in spans], dtype=int) - (len(text) - len(sentence))
        cited = [(first <= starts) & (starts < end) for first, end in references(sentence)]
        in_sentence = (starts >= 0) & ~np.any(cited, axis=0)
        cosines = asked @ own.T
        bare[:, column] = cosines[:, in_sentence].max(axis=1, initial=0.0)
        around[:, column] = cosines[:, in_sentence | (starts < 0)].max(axis=1, initial=0.0)
        together[column] = own[in_sentence].sum(axis=0)
    return bare, around, _unit(together)


def _unit(rows: Matrix) -> Matrix:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def speak_of(question: str, words: Sequence[Word], sentences: Sequence[str]) -> Matrix:
    """(words, sentences): 1 where the sentence has a phrase of a group that the word belongs to, else 0."""
    table = pack_in_force().other_words
    asked = forms(question)
    found = np.zeros((len(words), len(sentences)), np.float32)
    said = [_phrases(table, sentence) for sentence in sentences]
    for first, end, phrase in table.find(asked):
        rows = _within(words, asked[first:end])
        alike = table.met_by(phrase)
        if rows:
            found[np.ix_(rows, [at for at, phrases in enumerate(said) if not phrases.isdisjoint(alike)])] = 1
    return found


def in_phrases(question: str, words: Sequence[Word]) -> list[int]:
    """Numbers of the words that stand in a phrase of several, which together mean one thing: "bad back"."""
    asked = forms(question)
    phrases = [
        asked[first:end] for first, end, _ in pack_in_force().other_words.find(asked) if end - first > 1
    ]
    return sorted({row for phrase in phrases for row in _within(words, phrase)})


def _within(words: Sequence[Word], phrase: Sequence[Form]) -> list[int]:
    start, end = phrase[0].start, phrase[-1].end
    return [at for at, word in enumerate(words) if word.start < end and word.end > start]


@functools.lru_cache(maxsize=4096)
def _phrases(table: Vocabulary, sentence: str) -> frozenset[str]:
    """Phrases of a table that stand in a sentence."""
    return frozenset(phrase for _, _, phrase in table.find(forms(sentence)))
