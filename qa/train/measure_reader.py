"""Judges a reader on questions that it was not taught with, beside cosine and beside plainer explanations.

A pair is won where the text that answers scores higher. AUROC is over all texts of a set, with and without
their answers. That a question's wording, or the number of sentences, could tell them apart is measured too.
"""

from __future__ import annotations

import argparse
import functools
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.minilm_lower import own_lower
from index.tensors import Weights
from qa.evaluate.confidence import auroc
from qa.evidence.reader import Reader, Reading, shipped_reader
from qa.train.public_pairs import (
    held_out_public,
    is_held_out_subject,
    subjects_of,
    unanswerable_squad2,
)
from qa.train.reader_neighbours import Neighbours, vectors_of
from qa.train.reader_pairs import Pair, asked_pairs, asked_passages, is_held_out, renamed_pairs, title_of

MOST = 250
"""Questions of a public set that are judged, and of ours among eight passages, so that it takes minutes."""

Row = TypeVar("Row")
Text = tuple[str, str, tuple[str, ...]]
"""Question, title, sentences."""
Scored = tuple[NDArray[np.float32], float]
"""A score for every sentence, and one for the whole text."""


Scorer = Callable[[Sequence[Text]], list[Scored]]
"""What is judged."""


def by_cosine(texts: Sequence[Text], keep: Path) -> list[Scored]:
    """The baseline: cosine of question and titled sentence, and the best of them for the text.

    Args:
        keep: File in which vectors are kept from run to run.
    """
    wanted = {question for question, _, _ in texts}
    wanted |= {f"{title}. {sentence}" for _, title, sentences in texts for sentence in sentences}
    distinct = sorted(wanted)
    vectors = dict(zip(distinct, vectors_of(distinct, keep), strict=True))
    scored = []
    for question, title, sentences in texts:
        cosines = np.stack([vectors[f"{title}. {sentence}"] for sentence in sentences]) @ vectors[question]
        scored.append((cosines, float(cosines.max())))
    return scored


def judge_pairs(pairs: Sequence[Pair], scorer: Scorer) -> dict[str, float]:
    """How well texts that answer are told from those that do not, and sentences that answer from the rest."""
    yes = scorer([(pair.question, pair.title, pair.answering) for pair in pairs])
    no = scorer([(pair.question, pair.lacking_title, pair.lacking) for pair in pairs])
    figures = {
        "pairs": float(len(pairs)),
        "AUROC by the text's score": auroc([text for _, text in yes], [text for _, text in no]),
        "AUROC by the best sentence": auroc([s.max() for s, _ in yes], [s.max() for s, _ in no]),
        "pairs won": float(np.mean([a > b for (_, a), (_, b) in zip(yes, no, strict=True)])),
        "AUROC by the number of sentences": auroc(
            [len(pair.answering) for pair in pairs], [len(pair.lacking) for pair in pairs]
        ),
    }
    marked = [(pair, scores) for pair, (scores, _) in zip(pairs, yes, strict=True) if pair.gold]
    if marked:
        figures["gold first in its passage"] = float(
            np.mean([int(scores.argmax()) in pair.gold for pair, scores in marked])
        )
        figures["gold first by always taking the first"] = float(
            np.mean([0 in pair.gold for pair, _ in marked])
        )
    return figures


def as_many(pair: Pair) -> Pair:
    """The pair with as many sentences in the text that answers as in the one that does not.

    A text is longer with its answer than without. What goes follows from the question.
    """
    rest = [at for at in range(len(pair.answering)) if at not in pair.gold]
    out = sorted(rest, key=lambda at: zlib.crc32(f"{at} {pair.question}".encode()))[: len(pair.gold)]
    kept = [at for at in range(len(pair.answering)) if at not in out]
    gold = tuple(new for new, at in enumerate(kept) if at in pair.gold)
    return replace(pair, answering=tuple(pair.answering[at] for at in kept), gold=gold)


def judge_among_eight(
    pairs: Sequence[Pair], neighbours: Neighbours, passages: dict[str, dict[str, Any]], scorer: Scorer
) -> dict[str, float]:
    """Whether a sentence that answers is first among those of its passage and of the seven nearest others."""
    texts: list[Text] = []
    for pair in pairs:
        texts.append((pair.question, pair.title, pair.answering))
        for number in neighbours.beside(pair):
            texts.append((pair.question, title_of(passages[number]), tuple(passages[number]["sentences"])))
    scored = scorer(texts)
    first, with_text, known = [], [], []
    for at, pair in enumerate(pairs):
        group = scored[8 * at : 8 * at + 8]
        best = [float(scores.max()) for scores, _ in group]
        right = int(group[0][0].argmax()) in pair.gold
        first.append(int(np.argmax(best)) == 0 and right)
        both = [sentence + text for sentence, (_, text) in zip(best, group, strict=True)]
        with_text.append(int(np.argmax(both)) == 0 and right)
        known.append(bool(neighbours.of(pair)))
    return {
        "questions": float(len(pairs)),
        "gold first among eight passages": float(np.mean(first)),
        "the same by sentence and text together": float(np.mean(with_text)),
        "gold first, questions that name their subject": float(np.mean(np.array(first)[known])),
    }


def judge_unanswerable(data: Path, scorer: Scorer) -> dict[str, float]:
    """SQuAD 2.0 as it is, with its own unanswerable questions."""
    rows = some_of(unanswerable_squad2(data), lambda row: row[0], 2 * MOST)
    scored = scorer([row[:3] for row in rows])
    answers = np.array([row[3] for row in rows])
    return {
        "questions": float(len(rows)),
        "AUROC by the text's score": roc_auc_score(answers, [text for _, text in scored]),
        "AUROC by the best sentence": roc_auc_score(answers, [s.max() for s, _ in scored]),
    }


def question_only(train: Sequence[Pair], held_out: Sequence[Pair]) -> float:
    """AUROC of a bag of words over the question alone, taught and judged on the same pairs as a reader."""
    words = CountVectorizer(ngram_range=(1, 2), min_df=2, binary=True)
    features = words.fit_transform([pair.question for pair in train for _ in range(2)])
    model = LogisticRegression(max_iter=1000).fit(features, [1, 0] * len(train))
    chances = model.predict_proba(words.transform([pair.question for pair in held_out]))[:, 1]
    return float(auroc(chances, chances))


def some_of(rows: Sequence[Row], question: Callable[[Row], str], most: int = MOST) -> list[Row]:
    """At most so many rows, always the same ones, from all over a set."""
    return sorted(rows, key=lambda row: zlib.crc32(question(row).encode()))[:most]


def judge(data: Path, scorer: Scorer, keep: Path) -> dict[str, dict[str, float]]:
    """All figures of a reader, by set."""
    pairs = asked_pairs(data)
    held = [pair for pair in pairs if pair.passage and is_held_out(pair.passage)]
    passages = asked_passages(data)
    figures = {"asked, held out": judge_pairs(held, scorer)}
    figures["asked, held out"]["AUROC by the question alone"] = question_only(
        [pair for pair in pairs if not is_held_out(pair.passage)], held
    )
    figures["asked, held out, with as many sentences"] = judge_pairs([as_many(pair) for pair in held], scorer)
    as_written = [pair for pair in held if tuple(passages[pair.passage]["sentences"]) == pair.answering]
    as_written = some_of(as_written, _question)
    figures["asked, among eight"] = judge_among_eight(
        as_written, Neighbours(as_written, passages, keep), passages, scorer
    )
    public = held_out_public(data)
    for name, some in public.items():
        figures[name] = judge_pairs(some_of(some, _question), scorer)
    subjects = [name for name in subjects_of(data) if is_held_out_subject(name)]
    renamed = renamed_pairs(held, subjects) + some_of(renamed_pairs(public["medquad"], subjects), _question)
    figures["held out, another's name"] = judge_pairs(renamed, scorer)
    figures["squad2, its own unanswerable"] = judge_unanswerable(data, scorer)
    return figures


def _question(pair: Pair) -> str:
    return pair.question


def main() -> None:
    """Print the figures of the shipped reader and of cosine, and write them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder of the public data")
    parser.add_argument("keep", type=Path, help="file for vectors, kept from run to run")
    parser.add_argument("--weights", type=Path, help="weights other than the shipped ones")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.add_argument("--pairs-only", action="store_true", help="only the held-out pairs of our questions")
    arguments = parser.parse_args()
    reader = Reader(Weights.of(arguments.weights), own_lower()) if arguments.weights else shipped_reader()

    known: dict[Text, Reading] = {}

    def read(texts: Sequence[Text]) -> list[Scored]:
        """In small parts, so that states are kept while a question's texts are read; each text once."""
        new = list(dict.fromkeys(text for text in texts if text not in known))
        for at in range(0, len(new), 64):
            part = new[at : at + 64]
            known.update(zip(part, reader.read(part), strict=True))
        return [(known[text].sentences, known[text].passage) for text in texts]

    if arguments.pairs_only:
        held = [pair for pair in asked_pairs(arguments.data) if is_held_out(pair.passage)]
        print(json.dumps(judge_pairs(held, read), indent=1))
        return
    figures = {
        "reader": judge(arguments.data, read, arguments.keep),
        "cosine": judge(arguments.data, functools.partial(by_cosine, keep=arguments.keep), arguments.keep),
    }
    printed = json.dumps(figures, indent=1)
    print(printed)
    if arguments.json:
        arguments.json.write_text(printed + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
