"""What each thing gives: how often the first sentence is right as they are added, in both voices.

    python -m qa.train.ablation
    python -m qa.train.ablation --folder seeds/handbook --questions seeds/handbook_questions.jsonl --pack none

Asked are the answerable questions with gold, of one split, that ask one thing. Of what was asked in advance a
share is kept, by a hash of each question, so that a smaller share is part of a larger one. Prints a table in
Markdown.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from index.types import AskedHit
from qa.ask import Assistant
from qa.evaluate.answers import VOICES, supports_any
from qa.evaluate.asked import cited, spans
from qa.evaluate.baselines import two_cosines
from qa.evaluate.questions import Question, Span, load_questions, places_of, texts_of
from qa.evidence.gather import Gathered, gather
from qa.evidence.signals import SENTENCE_SIGNALS, measure
from qa.pack import in_force, pack_in_force
from qa.packs import pack_named
from qa.sources import INFORMED, standing

SHARES = (0.0, 1 / 8, 1 / 4, 1 / 2, 1.0)
LOOKED_AT = 8
"""How many times as many near questions are looked at as are kept of the smallest share but none."""

First = Callable[[str], Sequence[Span]]
"""The sentence that is said first for a question; none where it is declined."""


class Thinned:
    """An index with a share of what was asked in advance."""

    def __init__(self, index: PassageIndex, share: float) -> None:
        self._index, self._share = index, share

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)

    def asked_in_advance(self, question: str, most: int) -> list[AskedHit]:
        near = self._index.asked_in_advance(question, most * LOOKED_AT)
        return [hit for hit in near if _place(hit.asked.question) < self._share][:most]


def _place(question: str) -> float:
    """From 0 to 1, the same for the same words."""
    return int.from_bytes(hashlib.sha256(question.encode()).digest()[:4]) / 2**32


def ways(index: PassageIndex) -> dict[str, First]:
    """What is compared, by name; each adds to the one before; the last are lightqa whole."""

    def by_votes(beside: PassageIndex, *, asked: bool = True) -> First:
        return lambda question: _by_votes(question, gather(question, beside, with_asked=asked), beside)

    def whole(beside: PassageIndex) -> First:
        never_declines = Assistant(beside, threshold=0.0)
        return lambda question: spans(cited(never_declines.ask(question))[:1])

    thinned = {share: cast(PassageIndex, Thinned(index, share)) for share in SHARES}
    return {
        "two cosines": lambda question: two_cosines(question, index).spans[:1],
        "+ evidence first": by_votes(index, asked=False),
        **{f"+ {share:g} of what was asked": by_votes(thinned[share]) for share in SHARES[1:]},
        **{f"lightqa, {share:g} of it": whole(thinned[share]) for share in SHARES},
    }


def _by_votes(question: str, gathered: Gathered, index: PassageIndex) -> Sequence[Span]:
    """By two cosines, and twice the votes of what was asked in advance, what weighs before what sells."""
    signals = measure(gathered, index)
    columns = [SENTENCE_SIGNALS.index(name) for name in ("meaning", "passage_similarity", "votes")]
    scores = signals.table[:, columns] @ [0.5, 0.5, 2.0]
    disputable = pack_in_force().claims.may_be_disputed(question)
    weighed = [disputable and standing(each.passage.kind) >= INFORMED for each in signals.candidates]
    order = sorted(range(len(scores)), key=lambda at: -float(scores[at] + 0.1 * weighed[at]))
    best = [signals.candidates[at] for at in order[:1]]
    return [Span(each.passage.document, each.sentence.start, each.sentence.end) for each in best]


def table(index: PassageIndex, questions: Sequence[Question]) -> str:
    """The table in Markdown: a row for each way, a column for each voice that the questions have."""
    documents = texts_of(index)
    asked = {
        words: [each for each in questions if each.voice == voice and each.gold and len(each.parts) < 2]
        for voice, words in {**VOICES, "": "well-formed"}.items()
    }
    asked = {words: some for words, some in asked.items() if some}
    lines = ["| | " + " | ".join(f"{words.strip(', ')}, {len(some)}" for words, some in asked.items()) + " |"]
    lines.append("|---" * (len(asked) + 1) + "|")
    for name, first in ways(index).items():
        shares = []
        for some in asked.values():
            right = [
                any(
                    supports_any(span, [places_of(gold, each, documents) for gold in each.best or each.gold])
                    for span in first(each.text)
                )
                for each in some
            ]
            shares.append(f"{sum(right) / len(right):.2f}")
        lines.append(f"| {name} | " + " | ".join(shares) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", default=".lightqa/index")
    parser.add_argument("--folder", help="documents to index beside it, with its encoder and reader")
    parser.add_argument("--pack", default="health")
    parser.add_argument("--questions", default="seeds/questions.jsonl")
    parser.add_argument("--split", default="test")
    given = parser.parse_args()
    questions = [each for each in load_questions(given.questions, given.split) if not each.earlier]
    questions = [each for each in questions if each.kind not in ("emergency", "typo")]
    index = PassageIndex.open(given.index)
    with tempfile.TemporaryDirectory(prefix="lightqa-") as folder, in_force(pack_named(given.pack)):
        if given.folder:
            documents, errors = load_paths([given.folder])
            assert not errors, errors
            build(documents, Path(folder), pack=given.pack, like=index)
            index = PassageIndex.open(folder)
        print(table(index, questions))


if __name__ == "__main__":
    main()
