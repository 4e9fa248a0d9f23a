"""The three collections of an index in a Milvus server: their fields, and what is stored as their rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from index.catalog import document_digest, document_row, quotable
from index.encoder import Vectors
from index.lexical import K1, B, stems
from index.milvus_server import Server
from index.stored import document_from, sentences_as_text, sentences_from
from index.types import Document, Passage

ENCODER_PROPERTY = "lightqa.encoder"

PIECE = 15_000
"""Characters of a document's text in one row: Milvus holds 65,535 bytes."""

Field = tuple[str, Any, dict[str, Any]]
"""Name, type and settings of a field."""

Row = dict[str, Any]
"""What is stored, by the name of its field."""

_PLACE = [0.0, 0.0]


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


_SAME = ("id", "document", "title", "kind", "section", "start", "end", "text")
"""Fields of a passage that are stored as they are."""

PASSAGE_FIELDS = [*_SAME, "page", "sentences"]


def passage_from(row: Mapping[str, Any]) -> Passage:
    """A passage from its row."""
    return Passage(
        **{name: row[name] for name in _SAME},
        page=row["page"] or None,
        sentences=sentences_from(row["sentences"], row["start"], row["text"]),
    )


def passage_row(passage: Passage, vector: Vectors) -> Row:
    """A passage with its vector, (dimension,), as its row."""
    return {
        **{name: getattr(passage, name) for name in _SAME},
        "page": passage.page or 0,
        "sentences": sentences_as_text(passage),
        "stems": " ".join(stems(quotable(passage))),
        "dense": vector.tolist(),
    }


def document_rows(document: Document, number: int, first: int) -> list[Row]:
    """A document in pieces, each a row, numbered from `first`; the first says what the document is."""
    row = document_row(document)
    told = json.dumps([row[1], row[2], *row[4:], document_digest(document).hex()], ensure_ascii=False)
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


def document_of(rows: Sequence[Mapping[str, Any]]) -> Document:
    """A document from its rows, in any order."""
    ordered = sorted(rows, key=lambda row: row["part"])
    title, kind, body, pages, metadata, further, _ = json.loads(ordered[0]["told"])
    text = "".join(row["text"] for row in ordered)
    return document_from((ordered[0]["path"], title, text, kind, body, pages, metadata, further))


class Told(NamedTuple):
    """What the first row of a document says of it."""

    path: str
    title: str
    kind: str
    digest: bytes


def told_of(row: Mapping[str, Any]) -> Told:
    """What a document is, from the first of its rows."""
    title, kind, *_, digest = json.loads(row["told"])
    return Told(row["path"], title, kind, bytes.fromhex(digest))
