"""Triage by what is meant: signs, places and what makes them worse, by the rules of triage.toml.

The rules name ideas and hold for every language; how a language puts an idea stands in its file
(`qa.health.safety.ideas`). The language is found by its commonest words, before anything is corrected.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.health.safety.ideas import LANGUAGES, Language, Place, Told, language
from qa.health.safety.phrase_lists import TableError
from qa.tables import table

NEAR = 12
"""Words that may stand between the ideas of one part."""

FOLLOWING = 4
"""Words that may stand between an idea and the one that follows it."""

NEGATED = 4
"""Words before an idea in which a "not" takes it back."""

NEGATED_AFTER = 3
"""The same behind it, for languages that say "fever, there is none"."""

TELLING = 2
"""Common words of a language that a message has to have for it to be held to be in it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An emergency that was found.

    Attributes:
        category: Of red_flags.toml.
        language: Code of the language that it was told in.
        spans: Characters of the telling words, in reading order.
        rule: As triage.toml writes it.
    """

    category: str
    language: str
    spans: tuple[tuple[int, int], ...]
    rule: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Ideas that stand together; each may be put in several ways."""

    ideas: tuple[tuple[str, ...], ...]
    joints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    category: str
    text: str
    parts: tuple[_Part, ...]
    unless: tuple[str, ...]
    ignores: frozenset[str]


def findings(message: str) -> Iterator[Finding]:
    """The emergencies that a message tells of, in whichever of the languages that it may be in."""
    for code in spoken(message):
        yield from triage_in(language(code), message)


def triage_in(spoken_in: Language, message: str) -> Iterator[Finding]:
    """The emergencies that a message tells of, read as a language; the most urgent first."""
    told = spoken_in.read(message)
    for rule in _rules():
        if places := _holds(rule, told):
            spans = sorted(
                {(told.tokens[place.first].start, told.tokens[place.last].end) for place in places}
            )
            yield Finding(rule.category, spoken_in.code, tuple(spans), rule.text)


@functools.cache
def signs_of(category: str) -> frozenset[str]:
    """The ideas that the rules of a category look for."""
    parts = [part for rule in _rules() if rule.category == category for part in rule.parts]
    return frozenset(idea for part in parts for ideas in part.ideas for idea in ideas)


def doubtful(message: str) -> str | None:
    """A question that asks for the warning that belongs to a message; None for most.

    Only in English, the language of the questions and of the documents that are to answer them.
    """
    told = language("en").read(message)
    return next((rule.category for rule in _rules("doubts") if _holds(rule, told)), None)


def spoken(message: str) -> list[str]:
    """The languages that a message may be in, likeliest first: by how many of its common words it has.

    Where English has the most it is read as English alone; else a language that has one word less than the
    best is read as well, English among them, for neighbours share many; very few words are read as any, in
    that order too.
    """
    counts = {code: language(code).common_words(message) for code in LANGUAGES}
    best = max(counts.values())
    likeliest = [code for code in LANGUAGES if counts[code] == best]
    if best < TELLING and likeliest != ["en"]:
        return sorted(LANGUAGES, key=lambda code: -counts[code])
    if "en" not in likeliest:
        likeliest += [code for code in LANGUAGES if counts[code] == best - 1]
    return likeliest


def _holds(rule: _Rule, told: Told) -> list[Place]:
    """The places of the first part of a rule where all holds; none where it does not."""
    if any(told.of(idea) for idea in rule.unless):
        return []
    if not all(any(told.of(i) for i in idea) for part in rule.parts for idea in part.ideas):
        return []
    first, *others = rule.parts
    for places in _together(first, told):
        if (
            not _negated(places, told)
            and excuse(places, told, rule.ignores) is None
            and all(_beside(part, told, places) for part in others)
        ):
            return list(places)
    return []


def _beside(part: _Part, told: Told, telling: Sequence[Place]) -> bool:
    """Whether a part of the background is there; a "not" of the telling words takes nothing of it back."""
    return any(not _negated(places, told, telling) for places in _together(part, told))


def _together(part: _Part, told: Told) -> Iterator[tuple[Place, ...]]:
    """Every way in which the ideas of a part stand together in one sentence, apart from one another."""

    def extend(chosen: tuple[Place, ...]) -> Iterator[tuple[Place, ...]]:
        if len(chosen) == len(part.ideas):
            yield chosen
            return
        joint = part.joints[len(chosen) - 1] if chosen else ""
        for place in sorted({p for idea in part.ideas[len(chosen)] for p in told.of(idea)}):
            if not chosen or _joined(chosen[-1], place, joint, told):
                yield from extend((*chosen, place))

    return extend(())


def _joined(before: Place, after: Place, joint: str, told: Told) -> bool:
    if told.sentence(before) != told.sentence(after):
        return False
    if after.first > before.last:
        return after.first - before.last - 1 <= (FOLLOWING if joint == ">" else NEAR)
    if before.first > after.last:
        return joint == "+" and before.first - after.last - 1 <= NEAR
    return True  # "Brustschmerz" says both, and "spüre den Fuß nicht" holds the place within the sign


def _negated(places: Sequence[Place], told: Told, telling: Sequence[Place] = ()) -> bool:
    """Whether a "not" that is no part of what was found stands shortly before a place, or behind it."""
    # A "not" that is part of another sign ("no siento los pies") takes back nothing but what it says.
    signs = (place for idea in told.signs for place in told.of(idea) if place.last > place.first)
    own = {at for place in (*places, *telling, *signs) for at in range(place.first, place.last + 1)}
    negations = {at for place in told.of("negation") for at in range(place.first, place.last + 1)} - own
    after = {place.first for place in told.of("negation_after")} - own
    for place in places:
        if any(place.first <= not_.first and not_.last <= place.last for not_ in told.of("negation")):
            continue  # "Never not wake up": where a language says "not" twice, it means it once
        clause = told.tokens[place.first].clause
        before = range(max(0, place.first - NEGATED), place.first)
        if any(at in negations and told.tokens[at].clause == clause for at in before):
            return True
        clause = told.tokens[place.last].clause
        behind = range(place.last + 1, min(len(told.tokens), place.last + 1 + NEGATED_AFTER))
        if any(at in after and told.tokens[at].clause == clause for at in behind):
            return True
    return False


def excuse(places: Sequence[Place], told: Told, ignored: frozenset[str] = frozenset()) -> str | None:
    """What takes back signs that were found: that they are past, asked in general, told of others."""
    sentence = told.sentence(places[0])
    if any(place.first > places[0].last for place in told.of("resolved")):
        return "resolved"
    if told.within("now", sentence):
        return None
    for name in ("past", "long"):
        if name not in ignored and any(_dates(cue, places, told) for cue in told.within(name, sentence)):
            return name
    if told.within("others", sentence):
        return "others"
    last = max(place.last for place in places)
    for name in ("about", "hypothetical"):
        if name not in ignored and any(place.first <= last for place in told.within(name, sentence)):
            return name
    asked = sentence in told.asked and not _told_before(places, told)
    if "general" not in ignored and asked and not told.within("person", sentence):
        return "general"
    return None


def _told_before(places: Sequence[Place], told: Told) -> bool:
    """Whether signs stand in clauses of their own before what is asked: "chest pain, is it a nerve?"."""
    sentence = told.sentence(places[0])
    last = max(token.clause for token in told.tokens if token.sentence == sentence and token.text != "?")
    commas = {t.clause for t in told.tokens if t.sentence == sentence and t.text == ","}
    end = max(told.tokens[place.last].clause for place in places)
    return end < last and any(end < comma <= last for comma in commas)


def _dates(cue: Place, places: Sequence[Place], told: Told) -> bool:
    """Whether "for ten years" dates what was found: in its clause, or in one that tells nothing else."""
    clause = told.tokens[cue.first].clause
    if any(told.tokens[place.first].clause == clause for place in places):
        return True
    return not any(
        told.tokens[place.first].clause == clause for idea in told.signs for place in told.of(idea)
    )


@functools.cache
def _rules(kind: str = "rules") -> tuple[_Rule, ...]:
    told = table("qa.health.safety", "triage.toml")
    ignores: Mapping[str, Sequence[str]] = told["ignores"]
    return tuple(
        _rule(category, text, frozenset(ignores.get(category, ())))
        for category, rules in told[kind].items()
        for text in rules
    )


def _rule(category: str, text: str, ignores: frozenset[str]) -> _Rule:
    body, _, unless = text.partition(" ! ")
    parts = []
    for piece in body.split(" & "):
        words = re.split(r" ([+>]) ", piece.strip())
        ideas = tuple(tuple(idea.strip() for idea in word.split(" / ")) for word in words[::2])
        parts.append(_Part(ideas, tuple(words[1::2])))
    names = {idea for part in parts for ideas in part.ideas for idea in ideas}
    if bad := [name for name in names if not re.fullmatch(r"[a-z_]+", name)]:
        raise TableError(f"triage.toml: the rule {text!r} of {category} has {bad}. Ideas are small letters.")
    not_with = tuple(idea.strip() for idea in unless.split("/") if idea.strip())
    return _Rule(category, text, tuple(parts), not_with, ignores)
