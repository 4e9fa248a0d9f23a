"""Any test collection in BEIR's layout: corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv (Thakur et al. 2021).

The rows of the corpus are indexed as documents; a document is ranked by its best passage.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from index.build import build
from index.errors import IndexDamaged, IndexMissing
from index.search import PassageIndex, Ranking
from index.types import Document
from qa.evaluate.figures import Part, mean
from qa.evaluate.progress import Progress, silent, tracked
from qa.evaluate.retrieval import DEPTH, RANKINGS, Run, measure_run, retrieval_figures
from qa.evaluate.rows import QuestionFileError, json_rows

FIRST_LOOK = 3 * DEPTH
"""Passages looked at before looking for more documents; most abstracts fill one to three passages."""

PRINTED = ("nDCG@10", "Recall@100", "MRR@10")


class Collection(NamedTuple):
    """A document for each row of the corpus, its `path` the `_id`; the queries that the split judges, by id;
    and {query id: {document id: relevance}}."""

    documents: list[Document]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def load_collection(folder: str | Path, split: str) -> Collection:
    """Read a folder in BEIR's layout.

    Args:
        folder: Holds corpus.jsonl and queries.jsonl (each also as .gz) and qrels/SPLIT.tsv.
        split: "test", "train", "dev" or what else qrels/ holds.

    Raises:
        QuestionFileError: A file is missing or not as expected; the message names it and its line.
    """
    folder = Path(folder)
    qrels = _qrels(folder, split)
    queries = {id: str(row.get("text", "")) for id, row in _rows(folder, "queries") if id in qrels}
    if missing := qrels.keys() - queries.keys():
        raise QuestionFileError(
            f"{folder}: qrels/{split}.tsv judges the query {min(missing)!r}, which queries.jsonl lacks."
        )
    documents: dict[str, Document] = {}
    for id, row in _rows(folder, "corpus"):
        title, text = str(row.get("title") or "").strip(), str(row.get("text") or "")
        if not text.strip():
            # A few corpora hold rows that are a title and nothing else.
            title, text = "", title
        if text:
            documents[id] = Document(path=id, title=title, text=text)
    if not documents:
        raise QuestionFileError(f"{folder}: corpus.jsonl holds no text.")
    return Collection(list(documents.values()), queries, qrels)


def evaluate_beir(
    folder: str | Path,
    split: str = "test",
    index_folder: str | Path | None = None,
    progress: Progress = silent,
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
        QuestionFileError: As for `load_collection`; or the folder holds an index of other documents.
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
        for ranking in sorted(RANKINGS)
    }


def _search(index: PassageIndex, query: str, ranking: Ranking, leave_out: str) -> list[tuple[str, float]]:
    """The `DEPTH` best documents for a query but one, each with the score of its best passage, best first."""
    look = FIRST_LOOK
    while True:
        hits = index.search(query, look, ranking=ranking)
        best: dict[str, float] = {}
        for hit in hits:
            best.setdefault(hit.passage.document, hit.score)
        best.pop(leave_out, None)
        if len(best) >= DEPTH or len(hits) < look:
            return list(best.items())[:DEPTH]
        look *= 2


def _evaluate(collection: Collection, folder: Path, progress: Progress) -> tuple[Part, Run]:
    _refuse_other_documents(collection, folder)
    # Texts that an index in this folder holds already are not embedded again.
    built = build(collection.documents, folder, progress=progress)
    index = PassageIndex.open(folder)
    runs: dict[Ranking, dict[str, list[tuple[str, float]]]] = {ranking: {} for ranking in RANKINGS}
    for id, query in tracked(list(collection.queries.items()), "Searching", progress):
        # Where queries are documents of the corpus (ArguAna, Quora), BEIR does not let a query find itself.
        itself = "" if collection.qrels[id].get(id) else id
        for ranking, run in runs.items():
            run[id] = _search(index, query, ranking, itself)
    index.close()
    measured = {ranking: measure_run(collection.qrels, run) for ranking, run in runs.items()}
    rows: list[dict[str, Any]] = [
        {"id": id, "question": query}
        | {ranking: {name: found[name][id] for name in found} for ranking, found in measured.items()}
        for id, query in collection.queries.items()
    ]
    remarks = [f"{len(rows)} queries over {built.documents} documents in {built.passages} passages."]
    if without := built.without_prose:
        named = ", ".join(without[:5]) + (" …" if len(without) > 5 else "")
        remarks.append(f"Documents with nothing to quote, which are never found: {len(without)} ({named}).")
    figures = retrieval_figures(measured)
    part = Part(name="retrieval", figures=figures, rows=tuple(rows), remarks=tuple(remarks))
    return part, runs["hybrid"]


def _refuse_other_documents(collection: Collection, folder: Path) -> None:
    """Raise QuestionFileError where the folder holds somebody's index, which a build would replace."""
    try:
        index = PassageIndex.open(folder)
    except (IndexMissing, IndexDamaged):
        return
    others = set(index.paths()) - {document.path for document in collection.documents}
    index.close()
    if others:
        raise QuestionFileError(
            f"{folder} holds other documents, such as {min(others)}; name another folder with --index."
        )


def _qrels(folder: Path, split: str) -> dict[str, dict[str, int]]:
    path = folder / "qrels" / f"{split}.tsv"
    if not path.is_file():
        present = " or ".join(sorted(file.stem for file in (folder / "qrels").glob("*.tsv")))
        raise QuestionFileError(
            f"{path} is missing; choose --split {present or 'of a folder as BEIR has it'}."
        )
    qrels: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, fields in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if not fields or (number == 1 and fields[-1] == "score"):
                continue
            try:
                query, document, relevance = fields
                qrels.setdefault(query, {})[document] = int(relevance)
            except ValueError:
                raise QuestionFileError(
                    f"{path}:{number}: expected query id, document id and relevance; found {fields}."
                ) from None
    if not qrels:
        raise QuestionFileError(f"{path} judges nothing.")
    return qrels


def _rows(folder: Path, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of NAME.jsonl or NAME.jsonl.gz, each by its "_id"."""
    found = next(
        (path for path in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz") if path.is_file()), None
    )
    if found is None:
        raise QuestionFileError(
            f"{folder} holds neither {name}.jsonl nor {name}.jsonl.gz; expected BEIR's layout."
        )
    for place, row in json_rows(found):
        if not isinstance(row.get("_id"), str | int):
            raise QuestionFileError(f'{place}: has no "_id".')
        yield str(row["_id"]), row
