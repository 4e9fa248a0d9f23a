"""Documents to the collections of a new generation in a Milvus server."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.asked import AskedInAdvance, Places, asked_by_headings, asked_by_sidecars
from index.catalog import words_of_body
from index.cosine_distribution import CosineDistribution
from index.embed import Embedded, Embedder, Progress
from index.encoder import Encoder
from index.milvus import VOCABULARY
from index.milvus_collections import Collections
from index.milvus_rows import create_collections, document_rows, passage_row
from index.milvus_server import Server
from index.opened import STORE
from index.segment import PASSAGE_COSINES, SENTENCE_COSINES
from index.segment_writer import SegmentWriter
from index.types import Asked, Document, Passage


class MilvusWriter(SegmentWriter):
    """Writes to a server what would be segments, and the rest into the generation's folder.

    Args:
        generation, encoder, passage_characters, progress, embedder: As `SegmentWriter` has them.
        server: Where the passages go.
        owner: Stands for the index; only collections whose names hold it are ever removed.
    """

    def __init__(
        self,
        generation: Path,
        encoder: Encoder,
        passage_characters: int,
        progress: Progress,
        server: Server,
        owner: str,
        embedder: Embedder | None = None,
    ) -> None:
        super().__init__(generation, encoder, None, passage_characters, progress, embedder)
        self._server, self._owner = server, owner
        self._own = f"{server.store.name}_{owner}_"
        self.collection = f"{self._own}{generation.name}"
        self._stored = Collections(server, self.collection)
        self._parts: list[tuple[CosineDistribution, CosineDistribution]] = []
        self._headings: list[Asked] = []
        self._vocabulary: Counter[str] = Counter()
        self._pieces = 0
        # What a build that was killed left behind, under the number of this one.
        self._remove_all_but(None, begun=self.collection)
        create_collections(server, self.collection, encoder.dimension, encoder.fingerprint)

    def close(self) -> None:
        """Write what is left, and what the index's folder keeps."""
        super().close()
        for name in (self._stored.name, self._stored.sentences, self._stored.documents):
            self._server("flush", name)
            self._server("load_collection", name)
        for file, at, what in ((PASSAGE_COSINES, 0, "passages"), (SENTENCE_COSINES, 1, "sentences")):
            parts = [part[at] for part in self._parts]
            counts = [each[what] for each in self.segments]
            CosineDistribution.of_parts(parts, counts).save(self.generation / file)
        words = json.dumps(self._vocabulary, ensure_ascii=False)
        (self.generation / VOCABULARY).write_text(words, encoding="utf-8")

    def asked(self) -> AskedInAdvance:
        """As `SegmentWriter.asked`."""

        def lookup(path: str) -> tuple[Document, list[Passage]] | None:
            document = self._stored.document(path)
            return (document, self._stored.passages(path)) if document else None

        paths = list(self.digests)
        found, errors = asked_by_sidecars(paths, Places.looked_up(paths, lookup))
        return AskedInAdvance.of(found, self._headings, errors)

    def manifest(self) -> dict[str, Any]:
        return {STORE: self._server.address, "owner": self._owner, "collection": self.collection}

    def in_force(self) -> None:
        """Let the store's name stand for this generation, for other programs, and drop the ones before."""
        self._name_newest()
        self._remove_all_but(self.collection)

    def _remove_all_but(self, kept: str | None, begun: str = "") -> None:
        """Drop this index's collections but those of one generation; with `begun` only those of that one."""
        for name in self._server("list_collections", ""):
            ours = name.startswith(begun or self._own)
            if ours and (kept is None or not name.startswith(kept)):
                self._server("drop_collection", name)

    def _name_newest(self) -> None:
        store = self._server.store.name
        collections = self._server("list_collections", "")
        if store in collections:
            return  # somebody else's collection is called so
        known = any(store in self._server("list_aliases", name)["aliases"] for name in collections)
        self._server("alter_alias" if known else "create_alias", self.collection, store)

    def _write_segment(self, name: str) -> Embedded:
        embedded = self._embed(self.generation, with_words=False)
        first, sentence = self.count("passages"), self.count("sentences")
        passages = [replace(passage, id=first + passage.id) for passage in self._passages]
        self._stored.insert(self._stored.name, map(passage_row, passages, embedded.passages))
        owners = (passage.id for passage in passages for _ in passage.sentences)
        self._stored.insert(
            self._stored.sentences,
            (
                {"id": sentence + at, "passage": owner, "dense": vector.tolist()}
                for at, (owner, vector) in enumerate(zip(owners, embedded.sentences, strict=True))
            ),
        )
        for number, document in enumerate(self._documents, start=len(self.digests)):
            rows = document_rows(document, number, self._pieces)
            self._stored.insert(self._stored.documents, rows)
            self._pieces += len(rows)
            self._vocabulary.update(words_of_body(document))
        self._parts.append(
            (CosineDistribution.build(embedded.passages), CosineDistribution.build(embedded.sentences))
        )
        self._headings += asked_by_headings(passages)
        return embedded
