"""What is asked to be done, told by how it is built; and what is brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.conversation.requests import COMPARISON, PLAIN, SUMMARY, Request, request_of
from qa.types import Answer, Refusal, Reply
from qa.verify import verify_reply

if TYPE_CHECKING:
    from index.search import PassageIndex
    from qa.ask import Assistant


@pytest.mark.parametrize(
    "typed",
    [
        "Explain that in simple words",
        "explain it to me like I'm five",
        "in plain English please",
        "could you put that in easier words?",
        "I don't understand a word of it",
        "what does all that mean?",
        "that's too complicated for me",
        "simplify that",
    ],
)
def test_what_was_said_in_plain_words(typed: str) -> None:
    assert request_of(typed) == Request(PLAIN)


@pytest.mark.parametrize(
    "typed",
    [
        "It's very hard to walk with my sciatica, does cold laser help?",
        "It is so hard to sleep at night, does infrared help?",
    ],
)
def test_what_is_hard_to_do_is_a_question(typed: str) -> None:
    assert request_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("what is a confidence interval", "confidence interval"),
        ("What does SMD mean?", "SMD"),
        ("define sham", "sham"),
        ("what do you mean by sham", "sham"),
    ],
)
def test_what_a_word_means(typed: str, about: str) -> None:
    assert request_of(typed) == Request(PLAIN, about)


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("summarise", ""),
        ("Can you sum that up?", ""),
        ("tl;dr", ""),
        ("sum up the article", "the article"),
        ("Give me a quick summary of the evidence on back pain", "the evidence on back pain"),
        ("what's the bottom line on laser for neck pain?", "laser for neck pain"),
    ],
)
def test_a_summary(typed: str, about: str) -> None:
    assert request_of(typed) == Request(SUMMARY, about)


@pytest.mark.parametrize(
    ("typed", "about", "sides", "for_what"),
    [
        ("compare cold laser and infrared", "", ("cold laser", "infrared"), ""),
        ("Compare the cost of A with B", "the cost of", ("A", "B"), ""),
        (
            "what is the difference between laser and heat for back pain?",
            "",
            ("laser", "heat"),
            "for back pain",
        ),
        ("how does infrared compare to cold laser?", "", ("infrared", "cold laser"), ""),
        ("cold laser vs infrared", "", ("cold laser", "infrared"), ""),
        ("Is laser or infrared better for the feet?", "", ("laser", "infrared"), "for the feet"),
        ("Which is better for neuropathy, infrared or laser?", "", ("infrared", "laser"), "for neuropathy"),
        ("whats better, laser or exercises for a stiff neck", "", ("laser", "exercises"), "for a stiff neck"),
        ("Cold laser or infrared, which is better?", "", ("Cold laser", "infrared"), ""),
        (
            "infrared or laser: which one works better for neuropathy",
            "",
            ("infrared", "laser"),
            "for neuropathy",
        ),
        (
            "infrared or laser for neuropathy, which works better",
            "",
            ("infrared", "laser"),
            "for neuropathy",
        ),
        ("is laser or a heat pad safer?", "is the safety of", ("laser", "heat pad"), ""),
        (
            "compare laser for neck pain and laser for back pain",
            "",
            ("laser for neck pain", "laser for back pain"),
            "",
        ),
    ],
)
def test_a_comparison(typed: str, about: str, sides: tuple[str, str], for_what: str) -> None:
    assert request_of(typed) == Request(COMPARISON, about, sides, for_what)


@pytest.mark.parametrize(
    "typed",
    [
        "does it work?",
        "laser or infrared for my neck?",
        "whats better for a stiff neck laser or just exercises",
        "In a nutshell, what is infrared therapy meant to do in the end?",
        "Do reviews agree on laser for the back?",
    ],
)
def test_a_question_is_none(typed: str) -> None:
    assert request_of(typed) is None


def test_a_question_that_compares_is_a_comparison_where_both_are_known(assistant: Assistant) -> None:
    request = request_of("is laser better than going to a chiropractor?")
    assert request == Request(COMPARISON, "", ("laser", "going to a chiropractor"))
    unknown = assistant.ask("is laser better than going to a chiropractor?")
    assert not any(sentence.under for sentence in unknown.sentences)
    known = assistant.ask("is infrared better than laser for neuropathy?")
    assert {sentence.under for sentence in known.sentences} >= {"infrared", "laser"}


def test_the_terms_of_the_answer_before_are_explained_by_the_glossary(
    assistant: Assistant, shipped_index: PassageIndex
) -> None:
    asked = "did infrared give a lasting gain in foot sensation"
    terms = [gloss.term.lower() for gloss in assistant.ask(asked).glosses]
    assert "smd" in terms and "95% ci" in terms
    reply = assistant.ask("Explain that in simple words", [asked])
    assert isinstance(reply, Answer)
    assert {citation.source_kind for citation in reply.citations} == {"glossary"}
    assert {"SMD", "95% CI"} <= {sentence.under for sentence in reply.sentences}
    assert verify_reply(reply.as_json(), shipped_index) is None


def test_thanks_between_an_answer_and_a_request_on_it_do_not_hide_it(assistant: Assistant) -> None:
    asked = "What did the trials of infrared therapy find?"
    at_once, thanked = (assistant.ask("summarise that", [asked, *between]) for between in ((), ("thanks",)))
    assert isinstance(at_once, Answer) and thanked.citations == at_once.citations


def test_nothing_said_before_cannot_be_said_in_plainer_words(assistant: Assistant) -> None:
    assert isinstance(assistant.ask("Explain that in simple words"), Refusal)


def test_a_word_of_the_glossary_is_explained_and_another_is_a_question(assistant: Assistant) -> None:
    reply = assistant.ask("What does SMD mean?")
    assert [citation.source_kind for citation in reply.citations] == ["glossary"]
    assert "standardised mean difference" in reply.sentences[0].text
    other = assistant.ask("What is cold laser therapy?")
    assert isinstance(other, Answer) and other.citations[0].source_kind != "glossary"


def test_a_summary_says_what_documents_say_in_short_what_weighs_most_first(
    assistant: Assistant, shipped_index: PassageIndex
) -> None:
    reply = assistant.ask("summarise the evidence on back pain")
    assert isinstance(reply, Answer)
    assert reply.citations[0].section == "In short"
    kinds = [citation.source_kind for citation in reply.citations]
    assert kinds.index("evidence note") < kinds.index("promotional article")
    assert all(sentence.under for sentence in reply.sentences)
    assert verify_reply(reply.as_json(), shipped_index) is None


def test_a_summary_of_one_document_is_of_that_one_alone(assistant: Assistant) -> None:
    path = next(path for path in assistant.index.paths() if path.endswith("back-pain.md"))
    reply = assistant.ask("summarise this", within=path)
    assert {citation.document for citation in reply.citations} == {path}
    assert reply.how_often is None


def first_of(reply: Reply, side: str) -> str:
    return next(sentence.text for sentence in reply.sentences if sentence.under == side)


@pytest.mark.parametrize(
    "asked",
    [
        "compare cold laser and ibuprofen for my back",
        "what's the difference between led and laser",
        "compare apples and pears",
    ],
)
def test_half_a_comparison_is_none(assistant: Assistant, asked: str) -> None:
    assert isinstance(assistant.ask(asked), Refusal)


def test_what_is_said_of_both_at_once_compares_them_though_of_one_nothing_else_is(
    assistant: Assistant,
) -> None:
    reply = assistant.ask("which is better, laser or exercise")
    assert isinstance(reply, Answer)
    assert all("laser" in sentence.text and "exercise" in sentence.text for sentence in reply.sentences)


def test_both_are_compared_for_what_was_asked(assistant: Assistant) -> None:
    reply = assistant.ask("laser or infrared for neuropathy, which works better")
    assert "painful diabetic neuropathy" in first_of(reply, "laser")
    assert "diabetic neuropathy" in first_of(reply, "infrared")
    assert 0 < reply.confidence < 1


def test_two_things_are_set_side_by_side(assistant: Assistant, shipped_index: PassageIndex) -> None:
    reply = assistant.ask("compare cold laser and infrared")
    assert isinstance(reply, Answer)
    sides = {sentence.under: sentence.text for sentence in reply.sentences if sentence.under}
    assert set(sides) == {"cold laser", "infrared"}
    of_both = [sentence.text for sentence in reply.sentences if not sentence.under]
    assert of_both and all("laser" in text and "nfrared" in text for text in of_both)
    assert sides["infrared"] and "do not work better than sham" in first_of(reply, "infrared")
    assert "Reviews disagree" in first_of(reply, "cold laser")
    assert verify_reply(reply.as_json(), shipped_index) is None
