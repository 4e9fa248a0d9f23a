"""Absolute claims never stand alone, and both sides of a dispute are quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build
from index.search import PassageIndex
from index.types import Document, Passage, Sentence
from qa.ask import Assistant
from qa.evidence.honesty import absolute_words
from qa.evidence.signals import Candidate
from qa.types import Answer

ADVERT = "promotional article"


def candidate(text: str, kind: str = ADVERT) -> Candidate:
    sentence = Sentence(0, len(text), text)
    passage = Passage(0, "a.md", "A", kind, "", None, 0, len(text), text, (sentence,))
    return Candidate(passage, sentence, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lamp can be used at home and has no side effects.", "has no side effects"),
        ("It is a risk-free option.", "risk-free"),
        ("It works without any side effects.", "without any side effects"),
        ("Light is a highly effective option for sciatica.", "highly effective"),
        ("It is completely safe.", "completely safe"),
        ("The pads are clinically proven.", "clinically proven"),
        ("The lamp cures neuropathy.", "cures"),
        ("Side effects are minimal.", ""),
        ("The light enters the skin.", ""),
        ("In 12 trials the effect was no larger than that of a sham.", ""),
    ],
)
def test_absolute_words_are_found_as_they_stand(text: str, words: str) -> None:
    assert absolute_words(candidate(text)) == words


def test_a_source_that_denies_a_claim_does_not_make_it() -> None:
    denial = "To say that light has no side effects is not supported by trials."
    assert absolute_words(candidate(denial, "evidence note")) == ""
    assert absolute_words(candidate(denial)) == "has no side effects"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, shipped_index_folder: Path) -> Assistant:
    """Three documents of which two dispute what the third claims, with the encoder of the shipped index."""
    import shutil

    folder = shutil.copytree(shipped_index_folder, tmp_path_factory.mktemp("small") / "index")
    documents = [
        Document(
            "advert.md",
            "Lumina lamp for sore knees",
            "The Lumina lamp is used for sore knees. The Lumina lamp has no side effects. A session lasts 15 "
            "minutes. The Lumina lamp comes in blue.",
            ADVERT,
        ),
        Document(
            "note.md",
            "Safety of lamps for sore knees",
            "Burns are the most frequent side effects of the Lumina lamp (Doe, 2020). Most people had none.",
            "evidence note",
        ),
    ]
    build(documents, folder)
    return Assistant(PassageIndex.open(folder), threshold=0.0)


def test_an_absolute_claim_comes_with_a_note_and_the_other_side(small: Assistant) -> None:
    reply = small.ask("Does the Lumina lamp have side effects?")
    assert isinstance(reply, Answer)
    by_kind = {citation.source_kind: citation for citation in reply.citations}
    assert by_kind[ADVERT].quote == "The Lumina lamp has no side effects."
    assert by_kind["evidence note"].quote.startswith("Burns are the most frequent")
    notes = {note.kind: note for note in reply.notes}
    both = tuple(sorted((by_kind[ADVERT].number, by_kind["evidence note"].number)))
    assert tuple(sorted(notes["disagreement"].citations)) == both
    assert "“has no side effects”" in notes["unsupported"].text


def test_what_nobody_disputes_stands_without_a_note(small: Assistant) -> None:
    reply = small.ask("How long does a session with the Lumina lamp last?")
    assert [sentence.text for sentence in reply.sentences] == ["A session lasts 15 minutes."]
    assert reply.notes == ()
