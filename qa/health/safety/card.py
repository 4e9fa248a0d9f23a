"""What is said in an emergency, in each language: the card, and the line that it is folded to.

The words are in emergency.*.toml; the red flags themselves are told in English by red_flags.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from qa.guard import Card, card_as_noted
from qa.health.safety.help_lines import HelpLines, help_lines
from qa.health.safety.ideas import LANGUAGES
from qa.health.safety.red_flag_table import CRISIS, load_categories
from qa.tables import table
from qa.types import Emergency, Note

ENGLISH = "en"


def card(reply: Emergency, country: str | None, language: str) -> Card:
    """The card of a reply.

    Args:
        reply: The emergency; one that a browser kept from an older version has no urgency, and is told with
            the words that it holds.
        country: ISO code of the person's country, or None; the one that they said to be in counts for more.
        language: Of the page; any but `LANGUAGES` is English. An emergency that was told in another language
            than English is answered in that one.
    """
    noted = card_as_noted(reply)
    told_in = language if reply.language == ENGLISH else reply.language
    words = _words(told_in if told_in in LANGUAGES else ENGLISH)
    if reply.urgency not in words["opening"]:
        return noted
    lines = help_lines(reply.country or country)
    title, advice, advised_in = _flag(reply.category, words["language"]) or ("", noted.advice, ENGLISH)
    return Card(
        words["language"],
        words["opening"][reply.urgency],
        "" if reply.urgency == CRISIS else title,
        advice,
        advised_in,
        tuple(calls(words["language"], lines, reply.lines)),
    )


def notes(reply: Emergency, country: str | None, heard: str) -> tuple[Note, ...]:
    """The same as the notes of a reply, in its language, with why it is said.

    Args:
        reply: The emergency, with its red flag.
        country: ISO code of the person's country, or None.
        heard: The words on which the red flag fired, in quotation marks.
    """
    told = card(reply, country, reply.language)
    opening = ". ".join(filter(None, (told.opening, told.title)))
    return (
        Note("emergency", f"{opening}. {told.advice}"),
        Note("call", " ".join(told.calls)),
        Note("matched", _words(told.language)["matched"].format(heard=heard)),
    )


def in_one_line(category: str, urgency: str, lines: Sequence[str], country: str | None, language: str) -> str:
    """A red flag that still stands, whom to call, and how it ends."""
    words = _words(language)["standing"]
    flag = _flag(category, language)
    first = words["before"] if urgency == CRISIS or flag is None else words["first"].format(title=flag[0])
    call = calls(language, help_lines(country), lines[:1])
    return " ".join([first, *call, words["dealt"]])


def calls(language: str, lines: HelpLines, wanted: Sequence[str]) -> list[str]:
    """Whom to call, a sentence for each of the kinds of line wanted, in that order.

    Where the country has no such number, the sentence says how to find help instead.
    """
    words = _words(language)
    said: Mapping[str, str] = words["call"]
    told = []
    for number, line in enumerate(wanted):
        known = getattr(lines, line)
        named = known if isinstance(known, str) else f" {said['or']} ".join(known)
        template = said["worse"] if line == "emergency" and number else said[line]
        where = f" in {lines.country}" if lines.country else ""
        named = (named or words["unknown"][line]).replace(" or ", f" {said['or']} ")
        told.append(template.format(line=named, where=where))
    return told


def _flag(category: str, language: str) -> tuple[str, str, str] | None:
    """Title and advice of a red flag, and their language: English where nobody has translated them."""
    if (told := _words(language)["flags"].get(category)) is not None:
        return told[0], told[1], language
    return _flags_in_english().get(category)


@cache
def _flags_in_english() -> Mapping[str, tuple[str, str, str]]:
    return {each.name: (each.title, each.advice, ENGLISH) for each in load_categories()}


@cache
def _words(language: str) -> Mapping[str, Any]:
    return {"language": language, **table("qa.health.safety", f"emergency.{language}.toml")}
