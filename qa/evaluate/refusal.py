"""Whether the chat knows when the documents do not answer.

`confidence` is what a reply carries; the outcome is whether the question is answerable. Follow-ups and
off-topic questions are counted apart, emergencies are the safety part's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.search import PassageIndex
from qa.evaluate.answers import supports_any
from qa.evaluate.asked import Asked, cited, reply_row, spans
from qa.evaluate.baselines import BASELINES
from qa.evaluate.confidence import (
    aurc,
    auroc,
    auroc_of_resamples,
    calibration_curve,
    expected_calibration_error,
    numbers,
    paired_interval,
    precision_recall,
    risk_coverage,
    threshold_for,
)
from qa.evaluate.figures import Figure, Part, bootstrap_interval, share
from qa.evaluate.questions import gold_spans


def evaluate_refusal(index: PassageIndex, asked: Sequence[Asked], threshold: float) -> Part:
    """Measure confidence and refusals over answerable questions and near misses.

    A reply is right when the question is answerable and the reply cites gold (where gold is given).

    Args:
        threshold: The one in force, for the remark on what it costs.
    """
    documents = {path: index.document(path).text for path in index.paths()}
    alone = [one for one in asked if not one.question.earlier and one.question.kind != "emergency"]
    kept = [one for one in alone if one.question.kind != "off_topic"]
    answerable = [one for one in kept if one.question.answerable]
    near_misses = [one for one in kept if not one.question.answerable]
    rows = [
        reply_row(one)
        | {
            "declined": one.reply.kind != "answer",
            "wrong_if_answered": not _is_right(one, documents),
            "quotes_if_answered": [citation.quote for citation in cited(one.anyway)],
        }
        for one in asked
        if one.question.kind != "emergency"
    ]
    figures: list[Figure] = []
    curves: dict[str, dict[str, list[float]]] = {}
    remarks = [f"{len(answerable)} answerable questions and {len(near_misses)} near misses."]
    if answerable and near_misses:
        figures, curves, remark = _of_confidence(index, answerable, near_misses, documents, threshold)
        remarks.append(remark)
    apart = {
        "off-topic declined": (
            [one.reply.kind != "answer" for one in alone if one.question.kind == "off_topic"],
            "Share of the questions on other subjects that are declined.",
        ),
        "unanswerable follow-ups declined": (
            [
                one.reply.kind != "answer"
                for one in asked
                if one.question.earlier and not one.question.answerable
            ],
            "Share of the second turns without an answer in the documents that are declined.",
        ),
        "answerable follow-ups answered": (
            [one.reply.kind == "answer" for one in asked if one.question.earlier and one.question.answerable],
            "Share of the second turns with an answer in the documents that are answered.",
        ),
    }
    figures += [
        share(f"refusal: {name}", values, meaning) for name, (values, meaning) in apart.items() if values
    ]
    return Part(
        name="refusal", figures=tuple(figures), rows=tuple(rows), curves=curves, remarks=tuple(remarks)
    )


def _of_confidence(
    index: PassageIndex,
    answerable: Sequence[Asked],
    near_misses: Sequence[Asked],
    documents: dict[str, str],
    threshold: float,
) -> tuple[list[Figure], dict[str, dict[str, list[float]]], str]:
    positives = numbers([one.reply.confidence for one in answerable])
    negatives = numbers([one.reply.confidence for one in near_misses])
    refused = [one.reply.kind != "answer" for one in answerable]
    answered = [one.reply.kind == "answer" for one in near_misses]
    signals = {
        name: (
            numbers([ranked(one.question.text, index).confidence for one in answerable]),
            numbers([ranked(one.question.text, index).confidence for one in near_misses]),
        )
        for name, ranked in BASELINES.items()
    }
    confidence = np.concatenate([positives, negatives])
    outcome = np.concatenate([np.ones(len(positives)), np.zeros(len(negatives))])
    wrong = numbers([not _is_right(one, documents) for one in [*answerable, *near_misses]])
    area, error = aurc(confidence, wrong), expected_calibration_error(confidence, outcome)
    figures = [
        _figure(
            "near-miss AUROC",
            auroc(positives, negatives),
            bootstrap_interval(auroc_of_resamples, positives, negatives),
            "The chance that an answerable question gets a higher confidence than a near miss, a question "
            "that sounds as if the documents answered it; 0.5 is guessing.",
            baselines={name: auroc(*scores) for name, scores in signals.items()},
        ),
        share(
            "refusal: false refusals",
            refused,
            "Share of the answerable questions that are declined.",
            higher_is_better=False,
        ),
        share(
            "refusal: near misses answered",
            answered,
            "Share of the near misses that are answered although the documents do not tell. The baselines "
            "are set to the same share of false refusals.",
            higher_is_better=False,
            baselines={
                name: [score >= threshold_for(theirs, float(np.mean(refused))) for score in missed]
                for name, (theirs, missed) in signals.items()
            },
        ),
        _figure(
            "area under risk-coverage",
            area,
            paired_interval(aurc, confidence, wrong),
            "Mean share of wrong answers when only the most confident k questions are answered, over all k. "
            "Wrong is a near miss answered, or an answer that quotes nothing that answers.",
            higher_is_better=False,
            baselines={"best order possible": aurc(-wrong, wrong), "random order": float(wrong.mean())},
        ),
        _figure(
            "expected calibration error",
            error,
            paired_interval(expected_calibration_error, confidence, outcome),
            "How far a stated confidence is, on average, from the share of questions that are answerable.",
            higher_is_better=False,
            baselines={"always 0.5": expected_calibration_error(np.full(len(outcome), 0.5), outcome)},
        ),
    ]
    coverage, risk = risk_coverage(confidence, wrong)
    expected, observed, size = calibration_curve(confidence, outcome)
    precision, recall, thresholds = precision_recall(confidence, outcome)
    curves = {
        "risk_coverage": {
            "coverage": coverage.tolist(),
            "risk": risk.tolist(),
            "best": risk_coverage(-wrong, wrong)[1].tolist(),
            "confidence": np.sort(confidence)[::-1].tolist(),
        },
        "calibration": {
            "confidence": expected.tolist(),
            "answerable": observed.tolist(),
            "questions": size.tolist(),
        },
        "precision_recall": {
            "precision": precision.tolist(),
            "recall": recall.tolist(),
            "threshold": thresholds.tolist(),
        },
    }
    remark = (
        f"The threshold in force is {threshold:.3f}: {sum(refused)} of {len(refused)} answerable questions "
        f"are declined, and {sum(answered)} of {len(answered)} near misses are answered. On these questions "
        f"{threshold_for(positives, 0.05):.3f} would be the highest that declines at most 5 %."
    )
    return figures, curves, remark


def _is_right(one: Asked, documents: dict[str, str]) -> bool:
    """Whether an answer given anyway would have been right."""
    quoted = spans(cited(one.anyway))
    if not one.question.answerable or not quoted:
        return False
    gold = gold_spans(one.question, documents)
    return not gold or any(supports_any(span, gold) for span in quoted)


def _figure(
    name: str,
    value: float,
    interval: tuple[float, float],
    meaning: str,
    *,
    higher_is_better: bool = True,
    baselines: dict[str, float],
) -> Figure:
    return Figure(
        name=f"refusal: {name}",
        value=value,
        low=interval[0],
        high=interval[1],
        meaning=meaning,
        higher_is_better=higher_is_better,
        baselines=baselines,
    )
