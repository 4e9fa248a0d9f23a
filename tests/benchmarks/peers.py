"""lightqa beside LangChain, LlamaIndex, Haystack and txtai: same passages, same weights, same questions.

    make bench-peers
    python tests/benchmarks/peers.py --python PEERS_VENV/bin/python

The peers live in a virtual environment of their own (peers-requirements.txt). Every passage is given to
them as lightqa itself embeds it, "title. section. text". Each system is a process of its own, in turns with
the others; times are of this machine, so compare within one run only.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from machine import machine
from measured import percentiles
from peer import SYSTEMS
from processes import run_python

from index.build import build
from index.catalog import in_context
from index.export import model_folder
from index.load import load_paths
from index.search import PassageIndex
from qa.evaluate import load_questions
from qa.evaluate.figures import mean
from qa.evaluate.retrieval import measure_run, passage_qrels, stands_alone

ROOT = Path(__file__).parent.parent.parent
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


ROUNDS = 3


def measured(name: str, folder: Path, questions: Mapping[str, str], python: str) -> dict[str, Any]:
    """Index and ask once, each in a process of its own."""
    script = [str(ROOT / "tests" / "benchmarks" / "peer.py"), name]
    shutil.rmtree(folder / name, ignore_errors=True)
    model = str(model_folder(None))
    indexed = run_python([*script, "index", str(folder), model], python=python).lines[-1]
    asked = run_python([*script, "ask", str(folder), model], json.dumps(dict(questions)), python=python)
    return {
        "indexing": indexed["seconds"],
        "cold": asked.first_line,
        **percentiles(asked.lines[-1]["seconds"][1:]),
        **asked.lines[-1],
    }


def row(
    name: str, rounds: Sequence[Mapping[str, Any]], passages: int, qrels: Mapping[str, Mapping[str, int]]
) -> str:
    """A line of the table: the median of the rounds, and the quality, which is the same in each."""
    middle = {
        field: statistics.median(one[field] for one in rounds)
        for field in ("indexing", "cold", "p50", "p95", "imported", "peak_megabytes")
    }
    run = {
        question: [(passage, float(-rank)) for rank, passage in enumerate(found)]
        for question, found in rounds[0]["found"].items()
    }
    cells = [
        name,
        f"{middle['imported']:.2f}",
        f"{passages / middle['indexing']:.0f}",
        f"{middle['p50']:.1f}",
        f"{middle['p95']:.1f}",
        f"{middle['cold']:.2f}",
        f"{middle['peak_megabytes']:.0f}",
        f"{mean(list(measure_run(qrels, run)['nDCG@10'].values())):.3f}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="lightqa beside its peers, on the same passages.")
    parser.add_argument("--python", default=sys.executable, help="interpreter of the peers' environment")
    options = parser.parse_args()
    paths = [str(ROOT / "seeds" / part) for part in ("articles", "evidence")]
    with tempfile.TemporaryDirectory(prefix="lightqa-peers-") as temporary:
        folder = Path(temporary)
        documents, _ = load_paths(paths)
        build(documents, folder / "index")
        index = PassageIndex.open(folder / "index")
        passages = {
            str(passage.id): in_context(passage, passage.text)
            for path in index.paths()
            for passage in index.passages(path)
        }
        (folder / "passages.json").write_text(json.dumps(passages), encoding="utf-8")
        (folder / "paths.json").write_text(json.dumps(paths), encoding="utf-8")
        asked = [
            question
            for question in load_questions(ROOT / "seeds" / "questions.jsonl", "test")
            if question.gold and stands_alone(question)
        ]
        questions = {question.id: question.text for question in asked}
        rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in SYSTEMS}
        for turn in range(1, ROUNDS + 1):
            for name, found in rounds.items():
                print(f"round {turn} of {ROUNDS}: {name}", file=sys.stderr)
                python = sys.executable if name == "lightqa" else options.python
                found.append(measured(name, folder, questions, python))
        counts = index.manifest["counts"]
        print(
            f"{len(questions)} questions over {counts['passages']} passages; {datetime.now(UTC):%Y-%m-%d}; "
            f"{machine(index.encoder)}; "
            f"medians of {ROUNDS} rounds.\n\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"
        )
        qrels = passage_qrels(index, asked)
        for name, found in rounds.items():
            print(row(name, found, len(passages), qrels))
        print(
            f"\nlightqa embeds every sentence beside every passage, {counts['sentences']} and "
            f"{counts['passages']} texts here; its passages/s counts the passages alone."
        )


if __name__ == "__main__":
    main()
