"""The emergency card: what it says in each language, whom it names, and nothing but that."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from html import unescape
from importlib.resources import files

import pytest

from index.encoder import Encoder
from qa.conversation.language import language_of
from qa.conversation.small_talk import is_small_talk
from qa.health.safety.card import card
from qa.health.safety.emergency import emergency_reply, folded
from qa.health.safety.help_lines import LINES, countries, help_lines
from qa.health.safety.ideas import LANGUAGES
from qa.health.safety.red_flag_table import URGENCIES, load_categories
from qa.health.safety.red_flags import Alarm
from qa.health.safety.way_out import WayOut
from qa.types import Emergency, Note
from ui.emergency import DEALT_WITH, html

STROKE = Alarm("stroke", "emergency now", ("emergency", "crisis"), ("face is drooping",), "rule", "")
ADVICE = next(category.advice for category in load_categories() if category.name == "stroke")


def words(fragment: str) -> str:
    """What people see of a card that is not folded."""
    whole = fragment.partition('<div class="whole">')[2]
    return unescape(
        re.sub(r"\|+", "|", re.sub(r"<[^>]+>", "|", re.sub(r"</?a[^>]*>|</?span[^>]*>", "", whole)))
    )


def in_english(reply: Emergency) -> str:
    return html(reply, card(reply, "GB", "en"))


def test_the_card_says_what_to_do_and_whom_to_call_and_nothing_else() -> None:
    shown = in_english(emergency_reply("Dad's face is drooping", STROKE, "GB"))
    assert words(shown) == (
        "|This may be an emergency, so please get help before anything else|☎ 999|Signs of a stroke|"
        "Call 999 in the United Kingdom.|To talk to someone now, contact Samaritans on 116 123 or Shout, by "
        f"text to 85258.|{ADVICE}|What I understood|Dad's face is drooping|I cannot judge how "
        "ill anyone is, and would rather say it once too often. Once it has been dealt with, press the "
        "button below, and I will go on with your questions.|This has been dealt with|"
    )
    assert set(re.findall(r'href="tel:([^"]+)"', shown)) == {"999", "116123", "85258"}


def test_a_card_that_a_browser_kept_from_before_is_shown_with_its_own_words() -> None:
    kept = Emergency(
        question="chest pain for 20 minutes",
        notes=(
            Note("emergency", "This may be an emergency. Sit down and rest."),
            Note("call", "Call 112 or 1-800-222 1222 (Poison Help) within 60 minutes of 15 tablets."),
            Note("matched", "Because of the words <b>."),
        ),
    )
    shown = html(kept, card(kept, "GB", "de"))
    assert set(re.findall(r'href="tel:([^"]+)"', shown)) == {"112", "18002221222"}
    assert "This may be an emergency|☎ 112|Call 112 or 1-800" in words(shown)
    assert "Because of the words &lt;b&gt;." in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_red_flag_urgency_and_line_is_told_in_every_language(language: str) -> None:
    told = tomllib.loads(files("qa.health.safety").joinpath(f"emergency.{language}.toml").read_text("utf-8"))
    assert set(told["opening"]) == set(URGENCIES)
    assert set(told["call"]) == {*LINES, "worse", "or"} and set(told["unknown"]) == set(LINES)
    assert set(told["standing"]) == {"first", "before", "dealt"}
    flags = {category.name for category in load_categories()}
    assert set(told["flags"]) == (set() if language == "en" else flags)
    for title, advice in told["flags"].values():
        assert title and advice.endswith((".", "!", "?"))


def test_a_call_names_the_countrys_number_or_says_how_to_find_one() -> None:
    reply = replace(emergency_reply("?", STROKE, None), lines=("emergency", "urgent", "crisis"))
    assert card(reply, "GB", "de").calls == (
        "Rufen Sie 999 an.",
        "Hilfe noch heute: NHS 111 anrufen oder in eine Notaufnahme gehen.",
        "Jetzt mit jemandem sprechen: Samaritans on 116 123 oder Shout, by text to 85258.",
    )
    assert card(reply, None, "fr").calls[0] == (
        "Appelez le 112 (en Europe, ou le 15 en France), ou le numéro d'urgence de votre pays."
    )
    assert card(reply, "IE", "es").calls[0] == "Llame a 112 o 999."


def test_a_card_is_in_the_language_in_which_the_emergency_was_told() -> None:
    reply = emergency_reply("?", replace(STROKE, language="pl"), None)
    assert card(reply, None, "de").language == "pl"
    assert reply.notes[0].text.startswith(f"{card(reply, None, 'en').opening}. ")


def test_what_still_stands_is_said_in_the_language_in_which_it_was_told() -> None:
    assert folded(STROKE, "GB").text == (
        "Still first: Signs of a stroke. Call 999 in the United Kingdom. "
        "Once it has been dealt with, tell me."
    )
    assert folded(replace(STROKE, language="de"), "DE").text == (
        "Zuerst noch immer: Anzeichen eines Schlaganfalls. Rufen Sie 112 an. "
        "Schreiben Sie mir, wenn es versorgt ist."
    )
    despair = replace(STROKE, category="suicide", urgency="crisis line", lines=("crisis",))
    assert folded(despair, "IE").text.startswith("What you told me before matters more than any question")


def test_a_flag_that_nobody_has_translated_is_told_in_english() -> None:
    told = card(replace(emergency_reply("?", STROKE, "GB"), category="new"), "GB", "de")
    assert (told.language, told.advised_in) == ("de", "en")
    assert told.opening == "Das kann ein Notfall sein. Holen Sie bitte zuerst Hilfe"
    assert told.advice == f"Signs of a stroke. {ADVICE}"


def test_every_country_that_can_be_chosen_has_a_number() -> None:
    assert {"GB", "US", "DE", "FR", "ES"} <= set(countries())
    assert all(help_lines(code).emergency for code in countries())


def test_what_the_button_says_ends_the_alarm(encoder: Encoder) -> None:
    assert WayOut(encoder).turn_of(DEALT_WITH, is_small_talk, language_of) == "over"
