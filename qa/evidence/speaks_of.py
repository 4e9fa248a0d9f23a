"""Whether a text speaks of what a condition asks for: "at night" is met by 01:00."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from qa.evidence.ages import GROWN_UP, YEARS, ages
from qa.evidence.conditions import Condition
from qa.evidence.quantities import quantities, unit_named
from qa.evidence.references import without_references
from qa.vocabulary import phrase, spelt
from qa.words import stands_in

_OF_SOURCES = frozenset({"name", "year", "numbered", "organisation", "place", "word"})
"""Kinds that a reference to literature may meet: who, where and when."""
_OLD = 60
"""Years from which on a text that names them speaks of the elderly."""
_COMPARES = re.compile(
    r"\b(?:than|versus|vs|compar\w+|unlike|whereas|more|less|better|worse|superior|inferior|alternative"
    r"|same as|differ\w*|as \w+ as|adding|instead|rather)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\bfor (?:a|one|a whole) (?:day|week|month|year)\b", re.IGNORECASE)
_LENGTHS = frozenset("day week month year".split())
_COSTS = frozenset(phrase(word) for word in "cost price pay fee charge".split())
_DENIAL = frozenset(phrase(word) for word in "without no neither nor not instead rather unlike avoid".split())


def is_met(condition: Condition, text: str, language: str | None = None) -> bool:
    """Whether a text speaks of what a condition asks for.

    The language is that of its figures; where it is None, the text has to tell.
    """
    if condition.kind == "age" and any(
        low <= quantity.low * YEARS.get(quantity.unit, 0.0) < high
        for quantity in quantities(condition.text)
        for low, high in ages(text)
    ):
        return True
    if condition.kind in ("age", "quantity"):
        there = quantities(text, language)
        return any(said.covers(asked) for asked in quantities(condition.text) for said in there)
    if condition.kind == "time" and (
        is_in_part_of_day(condition.text, text) or _is_length(condition.text, text, language)
    ):
        return True
    is_cost = condition.kind == "aspect" and phrase(condition.text) in _COSTS
    if is_cost and any(said.dimension == "money" for said in quantities(text, language)):
        return True
    if condition.kind == "comparison":
        return _COMPARES.search(text) is not None
    spoken = spelt(text if condition.kind in _OF_SOURCES else without_references(text))
    named = [variant for variant in condition.variants if f" {variant} " in spoken]
    if condition.kind == "person" and any(group in condition.variants for group in _groups_of_ages(text)):
        return True
    if named:
        return not condition.undergone or any(_affirmed(variant, spoken) for variant in named)
    if condition.kind == "word" and (unit := unit_named(condition.text)):
        return any(said.unit == unit for said in quantities(text, language))
    return condition.kind == "word" and any(_is_akin(word, spoken) for word in condition.variants)


def _is_length(named: str, text: str, language: str | None) -> bool:
    """Whether a length of time is named ("for a month"), and a text has one, which tells of it too."""
    return _LENGTH.search(named) is not None and any(
        said.unit in _LENGTHS for said in quantities(text, language)
    )


def _affirmed(variant: str, spoken: str) -> bool:
    """Whether a phrase stands somewhere with no denial among the five words before it."""
    pieces = spoken.split(f" {variant} ")[:-1]
    return any(_DENIAL.isdisjoint(piece.split()[-5:]) for piece in pieces)


def _is_akin(word: str, spoken: str) -> bool:
    """Whether a rare word stands in a text in a derived form ("invasive": "noninvasive")."""
    derived = f" non{word} " in spoken or (len(word) >= 7 and f" {word[: max(6, len(word) - 3)]}" in spoken)
    return derived or stands_in(word, spoken.split())


def _groups_of_ages(text: str) -> Iterator[str]:
    """The groups of persons that a text names by their age alone: "under 12 years", "over 65"."""
    for low, high in ages(text):
        if low < GROWN_UP and high <= GROWN_UP + 1:
            yield phrase("child")
        if low >= _OLD:
            yield phrase("elderly")


_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?::[0-5]\d|\.[0-5]\d(?=\s*[ap]\.?m)|(?=\s*[ap]\.?m\b))"
    r"\s*(?:(?P<half>[ap])\.?m\b)?|\b(?P<named>noon|midnight)\b",
    re.IGNORECASE,
)
_PARTS = {"morning": (4, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (20, 30)}
"""From which hour to before which; the night goes on after midnight."""
_PART = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)), re.IGNORECASE)


def is_in_part_of_day(named: str, text: str) -> bool:
    """Whether a text has a time within the part of the day that some words name ("at night")."""
    part = _PART.search(named)
    if part is None:
        return False
    begin, end = _PARTS[part[0].lower()]
    return any(begin <= hour < end or begin <= hour + 24 < end for hour in _hours(text))


@functools.lru_cache(maxsize=1024)
def _hours(text: str) -> tuple[int, ...]:
    return tuple(_each_hour(text))


def _each_hour(text: str) -> Iterator[int]:
    for match in _CLOCK.finditer(text):
        if match["named"]:
            yield 12 if match["named"].lower() == "noon" else 0
        elif match["half"]:
            yield int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
        else:
            yield int(match["hour"]) % 24
