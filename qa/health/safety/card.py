"""What an emergency card says in each language; those beside English are in emergency.*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from qa.guard import Card, card_as_noted
from qa.health.safety.help_lines import HelpLines, country_named, help_lines
from qa.types import Emergency, Note

LANGUAGES = ("de", "es", "fr", "it", "pl", "pt", "tr")
"""Beside English."""


def card(reply: Emergency, country: str | None, language: str) -> Card:
    """The card of a reply.

    Args:
        reply: The emergency; one that a browser kept from an older version names no lines, and is told
            with the call that it holds.
        country: ISO code of the person's country, or None; one that the question names counts for more.
        language: Of the page; any but `LANGUAGES` is English. An emergency that was told in another language
            than English is answered in that one.
    """
    if reply.language != "en":
        language = reply.language
    noted = card_as_noted(reply)
    country = country_named(reply.question) or country
    lines = help_lines(country)
    calls = lines.sentences(reply.lines) or noted.calls
    title, advice = "", noted.advice
    if reply.urgency != "crisis line" and reply.category:
        title, _, advice = advice.partition(". ")
    if language not in LANGUAGES or reply.urgency not in (words := _words(language))["opening"]:
        return replace(noted, title=title, advice=advice, calls=tuple(calls))
    told = words["flags"].get(reply.category)
    if told is not None:
        title, advice = told
    return Card(
        language,
        words["opening"][reply.urgency],
        title,
        advice,
        "en" if told is None else language,
        tuple(_calls(words, lines, reply.lines)) or tuple(calls),
    )


def told_in(language: str, reply: Emergency, country: str | None, heard: str) -> tuple[Note, ...]:
    """The notes of an emergency in a language other than English.

    Args:
        language: One of `LANGUAGES`.
        reply: The emergency, with its red flag.
        country: ISO code of the person's country, or None.
        heard: The words on which the red flag fired, in quotation marks.
    """
    words = _words(language)
    title, advice = words["flags"][reply.category]
    opening = [words["opening"][reply.urgency], *([title] if reply.urgency != "crisis line" else [])]
    return (
        Note("emergency", f"{'. '.join(opening)}. {advice}"),
        Note("call", " ".join(_calls(words, help_lines(country), reply.lines))),
        Note("matched", words["matched"].format(heard=heard)),
    )


def _calls(words: Mapping[str, Any], lines: HelpLines, wanted: tuple[str, ...]) -> list[str]:
    said: Mapping[str, str] = words["call"]
    told = []
    for number, line in enumerate(wanted):
        known = getattr(lines, line)
        named = known if isinstance(known, str) else f" {said['or']} ".join(known)
        template = said["worse"] if line == "emergency" and number else said[line]
        named = (named or words["unknown"][line]).replace(" or ", f" {said['or']} ")
        told.append(template.format(line=named))
    return told


@cache
def _words(language: str) -> Mapping[str, Any]:
    text = files("qa.health.safety").joinpath(f"emergency.{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
