"""The index in a folder on this machine: open it, search it, read its texts."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.cosine_distribution import CosineDistribution
from index.encoder import Vectors
from index.fuse import CANDIDATES, Candidates, Ids, standardise
from index.generation import Generation
from index.lexical import LexicalIndex
from index.opened import STORE, PassageIndex, not_indexed
from index.segment import Segment
from index.token_vectors import Tokens
from index.types import Document, Passage, Sentence

_AT_ONCE = 32_768
"""Scores of which the highest are looked for together."""


class EmbeddedIndex(PassageIndex):
    """An index whose segments lie in its folder.

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

    @staticmethod
    def keeps(manifest: Mapping[str, Any]) -> bool:
        return STORE not in manifest

    def passages_by_id(self, ids: Sequence[int]) -> list[Passage]:
        found: dict[int, Passage] = {}
        for segment, own in self._by_segment(np.unique(np.asarray(ids, dtype=np.int64))):
            found.update((passage.id, passage) for passage in segment.catalog.passages(own.tolist()))
        return [found[id] for id in ids]

    def holds(self, path: str) -> bool:
        return any(segment.catalog.holds(path) for segment in self.segments)

    def document(self, path: str) -> Document:
        for segment in self.segments:
            if (document := segment.catalog.document(path)) is not None:
                return document
        raise not_indexed(path)

    def passages(self, path: str) -> list[Passage]:
        return next((own for segment in self.segments if (own := segment.catalog.passages_of(path))), [])

    def sentence_vectors(self, passage: Passage) -> Vectors:
        segment = self._segment_of(passage.id)
        return segment.of_sentences.of(passage.id - segment.base)

    @functools.cached_property
    def vocabulary(self) -> Mapping[str, int]:
        counted: Counter[str] = Counter()
        for segment in self.segments:
            counted.update(segment.catalog.vocabulary())
        return counted

    def close(self) -> None:
        for segment in self.segments:
            segment.catalog.close()
        super().close()

    def _by_path(self, what: str) -> dict[str, Any]:
        return {path: own for each in self.segments for path, own in each.catalog.by_path(what).items()}

    def _stored_tokens(self, passage: Passage, sentence: Sentence) -> Tokens | None:
        segment = self._segment_of(passage.id)
        if segment.tokens is None:
            return None
        at = passage.sentences.index(sentence)
        return segment.tokens.of(segment.of_sentences.row(passage.id - segment.base, at))

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
        parts = [
            segment.of_sentences.best_similarities(vector, own - segment.base)
            for segment, own in self._by_segment(ids)
        ]
        return np.concatenate([np.zeros(0, np.float32), *parts])


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
