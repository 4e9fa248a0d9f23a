"""The only door to an index: open a folder, search it, read its texts."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.asked import Places, Quote
from index.asked_index import FILE as ASKED
from index.asked_index import VECTORS as ASKED_VECTORS
from index.asked_index import AskedIndex
from index.catalog import FILE as CATALOG
from index.catalog import Catalog, in_context, quotable
from index.cosine_moments import CosineMoments
from index.cross_encoder import CrossEncoder
from index.encoder import Encoder, Vectors
from index.errors import AskedError, LightqaError
from index.fuse import ALIKE, best_first, convex_combination, reciprocal_rank_fusion, standardise
from index.generation import Generation, open_generation
from index.kept import Kept, KeptQuestions
from index.lexical import FOLDER as WORDS
from index.lexical import LexicalIndex
from index.readable import in_full
from index.sentence_vectors import FIRST_ROWS, SentenceVectors
from index.sentence_vectors import VECTORS as SENTENCES
from index.token_vectors import PLACES as WORD_PLACES
from index.token_vectors import WORDS as WORD_VECTORS
from index.token_vectors import Tokens, TokenVectors
from index.types import AskedHit, Document, Hit, Passage, Sentence
from index.vectors import FILE as VECTORS
from index.vectors import VectorIndex

ENCODER, READER = "encoder", "reader"
PASSAGE_MOMENTS, SENTENCE_MOMENTS = "moments-passages.npy", "moments-sentences.npy"

CANDIDATES = 1000
"""Passages of highest cosine, and as many of highest BM25, that are ranked."""

Ranking = Literal["hybrid", "bm25", "dense", "rrf"]


class PassageIndex:
    """An index in force, made by `open`. Threads may share it; what is built later needs a new one.

    Attributes:
        folder: Where the generation lies.
        manifest: Its settings, counts and date.
        fingerprint: SHA-256 that stands for everything in it.
        encoder: Embeds further texts as the index's own were embedded.
        asked: Questions asked in advance, with the places that answer them.
        reader_name: "shipped", "none", or what the reader that the index carries was named by.
        pack_name: The field of the documents, with whose pack questions are answered.
        kept: Questions whose answer somebody kept; they stand beside the index and outlive its generations.
    """

    def __init__(self, generation: Generation) -> None:
        self.folder = generation.folder
        self.manifest = generation.manifest
        self.fingerprint = generation.fingerprint
        file = generation.file
        self.encoder = Encoder(generation.files(ENCODER))
        self._generation = generation
        self._catalog = Catalog(file(CATALOG))
        self._vectors = VectorIndex.load(file(VECTORS))
        self._words = LexicalIndex.load(generation.files(WORDS))
        self._sentences = SentenceVectors.load(file(SENTENCES), file(FIRST_ROWS))
        self._passage_moments = CosineMoments.load(file(PASSAGE_MOMENTS))
        self._sentence_moments = CosineMoments.load(file(SENTENCE_MOMENTS))
        # Too many bytes to read them all: each sentence's are checked when they are read.
        self._tokens = TokenVectors.load(self.folder / WORD_VECTORS, file(WORD_PLACES))
        self.reader_name: str = self.manifest["reader"]
        self.pack_name: str = self.manifest["pack"]
        self.asked = AskedIndex(file(ASKED), file(ASKED_VECTORS))
        # The folder of the index itself, above "generations/000007".
        self.kept = KeptQuestions(self.folder.parent.parent, self.encoder)
        self.question_vector = functools.lru_cache(maxsize=256)(self.encoder.encode_question)

    @classmethod
    def open(cls, folder: str | Path) -> PassageIndex:
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
        by_words = np.argsort(-bm25, kind="stable")[:CANDIDATES]
        ids = np.union1d(self._vectors.nearest(vector, CANDIDATES), by_words[bm25[by_words] > 0])
        ids = np.union1d(ids, np.asarray(including, dtype=np.int64))
        similarities = self._vectors.similarities(vector, ids)
        lexical = bm25[ids]
        if ranking == "hybrid":
            scores = convex_combination(
                standardise(bm25)[ids],
                self._passage_moments.standardise(similarities, vector),
                self._sentence_moments.standardise(self._sentences.best_similarities(vector, ids), vector),
            )
        elif ranking == "rrf":
            scores = reciprocal_rank_fusion(lexical, similarities)
        else:
            scores = lexical if ranking == "bm25" else similarities
        ranked = best_first(scores, ids, alike=0.0 if ranking == "rrf" else ALIKE)
        best = ranked[(np.arange(len(ranked)) < k) | np.isin(ids[ranked], including)]
        if ranking == "bm25":
            best = best[lexical[best] > 0]
        passages = self._catalog.passages([int(id) for id in ids[best]])
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
        return self._catalog.passages(ids)

    def paths(self) -> list[str]:
        """Paths of all documents, in the order in which they were indexed."""
        return self._catalog.paths()

    def kinds(self) -> dict[str, str]:
        """Kind of source of every document, by its path."""
        return self._catalog.kinds()

    def document(self, path: str) -> Document:
        """A document with its text. Raises LightqaError where no such document is indexed."""
        return self._catalog.document(path)

    def passages(self, path: str) -> list[Passage]:
        """All passages of a document, in reading order."""
        return self._catalog.passages_of(path)

    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Unit vectors of a passage's sentences, each embedded with title and section: (n, dimension)."""
        return self._sentences.of(passage.id)

    def sentence_tokens(self, sentences: Sequence[tuple[Passage, Sentence]]) -> list[Tokens]:
        """Unit vectors of the words of sentences of this index, each seen with title and section in front.

        Returns:
            For each the words' spans in `index.catalog.in_context` of it, and (words, width) float32.

        Raises:
            IndexDamaged: What is read is not what was written.
        """
        return self._tokens.of(
            [
                self._sentences.row(passage.id, passage.sentences.index(sentence))
                for passage, sentence in sentences
            ]
        )

    @functools.cached_property
    def cross_encoder(self) -> CrossEncoder | None:
        """The reader that was named when the index was built; None for the shipped one and for none."""
        if not (self.folder / READER).is_dir():
            return None
        return CrossEncoder(self._generation.files(READER))

    @functools.cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of the documents' passages, in lower case, with how often it occurs."""
        return self._catalog.vocabulary()

    def sentence_numbers(self) -> dict[str, int]:
        """Every sentence in context, as it was read for this index, with its number."""
        passages = self._catalog.all_passages()
        texts = (in_context(passage, in_full(one)) for passage in passages for one in passage.sentences)
        return {text: number for number, text in enumerate(texts)}

    def sentence_words(self, number: int) -> NDArray[np.void]:
        """The words of a sentence as they are stored. Raises IndexDamaged as `sentence_tokens` does."""
        return self._tokens.records(number)

    def embedded_texts(self) -> dict[str, Vectors]:
        """Every text that was embedded for this index, with its vector (dimension,)."""
        passages = self._catalog.all_passages()
        texts = (in_context(passage, in_full(one)) for passage in passages for one in passage.sentences)
        known = dict(zip(texts, self._sentences.all(), strict=True))
        # Passages last: theirs are kept in full precision.
        texts = (in_context(passage, quotable(passage)) for passage in passages)
        known.update(zip(texts, self._vectors.vectors(), strict=True))
        return known

    def close(self) -> None:
        """Let go of the files that are kept open."""
        self._catalog.close()
        self.asked.close()
