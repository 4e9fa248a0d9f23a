"""The collections of one generation in a Milvus server, and what goes over the wire."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from index.encoder import Vectors
from index.lexical import K1
from index.milvus_rows import PASSAGE_FIELDS, Row, Told, document_of, passage_from, told_of
from index.milvus_server import Server
from index.types import Document, Passage

MOST = 16_384
"""Rows that Milvus gives for one search or query."""

AT_ONCE = 250
"""Passages whose sentences are asked for at once: so many have fewer than `MOST` of them."""

ROWS_AT_ONCE = 1000

WIDER = 2
"""A graph looks at so many times what is asked for; else Milvus Lite looks at 64 and misses near ones."""


class Collections:
    """The three collections of one generation: passages, their sentences, and the documents in pieces.

    Args:
        server: Where they are.
        name: Of the passages' one; those of the others begin with it.
    """

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name = server, name
        self.sentences, self.documents = f"{name}_sentences", f"{name}_documents"

    def document(self, path: str) -> Document | None:
        """A document by its path; None where it is not here."""
        rows = self._query(self.documents, f"path == {json.dumps(path)}", ["path", "part", "text", "told"])
        return document_of(rows) if rows else None

    def passages(self, path: str) -> list[Passage]:
        """All passages of a document, in reading order."""
        rows = self._query(self.name, f"document == {json.dumps(path)}", PASSAGE_FIELDS)
        return [passage_from(row) for row in sorted(rows, key=lambda row: row["id"])]

    def passages_by_id(self, ids: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for."""
        found: dict[int, Passage] = {}
        for begin in range(0, len(ids), MOST):
            rows = self._query(self.name, f"id in {list(ids[begin : begin + MOST])}", PASSAGE_FIELDS)
            found |= {row["id"]: passage_from(row) for row in rows}
        return [found[id] for id in ids]

    def told(self) -> list[Told]:
        """What every document is, in order."""
        rows = self._query(self.documents, "part == 0", ["path", "number", "told"])
        rows.sort(key=lambda row: row["number"])
        return list(map(told_of, rows))

    def holds(self, path: str) -> bool:
        """Whether a document of this path is here."""
        return bool(self._query(self.documents, f"path == {json.dumps(path)} and part == 0", ["number"]))

    def sentence_vectors(self, passage: int) -> Vectors:
        """Vectors of a passage's sentences, (n, dimension)."""
        rows = self._query(self.sentences, f"passage == {passage}", ["dense"])
        rows.sort(key=lambda row: row["id"])
        return np.array([row["dense"] for row in rows], np.float32)

    def similarities(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """Cosine of a unit vector with each of some passages."""
        rows = self._query(self.name, f"id in {list(passages)}", ["dense"])
        return {row["id"]: float(np.asarray(row["dense"], np.float32) @ vector) for row in rows}

    def search(self, field: str, sought: Any, limit: int) -> dict[int, float]:
        """Numbers of the best passages with their scores: cosines for "dense", BM25 for "sparse"."""
        wider = {"search_params": {"params": {"ef": WIDER * limit}}} if field == "dense" else {}
        [hits] = self.server(
            "search", self.name, data=[sought], anns_field=field, limit=limit, output_fields=[], **wider
        )
        scores = {hit["id"]: float(hit["distance"]) for hit in hits}
        if field == "sparse":
            # Milvus multiplies by k1 + 1, as Lucene no longer does; Milvus Lite gives it below zero.
            scores = {id: abs(score) / (K1 + 1) for id, score in scores.items()}
        return scores

    def best_sentences(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """The cosine of the nearest sentence of each of some passages."""
        best: dict[int, float] = {}
        for begin in range(0, len(passages), AT_ONCE):
            [hits] = self.server(
                "search",
                self.sentences,
                data=[vector.tolist()],
                anns_field="dense",
                limit=MOST,
                filter=f"passage in {list(passages[begin : begin + AT_ONCE])}",
                output_fields=["passage"],
            )
            for hit in hits:
                passage = hit["entity"]["passage"]
                best[passage] = max(best.get(passage, -1.0), float(hit["distance"]))
        return best

    def insert(self, collection: str, rows: Iterable[Row]) -> None:
        """Add rows to one of the collections."""
        # A vector as numbers of Python takes twelve kilobytes: no more rows are made at once than are sent.
        coming = iter(rows)
        while some := list(islice(coming, ROWS_AT_ONCE)):
            self.server("insert", collection, some)

    def _query(self, collection: str, where: str, fields: list[str]) -> list[Row]:
        """All rows that a filter lets through, however many there are."""
        found: list[Row] = []
        first, end = 0, None
        while True:
            # One request as a rule. Milvus gives rows in no order: where there are more, by their numbers.
            within = f"id >= {first}" if end is None else f"id >= {first} and id < {end}"
            rows: list[Row] = self.server(
                "query",
                collection,
                filter=f"({where}) and {within}",
                output_fields=["id", *fields],
                limit=MOST,
            )
            if len(rows) == MOST and end is None:
                end = first + MOST
                continue
            found += rows
            if end is None:
                return found
            first, end = end, None
