"""What a sentence has of a word that it does not name, and when a question is about something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.search import PassageIndex
from index.types import Asked, AskedHit, Document, Passage, Sentence
from qa.evidence.choose import read
from qa.evidence.confidence import READ_AS_ANSWER, about_something_else, confidence_of
from qa.evidence.gather import gather
from qa.evidence.signals import (
    BALANCE_SHARPNESS,
    FEW_WORDS,
    NOTHING_ASKED,
    SENTENCE_SIGNALS,
    AskedNear,
    Signals,
    asked_near,
    measure,
)
from qa.evidence.support import Candidate, carried, named, said
from qa.evidence.weights import shipped_weights
from qa.things_asked import asks_several
from qa.words import content_words


def candidates(document: str, count: int, text: str = "x") -> list[Candidate]:
    sentences = tuple(Sentence(2 * at, 2 * at + 1, text) for at in range(count))
    passage = Passage(
        id=0,
        document=document,
        title="",
        section="",
        kind="",
        page=None,
        start=0,
        end=2 * count,
        text="x " * count,
        sentences=sentences,
    )
    return [Candidate(passage, sentence, at) for at, sentence in enumerate(sentences)]


def test_a_word_is_carried_from_the_sentence_before_and_by_the_document() -> None:
    """Six sentences of one document and two of another; the word stands in the first two of the first.

    The share of the document is 2 * 2 / (6 + 4) = 0.4, and 0 for the other. The sentence after one that
    names the word has 0.7 of it; the first of the other document follows none.
    """
    known = np.array([[1, 1, 0, 0, 0, 0, 0, 0]], dtype=np.float32)
    found = carried(known, [*candidates("a", 6), *candidates("b", 2)])
    assert found.tolist() == [pytest.approx([0.4, 0.7, 0.7, 0.4, 0.4, 0.4, 0, 0])]


def test_a_word_of_nearly_every_sentence_is_had_by_all() -> None:
    """2 * 16 / (16 + 4) = 1.6 is no more than the whole word."""
    known = np.ones((1, 16), dtype=np.float32)
    assert carried(known, candidates("a", 16)).tolist() == [[1.0] * 16]


def test_nothing_is_carried_where_nothing_is_known() -> None:
    assert carried(np.zeros((2, 3), np.float32), candidates("a", 3)).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_a_word_of_a_phrase_counts_half_where_the_phrase_is_not_meant() -> None:
    """ "Bad back" is "back pain" in other words, 0.8; "bad" alone in "bad reactions" has half of its word."""
    question = "help for a bad back"
    words = [word for word in content_words(question) if word.text in ("bad", "back")]
    sentences = [*candidates("a", 1, "Bad reactions are rare."), *candidates("b", 1, "It eases back pain.")]
    by_name = named(words, [[candidate.sentence.text] for candidate in sentences])
    assert by_name.tolist() == [[1, 0], [0, 1]]
    assert said(question, words, sentences, by_name).tolist() == [
        pytest.approx([0.5, 0.8]),
        pytest.approx([0, 1]),
    ]


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("how do i stop my shed roof leaking", True),
        ("My laptop takes ages to start, what could be slowing it down?", True),
        ("does infrared help neuropathy", False),
        ("is it safe with a pacemaker", False),
    ],
)
def test_a_question_about_something_else(shipped_index: PassageIndex, question: str, elsewhere: bool) -> None:
    gathered = gather(question, shipped_index)
    signals = measure(gathered, shipped_index)
    assert about_something_else(signals) == elsewhere
    evidence = read(gathered, shipped_index, shipped_weights(reads=True))
    assert (evidence.confidence == 0) == elsewhere


def test_what_the_reader_finds_is_about_the_documents_however_it_is_asked(
    shipped_index: PassageIndex,
) -> None:
    signals = measure(gather("how do i stop my shed roof leaking", shipped_index), shipped_index)

    def elsewhere(reading: float) -> bool:
        table = signals.table.copy()
        table[-1, SENTENCE_SIGNALS.index("reading")] = reading
        return about_something_else(replace(signals, table=table))

    assert elsewhere(0.0) and elsewhere(READ_AS_ANSWER) and not elsewhere(READ_AS_ANSWER + 0.5)


def test_the_telling_words_are_measured_by_the_best_sentence(shipped_index: PassageIndex) -> None:
    """Of one telling word that no sentence names, the nearest sentence has all, by the word's weight."""
    question = "is it a swizzle"
    signals = measure(gather(question, shipped_index), shipped_index)
    telling = signals.table[:, SENTENCE_SIGNALS.index("telling_nearness")]
    nearest = signals.support.max()
    (rarity,) = (word.rarity for word in signals.words)
    had = min(1, nearest / max(nearest, 0.3))
    assert telling.max() == pytest.approx(had * rarity / (rarity + FEW_WORDS), abs=1e-6)


def test_one_candidate_alone_is_measured_by_all_words(index_folder: Path) -> None:
    """No word tells one sentence from itself; its nearness is then that of all words of the question."""
    build([Document("shed.md", "The shed", "The key hangs behind the door.")], index_folder)
    index = PassageIndex.open(index_folder)
    signals = measure(gather("Where does the key hang?", index), index)
    (telling,) = signals.table[:, SENTENCE_SIGNALS.index("telling_nearness")]
    weight = sum(word.rarity for word in signals.words)
    assert telling == pytest.approx(weight / (weight + FEW_WORDS), abs=1e-6)


def asked(answered: bool, similarity: float, question: str = "x") -> AskedHit:
    return AskedHit(Asked(question, (((0, 0),),) if answered else (), answered), similarity)


def test_what_the_nearest_questions_say_together_is_their_balance_by_nearness() -> None:
    """Of two at 0.8, one is answered: they cancel. Ten hundredths further off a question counts exp(-3)."""
    assert asked_near([]) == NOTHING_ASKED
    assert asked_near([asked(True, 0.8)]) == AskedNear(0.8, 0.0, pytest.approx(0.8))
    assert asked_near([asked(False, 0.8)]) == AskedNear(0.0, 0.8, pytest.approx(-0.8))
    assert asked_near([asked(True, 0.8), asked(False, 0.8)]).balance == pytest.approx(0)
    farther = np.exp(-BALANCE_SHARPNESS * 0.1)
    balance = 0.8 * (1 - farther) / (1 + farther)
    assert asked_near([asked(True, 0.8), asked(False, 0.7)]) == AskedNear(0.8, 0.7, pytest.approx(balance))
    # By rounding, the shares of these come to a little more than 1 together.
    assert asked_near([asked(True, 1.0), *(asked(True, 0.93 - at / 100) for at in range(7))]).balance <= 1


def test_a_question_asked_in_advance_that_asks_several_things_vouches_for_none_alone(
    shipped_index: PassageIndex,
) -> None:
    one = "Does cold laser work for plantar fasciitis?"
    several = "Does cold laser work for plantar fasciitis, and does it work for low back pain?"
    assert any(asks_several(hit.asked.question) for hit in shipped_index.asked_in_advance(one, 64))
    assert not any(asks_several(hit.asked.question) for hit in gather(one, shipped_index).asked)
    assert gather(several, shipped_index).asked[0].asked.question == several


@pytest.mark.parametrize(("nearest", "answered"), [(1.0, True), (0.99, False)])
def test_what_was_asked_in_advance_word_for_word_is_answered(nearest: float, answered: bool) -> None:
    """However little a reader makes of it, and however few of its words stand in the sentence."""
    table = np.zeros((1, len(SENTENCE_SIGNALS)), np.float32)
    table[0, SENTENCE_SIGNALS.index("reading")] = -9
    one, none = np.ones((1, 1), np.float32), np.zeros((0, 1), np.float32)
    asked = AskedNear(nearest, 0.0, 0.9)
    measured = Signals((), (), table, none, np.zeros(1, np.float32), one, (), asked)
    confidence = confidence_of(measured, np.ones(1, np.float32), shipped_weights(reads=True))
    assert (confidence >= 0.9) is answered
