"""lightqa beside LangChain, LlamaIndex, Haystack and txtai: same passages, same weights, same questions.

    make bench-peers
    python tests/benchmarks/peers.py --python PEERS_VENV/bin/python

The peers live in a virtual environment of their own (peers-requirements.txt). Every passage is given to
them as lightqa itself embeds it, "title. section. text". Each system is a process of its own; times are of
this machine, so compare within one run only.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peer import SYSTEMS

from index.build import build
from index.catalog import in_context
from index.export import model_folder
from index.load import load_paths
from index.search import PassageIndex
from index.types import Document
from qa.evaluate import load_questions
from qa.evaluate.figures import mean
from qa.evaluate.processes import run_python
from qa.evaluate.retrieval import measure_run, passage_qrels, stands_alone
from qa.evaluate.speed import percentiles

ROOT = Path(__file__).parent.parent.parent
COLD_STARTS = 3
COLUMNS = (
    "system",
    "import s",
    "passages/s",
    "retrieval p50 ms",
    "p95 ms",
    "cold first result s",
    "peak MB",
    "nDCG@10",
)


@dataclass(frozen=True)
class Task:
    """Documents to index, and questions whose relevant passages are known by number."""

    documents: Sequence[Document]
    questions: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]


def shipped_task(index: PassageIndex, documents: Sequence[Document]) -> Task:
    """The shipped documents and the answerable questions of the test split that stand alone."""
    rows = load_questions(ROOT / "seeds" / "questions.jsonl", "test")
    asked = [row for row in rows if row.gold and stands_alone(row)]
    return Task(documents, {row.id: row.text for row in asked}, passage_qrels(index, asked))


def measured(name: str, task: Task, folder: Path, passages: int, python: str, indexing: float) -> list[str]:
    """The row of one system."""
    model = str(model_folder(None))
    script = ["-P", str(ROOT / "tests" / "benchmarks" / "peer.py"), name]
    if name != "lightqa":
        indexing = run_python([*script, "index", str(folder), model], python=python).lines[-1]["seconds"]
    first = dict([next(iter(task.questions.items()))])
    asking = [*script, "ask", str(folder), model]
    cold = [run_python(asking, json.dumps(first), python=python).first_line for _ in range(COLD_STARTS)]
    warm = run_python(asking, json.dumps(dict(task.questions)), python=python).lines[-1]
    run = {
        question: [(passage, float(-rank)) for rank, passage in enumerate(found)]
        for question, found in warm["found"].items()
    }
    times = percentiles(warm["seconds"][1:])
    quality = mean(list(measure_run(task.qrels, run)["nDCG@10"].values()))
    return [
        name,
        f"{warm['imported']:.2f}",
        f"{passages / indexing:.0f}",
        f"{times['p50']:.1f}",
        f"{times['p95']:.1f}",
        f"{statistics.median(cold):.2f}",
        f"{warm['peak_megabytes']:.0f}",
        f"{quality:.3f}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="lightqa beside its peers, on the same passages.")
    parser.add_argument("--python", default=sys.executable, help="interpreter of the peers' environment")
    options = parser.parse_args()
    documents, errors = load_paths([str(ROOT / "seeds" / part) for part in ("articles", "evidence")])
    if errors:
        sys.exit("; ".join(map(str, errors)))
    folder = Path(tempfile.mkdtemp(prefix="lightqa-peers-"))
    try:
        embedding_began = 0.0

        def progress(doing: str, done: int, total: int) -> None:
            # Converting the encoder happens once for a model, not for every index.
            nonlocal embedding_began
            if doing == "Splitting" and not embedding_began:
                embedding_began = time.perf_counter()

        build(documents, folder / "lightqa", progress=progress)
        indexing = time.perf_counter() - embedding_began
        index = PassageIndex.open(folder / "lightqa")
        passages = {
            str(passage.id): in_context(passage, passage.text)
            for path in index.paths()
            for passage in index.passages(path)
        }
        (folder / "passages.json").write_text(json.dumps(passages), encoding="utf-8")
        task = shipped_task(index, documents)
        print(
            f"{len(task.questions)} questions over {len(passages)} passages, "
            f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}\n"
        )
        print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
        for name in SYSTEMS:
            python = sys.executable if name == "lightqa" else options.python
            row = measured(name, task, folder, len(passages), python, indexing)
            print(f"| {' | '.join(row)} |", flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
