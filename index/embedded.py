"""The index in a folder on this machine: open it, search it, read its texts."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.asked import Places, Quote
from index.asked_index import FILE as ASKED
from index.asked_index import VECTORS as ASKED_VECTORS
from index.asked_index import AskedIndex
from index.catalog import in_context
from index.cosine_moments import CosineMoments
from index.cross_encoder import CrossEncoder
from index.encoder import Encoder, Vectors
from index.errors import AskedError, LightqaError
from index.fuse import ALIKE, best_first, convex_combination, reciprocal_rank_fusion, standardise
from index.generation import Generation, open_generation
from index.kept import Kept, KeptQuestions
from index.lexical import LexicalIndex
from index.readable import in_full
from index.segment import Segment
from index.token_vectors import Tokens, tokens_of, words_of
from index.types import AskedHit, Document, Hit, Passage, Sentence

ENCODER, READER = "encoder", "reader"

CANDIDATES = 1000
"""Passages of highest cosine, and as many of highest BM25, that are ranked."""

Ranking = Literal["hybrid", "bm25", "dense", "rrf"]

Ids = NDArray[np.int64]


class EmbeddedIndex:
    """An index in force, made by `open`. Threads may share it; what is built later needs a new one.

    Attributes:
        folder: Where the generation lies.
        manifest: Its settings, counts and date.
        fingerprint: SHA-256 that stands for everything in it.
        encoder: Embeds further texts as the index's own were embedded.
        asked: Questions asked in advance, with the places that answer them.
        reader_name: "shipped", "none", or what the reader that the index carries was named by.
        kept: Questions whose answer somebody kept; they stand beside the index and outlive its generations.
        generation, segments: Its files, and its parts in order.
    """

    def __init__(self, generation: Generation) -> None:
        self.folder = generation.folder
        self.manifest = generation.manifest
        self.fingerprint = generation.fingerprint
        file = generation.file
        self.encoder = Encoder(generation.files(ENCODER))
        self.generation = generation
        self.segments: list[Segment] = []
        base = 0
        for told in self.manifest["segments"]:
            self.segments.append(Segment(generation, told, base))
            base += self.segments[-1].passages
        self._bases = np.array([segment.base for segment in self.segments])
        self._words = LexicalIndex([segment.words for segment in self.segments])
        self._passage_moments = CosineMoments.of_parts(
            [segment.passage_moments for segment in self.segments],
            [segment.passages for segment in self.segments],
        )
        self._sentence_moments = CosineMoments.of_parts(
            [segment.sentence_moments for segment in self.segments],
            [segment.sentences for segment in self.segments],
        )
        self.reader_name: str = self.manifest["reader"]
        self.asked = AskedIndex(file(ASKED), file(ASKED_VECTORS))
        # The folder of the index itself, above "generations/000007".
        self.kept = KeptQuestions(self.folder.parent.parent, self.encoder)
        self.question_vector = functools.lru_cache(maxsize=256)(self.encoder.encode_question)

    @classmethod
    def open(cls, folder: str | Path) -> EmbeddedIndex:
        """Open the generation in force.

        Raises:
            IndexMissing: Nothing was ever built in this folder.
            IndexDamaged: A file differs from its checksum; the message names it.
        """
        return cls(open_generation(Path(folder)))

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        ranking: Ranking = "hybrid",
        also: str = "",
        including: Sequence[int] = (),
    ) -> list[Hit]:
        """The k best passages for a question, best first.

        Args:
            question: Any text; an empty one finds nothing.
            k: How many at most.
            ranking: "hybrid" is the product's; the others are the evaluation's baselines.
            also: Other words for what is asked, sought as words alone.
            including: Numbers of passages that are wanted too, however they rank; they come in their place.
        """
        if not question.strip() or k < 1:
            return []
        vector = self.question_vector(question)
        bm25 = self._words.scores(f"{question} {also}")
        ids = np.union1d(self._nearest(vector), _highest(bm25, CANDIDATES))
        ids = np.union1d(ids, np.asarray(including, dtype=np.int64))
        similarities = self._similarities(vector, ids)
        lexical = bm25[ids]
        if ranking == "hybrid":
            scores = convex_combination(
                standardise(bm25)[ids],
                self._passage_moments.standardise(similarities, vector),
                self._sentence_moments.standardise(self._best_sentences(vector, ids), vector),
            )
        elif ranking == "rrf":
            scores = reciprocal_rank_fusion(lexical, similarities)
        else:
            scores = lexical if ranking == "bm25" else similarities
        ranked = best_first(scores, ids, alike=0.0 if ranking == "rrf" else ALIKE)
        best = ranked[(np.arange(len(ranked)) < k) | np.isin(ids[ranked], including)]
        if ranking == "bm25":
            best = best[lexical[best] > 0]
        passages = self.passages_by_id([int(id) for id in ids[best]])
        return [
            Hit(passage, float(scores[at]), float(similarities[at]), float(lexical[at]))
            for passage, at in zip(passages, best, strict=True)
        ]

    def asked_in_advance(self, question: str, k: int) -> list[AskedHit]:
        """The k questions asked in advance, or kept, that are nearest to a question, nearest first."""
        if not question.strip():
            return []
        vector = self.question_vector(question)
        hits = [*self.kept.nearest(vector, k, self._with_passages), *self.asked.nearest(vector, k)]
        return sorted(hits, key=lambda hit: -hit.similarity)[:k]

    def keep(self, question: str, quote: Quote) -> Kept:
        """Keep a question with the quote that answered it.

        Raises:
            AskedError: The quote does not stand in any document of this index.
        """
        found = self._with_passages(quote.document)
        places = Places([found[0]], found[1]) if found else Places([], [])
        try:
            places.of(quote)
        except ValueError as error:
            raise AskedError(question, str(error)) from error
        return self.kept.add(question, quote)

    def _with_passages(self, path: str) -> tuple[Document, list[Passage]] | None:
        try:
            return self.document(path), self.passages(path)
        except LightqaError:
            return None

    def passages_by_id(self, ids: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for."""
        found: dict[int, Passage] = {}
        for segment, own in self._by_segment(np.unique(np.asarray(ids, dtype=np.int64))):
            found.update((passage.id, passage) for passage in segment.catalog.passages(own.tolist()))
        return [found[id] for id in ids]

    def nearness(self, questions: Sequence[str]) -> list[float]:
        """Cosine of each of some questions to the passage that is nearest to it; no search is made."""
        vectors = self.encoder.encode_questions(questions)
        best = [segment.vectors.best_similarities(vectors) for segment in self.segments]
        return [float(cosine) for cosine in np.max(best, axis=0)]

    def paths(self) -> list[str]:
        """Paths of all documents, in the order in which they were indexed."""
        return [path for segment in self.segments for path in segment.catalog.paths()]

    def digests(self) -> dict[str, bytes]:
        """Path of every document, with what stands for its contents: two that are alike have the same."""
        return {path: own for segment in self.segments for path, own in segment.catalog.digests().items()}

    def holds(self, path: str) -> bool:
        """Whether a document of this path is indexed."""
        return any(segment.catalog.holds(path) for segment in self.segments)

    def document(self, path: str) -> Document:
        """A document with its text. Raises LightqaError where no such document is indexed."""
        for segment in self.segments:
            if (document := segment.catalog.document(path)) is not None:
                return document
        raise LightqaError(f"{path} is not in the index. What is, lists: lightqa index --report")

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
    def cross_encoder(self) -> CrossEncoder | None:
        """The reader that was named when the index was built; None for the shipped one and for none."""
        if not (self.folder / READER).is_dir():
            return None
        return CrossEncoder(self.generation.files(READER))

    @functools.cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of the documents' passages, in lower case, with how often it occurs."""
        counted: Counter[str] = Counter()
        for segment in self.segments:
            counted.update(segment.catalog.vocabulary())
        return counted

    def _by_segment(self, ids: Ids) -> list[tuple[Segment, Ids]]:
        """Each segment that holds some of the ascending ids, with those that it holds."""
        cuts = np.searchsorted(ids, self._bases[1:])
        parts = zip(self.segments, np.split(ids, cuts), strict=True)
        return [(segment, own) for segment, own in parts if len(own)]

    def _segment_of(self, id: int) -> Segment:
        return self.segments[int(np.searchsorted(self._bases, id, side="right")) - 1]

    def _nearest(self, vector: Vectors) -> Ids:
        """The candidates of highest cosine of all segments."""
        found = [(segment, segment.vectors.nearest(vector, CANDIDATES)) for segment in self.segments]
        ids = np.concatenate([own + segment.base for segment, own in found])
        if len(found) == 1:
            return ids
        cosines = np.concatenate([segment.vectors.similarities(vector, own) for segment, own in found])
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
    places = np.flatnonzero(scores)
    if len(places) <= k:
        return places
    own = scores[places]
    least = np.partition(own, len(own) - k)[len(own) - k]
    above, equal = places[own > least], places[own == least]
    return np.concatenate([above, equal[: k - len(above)]])
