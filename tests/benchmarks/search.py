"""Warm questions: p50 and p95 of a search and of a whole answer, against sentence-transformers and FAISS.

    python tests/benchmarks/search.py [--index DIR] [--rounds N]

The questions are those of seeds/questions.jsonl that stand alone, each asked once a round.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from machine import machine
from measured import arguments, indexed_rival, percentiles
from processes import run_python

from index.search import PassageIndex
from qa.ask import Assistant
from qa.evaluate import load_questions

QUESTIONS = 200
ROOT = Path(__file__).parent.parent.parent


def timed(doing: Callable[[str], object], questions: list[str]) -> list[float]:
    """Seconds of each question, after three that warm up."""
    for question in questions[:3]:
        doing(question + " Please.")
    seconds = []
    for question in questions:
        began = time.perf_counter()
        doing(question)
        seconds.append(time.perf_counter() - began)
    return seconds


def main() -> None:
    options = arguments("Warm questions beside sentence-transformers and FAISS.", rounds=2)
    rows = load_questions(ROOT / "seeds" / "questions.jsonl")
    questions = list(dict.fromkeys(row.text for row in rows if not row.earlier))[:QUESTIONS]
    index = PassageIndex.open(options.index)
    print(machine(index.encoder))
    print(f"{len(questions)} questions over {index.manifest['counts']['passages']} passages, in ms:")
    with indexed_rival(index) as plain:
        for turn in range(1, options.rounds + 1):
            # A new index each round: the vectors of questions that were asked are kept.
            fresh = PassageIndex.open(options.index)
            found = run_python(plain, json.dumps(questions)).lines[-1]["seconds"][3:]
            searched = timed(lambda question, index=fresh: index.search(question, 10), questions)
            assistant = Assistant(PassageIndex.open(options.index))
            answered = timed(assistant.ask, questions)
            for name, seconds in (
                ("lightqa search", searched),
                ("lightqa answer", answered),
                ("rival search", found),
            ):
                values = percentiles(seconds)
                print(f"  round {turn}: {name:15} p50 {values['p50']:7.1f}   p95 {values['p95']:7.1f}")


if __name__ == "__main__":
    main()
