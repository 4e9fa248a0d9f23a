"""Runs an evaluation: some questions, one index, and the parts that were asked for."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from index.errors import LightqaError
from index.search import PassageIndex, Ranking
from qa.ask import Assistant
from qa.evaluate.answers import evaluate_answers
from qa.evaluate.asked import ask_all
from qa.evaluate.conversation import evaluate_conversation
from qa.evaluate.figures import Figure, Part
from qa.evaluate.handbook import evaluate_handbook
from qa.evaluate.progress import Progress, silent
from qa.evaluate.questions import Question
from qa.evaluate.refusal import evaluate_refusal
from qa.evaluate.retrieval import Run, evaluate_retrieval
from qa.evaluate.rows import SEEDS
from qa.evaluate.safety import check_all, evaluate_safety, load_phrasings
from qa.health.safety.red_flags import shipped_red_flags

PARTS = ("retrieval", "answers", "refusal", "conversation", "safety", "handbook")
"""In the order of the report."""

OF_ANY_DOCUMENTS = PARTS[:-1]
"""What is measured over somebody's own documents."""

PHRASINGS = SEEDS / "red_flags.jsonl"
"""What must raise an alarm and what must not; it does not depend on the documents."""

LIBRARIES = ("lightqa", "numpy", "openvino", "faiss-cpu", "tokenizers", "ir-measures")

PATHS_NAMED = 50
"""Documents of an index that are named in what an evaluation is about."""


class EvaluationError(LightqaError):
    """An evaluation that was asked for something it does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything that one evaluation found.

    Attributes:
        about: What was run: "date", "seconds", "index", "questions" and "versions".
        parts: What each part found, in the order of `PARTS`.
        run: The ranking of passages for each question of the retrieval part; empty without it.
    """

    about: Mapping[str, Any]
    parts: tuple[Part, ...]
    run: Run

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for part in self.parts for figure in part.figures)

    def as_json(self) -> dict[str, Any]:
        return {"about": dict(self.about), "parts": {part.name: part.as_json() for part in self.parts}}


def evaluate(
    index: PassageIndex,
    questions: Sequence[Question],
    parts: Sequence[str] = OF_ANY_DOCUMENTS,
    *,
    threshold: float | None = None,
    ranking: Ranking = "hybrid",
    progress: Progress = silent,
) -> Evaluation:
    """Measure the assistant over an index with some questions.

    Args:
        index: The documents that the questions are about.
        questions: From `load_questions`. The parts safety and handbook have their own, of the same split.
        parts: Some of `PARTS`.
        threshold: Confidence below which the assistant declines; None for the one that ships.
        ranking: How passages are ranked; others than the shipped one show what they would cost.
        progress: Called as the work goes on.

    Raises:
        EvaluationError: There is no such part. QuestionFileError: Gold that is not in the index.
    """
    if unknown := [name for name in parts if name not in PARTS]:
        raise EvaluationError(f"There is no part {unknown[0]!r}; choose from {', '.join(PARTS)}.")
    began = time.perf_counter()
    assistant = Assistant(index, threshold=threshold, ranking=ranking)
    never_declines = Assistant(index, threshold=0.0, ranking=ranking)
    in_force = assistant.weights.threshold
    split = _split_of(questions)
    found: list[Part] = []
    run: Run = {}
    if "retrieval" in parts:
        part, run = evaluate_retrieval(index, questions, ranking, progress)
        found.append(part)
    if {"answers", "refusal", "conversation"} & set(parts):
        wanted = list(questions)
        if not {"answers", "refusal"} & set(parts):
            wanted = [question for question in questions if question.standalone or question.clean]
        asked = ask_all(assistant, never_declines, wanted, progress)
        if "answers" in parts:
            found.append(evaluate_answers(index, asked, progress))
        if "refusal" in parts:
            found.append(evaluate_refusal(index, asked, in_force))
        if "conversation" in parts:
            found.append(evaluate_conversation(asked))
    if "safety" in parts:
        rows = check_all(shipped_red_flags(index.encoder.lower), load_phrasings(PHRASINGS, split), progress)
        found.append(evaluate_safety(rows))
    if "handbook" in parts:
        found.append(evaluate_handbook(index, split, threshold, ranking, progress))
    return Evaluation(
        about={
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(time.perf_counter() - began, 1),
            "index": {
                "fingerprint": index.fingerprint,
                "encoder": index.encoder.name,
                "paths": index.paths()[:PATHS_NAMED],
                **index.manifest["counts"],
            },
            "questions": {"count": len(questions), "fingerprint": questions_fingerprint(questions)},
            "threshold": in_force,
            "ranking": ranking,
            "versions": {
                "Python": platform.python_version(),
                "platform": f"{platform.system()} {platform.machine()}",
                **{library: importlib.metadata.version(library) for library in LIBRARIES},
            },
        },
        parts=tuple(found),
        run=run,
    )


def questions_fingerprint(questions: Sequence[Question]) -> str:
    """SHA-256 over everything that is measured of some questions; notes and places in files play no part."""
    measured = [
        [q.id, q.kind, q.turns, q.answerable, q.gold, q.best, q.parts, q.sides, q.standalone, q.clean]
        for q in sorted(questions, key=lambda question: question.id)
    ]
    return hashlib.sha256(json.dumps(measured, ensure_ascii=False).encode()).hexdigest()


def _split_of(questions: Sequence[Question]) -> str | None:
    """The split of the questions; "test" where they name none, None where they are of several."""
    splits = {question.split for question in questions} - {""} or {"test"}
    return splits.pop() if len(splits) == 1 else None


def write_json(contents: dict[str, Any], path: str | Path) -> None:
    """Write what was found; numbers that do not exist are null."""
    Path(path).write_bytes(TypeAdapter(dict[str, Any]).dump_json(contents, indent=1) + b"\n")
