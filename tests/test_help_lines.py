"""Numbers to call by country, and the reply that names them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qa.ask import Assistant
from qa.health.safety.card import calls, card
from qa.health.safety.emergency import emergency_reply
from qa.health.safety.help_lines import LINES, HelpLines, _table, country_named, help_lines
from qa.health.safety.red_flags import Alarm
from qa.types import Emergency

STROKE = Alarm("stroke", "emergency now", ("emergency",), ("face", "drooping"), "rule", "face & drooping")


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("GB", "999"),
        ("IE", "112 or 999"),
        ("US", "911"),
        ("CA", "911"),
        ("AU", "000"),
        ("NZ", "111"),
        ("DE", "112"),
    ],
)
def test_emergency_numbers(country: str, number: str) -> None:
    assert help_lines(country).emergency == number


def test_crisis_lines_are_those_of_the_evidence_notes() -> None:
    assert help_lines("GB").crisis == ("Samaritans on 116 123", "Shout, by text to 85258")
    assert help_lines("IE").crisis == ("Samaritans on 116 123",)
    assert "988" in help_lines("US").crisis[0]
    assert "988" in help_lines("CA").crisis[0]


@pytest.mark.parametrize("written", ["gb", " GB ", "UK", "uk"])
def test_a_code_is_understood_as_people_write_it(written: str) -> None:
    assert help_lines(written) is help_lines("GB")


@pytest.mark.parametrize("country", [None, "", "ZZ", "Atlantis"])
def test_an_unknown_country_gets_words_instead_of_numbers(country: str | None) -> None:
    sentences = calls("en", help_lines(country), LINES)
    assert sentences[0] == "Call your local emergency number."
    assert not re.search(r"\d", " ".join(sentences))


def test_every_country_says_where_its_numbers_are_from() -> None:
    for code, lines in _table().items():
        assert re.fullmatch("[A-Z]{2}", code)
        assert lines.emergency
        assert lines.country
        assert "eneral knowledge" in lines.source or re.search(r"F[1-7]", lines.source)


def test_sentences_come_in_the_order_asked_for() -> None:
    lines = HelpLines(country="Nowhere", emergency="1", crisis=("A on 2", "B on 3"))
    assert calls("en", lines, ["crisis", "emergency"]) == [
        "To talk to someone now, contact A on 2 or B on 3.",
        "In danger, or if it gets worse, call 1 in Nowhere.",
    ]
    assert calls("en", lines, ["emergency"]) == ["Call 1 in Nowhere."]


def test_the_reply_says_what_to_do_whom_to_call_and_why_and_nothing_else() -> None:
    reply = emergency_reply("Dad's face is drooping", STROKE, "GB")
    what, whom, why = reply.notes
    assert (what.kind, whom.kind, why.kind) == ("emergency", "call", "matched")
    assert "before anything else. Signs of a stroke. Call an ambulance now." in what.text
    assert whom.text == "Call 999 in the United Kingdom."
    assert "“Dad's face is drooping”" in why.text
    assert (reply.kind, reply.confidence, reply.sentences, reply.citations, reply.suggestions) == (
        "emergency",
        1.0,
        (),
        (),
        (),
    )


def test_someone_in_distress_is_met_with_the_crisis_line_first() -> None:
    despair = replace(STROKE, category="suicide", urgency="crisis line", lines=("crisis", "emergency"))
    what, whom, _ = emergency_reply("I want to die", despair, "US").notes
    assert what.text.startswith("Thank you for telling me.")
    assert whom.text.index("988") < whom.text.index("911")


def test_no_reply_speaks_of_therapy() -> None:
    for urgency in ("emergency now", "same day", "crisis line"):
        for note in emergency_reply("?", replace(STROKE, urgency=urgency), "GB").notes:
            assert not re.search(r"laser|infrared|light therapy", note.text)


@pytest.mark.parametrize(
    ("said", "country"),
    [
        ("who do I ring in england if I want to kill myself", "GB"),
        ("I live in the US and want to die", "US"),
        ("what do I do, there are two of us in the car", None),
        ("is it known in Germany", None),
        ("We're over in Scotland and he can't breathe", "GB"),
        ("I'm from Canada", "CA"),
        ("In Australia here", "AU"),
        ("chest pain, what is the emergency number in the UK?", "GB"),
        ("she lives in Ireland and took all her pills", "IE"),
        ("my mum in Scotland has chest pain", "GB"),
        ("Dad is in India and collapsed", "IN"),
        ("I bought this laser in the US and now my chest hurts", None),
        ("is cold laser approved in the US?", None),
        ("is it sold in India?", None),
        ("trials from Australia", None),
    ],
)
def test_the_country_that_a_question_names_counts(said: str, country: str | None) -> None:
    assert country_named(said) == country


def test_a_country_that_was_only_asked_about_is_not_where_somebody_is(assistant: Assistant) -> None:
    asked, pain = "Is cold laser approved in the US?", "I have crushing chest pain and my left arm is numb"
    at_home = Assistant(assistant.index, country="GB")
    reply = at_home.ask(pain, [asked])
    assert isinstance(reply, Emergency) and "999" in reply.notes[1].text and "911" not in reply.notes[1].text


def test_where_somebody_said_to_be_counts_in_the_card_and_in_the_line(assistant: Assistant) -> None:
    said = "I live in Ireland. Does cold laser help?"
    pain = "I have crushing chest pain and my left arm is numb"
    reply = assistant.ask(pain, [said])
    assert isinstance(reply, Emergency) and reply.country == "IE"
    assert "112 or 999" in card(reply, "US", "en").calls[0]
    line = assistant.ask("does infrared help numb feet", [said, pain]).notes[-1]
    assert line.kind == "alarm" and "112 or 999" in line.text
