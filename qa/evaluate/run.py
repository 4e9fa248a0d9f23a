"""Runs an evaluation: some questions, one index, and the parts that were asked for."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import LightqaError
from index.search import PassageIndex, Ranking
from qa.ask import Assistant
from qa.evaluate.answers import evaluate_answers
from qa.evaluate.asked import Asked, ask_all
from qa.evaluate.conversation import evaluate_conversation
from qa.evaluate.figures import Figure, Part
from qa.evaluate.questions import Question
from qa.evaluate.refusal import evaluate_refusal
from qa.evaluate.retrieval import Run, evaluate_retrieval, stands_alone
from qa.evaluate.safety import check_all, evaluate_safety, load_phrasings
from qa.evaluate.speed import evaluate_speed, steps
from qa.health.safety.red_flags import RedFlags

PARTS = ("retrieval", "answers", "refusal", "conversation", "safety", "speed")
"""In the order of the report."""

PHRASINGS = Path(__file__).parent.parent.parent / "seeds" / "red_flags.jsonl"
"""What must raise an alarm and what must not; it does not depend on the documents."""

LIBRARIES = ("lightqa", "numpy", "openvino", "faiss-cpu", "tokenizers", "ir-measures")

PATHS_NAMED = 50
"""Documents of an index that are named in what an evaluation is about."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


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

    def part(self, name: str) -> Part:
        """The part of this name. Raises EvaluationError where it was not measured."""
        for part in self.parts:
            if part.name == name:
                return part
        raise EvaluationError(f"The part {name!r} was not measured.")

    def as_json(self) -> dict[str, Any]:
        """Everything, ready for json.dump; numbers that do not exist are null."""
        contents: dict[str, Any] = _without_nan(
            {"about": dict(self.about), "parts": {part.name: part.as_json() for part in self.parts}}
        )
        return contents


def evaluate(
    index: PassageIndex,
    questions: Sequence[Question],
    parts: Sequence[str] = PARTS,
    *,
    threshold: float | None = None,
    ranking: Ranking = "hybrid",
    progress: Progress = lambda doing, done, total: None,
) -> Evaluation:
    """Measure the assistant over an index with some questions.

    Args:
        index: The documents that the questions are about.
        questions: From `load_questions`. The safety part has phrasings of its own, of the same split.
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
    in_force = assistant.weights.threshold
    found: dict[str, Part] = {}
    run: Run = {}
    if "retrieval" in parts:
        count = sum(bool(question.gold) and stands_alone(question) for question in questions)
        found["retrieval"], run = evaluate_retrieval(
            index, questions, ranking, _counted(progress, "Searching", count)
        )
    if {"answers", "refusal", "conversation"} & set(parts):
        asked = _asked(assistant, questions, parts, ranking, progress)
        if "answers" in parts:
            found["answers"] = evaluate_answers(
                index, asked, _counted(progress, "Checking quotes", len(asked))
            )
        if "refusal" in parts:
            found["refusal"] = evaluate_refusal(index, asked, in_force)
        if "conversation" in parts:
            found["conversation"] = evaluate_conversation(asked)
    if "safety" in parts:
        phrasings = load_phrasings(PHRASINGS, _split_of(questions))
        counted = _counted(progress, "Raising alarms", len(phrasings))
        found["safety"] = evaluate_safety(check_all(RedFlags(index.encoder), phrasings, counted))
    if "speed" in parts:
        alone = [question.text for question in questions if not question.earlier]
        found["speed"] = evaluate_speed(index, alone, _counted(progress, "Measuring speed", steps()))
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
            "versions": _versions(),
        },
        parts=tuple(found[name] for name in PARTS if name in found),
        run=run,
    )


def questions_fingerprint(questions: Sequence[Question]) -> str:
    """SHA-256 over everything that is measured of some questions; notes and places in files play no part."""
    measured = [
        [q.id, q.kind, q.turns, q.answerable, q.gold, q.best, q.parts, q.sides, q.standalone, q.clean]
        for q in sorted(questions, key=lambda question: question.id)
    ]
    return hashlib.sha256(json.dumps(measured, ensure_ascii=False).encode()).hexdigest()


def _asked(
    assistant: Assistant,
    questions: Sequence[Question],
    parts: Sequence[str],
    ranking: Ranking,
    progress: Progress,
) -> list[Asked]:
    """The questions that the chosen parts look at, asked."""
    if not {"answers", "refusal"} & set(parts):
        questions = [question for question in questions if question.standalone or question.clean]
    never_declines = Assistant(assistant.index, threshold=0.0, ranking=ranking)
    return ask_all(assistant, never_declines, questions, _counted(progress, "Asking", len(questions)))


def _split_of(questions: Sequence[Question]) -> str | None:
    """The split of the questions; "test" where they name none, None where they are of several."""
    splits = {question.split for question in questions} - {""}
    if not splits:
        return "test"
    return splits.pop() if len(splits) == 1 else None


def _counted(progress: Progress, doing: str, total: int) -> Callable[[], None]:
    """A function without arguments that tells `progress` of one more thing done."""
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        progress(doing, done, total)

    return advance


def _versions() -> dict[str, str]:
    versions = {"Python": platform.python_version(), "platform": f"{platform.system()} {platform.machine()}"}
    versions["processor cores"] = str(
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    )
    for library in LIBRARIES:
        try:
            versions[library] = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            versions[library] = "not installed"
    return versions


def _without_nan(value: Any) -> Any:
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, dict):
        return {key: _without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(inner) for inner in value]
    return value


def write_json(evaluation: Evaluation, path: str | Path) -> None:
    """Write everything that was found."""
    text = json.dumps(evaluation.as_json(), indent=1, ensure_ascii=False, allow_nan=False)
    Path(path).write_text(text + "\n", encoding="utf-8")
