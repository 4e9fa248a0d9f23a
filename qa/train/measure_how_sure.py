"""Measures how often replies of each confidence are right, on the questions that people typed.

    python -m qa.train.measure_how_sure --index .lightqa/index

Over the shipped documents the `dev` rows of voice `typed` are asked, most of them by writers who had seen the
documents alone; over folders of others, where nothing was asked in advance, the questions of two writers. The
replies are cut into tenths by confidence, equal ones together, and neighbours are pooled until a surer tenth
is never less often right (Ayer et al. 1955). Writes qa/evidence/how_sure.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from scipy.optimize import isotonic_regression

from index.search import PassageIndex
from qa.ask import Assistant
from qa.evaluate.answers import supports_any
from qa.evaluate.asked import cited, spans
from qa.evaluate.handbook import without_sidecars
from qa.evaluate.questions import Question, gold_spans, load_questions, texts_of
from qa.evaluate.rows import SEEDS
from qa.evidence.confidence import LITTLE_ASKED, MUCH_ASKED
from qa.health.pack import HEALTH
from qa.pack import NONE
from qa.types import Answer, Refusal

QUESTIONS = (SEEDS / "questions.jsonl", SEEDS / "questions_of_strangers.jsonl")
"""Files whose typed questions are asked."""

FOLDERS = {"allotments": NONE.name, "lab": NONE.name, "flat": NONE.name, "leaflets": HEALTH.name}
"""Folders of documents with what they are about; their questions lie beside them."""
IN_FOLDERS = SEEDS / "folders"
"""Where these lie."""
ONE_NEAR_MISS_OF = 2
"""Of a folder's near misses every second is asked: people ask more that is answered than not."""

TENTHS, FEWEST = 10, 5
"""Parts, and questions that a part has at least."""

Outcome = tuple[float, bool]
"""The confidence of a reply, and whether what is measured of it was so."""
Outcomes = tuple[list[Outcome], list[Outcome]]
"""Of answers and of refusals."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", default=".lightqa/index")
    given = parser.parse_args()
    shipped = PassageIndex.open(given.index)
    typed = [row for path in QUESTIONS for row in load_questions(path, "dev") if row.voice == "typed"]
    of_folders: Outcomes = ([], [])
    for name, pack in FOLDERS.items():
        with without_sidecars(IN_FOLDERS / name, shipped, pack) as index:
            for all_outcomes, own in zip(of_folders, outcomes(index, of_folder(name)), strict=True):
                all_outcomes += own
    measured = {}
    for what, (answers, refusals) in {
        MUCH_ASKED: outcomes(shipped, typed),
        LITTLE_ASKED: of_folders,
    }.items():
        measured[what] = {"answers": levels(answers), "refusals": levels(refusals)}
        print(f"{what}: {len(answers)} answers, {len(refusals)} refusals: {measured[what]}")
    target = Path(__file__).parent.parent / "evidence" / "how_sure.json"
    target.write_text(json.dumps(measured) + "\n", encoding="utf-8")


def of_folder(name: str) -> list[Question]:
    """The questions on one of FOLDERS."""
    rows = load_questions(IN_FOLDERS / f"{name}.jsonl")
    missed = [row for row in rows if not row.answerable]
    return [row for row in rows if row.answerable] + missed[::ONE_NEAR_MISS_OF]


def outcomes(index: PassageIndex, questions: Iterable[Question]) -> Outcomes:
    """Of the answers, whether the first sentence answers; of the refusals, whether there was an answer."""
    assistant = Assistant(index)
    documents = texts_of(index)
    answers: list[Outcome] = []
    refusals: list[Outcome] = []
    for question in questions:
        reply = assistant.ask(question.text, question.earlier)
        if isinstance(reply, Answer):
            gold = gold_spans(question, documents, question.best or question.gold)
            answers.append((reply.confidence, supports_any(spans(cited(reply))[0], gold)))
        elif isinstance(reply, Refusal):
            refusals.append((reply.confidence, question.answerable))
    return answers, refusals


def levels(outcomes: Sequence[Outcome]) -> list[tuple[float, float, int]]:
    """(least confidence, share, number) of each level, the least sure first; shares never fall.

    Parts right in 2, 4, 3 and 5 of 5: the middle two are pooled, so that shares 0.4, 0.7 and 1.0 are left.
    """
    ordered = sorted(outcomes)
    parts: list[list[Outcome]] = []
    size = max(FEWEST, len(ordered) // TENTHS)
    for outcome in ordered:
        if parts and (len(parts[-1]) < size or parts[-1][-1][0] == outcome[0]):
            parts[-1].append(outcome)
        else:
            parts.append([outcome])
    if len(parts) > 1 and len(parts[-1]) < size:
        parts[-2:] = [parts[-2] + parts[-1]]
    sizes = [len(part) for part in parts]
    pooled = isotonic_regression([sum(so for _, so in part) / len(part) for part in parts], weights=sizes)
    return [
        (round(parts[first][0][0], 4), round(float(pooled.x[first]), 3), sum(sizes[first:end]))
        for first, end in itertools.pairwise(pooled.blocks)
    ]


if __name__ == "__main__":
    main()
