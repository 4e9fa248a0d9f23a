"""The curves of an evaluation as pictures for its report, with nothing in them from outside."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from qa.evaluate.figures import Part

Curve = Mapping[str, Sequence[float]]

OURS, THEIRS, INK = "#2f6fde", "#c2703d", "#808590"
"""Colours that can be read on light and on dark paper."""


def draw(parts: Sequence[Part], threshold: float) -> list[tuple[str, str, str]]:
    """(title, what it shows, address of an SVG) of every curve that the parts hold.

    Args:
        threshold: The confidence below which the assistant declines, marked where it belongs.
    """
    curves = {name: curve for part in parts for name, curve in part.curves.items()}
    drawings = {
        "risk_coverage": (
            "Risk and coverage",
            "How often the chat would be wrong if it answered only the questions it is surest of. Further "
            "down is better: the more it answers (to the right), the more it gets wrong.",
            _risk_coverage,
        ),
        "calibration": (
            "Calibration",
            "Whether a stated confidence means what it says. On the dotted line, of the questions with "
            "confidence 0.8 exactly 80 % can be answered from the documents.",
            _calibration,
        ),
    }
    pictures = []
    for name, (title, caption, drawing) in drawings.items():
        if name in curves:
            figure, axes = _empty()
            drawing(axes, curves[name], threshold)
            axes.legend(frameon=False, labelcolor=INK)
            drawn = io.BytesIO()
            figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None})
            address = f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode()}"
            pictures.append((title, caption, address))
    return pictures


def _empty() -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.6, 4.0), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[:].set_color(INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(colors=INK)
    axes.grid(alpha=0.25)
    return figure, axes


def _risk_coverage(axes: Any, curve: Curve, threshold: float) -> None:
    axes.plot(curve["coverage"], curve["risk"], color=OURS, label="lightqa")
    axes.plot(curve["coverage"], curve["best"], color=INK, linestyle=":", label="best order possible")
    axes.axhline(curve["risk"][-1], color=THEIRS, linestyle="--", linewidth=1, label="random order")
    if answered := sum(confidence >= threshold for confidence in curve["confidence"]):
        at = [curve["coverage"][answered - 1]], [curve["risk"][answered - 1]]
        axes.plot(*at, "o", color=OURS, label="threshold in force")
    axes.set(xlim=(0, 1))
    axes.set_ylim(bottom=0)
    axes.set_xlabel("share of questions answered", color=INK)
    axes.set_ylabel("share of those answered wrongly", color=INK)


def _calibration(axes: Any, curve: Curve, threshold: float) -> None:
    axes.plot([0, 1], [0, 1], color=INK, linestyle=":", label="perfect")
    axes.plot(curve["confidence"], curve["answerable"], "o-", color=OURS, linewidth=1, label="lightqa")
    axes.axvline(threshold, color=THEIRS, linestyle="--", linewidth=1, label="threshold in force")
    axes.set(xlim=(0, 1), ylim=(-0.03, 1.03))
    axes.set_xlabel("stated confidence", color=INK)
    axes.set_ylabel("share that is answerable", color=INK)
