"""Which sentences a reader is given, and what those have that it was not given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from index.search import PassageIndex
from index.types import Passage, Sentence
from qa.evidence.choose import ONE_MORE, Scored, choose, read
from qa.evidence.gather import Gathered, gather
from qa.evidence.reader import Reading
from qa.evidence.readers import READ, readings
from qa.evidence.signals import SENTENCE_SIGNALS, Signals, measure, with_readings
from qa.evidence.support import Candidate
from qa.evidence.weights import shipped_weights
from qa.words import content_words


class ByNumber:
    """Reads off a sentence the number that it ends with, and keeps what it was shown."""

    def __init__(self) -> None:
        self.shown: list[list[str]] = []

    def scores(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        texts = [[sentence.text for sentence in passage.sentences] for passage in passages]
        self.shown += texts
        scores = [np.array([float(text.split()[-1]) for text in own], np.float32) for own in texts]
        return [Reading(own, float(own.max())) for own in scores]


def candidates_of(number: int, count: int) -> list[Candidate]:
    texts = [f"Sentence {number} {at}" for at in range(count)]
    text = ". ".join(texts)
    starts = [text.index(own) for own in texts]
    sentences = tuple(Sentence(s, s + len(t), t) for s, t in zip(starts, texts, strict=True))
    passage = Passage(number, "a.md", "", "", "", None, 0, len(text), text, sentences)
    return [Candidate(passage, sentence, at) for at, sentence in enumerate(sentences)]


def test_the_best_are_read_with_those_of_their_passage_in_reading_order() -> None:
    """Of two passages of READ sentences, all but the first of the second look best, then the first's last.

    The reader gives every sentence its position; the least of those that were read is 1.
    """
    candidates = [*candidates_of(0, READ), *candidates_of(1, READ)]
    looks = [at / READ for at in range(READ)] + [-1] + [10 - at for at in range(1, READ)]
    order = np.random.default_rng(0).permutation(len(candidates))
    reader = ByNumber()
    found = readings(
        "?", [candidates[at] for at in order], np.array([looks[at] for at in order], np.float32), reader
    )
    last = READ - 1
    assert reader.shown == [[f"Sentence 0 {last}"], [f"Sentence 1 {at}" for at in range(1, READ)]]
    assert found[np.argsort(order)].tolist() == [1] * last + [last, 1, *range(1, READ)]


def test_few_sentences_are_all_read() -> None:
    reader = ByNumber()
    found = readings("?", candidates_of(0, 3), np.zeros(3, np.float32), reader)
    assert found.tolist() == [0, 1, 2]


def test_what_was_read_goes_into_one_column_and_changes_no_other(shipped_index: PassageIndex) -> None:
    question = "Does it hurt?"
    weights = shipped_weights(reads=True)
    assert weights.to_read is not None
    before = measure(gather(question, shipped_index), shipped_index)

    class Zero:
        def scores(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
            return [Reading(np.full(len(own.sentences), 7, np.float32), 7.0) for own in passages]

    after = with_readings(before, question, weights.to_read, Zero())
    column = SENTENCE_SIGNALS.index("reading")
    assert (before.table[:, column] == 0).all()
    assert (after.table[:, column] == 7).all()
    others = [at for at in range(len(SENTENCE_SIGNALS)) if at != column]
    assert (after.table[:, others] == before.table[:, others]).all()


@pytest.mark.parametrize("reads", [True, False])
def test_both_sets_of_weights_answer(shipped_index: PassageIndex, reads: bool) -> None:
    weights = shipped_weights(reads=reads)
    evidence = read(gather("Who should not have cold laser therapy?", shipped_index), shipped_index, weights)
    assert evidence.chosen and evidence.confidence > weights.threshold


@pytest.mark.parametrize(
    ("below", "quoted"), [(0.5, [0, 1]), (ONE_MORE - 0.1, [0, 1]), (ONE_MORE + 0.1, [0])]
)
def test_the_other_side_of_what_is_asked_is_quoted_too(below: float, quoted: list[int]) -> None:
    """The second sentence alone has the second word; the third has none, and is as near."""
    weights = shipped_weights(reads=True)
    candidates = candidates_of(1, 1) + candidates_of(2, 1) + candidates_of(3, 1)
    scores = np.array([9.0, 9.0 - weights.further - below, 9.0 - weights.further - below], np.float32)
    support = np.array([[1, 0, 0], [0.5, 1, 0.9]], np.float32)
    rows = np.zeros((3, len(SENTENCE_SIGNALS)), np.float32)
    words = tuple(content_words("cork felt"))
    signals = Signals(words, tuple(candidates), rows, support, support[0], np.eye(3, dtype=np.float32), ())
    evidence = choose(Scored(Gathered("cork, felt?", (), ()), signals, scores, {}, {}), weights)
    assert [candidates.index(each) for each in evidence.chosen] == quoted
