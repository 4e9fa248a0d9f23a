"""Misspelt words are corrected, true words never, and every change is told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qa.conversation.spelling import Corrector
from qa.conversation.typed_words import Change, Correction
from qa.evidence.units import units_in
from qa.pack import NONE, in_force
from qa.packs import pack_named

if TYPE_CHECKING:
    from index.search import PassageIndex
    from qa.ask import Assistant

# Words of an imagined index, with counts.
VOCABULARY = {
    "infrared": 60, "light": 40, "laser": 50, "therapy": 60, "cold": 30, "which": 9, "nerves": 12, "cells": 9,
    "nerve": 20, "reach": 3, "pain": 50, "back": 30, "side": 8, "effects": 8, "muscles": 3, "mice": 4,
    "neuropathy": 30, "sciatic": 5, "photobiomodulation": 6, "schwann": 3, "charcot": 1, "guimaraes": 3,
    "wear": 1, "goggles": 2, "tingle": 2, "states": 4, "treatment": 20, "serious": 2, "trkb": 2, "lllt": 2,
    "heat": 2, "study": 9, "stiff": 2, "meta-analysis": 2, "medicare": 2, "cochrane": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    return Corrector(VOCABULARY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dos the cold lazer heet the skinn", "does the cold laser heat the skin"),
        ("infared and nueropathy", "infrared and neuropathy"),
        ("coldlaser for backpain", "cold laser for back pain"),
        ("howmany nerves", "how many nerves"),
        ("iscoldlasersafeforbackpain", "is cold laser safe for back pain"),
        ("a sterroid injecshun", "a steroid injection"),
        ("photo biomodulation with infra red", "photobiomodulation with infrared"),
        ("wot are schwan cels", "what are schwann cells"),
        ("what treatmen for siatic pian", "what treatment for sciatic pain"),
        ("any humen stufy of heat", "any human study of heat"),
        ("a sharcot foot", "a charcot foot"),
        ("warfrin", "warfarin"),
        ("amitryptiline", "amitriptyline"),
        ("wich nerves dus infrred lite reach", "which nerves does infrared light reach"),
        ("poeple with fotobiomodulation", "people with photobiomodulation"),
        ("does Medicair pay for it", "does Medicare pay for it"),
        ("what did the Cockran review say", "what did the Cochrane review say"),
        ("can a laser start a fyre", "can a laser start a fire"),
        ("usedat home with exspensive pads", "used at home with expensive pads"),
        ("wiht teh laser befor", "with the laser before"),
        ("whats infrared, and wont it burn", "what is infrared, and won't it burn"),
        ("alot of nerves aswell", "a lot of nerves as well"),
        ("do they menshun it in a metta analisis", "do they mention it in a meta-analysis"),
    ],
)  # fmt: skip
def test_corrects(corrector: Corrector, typed: str, meant: str) -> None:
    assert corrector.correct(typed).text == meant


@pytest.mark.parametrize(
    "question",
    [
        "what is haemophilia, or hemophilia?",  # both spellings are English
        "my toes are tingly",  # made of a word of the documents
        "oedema, edema, fibres, fibers, tumour, tumor",
        "gabapentin pregabalin duloxetine apixaban edoxaban nortriptyline rivaroxaban tapentadol",
        "diabetic nephropathy",  # two slips from neuropathy
        "the stapes of the ear",  # one letter from a word of the documents
        "ulnar neuropathy, sural nerve, peroneal nerve, plantar fasciitis, vagus nerve",
        "May I halve my tramadol?",  # not "have"
        "my carer takes a statin for serous otitis",  # not "career", "station", "serious"
        "can i use celluma or revitive or beurer",  # brands
        "a meta analysis, a meta-analysis",
        "What does Gemunden say?",  # a name that is near to nothing
        "10.1097/j.pain.0000000000002189 or infrred@example.com or www.infrred.org",
        "LLLT, TENS, RNAs and iNKT",
        "TrkB receptors",
        "Can I eat mussels and pane carasau?",  # true words, and nothing else is misspelt
        "laser dose for the neck",
        "which dose is given",
        "what dose of infrared",
        "were my nerves harmed",
        "an old acl tear, emg and dvt",
        "my voice is hoarse",
        "a coke lit by a cat's eye",
        "Qu'est-ce que la thérapie infrarouge spéciale",
        "",
        "???",
    ],
)
def test_leaves_alone(corrector: Corrector, question: str) -> None:
    assert corrector.correct(question) == Correction(question, ())


def test_a_rare_true_word_is_put_beside_the_one_of_the_documents_that_sounds_like_it(
    corrector: Corrector,
) -> None:
    """Both are read; what the documents say, what is common, and forms of their words are not doubted."""
    assert corrector.doubted("where pane starts").text == "where pain starts"
    for said in ("does it hurt", "a plain pain", "cold lasers", "a lamp", "paint", "haemophilia"):
        assert corrector.doubted(said).changes == (), said
    assert Corrector({**VOCABULARY, "pane": 1}).doubted("cold pane").changes == ()
    assert Corrector(VOCABULARY).doubted("cold pane", but={"pane"}).changes == ()


def test_a_true_word_is_no_slip_for_one_that_the_documents_lack_too(corrector: Corrector) -> None:
    with in_force(NONE):
        said = Corrector(VOCABULARY).doubted("how often is larch decking oiled")
    assert said.changes == ()  # not "large" or "march"
    assert corrector.doubted("i downid a bottle").text == "i downed a bottle"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("is horse rideing bad for it", "is horse riding bad for it"),  # not "reading"
        ("on my insurance polcy", "on my insurance policy"),
        ("laser for gowt in the toe", "laser for gout in the toe"),  # an illness that the documents lack
    ],
)
def test_the_nearest_word_of_all_is_meant(shipped_index: PassageIndex, typed: str, meant: str) -> None:
    with in_force(pack_named("health")):
        assert Corrector(shipped_index.vocabulary).correct(typed).text == meant


def test_a_unit_may_be_meant_that_the_documents_have_only_as_its_sign() -> None:
    assert Corrector(VOCABULARY, units_in("en")).correct("is 4 jouls enough").text == "is 4 joules enough"


def test_a_word_of_the_documents_is_not_doubted_where_another_is_nearer(shipped_index: PassageIndex) -> None:
    doubted = Corrector(shipped_index.vocabulary).doubted("which matress is best")  # not "matters"
    assert doubted == Correction("which matress is best")


def test_an_unknown_abbreviation_may_have_its_letters_in_another_order(corrector: Corrector) -> None:
    assert corrector.doubted("what does LLTL stand for") == Correction(
        "what does LLLT stand for", (Change("LLTL", "LLLT"),)
    )
    assert corrector.doubted("what does TENS cost").changes == ()


def test_tells_every_change(corrector: Corrector) -> None:
    assert corrector.correct("Infrred  lite: does it help Siatica's pian?") == Correction(
        "Infrared  light: does it help Siatica's pain?",
        (Change("Infrred", "Infrared"), Change("lite", "light"), Change("pian", "pain")),
    )


def test_case_stays_as_typed(corrector: Corrector) -> None:
    assert corrector.correct("DOES INFRRED HELP").text == "DOES INFRARED HELP"
    assert corrector.correct("Infra red helps").text == "Infrared helps"
    assert corrector.correct("What did Guimares find").text == "What did Guimaraes find"


def test_words_of_the_documents_are_never_corrected() -> None:
    """Even those that are plainly misspelt there: a quote could not be found by any other spelling."""
    assert Corrector({"infrred": 1, "infrared": 50}).correct("infrred").text == "infrred"


def test_empty_vocabulary_corrects_against_english_alone() -> None:
    assert Corrector({}).correct("coldlaser for acident").text == "coldlaser for accident"


def test_every_word_of_the_shipped_documents_stays(shipped_index: PassageIndex) -> None:
    corrector = Corrector(shipped_index.vocabulary)
    words = " ".join(word for word in shipped_index.vocabulary if len(word) > 2)
    assert corrector.correct(words).changes == ()


def test_clean_questions_stay_clean(shipped_index: PassageIndex) -> None:
    """None of the development questions that are spelt well is changed; the typed ones have slips."""
    corrector = Corrector(shipped_index.vocabulary)
    changed: list[Change] = []
    for line in (Path(__file__).parent.parent / "seeds" / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == "dev" and row["kind"] != "typo" and "voice" not in row:
            for question in row.get("turns") or [row["question"]]:
                changed += corrector.correct(question).changes
    assert [change for change in changed if not change.meant.startswith(change.typed[:-1])] == []


def test_medical_questions_of_others_stay(shipped_index: PassageIndex, shared_data: Path) -> None:
    """Of 400 questions about rare diseases at most one word is changed (measured: 1 in 1,500)."""
    with gzip.open(shared_data / "medquad" / "qa.jsonl.gz", "rt", encoding="utf-8") as rows:
        questions = list(dict.fromkeys(json.loads(line)["question"] for line in rows))[::30][:400]
    corrector = Corrector(shipped_index.vocabulary)
    changes = [change for question in questions for change in corrector.correct(question).changes]
    assert len(changes) <= 1, changes


def test_very_long_words_are_left_alone(corrector: Corrector) -> None:
    question = "infrred" * 2000
    assert corrector.correct(question).text == question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what is the does for the back", "what is the dose for the back"),
        ("dose infrared help", "does infrared help"),
        ("what dose the laser do", "what does the laser do"),
        ("is there a dose for light", "is there a dose for light"),
        ("what dose is used", "what dose is used"),
        ("who pays fro laser", "who pays for laser"),
    ],
)
def test_letters_that_changed_places_in_an_everyday_word_are_doubted(typed: str, meant: str) -> None:
    assert Corrector(VOCABULARY | {"dose": 9}).doubted(typed).text == meant


@pytest.mark.parametrize("question", ["what is a joule?", "is hers the same?", "how many joules in all?"])
def test_units_and_pronouns_are_no_slips_for_words_of_the_documents(
    question: str, assistant: Assistant
) -> None:
    assert assistant.ask(question).understood_as is None
