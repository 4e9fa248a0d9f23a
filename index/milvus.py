"""The passages of an index in a Milvus server, for more of them than one machine holds.

The index's folder keeps what is small (encoder, questions asked in advance, how their cosines spread, the
words) and names the collections; texts, vectors and postings are the server's. A build writes collections of
its own and the rename of CURRENT puts them in force, so that a server that dies meanwhile leaves the old ones
answering. The alias NAME is set to the newest collection for other programs; this one goes by the manifest.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence

import numpy as np

from index.catalog import in_context
from index.cosine_distribution import CosineDistribution
from index.encoder import Vectors
from index.errors import StoreError
from index.generation import Generation
from index.lexical import stems
from index.milvus_collections import AT_ONCE, MOST, Collections
from index.milvus_rows import ENCODER_PROPERTY
from index.milvus_server import Server
from index.opened import CANDIDATES, Candidates, Ids, OpenedIndex, not_indexed
from index.readable import in_full
from index.segment import PASSAGE_COSINES, SENTENCE_COSINES
from index.token_vectors import Tokens, tokens_of, words_of
from index.types import Document, Passage, Sentence

STORE = "store"
"""Key of the manifest under which the address stands."""

VOCABULARY = "vocabulary.json"


class MilvusIndex(OpenedIndex):
    """An index whose passages lie in a Milvus server, made by `index.search.PassageIndex.open`.

    Raises:
        StoreError: The server does not answer, or its collection was made by another encoder.
    """

    def __init__(self, generation: Generation) -> None:
        super().__init__(generation)
        self._passage_cosines = CosineDistribution.load(generation.file(PASSAGE_COSINES))
        self._sentence_cosines = CosineDistribution.load(generation.file(SENTENCE_COSINES))
        server = Server(self.manifest[STORE])
        self._stored = Collections(server, self.manifest["collection"])
        properties = server("describe_collection", self._stored.name).get("properties", {})
        if (found := properties.get(ENCODER_PROPERTY)) != self.encoder.fingerprint:
            raise StoreError(
                f"The collection {self._stored.name} at {server.address} was made by another encoder "
                f"({found}) than this index carries ({self.encoder.fingerprint}). Index the documents again."
            )

    def passages_by_id(self, ids: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for."""
        return self._stored.passages_by_id(ids)

    def paths(self) -> list[str]:
        """Paths of all documents, in the order in which they were indexed."""
        return [told.path for told in self._stored.told()]

    def digests(self) -> dict[str, bytes]:
        """Path of every document, with what stands for its contents: two that are alike have the same."""
        return {told.path: bytes.fromhex(told.digest) for told in self._stored.told()}

    def titles(self) -> dict[str, str]:
        """Title of every document, by its path."""
        return {told.path: told.title for told in self._stored.told()}

    def kinds(self) -> dict[str, str]:
        """Kind of source of every document, by its path."""
        return {told.path: told.kind for told in self._stored.told()}

    def holds(self, path: str) -> bool:
        """Whether a document of this path is indexed."""
        return self._stored.holds(path)

    def document(self, path: str) -> Document:
        """A document with its text. Raises LightqaError where no such document is indexed."""
        if (document := self._stored.document(path)) is None:
            raise not_indexed(path)
        return document

    def passages(self, path: str) -> list[Passage]:
        """All passages of a document, in reading order."""
        return self._stored.passages(path)

    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Unit vectors of a passage's sentences, each embedded with title and section: (n, dimension)."""
        return self._stored.sentence_vectors(passage.id)

    def sentence_tokens(self, sentences: Sequence[tuple[Passage, Sentence]]) -> list[Tokens]:
        """Unit vectors of the words of sentences of this index; they are read now, the store keeps none."""
        texts = [in_context(passage, in_full(sentence)) for passage, sentence in sentences]
        found = {
            number: tokens_of(words_of(read, texts[number])) for number, read in self.encoder.read(texts)
        }
        return [found[number] for number in range(len(texts))]

    @functools.cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of the documents' passages, in lower case, with how often it occurs."""
        counted: dict[str, int] = json.loads(self.generation.file(VOCABULARY).read_text(encoding="utf-8"))
        return counted

    def close(self) -> None:
        """Let go of the file of the questions asked in advance."""
        self.asked.close()

    def _candidates(self, words: str, vector: Vectors, including: Sequence[int]) -> Candidates:
        near = self._stored.search("dense", vector.tolist(), CANDIDATES)
        said = " ".join(stems(words))
        # Scores are standardised over all passages by those that hold a word, as many as Milvus gives.
        spoken = self._stored.search("sparse", said, MOST) if said else {}
        best = sorted(spoken, key=lambda id: (-spoken[id], id))[:CANDIDATES]
        ids = np.array(sorted({*near, *best, *including}), np.int64)
        if missing := [id for id in ids.tolist() if id not in near]:
            near |= self._stored.similarities(vector, missing)
        lexical = np.array([spoken.get(id, 0.0) for id in ids.tolist()], np.float32)
        scores = np.array(list(spoken.values()), np.float64)
        count = self.manifest["counts"]["passages"]
        mean = scores.sum() / count
        spread = np.sqrt(max(0.0, (scores**2).sum() / count - mean**2))
        return Candidates(
            ids,
            np.array([near[id] for id in ids.tolist()], np.float32),
            lexical,
            np.zeros_like(lexical) if spread < 1e-6 else ((lexical - mean) / spread).astype(np.float32),
        )

    def _best_sentences(self, vector: Vectors, ids: Ids) -> Vectors:
        best: dict[int, float] = {}
        for begin in range(0, len(ids), AT_ONCE):
            best |= self._stored.best_sentences(vector, ids[begin : begin + AT_ONCE].tolist())
        return np.array([best[id] for id in ids.tolist()], np.float32)
