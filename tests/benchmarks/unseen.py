"""Questions that no cache holds, over a corpus that no cache holds: p50 and p95 of a whole answer.

    python tests/benchmarks/unseen.py [--index DIR] [--rounds N]

The corpus is 600 answers of ../shared/data/medquad (some 6,000 sentences), or, where that does not lie beside
the checkout, the index named. Each question is asked once of a process that has answered two others. The
rival embeds the question with sentence-transformers and finds the nearest passage, on as many threads.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import tempfile
from pathlib import Path

from machine import machine
from measured import SCRIPTS, arguments, index_rival, passages_of, percentiles, rival, rival_folder
from processes import run_python

from index.build import build
from index.search import PassageIndex
from index.types import Document

ROOT = Path(__file__).parent.parent.parent
MEDQUAD = ROOT.parent / "shared" / "data" / "medquad" / "qa.jsonl.gz"
DOCUMENTS, QUESTIONS = 600, 100
WARM = 2
"""Questions asked first, and not counted: the tables of a process are read at its first question."""


def corpus() -> tuple[list[Document], list[str]]:
    """Answers as documents, and as many other questions of the same collection."""
    with gzip.open(MEDQUAD, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if 200 < len(row["answer"]) < 4000]
    random.Random(12).shuffle(rows)
    kept = rows[:DOCUMENTS]
    documents = [Document(f"{number}.txt", row["question"], row["answer"]) for number, row in enumerate(kept)]
    return documents, list(dict.fromkeys(row["question"] for row in kept))[: QUESTIONS + WARM]


def main() -> None:
    options = arguments("Questions and sentences that no cache holds.", rounds=2)
    folder = Path(tempfile.mkdtemp(prefix="lightqa-unseen-"))
    try:
        if MEDQUAD.is_file():
            documents, questions = corpus()
            build(documents, folder / "index")
            options.index = folder / "index"
        else:
            rows = (ROOT / "seeds" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
            asked = [row["question"] for row in map(json.loads, rows) if row.get("question")]
            questions = list(dict.fromkeys(asked))[: QUESTIONS + WARM]
        index = PassageIndex.open(options.index)
        counts = index.manifest["counts"]
        print(machine(index.encoder))
        print(f"{len(questions) - WARM} questions over {counts['sentences']} sentences, in ms:")
        model, beside = rival_folder(index, passages_of(index, counts["passages"]))
        index_rival(model, beside)
        given = json.dumps(questions)
        for threads in range(1, (os.cpu_count() or 1) + 1):
            for name in ("LIGHTQA_THREADS", "OMP_NUM_THREADS"):
                os.environ[name] = str(threads)
            for turn in range(1, options.rounds + 1):
                for name, command in (
                    ("lightqa", [str(SCRIPTS / "asker.py"), "ask", str(options.index)]),
                    ("rival", rival("ask", model, beside)),
                ):
                    values = percentiles(run_python(command, given).lines[-1]["seconds"][WARM:])
                    print(
                        f"  {threads} threads, round {turn}: {name:8} p50 {values['p50']:7.1f}"
                        f"   p95 {values['p95']:7.1f}"
                    )
        shutil.rmtree(beside)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
