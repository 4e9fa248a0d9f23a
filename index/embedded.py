"""The index in a folder on this machine: open it, search it, read its texts."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.catalog import in_context
from index.cosine_distribution import CosineDistribution
from index.encoder import Vectors
from index.fuse import standardise
from index.generation import Generation
from index.lexical import LexicalIndex
from index.opened import CANDIDATES, Candidates, Ids, OpenedIndex, not_indexed
from index.readable import in_full
from index.segment import Segment
from index.token_vectors import Tokens, tokens_of, words_of
from index.types import Document, Passage, Sentence

_AT_ONCE = 32_768
"""Scores of which the highest are looked for together."""


class EmbeddedIndex(OpenedIndex):
    """An index whose segments lie in its folder, made by `open`.

    Attributes:
        segments: Its parts, in order.
    """

    def __init__(self, generation: Generation) -> None:
        super().__init__(generation)
        self.segments: list[Segment] = []
        base = 0
        for told in self.manifest["segments"]:
            self.segments.append(Segment(generation, told, base))
            base += self.segments[-1].passages
        self._bases = np.array([segment.base for segment in self.segments])
        self._words = LexicalIndex([segment.words for segment in self.segments])
        self._passage_cosines = CosineDistribution.of_parts(
            [segment.passage_cosines for segment in self.segments],
            [segment.passages for segment in self.segments],
        )
        self._sentence_cosines = CosineDistribution.of_parts(
            [segment.sentence_cosines for segment in self.segments],
            [segment.sentences for segment in self.segments],
        )

    def passages_by_id(self, ids: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for."""
        found: dict[int, Passage] = {}
        for segment, own in self._by_segment(np.unique(np.asarray(ids, dtype=np.int64))):
            found.update((passage.id, passage) for passage in segment.catalog.passages(own.tolist()))
        return [found[id] for id in ids]

    def paths(self) -> list[str]:
        """Paths of all documents, in the order in which they were indexed."""
        return [path for segment in self.segments for path in segment.catalog.paths()]

    def digests(self) -> dict[str, bytes]:
        """Path of every document, with what stands for its contents: two that are alike have the same."""
        return {path: own for segment in self.segments for path, own in segment.catalog.digests().items()}

    def holds(self, path: str) -> bool:
        """Whether a document of this path is indexed."""
        return any(segment.catalog.holds(path) for segment in self.segments)

    def titles(self) -> dict[str, str]:
        """Title of every document, by its path."""
        return {path: title for segment in self.segments for path, title in segment.catalog.titles().items()}

    def kinds(self) -> dict[str, str]:
        """Kind of source of every document, by its path."""
        return {path: kind for segment in self.segments for path, kind in segment.catalog.kinds().items()}

    def document(self, path: str) -> Document:
        """A document with its text. Raises LightqaError where no such document is indexed."""
        for segment in self.segments:
            if (document := segment.catalog.document(path)) is not None:
                return document
        raise not_indexed(path)

    def passages(self, path: str) -> list[Passage]:
        """All passages of a document, in reading order."""
        return next((own for segment in self.segments if (own := segment.catalog.passages_of(path))), [])

    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Unit vectors of a passage's sentences, each embedded with title and section: (n, dimension)."""
        segment = self._segment_of(passage.id)
        return segment.of_sentences.of(passage.id - segment.base)

    def sentence_tokens(self, sentences: Sequence[tuple[Passage, Sentence]]) -> list[Tokens]:
        """Unit vectors of the words of sentences of this index, each seen with title and section in front.

        Returns:
            For each the words' spans in `index.catalog.in_context` of it, and (words, width) float32.

        Raises:
            IndexDamaged: What is read is not what was written.
        """
        found: list[Tokens | None] = []
        unread: list[tuple[int, str]] = []
        for passage, sentence in sentences:
            segment = self._segment_of(passage.id)
            if segment.tokens is None:
                unread.append((len(found), in_context(passage, in_full(sentence))))
                found.append(None)
                continue
            at = passage.sentences.index(sentence)
            found.extend(segment.tokens.of([segment.of_sentences.row(passage.id - segment.base, at)]))
        texts = [text for _, text in unread]
        for number, reading in self.encoder.read(texts):
            found[unread[number][0]] = tokens_of(words_of(reading, texts[number]))
        return [tokens for tokens in found if tokens is not None]

    @functools.cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of the documents' passages, in lower case, with how often it occurs."""
        counted: Counter[str] = Counter()
        for segment in self.segments:
            counted.update(segment.catalog.vocabulary())
        return counted

    def _candidates(self, words: str, vector: Vectors, including: Sequence[int]) -> Candidates:
        bm25 = self._words.scores(words)
        ids = np.union1d(self._nearest(vector), _highest(bm25, CANDIDATES))
        ids = np.union1d(ids, np.asarray(including, dtype=np.int64))
        return Candidates(ids, self._similarities(vector, ids), bm25[ids], standardise(bm25, ids))

    def _by_segment(self, ids: Ids) -> list[tuple[Segment, Ids]]:
        """Each segment that holds some of the ascending ids, with those that it holds."""
        cuts = np.searchsorted(ids, self._bases[1:])
        parts = zip(self.segments, np.split(ids, cuts), strict=True)
        return [(segment, own) for segment, own in parts if len(own)]

    def _segment_of(self, id: int) -> Segment:
        return self.segments[int(np.searchsorted(self._bases, id, side="right")) - 1]

    def _nearest(self, vector: Vectors) -> Ids:
        """The candidates of highest cosine of all segments."""
        found = [segment.vectors.found(vector, CANDIDATES) for segment in self.segments]
        ids = np.concatenate(
            [own + segment.base for segment, (own, _) in zip(self.segments, found, strict=True)]
        )
        cosines = np.concatenate([cosines for _, cosines in found])
        return np.asarray(ids[np.argsort(-cosines, kind="stable")[:CANDIDATES]])

    def _similarities(self, vector: Vectors, ids: Ids) -> Vectors:
        """Cosine of a unit vector with each of the passages of ascending ids."""
        parts = [
            segment.vectors.similarities(vector, own - segment.base) for segment, own in self._by_segment(ids)
        ]
        return np.concatenate([np.zeros(0, np.float32), *parts])

    def _best_sentences(self, vector: Vectors, ids: Ids) -> Vectors:
        """For each of the passages of ascending ids the cosine of its nearest sentence with a unit vector."""
        parts = [
            segment.of_sentences.best_similarities(vector, own - segment.base)
            for segment, own in self._by_segment(ids)
        ]
        return np.concatenate([np.zeros(0, np.float32), *parts])

    def close(self) -> None:
        """Let go of the files that are kept open."""
        for segment in self.segments:
            segment.catalog.close()
        self.asked.close()


def _highest(scores: NDArray[np.float32], k: int) -> Ids:
    """The k places of highest score above 0; of equal ones the first."""
    places = np.zeros(0, np.int64)
    least = 0.0
    # Part by part: of most parts few scores are above the k highest so far, and the rest is never sorted.
    for begin in range(0, len(scores), _AT_ONCE):
        above = np.flatnonzero(scores[begin : begin + _AT_ONCE] > least) + begin
        places = np.concatenate([places, above])
        if len(places) > k:
            own = scores[places]
            least = float(np.partition(own, len(own) - k)[len(own) - k])
            above, equal = places[own > least], places[own == least]
            places = np.concatenate([above, equal[: k - len(above)]])
    return places
