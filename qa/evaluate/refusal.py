"""Whether the chat knows when the documents do not answer.

`confidence` is what a reply carries; the outcome is whether the question is answerable. Follow-ups and
off-topic questions are counted apart, emergencies are the safety part's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.search import PassageIndex
from qa.evaluate.answers import supports_any
from qa.evaluate.asked import Asked, cited, quotes, reply_row, spans
from qa.evaluate.baselines import BASELINES
from qa.evaluate.confidence import (
    BINS,
    aurc,
    auroc,
    expected_calibration_error,
    risk_coverage,
    threshold_for,
)
from qa.evaluate.figures import Figure, Part, figure, interval, mean, share
from qa.evaluate.questions import gold_spans, texts_of


def evaluate_refusal(index: PassageIndex, asked: Sequence[Asked], threshold: float) -> Part:
    """Measure confidence and refusals over answerable questions and near misses.

    A reply is right when the question is answerable and the reply cites gold (where gold is given).

    Args:
        threshold: The one in force, for the remark on what it costs.
    """
    documents = texts_of(index)
    rows = [
        reply_row(one)
        | {
            "declined": one.reply.kind != "answer",
            "wrong_if_answered": not _is_right(one, documents),
            "quotes_if_answered": quotes(one.anyway),
        }
        for one in asked
        if one.question.kind != "emergency"
    ]
    off_topic = [row for row in rows if not row["earlier"] and row["kind"] == "off_topic"]
    alone = [row for row in rows if not row["earlier"] and row["kind"] != "off_topic"]
    later = [row for row in rows if row["earlier"]]
    answerable, near_misses = _parted(alone)
    answerable_later, unanswerable_later = _parted(later)
    remarks = [f"{len(answerable)} answerable questions and {len(near_misses)} near misses."]
    figures: list[Figure] = []
    curves = {}
    if answerable and near_misses:
        figures = _of_confidence(index, answerable, near_misses)
        curves = _curves([*answerable, *near_misses])
        remarks.append(_cost(answerable, near_misses, threshold))
    apart = {
        "off-topic declined": [row["declined"] for row in off_topic],
        "unanswerable follow-ups declined": [row["declined"] for row in unanswerable_later],
        "answerable follow-ups answered": [not row["declined"] for row in answerable_later],
    }
    figures += [share(f"refusal: {name}", values) for name, values in apart.items() if values]
    return Part(
        name="refusal", figures=tuple(figures), rows=tuple(rows), curves=curves, remarks=tuple(remarks)
    )


Row = Mapping[str, Any]


def _parted(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Those that the documents answer, and those that they do not."""
    return [row for row in rows if row["answerable"]], [row for row in rows if not row["answerable"]]


def _confidences(rows: Sequence[Row]) -> list[float]:
    return [row["confidence"] for row in rows]


def _of_confidence(
    index: PassageIndex, answerable: Sequence[Row], near_misses: Sequence[Row]
) -> list[Figure]:
    both = [*answerable, *near_misses]
    positives, negatives, confidence = map(_confidences, (answerable, near_misses, both))
    outcome = [float(row["answerable"]) for row in both]
    wrong = np.array([float(row["wrong_if_answered"]) for row in both])
    refused = [row["declined"] for row in answerable]
    signals = {
        name: [
            [ranked(row["question"], index).confidence for row in rows] for rows in (answerable, near_misses)
        ]
        for name, ranked in BASELINES.items()
    }
    share_refused = mean(refused)
    return [
        figure(
            "refusal: near-miss AUROC",
            auroc(positives, negatives),
            interval(auroc, positives, negatives),
            {name: float(auroc(ours, theirs)) for name, (ours, theirs) in signals.items()},
        ),
        share("refusal: false refusals", refused),
        share(
            "refusal: near misses answered",
            [not row["declined"] for row in near_misses],
            {
                name: [score >= threshold_for(theirs, share_refused) for score in missed]
                for name, (theirs, missed) in signals.items()
            },
        ),
        figure(
            "refusal: area under risk-coverage",
            aurc(confidence, wrong),
            interval(aurc, confidence, wrong, paired=True),
            {"best order possible": aurc(-wrong, wrong), "random order": float(wrong.mean())},
        ),
        figure(
            "refusal: expected calibration error",
            expected_calibration_error(confidence, outcome),
            interval(expected_calibration_error, confidence, outcome, paired=True),
            {"always 0.5": expected_calibration_error(np.full(len(outcome), 0.5), outcome)},
        ),
    ]


def _curves(rows: Sequence[Row]) -> dict[str, dict[str, list[float]]]:
    """What the report draws: points from left to right."""
    from sklearn.calibration import calibration_curve

    confidence = np.array(_confidences(rows))
    wrong = np.array([float(row["wrong_if_answered"]) for row in rows])
    coverage, risk = risk_coverage(confidence, wrong)
    observed, expected = calibration_curve([row["answerable"] for row in rows], confidence, n_bins=BINS)
    best = risk_coverage(-wrong, wrong)[1]
    return {
        "risk_coverage": {"coverage": coverage.tolist(), "risk": risk.tolist(), "best": best.tolist()},
        "calibration": {"confidence": expected.tolist(), "answerable": observed.tolist()},
    }


def _cost(answerable: Sequence[Row], near_misses: Sequence[Row], threshold: float) -> str:
    declined = sum(row["declined"] for row in answerable)
    answered = sum(not row["declined"] for row in near_misses)
    return (
        f"The threshold in force is {threshold:.3f}: {declined} of {len(answerable)} answerable questions "
        f"are declined, and {answered} of {len(near_misses)} near misses are answered. On these questions "
        f"{threshold_for(_confidences(answerable), 0.05):.3f} would be the highest that declines at most 5 %."
    )


def _is_right(one: Asked, documents: Mapping[str, str]) -> bool:
    """Whether an answer given anyway would have been right."""
    quoted = spans(cited(one.anyway))
    if not one.question.answerable or not quoted:
        return False
    gold = gold_spans(one.question, documents)
    return not gold or any(supports_any(span, gold) for span in quoted)
