"""The emergency card: what it says in each language, whom it names, and nothing but that."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from qa.conversation.small_talk import is_small_talk
from qa.health.safety.card import card
from qa.health.safety.emergency import emergency_reply
from qa.health.safety.help_lines import countries, help_lines
from qa.health.safety.ideas import LANGUAGES
from qa.health.safety.red_flag_table import load_table
from qa.health.safety.red_flags import Alarm
from qa.health.safety.standing import turn_of
from qa.types import Emergency, Note
from ui.emergency import DEALT_WITH, html

STROKE = Alarm(
    "stroke", "Signs of a stroke", "emergency now", "Call now. Do not drive.", ("face is drooping",),
    "S1", ("emergency", "crisis"), "pattern", "",
)  # fmt: skip


def shown_as(reply: Emergency, language: str = "en") -> str:
    return html(reply, card(reply, "GB", language))


def words(fragment: str) -> str:
    """What people see of a card that is not folded."""
    whole = fragment.partition('<div class="whole">')[2]
    return unescape(
        re.sub(r"\|+", "|", re.sub(r"<[^>]+>", "|", re.sub(r"</?a[^>]*>|</?span[^>]*>", "", whole)))
    )


def test_the_card_says_what_to_do_and_whom_to_call_and_nothing_else() -> None:
    shown = shown_as(emergency_reply("Dad's face is drooping", STROKE, "GB"))
    assert words(shown) == (
        "|This may be an emergency, so please get help before anything else|☎ 999|Signs of a stroke|"
        "Call 999 in the United Kingdom.|To talk to someone now, contact Samaritans on 116 123 or Shout, by "
        "text to 85258.|Call now. Do not drive.|What I understood|face is drooping|I cannot judge how ill "
        "anyone is, and would rather say it once too often. Once it has been dealt with, press the button "
        "below, and I will go on with your questions.|This has been dealt with|"
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
    shown = shown_as(kept, "de")
    assert set(re.findall(r'href="tel:([^"]+)"', shown)) == {"112", "18002221222"}
    assert "This may be an emergency|☎ 112|Call 112 or 1-800" in words(shown)
    assert "Because of the words &lt;b&gt;." in shown


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_every_red_flag_is_told_in_every_language(language: str) -> None:
    for category in load_table().categories:
        alarm = replace(
            STROKE,
            category=category.name,
            urgency=category.urgency,
            lines=category.lines,
            title=category.title,
        )
        told = card(emergency_reply("?", alarm, "GB"), "GB", language)
        assert (told.language, told.advised_in) == (language, language)
        assert told.opening and not told.opening.endswith(".") and told.advice.strip()
        assert bool(told.title) == (category.urgency != "crisis line")
        assert len(told.calls) == len(category.lines)
        assert ("999" in " ".join(told.calls)) == ("emergency" in category.lines)


def test_the_numbers_are_those_of_the_country_or_it_is_said_how_to_find_one() -> None:
    reply = emergency_reply("?", STROKE, None)
    assert card(reply, "AU", "de").calls[0] == "Rufen Sie 000 an."
    assert card(reply, "AU", "en").calls[0] == "Call 000 in Australia."
    assert card(reply, None, "en").calls[0] == "Call your local emergency number."
    assert "112" in card(reply, None, "fr").calls[0]


def test_who_tells_it_in_another_language_is_answered_in_that() -> None:
    spanish = emergency_reply("?", replace(STROKE, language="es"), "ES")
    assert card(spanish, "ES", "en").language == card(spanish, "ES", "de").language == "es"
    assert card(emergency_reply("?", STROKE, "GB"), "GB", "xx").language == "en"


def test_every_country_that_can_be_chosen_has_a_number() -> None:
    assert {"GB", "US", "DE", "FR", "ES"} <= set(countries())
    assert all(help_lines(code).emergency for code in countries())


def test_what_the_button_says_ends_the_alarm() -> None:
    assert turn_of(DEALT_WITH, is_small_talk) == "over"
