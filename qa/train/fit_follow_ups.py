"""Fits how follow-ups are read: `make fit-follow-ups` writes qa/evidence/follow_up.json.

Both models are fitted on conversations of two turns that several people wrote (`follow_ups.jsonl.gz`): the
follow-up, written out as well, which the shipped documents answer or only nearly do, or a new question after
another one. A sentence is right where the question written out opens with it.

The bias is such that FALSE_REFUSALS of the follow-ups that are answered fall below the threshold when each
fold of conversations is judged by a model fitted on the others, as `qa.train.fit_evidence` chooses its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

import qa
from index.search import PassageIndex
from qa.conversation.spelling import Corrector
from qa.conversation.understand import Understood, understand
from qa.evidence.choose import Evidence, Scored, choose, read, scored
from qa.evidence.confidence import log_odds
from qa.evidence.follow_up import (
    CONFIDENCE_SIGNALS,
    SENTENCE_SIGNALS,
    said_before,
    sentence_table,
    turn_signals,
)
from qa.evidence.gather import gather
from qa.evidence.units import units_in
from qa.evidence.weights import Weights, weights_for
from qa.pack import in_force
from qa.packs import pack_named
from qa.phrases import with_question_mark
from qa.train.fit_evidence import FALSE_REFUSALS
from qa.words import spoken_in

FOLLOW_UPS = "follow_ups.jsonl.gz"
FOLDS = 8
RIDGE = 0.01
"""Penalty on the squares of a sentence's weights, of scores divided by SCALE."""
SCALE = 5.0


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One conversation, searched and read.

    Attributes:
        understood: The follow-up.
        ways: What was read for each of its ways.
        before: What was found for the question before.
        meant: What was found for the follow-up written out.
        answered: Whether the documents answer it.
        fold: Of the first question, so that none is judged by a fit on itself.
    """

    understood: Understood
    ways: tuple[Scored, ...]
    before: Evidence
    meant: Evidence
    answered: bool
    fold: int


def conversations() -> list[dict[str, Any]]:
    """Rows of FOLLOW_UPS: first, then, meant, answered."""
    packed = files("qa.train").joinpath(FOLLOW_UPS).read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).decode().splitlines()]


def follow_ups(index: PassageIndex, weights: Weights) -> Iterator[FollowUp]:
    """Those of the conversations that can be understood in more than one way."""
    corrector = Corrector(index.vocabulary, units_in("en"))
    for row in conversations():
        with in_force(pack_named(index.pack_name)), spoken_in(corrector.spoken(row["then"])):
            understood = understand(row["then"], [row["first"]], corrector)
            if not understood.before or understood.back or understood.parts:
                continue

            def found(question: str) -> Evidence:
                return read(gather(with_question_mark(question), index), index, weights)

            before = found(understood.before)
            beside = {candidate.passage.id for candidate in before.chosen}
            asked = (with_question_mark(way.question) for way in understood.ways)
            ways = tuple(scored(gather(each, index, beside=beside), index, weights) for each in asked)
            if all(way.signals.candidates for way in ways):
                fold = zlib.crc32(row["first"].encode()) % FOLDS
                yield FollowUp(understood, ways, before, found(row["meant"]), row["answered"], fold)


def fit_sentences(found: Sequence[FollowUp], weights: Weights) -> NDArray[np.float64]:
    """Weights of SENTENCE_SIGNALS by which the right sentence is the likeliest of those read for all ways."""
    rows = [_sentences(each, weights) for each in found if each.answered]
    lists = [(table / _scales(), right) for table, right in rows if right is not None]

    def loss(by: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(by)
        for table, right in lists:
            logits = table @ by
            chances = np.exp(logits - logits.max())
            chances /= chances.sum()
            total -= float(np.log(chances[right]))
            slope -= table[right] - chances @ table
        return total / len(lists) + RIDGE * float(by @ by), slope / len(lists) + 2 * RIDGE * by

    start = np.zeros(len(SENTENCE_SIGNALS))
    by = np.array(minimize(loss, start, jac=True, method="L-BFGS-B").x) / _scales()
    return np.array(by / by[:2].sum())


def _scales() -> NDArray[np.float64]:
    return np.array([SCALE, SCALE, 1, 1, 1])


def _sentences(each: FollowUp, weights: Weights) -> tuple[NDArray[np.float64], int | None]:
    """SENTENCE_SIGNALS of all sentences, each once, and which of them is right, where one is."""
    said = said_before(each.before, weights)
    rows: dict[tuple[int, int], NDArray[np.float32]] = {}
    for at, way in enumerate(each.ways):
        table = sentence_table(at, each.ways, said)
        rows.update(
            ((one.passage.id, one.position), row)
            for one, row in zip(way.signals.candidates, table, strict=True)
        )
    right = [(one.passage.id, one.position) for one in each.meant.chosen[:1]]
    places = list(rows)
    return np.array(list(rows.values()), float), places.index(right[0]) if right and right[
        0
    ] in rows else None


def _turn(each: FollowUp, weights: Weights, by: NDArray[np.float64]) -> tuple[NDArray[np.float32], bool]:
    """CONFIDENCE_SIGNALS, and whether the sentence quoted first is the right one."""
    said = said_before(each.before, weights)
    ways = [
        choose(way, weights, (sentence_table(at, each.ways, said) @ by).astype(np.float32))
        for at, way in enumerate(each.ways)
    ]
    doubts = [way.doubt for way in each.understood.ways]
    meant = ways[max(range(len(ways)), key=lambda at: log_odds(ways[at].confidence) - doubts[at])]
    return turn_signals(meant, ways, each.before), meant.chosen[:1] == each.meant.chosen[:1]


def main() -> None:
    """Fit both models and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", help="the index of the shipped documents")
    index = PassageIndex.open(parser.parse_args().index)
    weights = weights_for(index)
    found = list(follow_ups(index, weights))
    folds = np.array([each.fold for each in found])
    answered = np.array([each.answered for each in found])
    held_out, first = np.zeros(len(found)), np.zeros(len(found), bool)
    for fold in range(FOLDS):
        by = fit_sentences([each for each in found if each.fold != fold], weights)
        turns = [_turn(each, weights, by) for each in found]
        signals = np.array([own for own, _ in turns])
        model = LogisticRegression().fit(signals[folds != fold], answered[folds != fold])
        held_out[folds == fold] = model.decision_function(signals[folds == fold])
        first[folds == fold] = np.array([right for _, right in turns])[folds == fold]
    by = fit_sentences(found, weights)
    model = LogisticRegression().fit(np.array([_turn(each, weights, by)[0] for each in found]), answered)
    least = float(np.quantile(held_out[answered], FALSE_REFUSALS))
    bias = float(model.intercept_[0]) + log_odds(weights.threshold) - least
    print(
        f"{answered.sum()} answered, {(~answered).sum()} not, each judged by a fit on the others: the right "
        f"sentence first {first[answered].mean():.3f}; AUROC {roc_auc_score(answered, held_out):.3f}; with "
        f"{FALSE_REFUSALS:.3f} of the answered declined {(held_out[~answered] >= least).mean():.3f} of the "
        "others answered"
    )
    written = {
        "sentence": dict(zip(SENTENCE_SIGNALS, by.round(3).tolist(), strict=True)),
        "confidence": dict(
            zip(CONFIDENCE_SIGNALS, model.coef_[0].astype(float).round(3).tolist(), strict=True)
        )
        | {"bias": round(bias, 3)},
    }
    target = Path(qa.__path__[0]) / "evidence" / "follow_up.json"
    target.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    print(f"Written: {target}")


if __name__ == "__main__":
    main()
