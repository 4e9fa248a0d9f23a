"""Weights for documents of no field of which nobody asked: when they count, and what they are fitted to."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from index.clean import blocks
from index.load import load_paths
from index.readable import in_full
from index.search import PassageIndex
from index.split import split
from qa.evidence.confidence import confidence_of
from qa.evidence.signals import SENTENCE_SIGNALS, Signals
from qa.evidence.weights import NO_FIELD, THRESHOLD_LITTLE_ASKED, shipped_weights, weights_for
from qa.train.fit_any_folder import as_markdown, with_votes
from qa.train.reader_pairs import is_held_out, is_to_fit, twin_passages
from qa.words import spoken_in

ANY_FOLDER = shipped_weights(reads=True, any_folder=True)


def an_index(**changed: Any) -> PassageIndex:
    told = {
        "reader_name": "shipped",
        "pack_name": NO_FIELD,
        "asked": (),
        "manifest": {"counts": {"passages": 9}},
    }
    return cast(PassageIndex, SimpleNamespace(**told | changed))


def test_they_count_for_the_reader_that_they_were_fitted_with_in_the_language_that_it_knows() -> None:
    assert weights_for(an_index()) == ANY_FOLDER
    assert weights_for(an_index(asked=(1,) * 9)) == shipped_weights(reads=True)
    for other in ({"reader_name": "somebody/a-reader"}, {"reader_name": "none"}, {"pack_name": "health"}):
        weights = weights_for(an_index(**other))
        assert weights.threshold == THRESHOLD_LITTLE_ASKED and not weights.knows_off_topic
    with spoken_in("de"):
        assert weights_for(an_index()).threshold == THRESHOLD_LITTLE_ASKED


@pytest.mark.parametrize(("reading", "answers"), [(4.0, True), (-6.0, False)])
def test_there_the_reader_decides_whatever_words_a_sentence_has(reading: float, answers: bool) -> None:
    """Of the words of "who has to buy the loo rolls" the sentence that answers may have none."""
    table = np.zeros((1, len(SENTENCE_SIGNALS)), np.float32)
    table[0, SENTENCE_SIGNALS.index("reading")] = reading
    none = np.zeros(1, np.float32)
    measured = Signals((), (), table, np.zeros((0, 1), np.float32), none, none[:, None], ())
    assert (confidence_of(measured, none, ANY_FOLDER) >= ANY_FOLDER.threshold) == answers


def test_what_is_kept_to_fit_is_held_out_of_nothing_else() -> None:
    kept = [number for number in twin_passages() if is_to_fit(number)]
    assert len(kept) > 200 and not any(map(is_held_out, kept))


def test_a_passage_in_twins_is_read_from_its_document_as_it_was_written(tmp_path: Path) -> None:
    sentences = [
        "Prices are per hour.",
        "Room: Hall; Weekday: £18",
        "Room: Attic; Weekday: £9",
        "Not lent are: knives",
        "Not lent are: lamps",
        "To let the blind down: 1. Free the cord.",
        "To let the blind down: 2. Lower it.",
        "Caretaker: Ms Holm",
    ]
    passage = {"title": "The rooms", "section": "For hire", "sentences": sentences}
    (tmp_path / "a.md").write_text(as_markdown(passage), encoding="utf-8")
    (document,), errors = load_paths([str(tmp_path / "a.md")])
    read = {in_full(each) for passage in split(document, blocks(document)) for each in passage.sentences}
    as_read = [sentence.replace(": 1. ", ": ").replace(": 2. ", ": ") for sentence in sentences]
    # What stands above a table is read with each of its rows.
    assert errors == []
    assert [each for each in as_read if not any(told.endswith(each) for told in read)] == []


def test_votes_of_questions_that_a_document_asks_itself_count_as_elsewhere() -> None:
    empty = {"sentence": {"votes": 0.0}, "question": {"votes": 0.0, "asked_balance": 0.0}}
    fitted = with_votes(empty)
    assert fitted["sentence"]["votes"] > 1 and fitted["question"]["votes"] > 1
    assert fitted["question"]["asked_balance"] == 0
