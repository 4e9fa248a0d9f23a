"""The passages of an index in a Milvus server, for more of them than one machine holds.

The index's folder keeps what is small (encoder, questions asked in advance, how their cosines spread, the
words) and names the collections; texts, vectors and postings are the server's. A build writes collections of
its own and the rename of CURRENT puts them in force, so that a server that dies meanwhile leaves the old ones
answering. The alias NAME is set to the newest collection for other programs; this one goes by the manifest.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.cosine_distribution import CosineDistribution
from index.encoder import Vectors
from index.errors import StoreError
from index.fuse import CANDIDATES, Candidates, Ids, z_scores
from index.generation import Generation
from index.lexical import stems
from index.milvus_collections import MOST, Collections
from index.milvus_rows import ENCODER_PROPERTY
from index.milvus_server import Server
from index.opened import STORE, PassageIndex, not_indexed
from index.segment import PASSAGE_COSINES, SENTENCE_COSINES
from index.token_vectors import Tokens
from index.types import Document, Passage, Sentence

VOCABULARY = "vocabulary.json"


class MilvusIndex(PassageIndex):
    """An index whose passages lie in a Milvus server.

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

    @staticmethod
    def keeps(manifest: Mapping[str, Any]) -> bool:
        return STORE in manifest

    def passages_by_id(self, ids: Sequence[int]) -> list[Passage]:
        return self._stored.passages_by_id(ids)

    def holds(self, path: str) -> bool:
        return self._stored.holds(path)

    def document(self, path: str) -> Document:
        if (document := self._stored.document(path)) is None:
            raise not_indexed(path)
        return document

    def passages(self, path: str) -> list[Passage]:
        return self._stored.passages(path)

    def sentence_vectors(self, passage: Passage) -> Vectors:
        return self._stored.sentence_vectors(passage.id)

    @functools.cached_property
    def vocabulary(self) -> Mapping[str, int]:
        counted: dict[str, int] = json.loads(self.generation.file(VOCABULARY).read_text(encoding="utf-8"))
        return counted

    def _by_path(self, what: str) -> dict[str, Any]:
        return {told.path: getattr(told, what) for told in self._stored.told()}

    def _stored_tokens(self, passage: Passage, sentence: Sentence) -> Tokens | None:
        return None

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
        spread = math.sqrt(max(0.0, (scores**2).sum() / count - mean**2))
        similarities = np.array([near[id] for id in ids.tolist()], np.float32)
        return Candidates(ids, similarities, lexical, z_scores(lexical, mean, spread))

    def _best_sentences(self, vector: Vectors, ids: Ids) -> Vectors:
        best = self._stored.best_sentences(vector, ids.tolist())
        return np.array([best[id] for id in ids.tolist()], np.float32)
