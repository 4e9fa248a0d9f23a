"""What forbids comes before what reassures, medicines are nobody's to choose, and doubt brings a warning."""

from __future__ import annotations

import pytest

from index.types import Part, Passage, Sentence
from qa.compose import with_warning
from qa.evidence.choose import Evidence
from qa.evidence.support import Candidate
from qa.health.claims import absolute_claim, asks_leave, denies_claim, disputes, limits, one_matter
from qa.health.pack import HEALTH
from qa.health.personal import which_medicine
from qa.health.safety.triage import doubtful
from qa.in_short import lay_out
from qa.pack import in_force
from qa.types import Refusal
from ui.sections import first_notes


def candidate(text: str, kind: str = "evidence note") -> Candidate:
    sentence = Sentence(0, len(text), text)
    passage = Passage(0, "a.md", "A", kind, "", None, 0, len(text), text, (sentence,))
    return Candidate(passage, sentence, 0)


def test_what_limits_is_read_before_what_reassures_where_leave_is_asked() -> None:
    reassures = candidate("A review found the data on light therapy during cancer care reassuring.")
    limiting = candidate("Light therapy should not be given over a known tumour.")
    evidence = Evidence((reassures, limiting), ((reassures, 1.0), (limiting, 0.9)), 0.9, ())
    with in_force(HEALTH):
        asked = lay_out("Can I have laser if I had breast cancer?", evidence, ())
        told = lay_out("What was found on laser and cancer?", evidence, ())
    assert asked[0].candidate is limiting
    assert told[0].candidate is reassures


def test_what_limits_for_an_illness_is_read_first_though_another_sentence_on_it_is_nearer() -> None:
    tried = candidate("Infrared pads do not work better than sham for diabetic neuropathy.")
    limiting = candidate("People whose feet are numb from diabetes can burn without noticing.")
    evidence = Evidence((tried, limiting), ((tried, 4.0), (limiting, 1.0)), 0.9, ())
    with in_force(HEALTH):
        asked = lay_out("My mum is diabetic with numb feet, can she use an infrared pad?", evidence, ())
        of_effect = lay_out("My mum is diabetic with numb feet, do infrared pads work?", evidence, ())
    assert asked[0].candidate is limiting
    assert of_effect[0].candidate is tried


def test_who_names_an_implant_asks_leave_in_whatever_words() -> None:
    reassures = candidate("The light of a laser is not held to affect a pacemaker.")
    limiting = candidate("Anyone with a pacemaker should ask their cardiac team before using a light device.")
    evidence = Evidence((reassures, limiting), ((reassures, 1.0), (limiting, 0.9)), 0.9, ())
    with in_force(HEALTH):
        laid_out = lay_out("Does laser help my back with a pacemaker?", evidence, ())
    assert laid_out[0].candidate is limiting


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Can I have laser if I had breast cancer?", True),
        ("Is cold laser safe in pregnancy?", True),
        ("Am I too old for it?", True),
        ("What is cold laser?", False),
    ],
)
def test_leave_is_asked(question: str, asks: bool) -> None:
    assert asks_leave(question) is asks


def test_what_limits() -> None:
    assert limits("One maker rules out low-level laser over a known cancer.")
    assert limits("It must not be used on the eyes.")
    assert not limits("The human data were reassuring.")


@pytest.mark.parametrize(
    ("question", "declined"),
    [
        ("Which painkillers can I take?", True),
        ("how much paracetamol can I take a day", True),
        ("Can I have laser while I take steroids?", False),
        ("Which medicines make the skin sensitive to light?", False),
        ("What is neuropathy?", False),
    ],
)
def test_which_medicine_to_take_is_declined(question: str, declined: bool) -> None:
    reason = which_medicine(question)
    assert (reason is not None) is declined
    assert reason is None or "pharmacist" in reason


def test_the_advice_to_change_nothing_is_read_before_the_quotes() -> None:
    note = HEALTH.note("Should I stop my gabapentin and use infrared instead?")
    assert note is not None
    assert note.kind == "change_nothing"
    assert first_notes(Refusal(question="q", notes=(note,))) == [note]


@pytest.mark.parametrize(
    ("message", "doubt"),
    [
        ("I have a cut on my heel that won't heal", True),
        ("my feet went numb a few days ago, does infrared help", True),
        ("my feet have been numb for years", False),
        ("How long does a session last?", False),
    ],
)
def test_what_may_need_help_brings_a_warning(message: str, doubt: bool) -> None:
    assert (doubtful(message) is not None) is doubt


def test_a_warning_is_quoted_with_its_source_before_all_else() -> None:
    reply = with_warning(Refusal(question="q"), candidate("See a GP about a cut that will not heal."))
    (citation,) = reply.citations
    assert citation.quote == "See a GP about a cut that will not heal."
    assert first_notes(reply)[0].citations == (citation.number,)
    again = with_warning(reply, candidate("See a GP about a cut that will not heal."))
    assert len(again.citations) == 1


def test_a_warning_that_is_an_item_of_a_list_is_quoted_with_its_intro() -> None:
    intro, item = "Go to A&E at once if:", "the foot turns black"
    text = f"{intro}\n- {item}"
    start = text.index(item)
    sentence = Sentence(
        start, len(text), item, role="item", companions=(Part("intro", 0, len(intro), intro),)
    )
    passage = Passage(0, "a.md", "A", "note", "", None, 0, len(text), text, (sentence,))
    reply = with_warning(Refusal(question="q"), Candidate(passage, sentence, 0))
    assert [citation.quote for citation in reply.citations] == [intro, item]
    assert first_notes(reply)[0].citations == (1, 2)
    assert f"{intro} {item}" in first_notes(reply)[0].text
    assert reply.citations[1].read_with == (1,)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The lamp is completely safe.", "completely safe"),
        ("It is not completely safe.", ""),
        ("Nobody has shown that it isn't risk-free.", ""),
        ("Does that mean that it is risk-free?", ""),
        ("It is not only natural but completely safe.", "completely safe"),
        ("That it is cleared does not mean that it is proven to work.", ""),
    ],
)
def test_a_claim_is_what_a_sentence_asserts(text: str, claim: str) -> None:
    assert absolute_claim(text) == claim


def test_what_is_said_to_be_so_is_somebody_elses_claim() -> None:
    assert denies_claim("The pads are advertised as risk-free.")
    assert not denies_claim("The pads are risk-free.")


@pytest.mark.parametrize(
    ("claim", "reply", "one"),
    [
        ("It is effective for sciatic neuropathy.", "No effect was found in diabetic neuropathy.", False),
        ("It is effective for sciatic neuropathy.", "No trial tested it for sciatica.", True),
        ("It heals neuropathy.", "No effect was found in diabetic neuropathy.", True),
        ("It makes nerve cells grow again.", "People with numb feet can burn.", False),
    ],
)
def test_two_sentences_that_name_different_matters_do_not_disagree(claim: str, reply: str, one: bool) -> None:
    assert one_matter(claim, reply) is one


def test_who_takes_no_side_disputes_nothing() -> None:
    assert disputes("The trials found no effect.")
    assert not disputes("WHO makes no statement for or against it.")
    assert not disputes("Pain was lowered compared with placebo.")
