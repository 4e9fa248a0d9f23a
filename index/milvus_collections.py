"""The collections of an index in a Milvus server, and what goes over the wire."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from index.encoder import Vectors
from index.errors import StoreError
from index.lexical import K1, B
from index.stored import document_from, sentences_from
from index.types import Document, Passage

ENCODER_PROPERTY = "lightqa.encoder"

MOST = 16_384
"""Rows that Milvus gives for one search or query."""

SECONDS = 20.0
"""After which a server that says nothing counts as gone."""

PIECE = 15_000
"""Characters of a document's text in one row: Milvus holds 65,535 bytes."""

AT_ONCE = 250
"""Passages whose sentences are asked for at once: so many have fewer than `MOST` of them."""

ROWS_AT_ONCE = 1000

Field = tuple[str, Any, dict[str, Any]]
"""Name, type and settings of a field."""

_ADDRESS = re.compile(r"milvus\+(https?://[^/\s]+)/([A-Za-z_]\w{0,200})")
_NOT_LOADED = 101
_PLACE = [0.0, 0.0]


class Store(NamedTuple):
    """Where a server is, and what its collections begin with."""

    uri: str
    name: str


def store_of(address: str) -> Store:
    """The parts of "milvus+http://127.0.0.1:19530/health".

    Raises:
        StoreError: It is no such address.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise StoreError(
            f"{address} names no store; expected milvus+http://HOST:PORT/NAME, NAME of letters, digits and _."
        )
    return Store(match[1], match[2])


class Server:
    """A Milvus server; what goes wrong there is told in a sentence.

    Args:
        address: As `store_of` reads it.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.store = store_of(address)
        try:
            import pymilvus
        except ImportError as error:
            raise StoreError(
                f"{address} needs the client of Milvus. Type: pip install 'lightqa[milvus]'"
            ) from error
        # It logs every refused call with its traceback, and we tell it in one sentence.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        self._pymilvus = pymilvus
        self._client: Any = None

    def __call__(self, method: str, collection: str, *values: Any, **named: Any) -> Any:
        """Call a method of `pymilvus.MilvusClient` on a collection, or on none ("").

        Raises:
            StoreError: The server does not answer, or refuses.
        """
        errors = self._pymilvus.exceptions.MilvusException
        try:
            if self._client is None:
                self._client = self._pymilvus.MilvusClient(self.store.uri, timeout=SECONDS)
            named.setdefault("timeout", SECONDS)
            if not collection:
                return getattr(self._client, method)(**named)
            try:
                return getattr(self._client, method)(collection, *values, **named)
            except errors as error:
                if error.code != _NOT_LOADED:
                    raise
                # A server that was started anew holds no collection in memory.
                self._client.load_collection(collection, timeout=SECONDS)
                return getattr(self._client, method)(collection, *values, **named)
        except errors as error:
            raise StoreError(
                f"The Milvus server at {self.store.uri} did not do what was asked ({error.message}). "
                "See that it runs; the next question tries again."
            ) from error


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
        rows = self._query(self.documents, f"path == {json.dumps(path)}", ["part", "text", "told"])
        if not rows:
            return None
        rows.sort(key=lambda row: row["part"])
        title, kind, body, pages, metadata, further, _ = json.loads(rows[0]["told"])
        text = "".join(row["text"] for row in rows)
        return document_from((path, title, text, kind, body, pages, metadata, further))

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

    def told(self) -> list[tuple[str, str, str]]:
        """Path and kind of every document, in order, with the digest of its contents."""
        rows = self._query(self.documents, "part == 0", ["path", "number", "told"])
        rows.sort(key=lambda row: row["number"])
        return [(row["path"], told[1], told[-1]) for row in rows for told in [json.loads(row["told"])]]

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
        [hits] = self.server(
            "search", self.name, data=[sought], anns_field=field, limit=limit, output_fields=[]
        )
        scores = {hit["id"]: float(hit["distance"]) for hit in hits}
        if field == "sparse":
            # Milvus multiplies by k1 + 1, as Lucene no longer does; Milvus Lite gives it below zero.
            scores = {id: abs(score) / (K1 + 1) for id, score in scores.items()}
        return scores

    def best_sentences(self, vector: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """The cosine of the nearest sentence of each of at most `AT_ONCE` passages."""
        [hits] = self.server(
            "search",
            self.sentences,
            data=[vector.tolist()],
            anns_field="dense",
            limit=MOST,
            filter=f"passage in {list(passages)}",
            output_fields=["passage"],
        )
        best: dict[int, float] = {}
        for hit in hits:
            passage = hit["entity"]["passage"]
            best[passage] = max(best.get(passage, -1.0), float(hit["distance"]))
        return best

    def insert(self, collection: str, rows: list[dict[str, Any]]) -> None:
        """Add rows to one of the collections."""
        for begin in range(0, len(rows), ROWS_AT_ONCE):
            self.server("insert", collection, rows[begin : begin + ROWS_AT_ONCE])

    def _query(self, collection: str, where: str, fields: list[str]) -> list[dict[str, Any]]:
        """All rows that a filter lets through, however many there are."""
        found: list[dict[str, Any]] = []
        first, end = 0, None
        while True:
            # One request as a rule. Milvus gives rows in no order: where there are more, by their numbers.
            within = f"id >= {first}" if end is None else f"id >= {first} and id < {end}"
            rows: list[dict[str, Any]] = self.server(
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


PASSAGE_FIELDS = ["id", "document", "title", "kind", "section", "page", "start", "end", "sentences", "text"]


def passage_from(row: Mapping[str, Any]) -> Passage:
    """A passage from its row."""
    return Passage(
        row["id"],
        row["document"],
        row["title"],
        row["kind"],
        row["section"],
        row["page"] if row["page"] > 0 else None,
        row["start"],
        row["end"],
        row["text"],
        sentences_from(row["sentences"], row["start"], row["text"]),
    )


def create_collections(server: Server, collection: str, dimension: int, fingerprint: str) -> None:
    """Make the three empty collections of a new generation: passages, sentences, documents."""
    from pymilvus import DataType, Function, FunctionType, MilvusClient

    def schema(*fields: Field) -> Any:
        made = MilvusClient.create_schema(enable_dynamic_field=False)
        made.add_field("id", DataType.INT64, is_primary=True)
        for name, kind, more in fields:
            made.add_field(name, kind, **more)
        return made

    def words(name: str, length: int = 65_535, **more: Any) -> Field:
        return name, DataType.VARCHAR, {"max_length": length, **more}

    dense: Field = ("dense", DataType.FLOAT_VECTOR, {"dim": dimension})
    numbers: list[Field] = [(name, DataType.INT64, {}) for name in ("page", "start", "end")]
    names = [words("document", 4096), words("title", 4096), words("kind", 4096), words("section")]
    analysed = words("stems", enable_analyzer=True, analyzer_params={"tokenizer": "standard"})
    sparse: Field = ("sparse", DataType.SPARSE_FLOAT_VECTOR, {})
    passages = schema(*names, *numbers, words("sentences"), words("text"), analysed, dense, sparse)
    passages.add_function(
        Function("bm25", FunctionType.BM25, input_field_names=["stems"], output_field_names=["sparse"])
    )
    sentences = schema(("passage", DataType.INT64, {}), dense)
    # A collection needs a vector, though nobody looks for documents by one.
    place: Field = ("place", DataType.FLOAT_VECTOR, {"dim": len(_PLACE)})
    whole: list[Field] = [("number", DataType.INT64, {}), ("part", DataType.INT64, {})]
    documents = schema(words("path", 4096), *whole, words("text"), words("told"), place)
    # For passages Milvus chooses what suits the size. Sentences are only compared where their passage is a
    # candidate: a graph would find some of those, and a filter finds all.
    tuning = {"bm25_k1": K1, "bm25_b": B}
    for suffix, made, vector, kind, found_by in (
        ("", passages, "dense", "AUTOINDEX", "document"),
        ("_sentences", sentences, "dense", "FLAT", "passage"),
        ("_documents", documents, "place", "FLAT", "path"),
    ):
        indexes = MilvusClient.prepare_index_params()
        indexes.add_index(vector, index_type=kind, metric_type="IP")
        indexes.add_index(found_by, index_type="INVERTED")
        if not suffix:
            indexes.add_index(
                "sparse",
                index_type="SPARSE_INVERTED_INDEX",
                metric_type="BM25",
                # Milvus Lite reads them where the client put them until its third version.
                params={**tuning, "params": json.dumps(tuning)},
            )
        server(
            "create_collection",
            collection + suffix,
            schema=made,
            index_params=indexes,
            properties={ENCODER_PROPERTY: fingerprint},
        )


def document_rows(document: Document, number: int, first: int, told: str) -> list[dict[str, Any]]:
    """A document in pieces, each a row; the first says what the document is."""
    pieces = [document.text[at : at + PIECE] for at in range(0, len(document.text), PIECE)] or [""]
    return [
        {
            "id": first + part,
            "path": document.path,
            "number": number,
            "part": part,
            "text": piece,
            "told": told if part == 0 else "",
            "place": _PLACE,
        }
        for part, piece in enumerate(pieces)
    ]
