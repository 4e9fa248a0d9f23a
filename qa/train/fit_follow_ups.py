"""Fits how follow-ups are read: `make fit-follow-ups` writes qa/evidence/follow_up.json.

Both models are fitted on conversations of two to five turns that several people wrote
(`follow_ups.jsonl.gz`): a turn in its conversation, and written out so that it stands alone, which the
shipped documents answer or only nearly do; some turns stand alone as they are, and some are about something
else. A sentence is right where the turn written out would quote it.

The bias is such that FALSE_REFUSALS of the turns that are answered fall below the threshold when each fold of
conversations is judged by a model fitted on the others, as `qa.train.fit_evidence` chooses its own.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

import qa
from index.search import PassageIndex
from qa.ask import Assistant
from qa.evaluate.rows import json_rows
from qa.evidence.choose import Evidence, Scored, choose, read, scored
from qa.evidence.confidence import log_odds
from qa.evidence.follow_up import (
    CONFIDENCE_SIGNALS,
    SENTENCE_SIGNALS,
    WAYS,
    leading,
    said_before,
    sentence_table,
    turn_signals,
)
from qa.evidence.gather import gather
from qa.evidence.weights import Weights
from qa.pack import in_force
from qa.packs import pack_named
from qa.question_text import with_question_mark
from qa.train.evidence_models import Choice, conditional_logit
from qa.train.fit_evidence import FALSE_REFUSALS

FOLLOW_UPS = Path(__file__).with_name("follow_ups.jsonl.gz")
FOLDS = 8
PENALTY = 0.02
"""On the squares of a sentence's weights, of signals divided by SCALES."""
SCALES = np.array([*[5.0] * (len(WAYS) + 1), 1, 1, 1])


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One turn in its conversation, searched and read.

    Attributes:
        ways: What was read for each of `qa.evidence.follow_up.WAYS`.
        own: What each would quote by itself.
        before: What was found for the question before.
        unknown: How many of its own words the documents do not have.
        meant: What was found for the turn written out.
        answered: Whether the documents answer it.
        fold: Of the first question, so that none is judged by a fit on its own conversation.
    """

    ways: tuple[Scored, ...]
    own: tuple[Evidence, ...]
    before: Evidence
    unknown: int
    meant: Evidence
    answered: bool
    fold: int


def conversations() -> list[dict[str, Any]]:
    """Rows of FOLLOW_UPS: the turns, the last one of them written out, and whether that is answered."""
    return [row for _, row in json_rows(FOLLOW_UPS)]


def follow_ups(assistant: Assistant) -> Iterator[FollowUp]:
    """Those of the conversations whose last turn is searched for with what was asked before."""
    index, weights = assistant.index, assistant.weights
    for row in conversations():
        *earlier, question = row["turns"]
        with in_force(pack_named(index.pack_name)):
            understood = assistant.finder.understand(question, earlier)
            if len(understood.ways) < len(WAYS) or understood.back or understood.parts:
                continue
            searched = assistant.finder.search(understood, earlier)
            ways = tuple(scored(gathered, index, weights) for gathered in searched.ways)
            if searched.before is None or not all(way.signals.candidates for way in ways):
                continue
            own = tuple(choose(way, weights) for way in ways)
            meant = read(gather(with_question_mark(row["meant"]), index), index, weights)
            fold = zlib.crc32(earlier[0].encode()) % FOLDS
            unknown = assistant.finder.unknown(understood.question)
            yield FollowUp(ways, own, searched.before, unknown, meant, row["answered"], fold)


def fit_sentences(found: Sequence[FollowUp], weights: Weights) -> NDArray[np.float64]:
    """Weights of SENTENCE_SIGNALS by which a right sentence is the likeliest of those read for all ways."""
    tables = (_sentences(each, weights) for each in found if each.answered)
    choices = [Choice(table / SCALES, right) for table, right in tables if right.any()]
    by = conditional_logit(choices, PENALTY) / SCALES
    # As far apart as the scores of one question are, by which more than the best is quoted.
    return np.array(by / by[: len(WAYS) + 1].sum())


def _sentences(each: FollowUp, weights: Weights) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """SENTENCE_SIGNALS of all sentences, each once, and which of them are right."""
    said = said_before(each.before, weights)
    rows: dict[tuple[int, int], NDArray[np.float32]] = {}
    for at, way in enumerate(each.ways):
        table = sentence_table(at, each.ways, said)
        rows.update(zip((one.place for one in way.signals.candidates), table, strict=True))
    right = {one.place for one in each.meant.chosen}
    return np.array(list(rows.values()), float), np.array([where in right for where in rows])


def _turn(each: FollowUp, weights: Weights, by: NDArray[np.float64]) -> tuple[NDArray[np.float32], bool]:
    """CONFIDENCE_SIGNALS, and whether the sentence quoted first is a right one."""
    said = said_before(each.before, weights)
    nearer = [(sentence_table(at, each.ways, said) @ by).astype(np.float32) for at in range(len(each.ways))]
    at = leading(each.ways, nearer, each.own)
    found = choose(each.ways[at], weights, nearer[at])
    return turn_signals(found, each.own, each.before, said, each.unknown), set(found.chosen[:1]) <= set(
        each.meant.chosen
    )


def main() -> None:
    """Fit both models and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", help="the index of the shipped documents")
    assistant = Assistant(PassageIndex.open(parser.parse_args().index))
    weights = assistant.weights
    found = list(follow_ups(assistant))
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
