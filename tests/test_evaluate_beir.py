"""Folders in BEIR's layout."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from qa.evaluate.beir import beir_json, evaluate_beir, load_collection
from qa.evaluate.rows import QuestionFileError

CORPUS: list[dict[str, Any]] = [
    {"_id": "tea", "title": "Tea", "text": "Green tea is made from unoxidised leaves. It is drunk hot."},
    {"_id": "bees", "title": "Bees", "text": "Honey bees tell each other where flowers are by a dance."},
    {"_id": "rust", "title": "", "text": "Iron rusts when water and oxygen reach it."},
    {"_id": "title", "title": "Only a title", "text": ""},
    {"_id": "link", "title": "", "text": "https://example.org/somewhere"},
    {"_id": "nothing", "title": "", "text": " "},
]
QUERIES = [
    {"_id": "1", "text": "How do bees tell the way to flowers?"},
    {"_id": "2", "text": "Why does iron rust?"},
    {"_id": "3", "text": "Not judged."},
]
QRELS = "query-id\tcorpus-id\tscore\n1\tbees\t1\n1\ttea\t0\n2\trust\t1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    collection = tmp_path / "collection"
    (collection / "qrels").mkdir(parents=True)
    with gzip.open(collection / "corpus.jsonl.gz", "wt", encoding="utf-8") as corpus:
        corpus.writelines(json.dumps(row) + "\n" for row in CORPUS)
    (collection / "queries.jsonl").write_text("".join(json.dumps(row) + "\n" for row in QUERIES))
    (collection / "qrels" / "test.tsv").write_text(QRELS)
    return collection


def test_a_collection_is_read(folder: Path) -> None:
    collection = load_collection(folder, "test")
    assert [(document.path, document.text) for document in collection.documents] == [
        *((row["_id"], row["text"]) for row in CORPUS[:3]),
        ("title", "Only a title"),
        ("link", "https://example.org/somewhere"),
    ]
    assert collection.queries == {row["_id"]: row["text"] for row in QUERIES[:2]}
    assert collection.qrels == {"1": {"bees": 1, "tea": 0}, "2": {"rust": 1}}


@pytest.mark.parametrize(
    ("name", "contents", "message"),
    [
        ("queries.jsonl", "{\n", "queries.jsonl:1: is not JSON"),
        ("queries.jsonl", '{"text": "x"}\n', 'queries.jsonl:1: has no "_id"'),
        ("queries.jsonl", '{"_id": "1", "text": "x"}\n', "judges the query '2', which queries.jsonl lacks"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\tbees\n", "test.tsv:2: expected query id"),
        ("qrels/test.tsv", "1\tbees\tvery\n", "test.tsv:1: expected query id"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "judges nothing"),
    ],
)
def test_a_broken_file_is_named(name: str, contents: str, message: str, folder: Path) -> None:
    (folder / name).write_text(contents)
    with pytest.raises(QuestionFileError, match=re.escape(message)):
        load_collection(folder, "test")


def test_a_missing_file_is_named(folder: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"dev\.tsv is missing; choose --split test"):
        load_collection(folder, "dev")
    (folder / "corpus.jsonl.gz").unlink()
    with pytest.raises(QuestionFileError, match=r"neither corpus\.jsonl nor corpus\.jsonl\.gz"):
        load_collection(folder, "test")


def test_qrels_need_no_header(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("1\tbees\t1\n\n")
    assert load_collection(folder, "test").qrels == {"1": {"bees": 1}}


def test_a_collection_is_indexed_searched_and_used_again(folder: Path, tmp_path: Path) -> None:
    """Each query shares words and sense with its document alone, so that every ranking is perfect.

    A query that is a document of the corpus does not find itself.
    """
    with (folder / "queries.jsonl").open("a") as queries:
        queries.write(json.dumps({"_id": "tea", "text": CORPUS[0]["text"]}) + "\n")
    with (folder / "qrels" / "test.tsv").open("a") as qrels:
        qrels.write("tea\tbees\t1\n")
    part, run = evaluate_beir(folder, "test", tmp_path / "index")
    assert [run["1"][0][0], run["2"][0][0]] == ["bees", "rust"]
    assert "tea" not in dict(run["tea"])
    assert sorted(dict(run["1"])) == ["bees", "rust", "tea", "title"]
    assert part.remarks == (
        "3 queries over 4 documents in 4 passages.",
        "Documents with nothing to quote, which are never found: 1 (link).",
    )
    figures = beir_json(part)
    assert list(figures) == ["bm25", "dense", "hybrid", "rrf"]
    assert all(list(measures) == ["nDCG@10", "Recall@100", "MRR@10"] for measures in figures.values())
    assert [row["hybrid"]["MRR@10"] for row in part.rows[:2]] == [1.0, 1.0]
    # No shared word, so BM25 finds nothing at all: zero, not left out.
    assert part.rows[2]["bm25"]["Recall@100"] == 0.0
    assert figures["bm25"]["Recall@100"] == pytest.approx(2 / 3)

    doings: set[str] = set()
    again, same = evaluate_beir(folder, "test", tmp_path / "index", lambda doing, *_: doings.add(doing))
    assert doings == {"Splitting", "Searching"}
    assert beir_json(again) == figures
    assert {query: [document for document, _ in found] for query, found in same.items()} == {
        query: [document for document, _ in found] for query, found in run.items()
    }


def test_an_index_of_other_documents_is_left_alone(folder: Path, shipped_index_folder: Path) -> None:
    with pytest.raises(QuestionFileError, match="holds other documents, such as seeds/"):
        evaluate_beir(folder, "test", shipped_index_folder)
