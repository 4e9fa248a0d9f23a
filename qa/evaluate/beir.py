"""Any test collection in BEIR's layout: corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv (Thakur et al. 2021).

The rows of the corpus are indexed as documents; a document is ranked by its best passage.
"""

from __future__ import annotations

import csv
import gzip
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.build import build
from index.embed import Progress
from index.errors import IndexDamaged, IndexMissing, LightqaError
from index.search import PassageIndex, Ranking
from index.types import Document
from qa.evaluate.figures import Part, mean
from qa.evaluate.retrieval import DEPTH, RANKINGS, Run, measure_run, retrieval_figures

FIRST_LOOK = 3 * DEPTH
"""Passages looked at before looking for more documents; most abstracts fill one to three passages."""

PRINTED = ("nDCG@10", "Recall@100", "MRR@10")


class CollectionError(LightqaError):
    """A folder that is not in BEIR's layout."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection.

    Attributes:
        documents: One per row of the corpus; `path` is its `_id`.
        queries: Text by id, only those that the split judges.
        qrels: {query id: {document id: relevance}}.
    """

    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def load_collection(folder: str | Path, split: str) -> Collection:
    """Read a folder in BEIR's layout.

    Args:
        folder: Holds corpus.jsonl and queries.jsonl (each also as .gz) and qrels/SPLIT.tsv.
        split: "test", "train", "dev" or what else qrels/ holds.

    Raises:
        CollectionError: A file is missing or not as expected; the message names it and its line.
    """
    folder = Path(folder)
    qrels = _qrels(folder, split)
    queries: dict[str, str] = {}
    for place, row in _rows(folder, "queries"):
        identifier = _identifier(row, place)
        if identifier in qrels:
            queries[identifier] = str(row.get("text", ""))
    if missing := qrels.keys() - queries.keys():
        raise CollectionError(
            f"{folder}: qrels/{split}.tsv judges the query {min(missing)!r}, which queries.jsonl lacks."
        )
    documents: dict[str, Document] = {}
    for place, row in _rows(folder, "corpus"):
        identifier = _identifier(row, place)
        title, text = str(row.get("title") or "").strip(), str(row.get("text") or "")
        if not text.strip():
            # A few corpora hold rows that are a title and nothing else.
            title, text = "", title
        if text:
            documents[identifier] = Document(path=identifier, title=title, text=text)
    if not documents:
        raise CollectionError(f"{folder}: corpus.jsonl holds no text.")
    return Collection(tuple(documents.values()), queries, qrels)


def evaluate_beir(
    folder: str | Path,
    split: str = "test",
    index_folder: str | Path | None = None,
    progress: Progress = lambda doing, done, total: None,
) -> tuple[Part, Run]:
    """Index a collection and measure the hybrid ranking beside BM25, dense and reciprocal rank fusion.

    Args:
        folder, split: As for `load_collection`.
        index_folder: Where to build the index; the next time, what is embedded there is used again. A
            temporary folder when None.
        progress: Called as `index.build.build` calls it, and with "Searching" as the queries are run.

    Returns:
        The part, whose rows hold one query each, and the hybrid's run over document ids.

    Raises:
        CollectionError: As for `load_collection`. IndexFolderError: As for `index.build.build`.
    """
    collection = load_collection(folder, split)
    if index_folder is None:
        with tempfile.TemporaryDirectory(prefix="lightqa-") as temporary:
            return _evaluate(collection, Path(temporary) / "index", progress)
    return _evaluate(collection, Path(index_folder), progress)


def beir_json(part: Part) -> dict[str, dict[str, float]]:
    """{"bm25": {"nDCG@10": …, "Recall@100": …, "MRR@10": …}, "dense": …, "hybrid": …, "rrf": …}."""
    return {
        ranking: {measure: mean([row[ranking][measure] for row in part.rows]) for measure in PRINTED}
        for ranking in ("bm25", "dense", "hybrid", "rrf")
    }


def search_documents(
    index: PassageIndex, question: str, depth: int, ranking: Ranking, leave_out: str | None = None
) -> list[tuple[str, float]]:
    """The `depth` best documents for a question, each with the score of its best passage, best first.

    Args:
        leave_out: A document that is not to be found.
    """
    look = FIRST_LOOK
    while True:
        hits = index.search(question, look, ranking=ranking)
        best: dict[str, float] = {}
        for hit in hits:
            if hit.passage.document != leave_out:
                best.setdefault(hit.passage.document, hit.score)
        if len(best) >= depth or len(hits) < look:
            return list(best.items())[:depth]
        look *= 2


def _evaluate(collection: Collection, folder: Path, progress: Progress) -> tuple[Part, Run]:
    _refuse_other_documents(collection, folder)
    # Texts that an index in this folder holds already are not embedded again.
    built = build(collection.documents, folder, progress=progress)
    index = PassageIndex.open(folder)
    runs: dict[Ranking, dict[str, list[tuple[str, float]]]] = {ranking: {} for ranking in RANKINGS}
    for done, (identifier, query) in enumerate(collection.queries.items(), start=1):
        # Where queries are documents of the corpus (ArguAna, Quora), BEIR does not let a query find itself.
        itself = None if collection.qrels[identifier].get(identifier) else identifier
        for ranking, run in runs.items():
            run[identifier] = search_documents(index, query, DEPTH, ranking, leave_out=itself)
        progress("Searching", done, len(collection.queries))
    index.close()
    measured = {ranking: measure_run(collection.qrels, run) for ranking, run in runs.items()}
    rows: tuple[dict[str, Any], ...] = tuple(
        {
            "id": identifier,
            "question": query,
            **{
                ranking: {measure: values[identifier] for measure, values in measures.items()}
                for ranking, measures in measured.items()
            },
        }
        for identifier, query in collection.queries.items()
    )
    remarks = [f"{len(rows)} queries over {built.documents} documents in {built.passages} passages."]
    if built.without_prose:
        named = ", ".join(built.without_prose[:5]) + (" …" if len(built.without_prose) > 5 else "")
        remarks.append(
            f"Documents with nothing to quote, which are never found: {len(built.without_prose)} ({named})."
        )
    part = Part(name="retrieval", figures=retrieval_figures(measured), rows=rows, remarks=tuple(remarks))
    return part, runs["hybrid"]


def _refuse_other_documents(collection: Collection, folder: Path) -> None:
    """Raise CollectionError where the folder holds somebody's index, which a build would replace."""
    try:
        index = PassageIndex.open(folder)
    except (IndexMissing, IndexDamaged):
        return
    others = set(index.paths()) - {document.path for document in collection.documents}
    index.close()
    if others:
        raise CollectionError(
            f"{folder} holds other documents, such as {min(others)}; name another folder with --index."
        )


def _qrels(folder: Path, split: str) -> dict[str, dict[str, int]]:
    path = folder / "qrels" / f"{split}.tsv"
    if not path.is_file():
        present = sorted(file.stem for file in (folder / "qrels").glob("*.tsv"))
        expected = f"choose --split {' or '.join(present)}" if present else "expected BEIR's layout"
        raise CollectionError(f"{path} is missing; {expected}.")
    qrels: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, fields in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if not fields or (number == 1 and fields[-1] == "score"):
                continue
            try:
                query, document, relevance = fields
                qrels.setdefault(query, {})[document] = int(relevance)
            except ValueError:
                raise CollectionError(
                    f"{path}:{number}: expected query id, document id and relevance; found {fields}."
                ) from None
    if not qrels:
        raise CollectionError(f"{path} judges nothing.")
    return qrels


def _rows(folder: Path, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of NAME.jsonl or NAME.jsonl.gz, each with its "file:line"."""
    openers: dict[str, Callable[..., Any]] = {f"{name}.jsonl": open, f"{name}.jsonl.gz": gzip.open}
    for file, opener in openers.items():
        path = folder / file
        if path.is_file():
            with opener(path, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines, start=1):
                    if not line.strip():
                        continue
                    try:
                        row = json.loads(line)
                    except json.JSONDecodeError as error:
                        raise CollectionError(f"{path}:{number}: is not JSON ({error.msg}).") from None
                    if not isinstance(row, dict):
                        raise CollectionError(f"{path}:{number}: expected a JSON object.")
                    yield f"{path}:{number}", row
            return
    raise CollectionError(f"{folder} holds neither {name}.jsonl nor {name}.jsonl.gz; expected BEIR's layout.")


def _identifier(row: Mapping[str, Any], place: str) -> str:
    identifier = row.get("_id")
    if identifier is None or isinstance(identifier, dict | list):
        raise CollectionError(f'{place}: has no "_id".')
    return str(identifier)
