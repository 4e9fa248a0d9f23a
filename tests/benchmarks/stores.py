"""Ranking in Milvus beside the embedded store: nDCG@10 on the train queries of a collection in BEIR's layout.

    python tests/benchmarks/stores.py FOLDER [--queries 200] [--documents 0]

The same passages and vectors in both: the second build takes them over. --documents leaves out some that no
query of those asked judges, for Milvus Lite takes long for a question over many.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from milvus_server import MilvusServer

import index.milvus_server
from index.build import build
from index.search import PassageIndex
from qa.evaluate.beir import FIRST_LOOK, load_collection
from qa.evaluate.figures import mean
from qa.evaluate.retrieval import Run, measure_run


def run_of(folder: Path, queries: dict[str, str]) -> Run:
    """The documents of each query, each by its best passage."""
    with closing(PassageIndex.open(folder)) as opened:
        run: dict[str, list[tuple[str, float]]] = {}
        for id, query in queries.items():
            best: dict[str, float] = {}
            for hit in opened.search(query, FIRST_LOOK):
                best.setdefault(hit.passage.document, hit.score)
            run[id] = list(best.items())[:10]
        return run


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=200, help="the first so many of the split")
    parser.add_argument(
        "--documents", type=int, default=0, help="so many at the most, or all that are judged"
    )
    options = parser.parse_args()
    collection = load_collection(options.folder, "train")
    queries = dict(list(collection.queries.items())[: options.queries])
    qrels = {id: collection.qrels[id] for id in queries}
    judged = {document for documents in qrels.values() for document in documents}
    # The judged ones first, the order of the collection else.
    documents = sorted(collection.documents, key=lambda document: document.path not in judged)
    if options.documents:
        documents = documents[: max(options.documents, len(judged))]
    # Many questions at once on a busy machine: to wait is better than to give up.
    index.milvus_server.SECONDS = 600.0
    with tempfile.TemporaryDirectory(prefix="lightqa-stores-") as temporary:
        own, other = Path(temporary) / "embedded", Path(temporary) / "milvus"
        built = build(documents, own)
        print(f"{built.documents} documents, {built.passages} passages, {len(queries)} queries", flush=True)
        runs = {"embedded": run_of(own, queries)}
        shutil.copytree(own, other)
        server = MilvusServer(Path(temporary) / "data")
        server.start()
        try:
            build(documents, other, store=server.address)
            runs["Milvus"] = run_of(other, queries)
        finally:
            server.kill()
    for name, run in runs.items():
        print(f"{name}: nDCG@10 {mean(list(measure_run(qrels, run)['nDCG@10'].values())):.4f}", flush=True)
    pairs = zip(*(run.values() for run in runs.values()), strict=True)
    shared = [len({id for id, _ in one} & {id for id, _ in two}) / max(1, len(one)) for one, two in pairs]
    print(f"of the first ten documents, shared: {mean(shared):.3f}")


if __name__ == "__main__":
    main()
