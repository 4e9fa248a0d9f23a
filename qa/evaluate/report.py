"""One evaluation as one HTML file for people, which loads nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from qa.evaluate.figures import Figure
from qa.evaluate.gate import failures
from qa.evaluate.run import Evaluation
from qa.evaluate.table import between, number
from qa.evaluate.worst import worst_questions

HEADLINES = (
    "answers: gold cited",
    "answers: citation precision",
    "answers: quotes verbatim",
    "refusal: near-miss AUROC",
    "refusal: false refusals",
    "refusal: off-topic declined",
    "safety: sensitivity",
    "retrieval: nDCG@10",
)
"""The figures of the first screen, where they were measured."""

TITLES = {
    "retrieval": (
        "Finding passages",
        "Whether search brings the passages that answer, before anything is quoted.",
    ),
    "answers": ("Answers", "What is quoted, against the words that people marked as answering."),
    "refusal": ("Declining", "Whether the chat knows when the documents do not answer."),
    "conversation": ("Conversation and typing errors", "Whether a question needs to be written out well."),
    "safety": ("Emergencies", "Whether an emergency gets help first, and nothing else is taken for one."),
    "handbook": ("Documents of another field", "The same over a workshop's handbook, with no pack."),
}


def write_report(evaluation: Evaluation, path: str | Path, accepted: Mapping[str, Any] | None = None) -> None:
    """Write the report.

    Args:
        path: An .html file.
        accepted: What `gate.load_accepted` read, for the column "last accepted"; None leaves it empty.
    """
    Path(path).write_text(report_html(evaluation, accepted), encoding="utf-8")


def report_html(evaluation: Evaluation, accepted: Mapping[str, Any] | None = None) -> str:
    """The report as HTML."""
    from jinja2 import Environment, StrictUndefined

    about = evaluation.about
    verdict, fallen, held = "No accepted figures to compare with.", [], {}
    if accepted and accepted["questions"] != about["questions"]["fingerprint"]:
        verdict = "The accepted figures are of other questions and are not shown."
    elif accepted:
        held = accepted["figures"]
        parts = [part.name for part in evaluation.parts]
        fallen = failures(evaluation.figures, accepted, accepted["questions"], parts)
        verdict = f"Every figure holds, compared with {accepted['accepted']}."
        if fallen:
            verdict = f"{len(fallen)} figure{'s'[: len(fallen) > 1]} fell since {accepted['accepted']}."
    named = {figure.name: figure for figure in evaluation.figures}
    names_fallen = {failure.name for failure in fallen}

    def change(figure: Figure) -> str:
        """ "fell", "better" or nothing."""
        if figure.name in names_fallen:
            return "fell"
        gain = figure.value - held[figure.name]["value"]
        return "better" if (gain if figure.higher_is_better else -gain) > 1e-6 else ""

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"number": number, "between": between, "change": change}
    template = environment.from_string(
        files("qa.evaluate").joinpath("report_template.html").read_text(encoding="utf-8")
    )
    return template.render(
        about=about,
        when=datetime.fromisoformat(about["date"]),
        verdict=verdict,
        fallen=fallen,
        held=held,
        headlines=[named[name] for name in HEADLINES if name in named],
        parts=evaluation.parts,
        titles=TITLES,
        curves={name: curve for part in evaluation.parts for name, curve in part.curves.items()},
        worst=worst_questions(evaluation.parts),
        accepted=accepted,
    )
