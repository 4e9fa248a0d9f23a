"""The curves of an evaluation as inline SVG: no script, no font and nothing else from outside."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qa.evaluate.figures import Part

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Curve = Mapping[str, Sequence[float]]

OURS, THEIRS, MARK = "#2f6fde", "#c2703d", "#8a8f98"
INK = "#010203"
"""Stands for the page's own colour of text until the drawing is done, so that it follows dark mode."""


def draw(parts: Sequence[Part], threshold: float) -> list[tuple[str, str, str]]:
    """(title, what it shows, SVG) of every curve that the parts hold.

    Args:
        threshold: The confidence below which the assistant declines, marked where it belongs.
    """
    curves = {name: curve for part in parts for name, curve in part.curves.items()}
    return [
        (title, caption, _svg(name, title, drawing, curves[name], threshold))
        for name, (title, caption, drawing) in _DRAWINGS.items()
        if name in curves
    ]


def _risk_coverage(axes: Axes, curve: Curve, threshold: float) -> None:
    axes.plot(curve["coverage"], curve["risk"], color=OURS, label="lightqa")
    axes.plot(curve["coverage"], curve["best"], color=MARK, linestyle=":", label="best order possible")
    axes.axhline(curve["risk"][-1], color=THEIRS, linestyle="--", linewidth=1, label="random order")
    in_force = [at for at, confidence in enumerate(curve["confidence"]) if confidence >= threshold]
    if in_force:
        axes.plot(
            [curve["coverage"][in_force[-1]]],
            [curve["risk"][in_force[-1]]],
            "o",
            color=OURS,
            label="threshold in force",
        )
    axes.set(xlabel="share of questions answered", ylabel="share of those answered wrongly", xlim=(0, 1))
    axes.set_ylim(bottom=0)
    axes.legend()


def _calibration(axes: Axes, curve: Curve, threshold: float) -> None:
    axes.plot([0, 1], [0, 1], color=MARK, linestyle=":", label="perfect")
    axes.plot(curve["confidence"], curve["answerable"], color=OURS, linewidth=1)
    most = max(curve["questions"])
    axes.scatter(
        curve["confidence"],
        curve["answerable"],
        s=[20 + 160 * size / most for size in curve["questions"]],
        color=OURS,
        label="lightqa (area: number of questions)",
    )
    axes.axvline(threshold, color=THEIRS, linestyle="--", linewidth=1, label="threshold in force")
    axes.set(xlabel="stated confidence", ylabel="share that is answerable", xlim=(0, 1), ylim=(-0.03, 1.03))
    axes.legend(loc="upper left")


def _precision_recall(axes: Axes, curve: Curve, threshold: float) -> None:
    axes.plot(curve["recall"], curve["precision"], color=OURS, label="lightqa, threshold falling")
    in_force = [at for at, level in enumerate(curve["threshold"]) if level >= threshold]
    if in_force:
        axes.plot(
            [curve["recall"][in_force[-1]]],
            [curve["precision"][in_force[-1]]],
            "o",
            color=OURS,
            label="threshold in force",
        )
    axes.axhline(
        curve["precision"][-1], color=THEIRS, linestyle="--", linewidth=1, label="answering everything"
    )
    axes.set(
        xlabel="share of answerable questions answered",
        ylabel="share of answered that are answerable",
        xlim=(0, 1),
    )
    axes.set_ylim(top=1.02)
    axes.legend(loc="lower left")


def _latency(axes: Axes, curve: Curve, threshold: float) -> None:
    for (name, times), color in zip(curve.items(), (OURS, THEIRS), strict=False):
        shares = [(rank + 1) / len(times) * 100 for rank in range(len(times))]
        axes.step(times, shares, where="post", color=color, label=name)
    axes.set(
        xlabel="milliseconds for a warm answer", ylabel="% of answers that took at most this", ylim=(0, 102)
    )
    axes.set_xlim(left=0)
    axes.legend(loc="lower right")


_DRAWINGS: dict[str, tuple[str, str, Callable[[Axes, Curve, float], None]]] = {
    "risk_coverage": (
        "Risk and coverage",
        "How often the chat would be wrong if it answered only the questions it is surest of. Further down "
        "is better: the more it answers (to the right), the more it gets wrong.",
        _risk_coverage,
    ),
    "calibration": (
        "Calibration",
        "Whether a stated confidence means what it says. On the dotted line, of the questions with "
        "confidence 0.8 exactly 80 % can be answered from the documents.",
        _calibration,
    ),
    "precision_recall": (
        "Precision and recall of answering",
        "As the threshold falls, more answerable questions are answered (to the right) and more near misses "
        "slip through (further down).",
        _precision_recall,
    ),
    "latency": (
        "Time of a warm answer",
        "How many answers were there after so many milliseconds. The rival only finds the nearest passage: "
        "it checks nothing and never declines.",
        _latency,
    ),
}


def _svg(
    name: str, title: str, drawing: Callable[[Axes, Curve, float], None], curve: Curve, threshold: float
) -> str:
    import matplotlib
    from matplotlib.figure import Figure

    style: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.family": "sans-serif",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.alpha": 0.25,
        "legend.frameon": False,
        "legend.fontsize": 9,
        **dict.fromkeys(
            ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK
        ),
    }
    with matplotlib.rc_context(style):
        figure = Figure(figsize=(5.6, 4.0), layout="constrained")
        drawing(figure.add_subplot(), curve, threshold)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _for_inlining(drawn.getvalue(), name, title)


def _for_inlining(svg: str, name: str, title: str) -> str:
    """Only the drawing: without declarations and addresses, its names its own, its ink the page's."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\sxmlns(?::\w+)?="[^"]*"', "", svg)
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", svg)
    # The size comes from the page; viewBox keeps the shape.
    svg = re.sub(r'(<svg\b[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg\b[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = svg.replace(INK, "currentColor").replace("<svg", f'<svg role="img" aria-label="{title}"', 1)
    return svg.strip()
