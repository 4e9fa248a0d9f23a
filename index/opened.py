"""What every open index does, wherever its passages lie: it ranks, and finds what was asked in advance.

What stands above an index takes `PassageIndex` from `index.search`, which knows the stores.
"""

from __future__ import annotations

import functools
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from index.asked import Places
from index.asked_index import FILE as ASKED
from index.asked_index import VECTORS as ASKED_VECTORS
from index.asked_index import AskedIndex
from index.catalog import in_context
from index.cosine_distribution import CosineDistribution
from index.cross_encoder import CrossEncoder
from index.encoder import Encoder, Vectors
from index.errors import AskedError, IndexDamaged, LightqaError
from index.fuse import ALIKE, Candidates, Ids, Ranking, best_first, convex_combination, reciprocal_rank_fusion
from index.generation import Generation, name_and_fingerprint, open_generation
from index.kept import Kept, KeptQuestions
from index.readable import in_full
from index.said import Said, said_from_json
from index.sidecar import Quote
from index.token_vectors import Tokens, tokens_of, words_of
from index.types import AskedHit, Document, Hit, Passage, Sentence

ENCODER, READER = "encoder", "reader"

NOT_READ = "left_out"
"""In the manifest, the files that were named and could not be read, each with the reason."""

STORE = "store"
"""In the manifest, the address of the Milvus server that keeps the passages; absent where the folder does."""


class PassageIndex(ABC):
    """An index in force, made by `open`. Threads may share it; what is built later needs a new one.

    Two stores keep its passages, which what stands above does not know: `index.embedded` in the index's own
    folder, `index.milvus` in a Milvus server.

    Args:
        generation: Its files on this machine.

    Attributes:
        folder: Where the generation lies.
        manifest: Its settings, counts and date.
        fingerprint: SHA-256 that stands for everything in it.
        encoder: Embeds further texts as the index's own were embedded.
        asked: Questions asked in advance, with the places that answer them.
        reader_name: "shipped", "none", or what the reader that the index carries was named by.
        pack_name: The field of the documents, with whose pack questions are answered.
        not_read: Paths of files that were named and could not be read, each with the reason.
        kept: Questions whose answer somebody kept; they stand beside the index and outlive its generations.
        generation: Its files.
        question_vector: Gives the unit vector of a question, (dimension,); those asked last are remembered.
        stores: The classes that `open` chooses from; `index.search` names them.
    """

    stores: ClassVar[tuple[type[PassageIndex], ...]]
    _passage_cosines: CosineDistribution
    _sentence_cosines: CosineDistribution

    def __init__(self, generation: Generation) -> None:
        self.folder = generation.folder
        self.manifest = generation.manifest
        self.fingerprint = generation.fingerprint
        self.generation = generation
        self.encoder = Encoder(generation.files(ENCODER))
        self.reader_name: str = self.manifest["reader"]
        self.pack_name: str = self.manifest["pack"]
        self.not_read: Sequence[tuple[str, Said]] = [
            (path, said_from_json(reason)) for path, reason in self.manifest[NOT_READ]
        ]
        self.asked = AskedIndex(generation.file(ASKED), generation.file(ASKED_VECTORS))
        # The folder of the index itself, above "generations/000007".
        self.kept = KeptQuestions(self.folder.parent.parent, self.encoder)
        self.question_vector = functools.lru_cache(maxsize=256)(self.encoder.encode_question)

    @staticmethod
    def open(folder: str | Path) -> PassageIndex:
        """Open the generation in force, wherever its passages lie.

        Raises:
            IndexMissing: Nothing was ever built in this folder.
            IndexDamaged: A file differs from its checksum; the message names it.
            StoreError: The server that keeps the passages does not answer, or has others.
        """
        while True:
            generation = open_generation(Path(folder))
            [store] = [each for each in PassageIndex.stores if each.keeps(generation.manifest)]
            try:
                return store(generation)
            except (FileNotFoundError, IndexDamaged):
                # A build that ended meanwhile took this generation away: the new one is opened.
                if name_and_fingerprint(Path(folder))[0] == generation.folder.name:
                    raise

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        ranking: Ranking = "hybrid",
        including: Sequence[int] = (),
    ) -> list[Hit]:
        """The k best passages for a question, best first.

        Args:
            question: Any text; an empty one finds nothing.
            k: How many at most.
            ranking: "hybrid" is the product's; the others are the evaluation's baselines.
            including: Numbers of passages that are wanted too, however they rank; they come in their place.
        """
        if not question.strip() or k < 1:
            return []
        vector = self.question_vector(question)
        found = self._candidates(question, vector, including)
        ids, similarities, lexical = found.ids, found.similarities, found.lexical
        if ranking == "hybrid":
            scores = convex_combination(
                found.standardised,
                self._passage_cosines.standardise(similarities, vector),
                self._sentence_cosines.standardise(self._best_sentences(vector, ids), vector),
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
        """The k questions asked in advance, or kept, that are nearest to a question, nearest first.

        One of the same words is this question, whatever its capitals and marks do to the cosine.
        """
        if not question.strip():
            return []
        vector = self.question_vector(question)
        words = _words_of(question)
        hits = [*self.kept.nearest(vector, k, self._with_passages), *self.asked.nearest(vector, k)]
        hits = [
            replace(hit, similarity=1.0) if _words_of(hit.asked.question) == words else hit for hit in hits
        ]
        return sorted(hits, key=lambda hit: -hit.similarity)[:k]

    def keep(self, question: str, quote: Quote) -> Kept:
        """Keep a question with the quote that answered it.

        Raises:
            AskedError: The quote does not stand in any document of this index.
        """
        try:
            Places.looked_up([quote.document], self._with_passages).of(quote)
        except ValueError as error:
            raise AskedError(question, str(error)) from error
        return self.kept.add(question, quote)

    def _with_passages(self, path: str) -> tuple[Document, list[Passage]] | None:
        try:
            return self.document(path), self.passages(path)
        except LightqaError:
            return None

    @functools.cached_property
    def cross_encoder(self) -> CrossEncoder | None:
        """The reader that was named when the index was built; None for the shipped one and for none."""
        if not (self.folder / READER).is_dir():
            return None
        return CrossEncoder(self.generation.files(READER))

    def sentence_tokens(self, sentences: Sequence[tuple[Passage, Sentence]]) -> list[Tokens]:
        """Unit vectors of the words of sentences of this index, each seen with title and section in front.

        What the store does not keep is read now.

        Returns:
            For each the words' spans in `index.catalog.in_context` of it, and (words, width) float32.

        Raises:
            IndexDamaged: What is read is not what was written.
        """
        found = {at: self._stored_tokens(*each) for at, each in enumerate(sentences)}
        unread = [at for at, tokens in found.items() if tokens is None]
        texts = [
            in_context(passage, in_full(sentence)) for passage, sentence in (sentences[at] for at in unread)
        ]
        for number, reading in self.encoder.read(texts):
            found[unread[number]] = tokens_of(words_of(reading, texts[number]))
        return [tokens for tokens in found.values() if tokens is not None]

    @staticmethod
    @abstractmethod
    def keeps(manifest: Mapping[str, Any]) -> bool:
        """Whether it is this store that has the passages of a generation."""

    @abstractmethod
    def passages_by_id(self, ids: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for."""

    def paths(self) -> list[str]:
        """Paths of all documents, in the order in which they were indexed."""
        return list(self._by_path("title"))

    def titles(self) -> dict[str, str]:
        """Title of every document, by its path."""
        return self._by_path("title")

    def kinds(self) -> dict[str, str]:
        """Kind of source of every document, by its path."""
        return self._by_path("kind")

    def digests(self) -> dict[str, bytes]:
        """Path of every document, with what stands for its contents: two that are alike have the same."""
        return self._by_path("digest")

    @abstractmethod
    def _by_path(self, what: str) -> dict[str, Any]:
        """The title, the kind or the digest of every document, by its path, in order."""

    @abstractmethod
    def holds(self, path: str) -> bool:
        """Whether a document of this path is indexed."""

    @abstractmethod
    def document(self, path: str) -> Document:
        """A document with its text. Raises LightqaError where no such document is indexed."""

    @abstractmethod
    def passages(self, path: str) -> list[Passage]:
        """All passages of a document, in reading order."""

    @abstractmethod
    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Unit vectors of a passage's sentences, each embedded with title and section: (n, dimension)."""

    @property
    @abstractmethod
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of the documents' passages, in lower case, with how often it occurs."""

    def close(self) -> None:
        """Let go of the files that are kept open."""
        self.asked.close()

    @abstractmethod
    def _stored_tokens(self, passage: Passage, sentence: Sentence) -> Tokens | None:
        """As `sentence_tokens`, of one sentence; None where the store does not keep its words."""

    @abstractmethod
    def _candidates(self, words: str, vector: Vectors, including: Sequence[int]) -> Candidates:
        """What is ranked for a question.

        Args:
            words: Of the question, and further ones.
            vector: Of the question, (dimension,).
            including: Numbers of passages that are ranked in any case.
        """

    @abstractmethod
    def _best_sentences(self, vector: Vectors, ids: Ids) -> Vectors:
        """For each of the passages of ascending ids the cosine of its nearest sentence with a unit vector."""


def not_indexed(path: str) -> LightqaError:
    """The error for a document that an index does not hold."""
    return LightqaError(f"{path} is not in the index. What is, lists: lightqa index --report")


def _words_of(question: str) -> list[str]:
    return re.findall(r"\w+", question.casefold())
