"""Fits the weights of `qa.evidence.weights` on questions whose answers are known: `make fit-evidence`.

The two models of `qa.train.evidence_models`, both fitted on `dev` rows only, once without the reader, which
also chooses what is read, and once with it.

Questions without a subject of their own ("can you get hooked") teach which sentence to read first, but not
whether documents answer: off-topic questions look the same. Such a set is given with --to-rank.

Every set of questions counts the same, however many questions it has, so that the larger set does not
decide alone. The threshold is the confidence below which FALSE_REFUSALS of the answerable questions fall
when each fold is judged by a model fitted on the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import qa
from index.search import PassageIndex
from qa.evaluate.questions import load_questions
from qa.evidence.confidence import about_something_else, question_signals
from qa.evidence.order import MOST_SENTENCES
from qa.evidence.reader import shipped_reader
from qa.evidence.signals import SENTENCE_SIGNALS, with_readings
from qa.evidence.weights import QUESTION_SIGNALS
from qa.train.evidence_models import Rows, fit_confidence, fit_sentences
from qa.train.measured_questions import Example, examples

FALSE_REFUSALS = 0.045
"""Of the answerable questions of `dev`, how many may be declined. The tables of conditions were mended by
reading those, so that unseen questions are declined more often: 5 of 100 is what is aimed at there."""
FOLDS = 10
SPREADS = np.arange(0.0, 3.01, 0.05)
LEAST_PRECISION = 0.73
"""Share of an answer's sentences that have to be gold, averaged over answers as in `qa.evaluate.answers`:
what the number of further sentences is chosen by."""


def fit(
    found: Sequence[Example],
    false_refusals: float = FALSE_REFUSALS,
    least_precision: float = LEAST_PRECISION,
    *,
    with_off_topic: bool = False,
) -> dict[str, Any]:
    """Both models, the threshold and the spread of further sentences: a part of `weights.json`.

    Args:
        found: Questions as they were measured.
        false_refusals: Share of the answerable ones that may be declined.
        least_precision: Share of an answer's sentences that have to be gold.
        with_off_topic: Whether enough of them are on other things for these to be told by the fit.
    """
    folds = _folds(found)
    answerable = np.array([example.question.answerable for example in found])
    counted = np.array([example.weight for example in found])
    judging = np.array([example.judges_confidence for example in found])
    held_out = np.zeros(len(found))
    held_out_scores: list[NDArray[np.float32]] = [np.zeros(0, np.float32)] * len(found)
    for fold in range(FOLDS):
        rest = [example for example, own in zip(found, folds, strict=True) if own != fold]
        weights = fit_sentences(rest)
        rows = _rows(found, weights)
        others = (folds != fold) & judging
        confidence = fit_confidence(rows[others], answerable[others], counted[others])
        held_out[folds == fold] = confidence.predict_proba(rows[folds == fold])[:, 1]
        for at in np.flatnonzero(folds == fold):
            held_out_scores[int(at)] = found[int(at)].signals.table @ weights
    if not with_off_topic:
        held_out[[about_something_else(example.signals) for example in found]] = 0
    decisive = answerable & judging
    threshold = np.quantile(
        held_out[decisive], false_refusals, weights=counted[decisive], method="inverted_cdf"
    )

    weights = fit_sentences(found)
    standard, model = fit_confidence(_rows(found, weights)[judging], answerable[judging], counted[judging])
    further = _further(found, held_out_scores, least_precision)
    _print_held_out(found, held_out, held_out_scores, threshold, further)

    def named(names: Sequence[str], values: Iterable[float]) -> dict[str, float]:
        return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}

    return {
        "sentence": named(SENTENCE_SIGNALS, weights),
        "question": named(QUESTION_SIGNALS, model.coef_[0]),
        "bias": round(float(model.intercept_[0]), 4),
        "means": named(QUESTION_SIGNALS, standard.mean_),
        "scales": named(QUESTION_SIGNALS, standard.scale_),
        "threshold": round(float(threshold), 4),
        "further": round(further, 4),
    }


def _folds(found: Sequence[Example]) -> NDArray[np.int64]:
    """A fold for each example; a question has the same one in all its ways of being measured."""
    questions = list(dict.fromkeys(example.question.place for example in found))
    order = np.random.default_rng(0).permutation(len(questions)) % FOLDS
    fold = dict(zip(questions, order.tolist(), strict=True))
    return np.array([fold[example.question.place] for example in found])


def _rows(found: Sequence[Example], weights: NDArray[np.float32]) -> Rows:
    return np.array(
        [question_signals(example.signals, example.signals.table @ weights) for example in found], dtype=float
    )


def _quoted(scores: NDArray[np.float32], further: float) -> NDArray[np.bool_]:
    """Which candidates `qa.evidence.choose` would quote."""
    chosen = np.zeros(len(scores), dtype=bool)
    order = np.argsort(-scores, kind="stable")[:MOST_SENTENCES]
    chosen[order[scores[order] >= scores[order[0]] - further]] = True
    return chosen


def _further(found: Sequence[Example], scores: Sequence[NDArray[np.float32]], least: float) -> float:
    """The widest spread of scores at which the quoted sentences are still precise enough."""
    best = 0.0
    for further in SPREADS:
        right = answers = 0.0
        for example, own in zip(found, scores, strict=True):
            if example.question.answerable and len(own):
                chosen = _quoted(own, further)
                right += example.weight * (chosen & example.gold).sum() / chosen.sum()
                answers += example.weight
        if right / answers >= least:
            best = float(further)
    return best


def _print_held_out(
    found: Sequence[Example],
    confidence: Rows,
    scores: Sequence[NDArray[np.float32]],
    threshold: float,
    further: float,
) -> None:
    from sklearn.metrics import roc_auc_score

    for name in dict.fromkeys(example.of for example in found):
        own = [at for at, example in enumerate(found) if example.of == name]
        gold = [at for at in own if found[at].question.answerable and len(scores[at])]
        first = np.mean([found[at].best[np.argmax(scores[at])] for at in gold])
        three = np.mean([found[at].gold[np.argsort(-scores[at])[:3]].any() for at in gold])
        chosen = {at: _quoted(scores[at], further) for at in gold}
        cited = np.mean([(chosen[at] & found[at].gold).any() for at in gold])
        precise = np.mean([(chosen[at] & found[at].gold).sum() / chosen[at].sum() for at in gold])
        near = [at for at in own if found[at].question.kind != "off_topic"]
        auroc = roc_auc_score([found[at].question.answerable for at in near], confidence[near])
        refused = np.mean([confidence[at] < threshold for at in near if not found[at].question.answerable])
        false = np.mean([confidence[at] < threshold for at in gold])
        off = [confidence[at] < threshold for at in own if found[at].question.kind == "off_topic"]
        print(
            f"{name}: {len(own)} questions, each judged by a fit on the others: gold first {first:.3f}, in "
            f"first 3 {three:.3f}, cited {cited:.3f}, precision {precise:.3f}; AUROC {auroc:.3f}, near "
            f"misses refused {refused:.3f}, false refusals {false:.3f}, off-topic refused "
            f"{np.mean(off) if off else 1:.3f}"
        )


def main() -> None:
    """Fit on sets given as INDEX QUESTIONS pairs and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="INDEX QUESTIONS", help="indexes, each with its questions")
    parser.add_argument(
        "--to-rank", nargs="+", default=[], metavar="INDEX QUESTIONS", help="sets for the sentences alone"
    )
    arguments = parser.parse_args()
    folders = [*arguments.sets[::2], *arguments.to_rank[::2]]
    questions = [*arguments.sets[1::2], *arguments.to_rank[1::2]]
    found = []
    for folder, file in zip(folders, questions, strict=True):
        index, judges = PassageIndex.open(folder), file not in arguments.to_rank[1::2]
        # Also without what was asked in advance, so that the weights hold where nobody has asked.
        ways = (True, False) if len(index.asked) else (False,)
        for way in ways:
            for example in examples(index, load_questions(file, "dev"), with_asked=way):
                weight = example.weight / len(ways)
                voice = f", {example.question.voice}" if example.question.voice else ""
                of = f"{Path(file).stem}{voice}{', nothing asked' * (len(ways) > 1 and not way)}"
                found.append(replace(example, weight=weight, judges_confidence=judges, of=of))
    unread = fit(found)
    to_read = fit_sentences(found)
    print("With the reader:")
    write_weights({"unread": unread, "read": fit([read_by_shipped(example, to_read) for example in found])})


def write_weights(fitted: Mapping[str, object]) -> None:
    """Write parts of `weights.json` in the place of those of the same names."""
    target = Path(qa.__path__[0]) / "evidence" / "weights.json"
    weights = json.loads(target.read_text(encoding="utf-8")) | fitted
    target.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(f"Written: {target}")


def read_by_shipped(example: Example, to_read: NDArray[np.float32]) -> Example:
    """The example after the shipped reader has read its best sentences."""
    if not example.signals.candidates:
        return example
    return replace(example, signals=with_readings(example.signals, example.asked, to_read, shipped_reader()))


if __name__ == "__main__":
    main()
