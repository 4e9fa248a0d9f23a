"""The emergency card in the language of the page: those beside English are in emergency.*.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from qa.card import Card, as_said
from qa.health.safety.help_lines import HelpLines, help_lines
from qa.types import Emergency

LANGUAGES = ("de", "es", "fr")
"""Beside English."""


def card(reply: Emergency, country: str | None, language: str) -> Card:
    """The card of a reply.

    Args:
        reply: The emergency; one that a browser kept from an older version names no lines, and is told
            with the call that it holds.
        country: ISO code of the person's country, or None.
        language: Of the page; any but `LANGUAGES` is English.
    """
    lines = help_lines(country)
    said = as_said(reply)
    english = replace(said, calls=tuple(lines.sentences(reply.lines)) or said.calls)
    if language not in LANGUAGES or reply.urgency not in (words := _words(language))["opening"]:
        return english
    title, advice = words["flags"].get(reply.category, (english.title, english.advice))
    return Card(
        language,
        words["opening"][reply.urgency],
        title,
        advice,
        language if reply.category in words["flags"] else "en",
        tuple(_calls(words, lines, reply.lines)) or english.calls,
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
