"""Absolute claims never stand alone, and both sides of a dispute are quoted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from index.types import Document, Passage, Sentence
from qa.ask import Assistant
from qa.compose import answer
from qa.evidence.choose import Evidence
from qa.evidence.honesty import Caution, _differ, absolute_words
from qa.evidence.support import Candidate
from qa.types import Answer

ADVERT = "promotional article"


def candidate(text: str, kind: str = ADVERT) -> Candidate:
    sentence = Sentence(0, len(text), text)
    passage = Passage(0, f"{kind}.md", "A", kind, "", None, 0, len(text), text, (sentence,))
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


def test_of_two_that_disagree_a_chosen_one_that_sells_nothing_is_read_first() -> None:
    """A reply that was only brought in to be quoted beside the claim stays behind it."""
    claim = candidate("The lamp is highly effective.")
    reply = candidate("In trials the lamp was no better than a sham.", "evidence note")
    caution = Caution("disagreement", claim, reply, "")

    def first(*chosen: Candidate) -> str:
        evidence = Evidence(chosen, tuple((each, 1.0) for each in chosen), 0.9, ())
        return answer("Does the lamp help?", evidence, [caution]).sentences[0].text

    assert first(claim, reply) == reply.sentence.text
    assert first(claim) == claim.sentence.text


def test_a_not_before_a_claim_denies_it() -> None:
    cleared = "That a device is cleared does not mean that it is proven to work."
    assert absolute_words(candidate(cleared, "evidence note")) == ""
    assert absolute_words(candidate("It is proven to work.", "evidence note")) == "proven to"


def test_a_source_that_denies_a_claim_does_not_make_it() -> None:
    denial = "To say that light has no side effects is not supported by trials."
    assert absolute_words(candidate(denial, "evidence note")) == ""
    assert absolute_words(candidate(denial)) == "has no side effects"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, shipped_index_folder: Path) -> Assistant:
    """Three documents of which two dispute what the third claims, with the encoder of the shipped index."""

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


def test_the_other_side_is_quoted_whichever_side_answers_best(small: Assistant) -> None:
    """The note of a disagreement needs both quotes; here the evidence note is the nearer one."""
    reply = small.ask("Which side effects of the Lumina lamp are frequent?")
    assert isinstance(reply, Answer)
    assert reply.sentences[0].text.startswith("Burns are the most frequent")
    notes = {note.kind: note for note in reply.notes}
    claim, other = notes["disagreement"].citations
    quotes = {citation.number: citation for citation in reply.citations}
    assert quotes[claim].quote == "The Lumina lamp has no side effects."
    assert quotes[other].source_kind == "evidence note"


def test_what_one_source_says_is_no_disagreement(small: Assistant) -> None:
    """Asked what the advert claims, the claim still comes with its note, and what speaks against it."""
    reply = small.ask("According to the advert, does the Lumina lamp have side effects?")
    assert isinstance(reply, Answer)
    kinds = [note.kind for note in reply.notes]
    assert "disagreement" not in kinds
    (note,) = (note for note in reply.notes if note.kind == "unsupported")
    assert "Compare" in note.text
    assert len(note.citations) == 2


def test_a_source_that_says_it_gives_no_figures_claims_nothing() -> None:
    silent = candidate("The article gives no figures for the relief that lamps bring.")
    claim = candidate("The article promises relief.")
    reply = candidate("Lamps were no better than a sham.", "evidence note")
    assert not _differ(silent, reply)
    assert _differ(claim, reply)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory, shipped_index_folder: Path) -> Assistant:
    """The raw articles that lie beside the project, where they do; of both the kind is unstated."""
    articles = Path(__file__).parent.parent.parent / "shared" / "seeds"
    if not articles.is_dir():
        pytest.skip("needs the raw articles in ../shared/seeds, which are not part of the project")
    folder = shutil.copytree(shipped_index_folder, tmp_path_factory.mktemp("raw") / "index")
    documents, errors = load_paths([str(articles)])
    assert errors == []
    build(documents, folder)
    return Assistant(PassageIndex.open(folder))


@pytest.mark.parametrize(
    "question",
    [
        "Does infrared therapy have side effects?",
        "any side effects of infrared",
        "What are the side effects of infrared therapy?",
    ],
)
def test_the_raw_articles_never_read_as_no_side_effects(raw: Assistant, question: str) -> None:
    """The claim of one article is told to be without support, and the other's small harm stands beside it."""
    reply = raw.ask(question)
    assert isinstance(reply, Answer)
    quotes = {citation.number: citation for citation in reply.citations}
    notes = {note.kind: note for note in reply.notes}
    claim, other = notes["unsupported"].citations
    assert "no side effects" in quotes[claim].quote
    assert "“has no side effects”" in notes["unsupported"].text
    assert "marginal" in quotes[other].quote
    assert quotes[claim].document != quotes[other].document
    assert notes["disagreement"].citations == (claim, other)
    assert {sentence.citation for sentence in reply.sentences} >= {claim, other}
