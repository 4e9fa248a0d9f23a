"""Questions that no cache holds, over a corpus that no cache holds: p50 and p95 of a whole answer.

    python tests/benchmarks/unseen.py [--index DIR] [--rounds N]

The corpus is 600 answers of ../shared/data/medquad (some 6,000 sentences), or, where that does not lie beside
the checkout, the index named. Each question is asked once of a process that has answered two others. The
rival embeds the question with sentence-transformers and finds the nearest passage, on as many threads.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import tempfile
from pathlib import Path

from machine import machine
from measured import SCRIPTS, arguments, indexed_rival, percentiles, typed_alone
from processes import ROOT, run_python

from index.build import build
from index.search import PassageIndex
from index.types import Document
from qa.evaluate.rows import json_rows

MEDQUAD = ROOT.parent / "shared" / "data" / "medquad" / "qa.jsonl.gz"
DOCUMENTS, QUESTIONS = 600, 100
WARM = 2
"""Questions asked first, and not counted: the tables of a process are read at its first question."""


def corpus() -> tuple[list[Document], list[str]]:
    """Answers as documents, and as many other questions of the same collection."""
    rows = [row for _, row in json_rows(MEDQUAD) if 200 < len(row["answer"]) < 4000]
    random.Random(12).shuffle(rows)
    kept = rows[:DOCUMENTS]
    documents = [Document(f"{number}.txt", row["question"], row["answer"]) for number, row in enumerate(kept)]
    return documents, list(dict.fromkeys(row["question"] for row in kept))[: QUESTIONS + WARM]


def main() -> None:
    options = arguments("Questions and sentences that no cache holds.", rounds=2)
    with tempfile.TemporaryDirectory(prefix="lightqa-unseen-") as folder:
        if MEDQUAD.is_file():
            documents, questions = corpus()
            options.index = Path(folder) / "index"
            build(documents, options.index)
        else:
            questions = list(dict.fromkeys(typed_alone()))[: QUESTIONS + WARM]
        index = PassageIndex.open(options.index)
        counts = index.manifest["counts"]
        print(machine(index.encoder))
        print(f"{len(questions) - WARM} questions over {counts['sentences']} sentences, in ms:")
        with indexed_rival(index) as plain:
            commands = {
                "lightqa": [str(SCRIPTS / "asker.py"), "ask", str(options.index)],
                "rival": plain,
            }
            cores = range(1, (os.cpu_count() or 1) + 1)
            for threads, turn in itertools.product(cores, range(1, options.rounds + 1)):
                os.environ.update(LIGHTQA_THREADS=str(threads), OMP_NUM_THREADS=str(threads))
                for name, command in commands.items():
                    told = run_python(command, json.dumps(questions)).lines[-1]
                    values = percentiles(told["seconds"][WARM:])
                    print(
                        f"  {threads} threads, round {turn}: {name:8} p50 {values['p50']:7.1f}"
                        f"   p95 {values['p95']:7.1f}"
                    )


if __name__ == "__main__":
    main()
