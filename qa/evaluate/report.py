"""One evaluation as one HTML file for people, which loads nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from qa.evaluate.figures import Figure
from qa.evaluate.gate import TOLERANCE, failures
from qa.evaluate.plots import draw
from qa.evaluate.run import Evaluation
from qa.evaluate.table import baselines, number
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
    "speed: warm answer p50",
)
"""The figures of the first screen, where they were measured."""

MOST_REMARKS_IN_A_LINE = 3

TITLES = {
    "retrieval": (
        "Finding passages",
        "Whether search brings the passages that answer, before anything is quoted.",
    ),
    "answers": ("Answers", "What is quoted, against the words that people marked as answering."),
    "refusal": ("Declining", "Whether the chat knows when the documents do not answer."),
    "conversation": ("Conversation and typing errors", "Whether a question needs to be written out well."),
    "safety": ("Emergencies", "Whether an emergency gets help first, and nothing else is taken for one."),
    "speed": (
        "Speed and memory",
        "Of this machine, beside a plain rival in the same run; not held by the gate.",
    ),
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
    about = evaluation.about
    held = dict(accepted["figures"]) if accepted and _same_questions(evaluation, accepted) else {}
    curves = draw(evaluation.parts, about["threshold"])
    worst = worst_questions(evaluation.parts)
    sections = {
        "summary": "At a glance",
        "figures": "Every figure",
        "curves": "Curves",
        "worst": "Worst questions",
    }
    present = [*["summary", "figures"], *(["curves"] if curves else []), *(["worst"] if worst else []), "run"]
    template = files("qa.evaluate").joinpath("report_template.html").read_text(encoding="utf-8")
    began = datetime.fromisoformat(about["date"])
    return Template(template).substitute(
        date=about["date"][:10],
        when=f"{began.day} {began:%B %Y, %H:%M} UTC",
        questions=f"{about['questions']['count']} questions",
        documents=f"{about['index']['documents']} documents in {about['index']['passages']} passages",
        verdict=_verdict(evaluation, accepted),
        contents="".join(f'<a href="#{name}">{sections.get(name, "What was run")}</a>' for name in present),
        cards="".join(_card(figure, held.get(figure.name)) for figure in _headlines(evaluation.figures)),
        key_ours=_strip(0.5, 0.3, 0.7, ()),
        key_theirs=_strip(None, 0, 0, (0.5,)),
        figures="".join(_part(part.name, part.figures, part.remarks, held) for part in evaluation.parts),
        curves=_curves(curves),
        worst=_worst(worst),
        about=_about(about, accepted),
    )


def _same_questions(evaluation: Evaluation, accepted: Mapping[str, Any]) -> bool:
    return bool(accepted["questions"] == evaluation.about["questions"]["fingerprint"])


def _verdict(evaluation: Evaluation, accepted: Mapping[str, Any] | None) -> str:
    if accepted is None:
        return '<p class="verdict none">No accepted figures to compare with.</p>'
    if not _same_questions(evaluation, accepted):
        return '<p class="verdict none">The accepted figures are of other questions and are not shown.</p>'
    parts = [part.name for part in evaluation.parts]
    fallen = failures(evaluation.figures, accepted, accepted["questions"], parts)
    if not fallen:
        return f'<p class="verdict good">Every figure holds, compared with {accepted["accepted"]}.</p>'
    items = "".join(f"<li>{escape(str(failure))}</li>" for failure in fallen)
    count = f"{len(fallen)} figure{'s' if len(fallen) > 1 else ''}"
    return f'<p class="verdict bad">{count} fell since {accepted["accepted"]}.</p><ul>{items}</ul>'


def _headlines(figures: Sequence[Figure]) -> list[Figure]:
    named = {figure.name: figure for figure in figures}
    return [named[name] for name in HEADLINES if name in named]


def _card(figure: Figure, was: Mapping[str, Any] | None) -> str:
    accepted = f"last accepted {_change(figure, was)}" if was else ""
    return (
        f'<div class="card"><span class="name">{escape(_short(figure.name))}</span>'
        f"<b>{number(figure.value, figure.unit)}</b>"
        f'<span class="small beside">{escape("; ".join(baselines(figure)))}</span>'
        f'<span class="small beside">{accepted}</span>'
        f'<span class="small soft">{escape(figure.meaning)}</span></div>'
    )


def _short(name: str) -> str:
    """ "answers: gold cited" -> "Gold cited"."""
    short = name.split(": ", 1)[1]
    # "nDCG@10" is a name and stays as it is written.
    return short if short.split()[0].lower() != short.split()[0] else short[0].upper() + short[1:]


def _part(name: str, figures: Sequence[Figure], remarks: Sequence[str], held: Mapping[str, Any]) -> str:
    title, what = TITLES[name]
    rows = "".join(_figure_row(figure, held.get(figure.name)) for figure in figures)
    # A part that names single questions, as safety does its misses, has them one below the other.
    listed = len(remarks) > MOST_REMARKS_IN_A_LINE
    said = what if listed else " ".join([what, *map(escape, remarks)])
    items = "".join(f"<li>{escape(remark)}</li>" for remark in remarks) if listed else ""
    return (
        f'<h3>{title}</h3><p class="small soft">{said}</p>'
        '<div class="wide"><table><thead><tr><th>figure</th><th>value</th><th></th><th>beside it</th>'
        f"<th>last accepted</th></tr></thead><tbody>{rows}</tbody></table></div>"
        f'<ul class="small">{items}</ul>'
    )


def _figure_row(figure: Figure, was: Mapping[str, Any] | None) -> str:
    beside = "<br>".join(map(escape, baselines(figure)))
    direction = "higher is better" if figure.higher_is_better else "lower is better"
    interval = ""
    strip = ""
    if not figure.unit:
        if figure.low != figure.high:
            interval = f'<div class="small soft">{number(figure.low)} to {number(figure.high)}</div>'
        if min(figure.value, figure.low) >= 0 and max(figure.value, figure.high) <= 1:
            strip = _strip(figure.value, figure.low, figure.high, tuple(figure.baselines.values()))
    return (
        f'<tr><td class="figure">{escape(_short(figure.name))} <span class="small soft">({direction})</span>'
        f'<div class="meaning">{escape(figure.meaning)}</div></td>'
        f'<td class="number"><b>{number(figure.value, figure.unit)}</b>{interval}</td><td>{strip}</td>'
        f'<td class="small">{beside}</td><td class="number">{_change(figure, was)}</td></tr>'
    )


def _change(figure: Figure, was: Mapping[str, Any] | None) -> str:
    if was is None:
        return ""
    gain = (figure.value - was["value"]) * (1 if figure.higher_is_better else -1)
    limit = was["low"] if figure.higher_is_better else was["high"]
    fallen = (limit - figure.value) * (1 if figure.higher_is_better else -1) > TOLERANCE
    word, kind = ("fell", "bad") if fallen else ("better", "good") if gain > TOLERANCE else ("", "same")
    return f'{number(was["value"])} <span class="change {kind}">{word}</span>'


def _strip(value: float | None, low: float, high: float, baselines: Sequence[float]) -> str:
    """A scale from 0 to 1 with the interval as a bar, the value as a dot and the baselines as ticks."""

    def at(share: float) -> str:
        return f"{4 + 168 * share:.1f}"

    ticks = "".join(
        f'<line x1="{at(tick)}" x2="{at(tick)}" y1="4" y2="20" stroke="var(--theirs)" stroke-width="2"/>'
        for tick in baselines
        if 0 <= tick <= 1
    )
    bar = dot = ""
    if value is not None:
        width = f"{max(168 * (high - low), 0.1):.1f}"
        bar = (
            f'<rect x="{at(low)}" y="8" width="{width}" height="8" rx="3" fill="var(--ours)" opacity=".35"/>'
        )
        dot = f'<circle cx="{at(value)}" cy="12" r="4" fill="var(--ours)"/>'
    return (
        '<svg class="strip" viewBox="0 0 176 24" aria-hidden="true">'
        f'<line x1="4" x2="172" y1="12" y2="12" stroke="var(--line)"/>{bar}{ticks}{dot}</svg>'
    )


def _curves(curves: Sequence[tuple[str, str, str]]) -> str:
    if not curves:
        return ""
    drawn = "".join(
        f"<figure>{svg}<figcaption><b>{escape(title)}</b>{escape(caption)}</figcaption></figure>"
        for title, caption, svg in curves
    )
    return f'<section id="curves"><h2>Curves</h2><div class="curves">{drawn}</div></section>'


def _worst(groups: Sequence[tuple[str, str, Sequence[Sequence[tuple[str, Any]]]]]) -> str:
    if not groups:
        return ""
    drawn = "".join(
        f"<details{' open' if position == 0 else ''}><summary>{escape(title)}</summary>"
        f'<p class="small soft">{escape(what)}</p>{"".join(_case(case) for case in cases)}</details>'
        for position, (title, what, cases) in enumerate(groups)
    )
    return f'<section id="worst"><h2>Worst questions</h2>{drawn}</section>'


def _case(case: Sequence[tuple[str, Any]]) -> str:
    (_, asked), *fields = case
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{_shown(value)}</dd>" for name, value in fields if value)
    return f'<div class="case"><div class="asked">{escape(asked)}</div><dl>{listed}</dl></div>'


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "".join(f"<blockquote>{escape(str(item))}</blockquote>" for item in value)
    return escape(str(value))


def _about(about: Mapping[str, Any], accepted: Mapping[str, Any] | None) -> str:
    index = about["index"]
    rows = {
        "date": about["date"],
        "took": f"{about['seconds']} s",
        "questions": f"{about['questions']['count']}, fingerprint {about['questions']['fingerprint'][:16]}",
        "index": f"fingerprint {index['fingerprint'][:16]}",
        "documents": f"{index['documents']}: {', '.join(index['paths'])}",
        "passages": f"{index['passages']}, of {index['sentences']} sentences",
        "encoder": index["encoder"],
        "ranking": about["ranking"],
        "threshold": f"{about['threshold']:.4f}",
        "figures accepted": accepted["accepted"] if accepted else "none",
        **about["versions"],
    }
    return "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in rows.items()
    )
