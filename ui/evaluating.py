"""`lightqa evaluate` for people: progress, tables, files, the gate and its acceptance."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from index.search import PassageIndex
from qa.evaluate import (
    Evaluation,
    accept,
    evaluate,
    failures,
    load_accepted,
    load_questions,
    write_json,
    write_report,
)
from qa.evaluate.beir import beir_json, evaluate_beir
from qa.evaluate.retrieval import write_run
from qa.evaluate.table import figures_table
from ui.progress import progress_bars


def evaluate_questions(
    index_folder: Path, questions: Path, split: str | None, parts: Sequence[str], run: Path | None
) -> Evaluation:
    """Evaluate, print the tables, and write the TREC run where one is asked for."""
    index = PassageIndex.open(index_folder)
    with progress_bars() as show:
        evaluation = evaluate(index, load_questions(questions, split), parts, progress=show)
    Console().print(figures_table(evaluation.parts))
    if run is not None:
        write_run(run, evaluation.run)
    return evaluation


def evaluate_collection(
    folder: Path, split: str, index_folder: Path | None, run: Path | None, json_file: Path | None
) -> None:
    """Evaluate rankings on a folder in BEIR's layout, and write what was asked for."""
    with progress_bars() as show:
        part, ranking = evaluate_beir(folder, split, index_folder, show)
    Console().print(figures_table([part]))
    if run is not None:
        write_run(run, ranking)
    if json_file is not None:
        write_json(dict(beir_json(part)), json_file)


def evaluate_writer(
    index_folder: Path,
    planted_file: Path,
    questions: Path,
    split: str | None,
    named: tuple[str | None, str | None],
    json_file: Path | None,
) -> None:
    """Judge planted sentences by the checks; with a writer, have it write for the questions too."""
    from qa.ask import Assistant
    from qa.evaluate.writer import evaluate_planted, evaluate_written, load_planted
    from qa.writer.checks.checking import checker_of
    from qa.writer.client import writer_of

    planted, writer = load_planted(planted_file), writer_of(*named)
    index = PassageIndex.open(index_folder)
    checker = checker_of(index)
    with progress_bars() as show:
        parts = [evaluate_planted(planted, checker, show)]
        if writer is not None:
            asked = load_questions(questions, split)
            parts.append(evaluate_written(Assistant(index), asked, writer, checker, show))
    Console().print(figures_table(parts))
    for row in parts[0].rows:
        judged = "dropped, though faithful" if row["faithful"] else "let through, though false"
        print(f"{judged} ({row['kind']}): {row['sentence']}  {row['why']}".rstrip())
    if json_file is not None:
        write_json({part.name: part.as_json() for part in parts}, json_file)


def write_results(
    evaluation: Evaluation, json_file: Path | None, report: Path | None, accepted_file: Path
) -> None:
    """Write the JSON and the HTML report where they are asked for."""
    if json_file is not None:
        write_json(evaluation.as_json(), json_file)
    if report is not None:
        write_report(evaluation, report, load_accepted(accepted_file) if accepted_file.is_file() else None)
        print(f"The report is in {report}.", file=sys.stderr)


def pass_gate(evaluation: Evaluation, accepted_file: Path) -> bool:
    """Whether every figure holds against the accepted ones; those that do not are named on stderr."""
    fallen = failures(
        evaluation.figures,
        load_accepted(accepted_file),
        evaluation.about["questions"]["fingerprint"],
        [part.name for part in evaluation.parts],
    )
    for failure in fallen:
        print(f"lightqa: the gate does not hold: {failure}.", file=sys.stderr)
    if not fallen:
        print("The gate holds: no figure fell by more than its interval.")
    return not fallen


def accept_figures(evaluation: Evaluation, accepted_file: Path, why: str, history: Path) -> None:
    """Make these figures the accepted ones, and add a row to their history."""
    accept(
        evaluation.figures,
        accepted_file,
        date=evaluation.about["date"][:10],
        questions=evaluation.about["questions"]["fingerprint"],
        index=evaluation.about["index"]["fingerprint"],
        parts=[part.name for part in evaluation.parts],
        why=why,
        history=history if history.is_file() else None,
    )
    print(f"Accepted: {accepted_file} holds these figures from now on.")
