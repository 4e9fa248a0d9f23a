"""What sort of thing would answer a question, and whether a sentence holds one.

The sorts, and how each is asked for and known, stand in expected.toml; those that other languages than
English ask for in expected_elsewhere.toml.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from qa.evidence.quantities import Quantity, quantities
from qa.evidence.references import without_references
from qa.vocabulary import phrase, spelt
from qa.words import ENGLISH, language_spoken

_NO_NOUNS = frozenset(
    """
    of is are was were a an the in on should do does did would will can could to i you and or for have has
    """.split()
)
_SAYING = (
    "say|said|tell|told|stat|giv|gave|mention|nam|specif|explain|report|known|establish|clear|cit|settl|quot"
)
_GIVES_NONE = re.compile(
    # "gives no trial and no figures", "there is not any proof"
    r"\b(?:gives?|giving|nam(?:es?|ing)|cit(?:es?|ing)|offer(?:s|ing)?|list(?:s|ing)?|stat(?:es?|ing)|quotes?"
    r"|reports?|mentions?|provides?|contains?|shows?|finds?|found|has|have|there (?:is|are|was|were))"
    r" (?:\w+ ){0,2}?no(?:r|ne|t any)?\b"
    # "no number is given"
    r"|\bno (?:[\w-]+ ){1,4}?(?:is|are|was|were|ha(?:s|ve) been) (?:given|named|stated|mentioned|reported"
    r"|cited|known|listed|specified|recommended|published|quoted|shown|found)\b",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    # "never says which", "without naming", "does not give"
    r"\b(?:without|never|nor|neither|(?:do|does|did|is|are|was|were|has|have|had|can|could)(?: not|n['’]t))"
    rf" (?:\w+ ){{0,3}}?(?:{_SAYING})\w*"
    r"|\b(?:unknown|unclear|unspecified|unnamed|uncertain)\b"
    r"|\b(?:says|tells) (?:nothing|neither)\b|\bsilent (?:on|about)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")
_STEP = re.compile(r"(^|[;:] )\d{1,2}[.)] ")
"""The number of a step, which counts nothing."""
_SESSIONS = frozenset(phrase(word) for word in "sessions treatments goes appointments visits".split())
"""What people call the times that they go for a treatment."""
_SORTS = ("money", "weight")
"""The sorts that are asked for in other languages, too: expected_elsewhere.toml."""
NOTHING = r"(?!)"
"""A pattern that nothing fits."""
_STOP = re.compile(r"[,;:(]|\b(?:in|of|on|with|for|to|by|at|from|and|or)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """What would answer.

    Attributes:
        kind: A section of expected.toml ("money", "duration", "count", "name", …).
        of: For a count, the one or two words after "how many", as `vocabulary.phrase` writes them.
    """

    kind: str
    of: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """As a noun for a person: "a price", "how often"."""
        return _table()[self.kind]["in_words"]


def expected_answer(question: str) -> ExpectedAnswer | None:
    """The sort of answer asked for; None where it has no form of its own, as with "why" or "does it"."""
    if (language := language_spoken()) != ENGLISH:
        sorts = [kind for kind in _SORTS if _asked_in(language, kind).search(question)]
        return ExpectedAnswer(sorts[0]) if sorts else None
    for kind in _table():
        match = _pattern(kind, "asked").search(question)
        if match is not None:
            counted = " ".join(part for part in match.groups() if part).split()
            return ExpectedAnswer(
                kind, tuple(phrase(word) for word in counted if word.lower() not in _NO_NOUNS)
            )
    return None


def holds(expected: ExpectedAnswer, sentence: str, language: str | None = None) -> bool:
    """Whether a sentence holds an answer of that sort, or says outright that there is none to give.

    Args:
        expected: As asked for.
        sentence: That may answer.
        language: In which its figures are written; None where the sentence has to tell.
    """
    row = _table()[expected.kind]
    if row.get("without") == "references":
        sentence = without_references(sentence)
    said = (
        _measures(row["units"].split(), quantities(sentence, language))
        or ("held" in row and _pattern(expected.kind, "held").search(sentence) is not None)
        or (expected.kind == "count" and _counts(expected, sentence))
        or (expected.kind in _SORTS and _is_held_elsewhere(expected.kind, sentence))
    )
    if said and "also" in row:
        said = _pattern(expected.kind, "also").search(sentence) is not None
    return said or _denies(expected, sentence)


def of_another_dimension(question: str, sentence: str, language: str | None = None) -> bool:
    """Whether a sentence tells a height where a width is asked for, or the like, and not that.

    Args:
        question: As understood.
        sentence: That may answer.
        language: In which its figures are written; None where the sentence has to tell.
    """
    asked = _dimensions(question)
    if not asked:
        return False
    told = _dimensions(sentence)
    if not told or not asked.isdisjoint(told):
        return False
    figures = quantities(sentence, language)
    # How long something takes is no length.
    lasts = any(figure.unit in _table()["duration"]["units"].split() for figure in figures)
    return any(figure.dimension == "length" or figure.unit == "inch" for figure in figures) and not lasts


def _dimensions(text: str) -> set[str]:
    """The dimensions that a text names, in the language that is spoken."""
    words = set(re.findall(r"\w+", text.lower()))
    named = _elsewhere()["dimension"].get(language_spoken(), {})
    return {dimension for dimension, ways in named.items() if not words.isdisjoint(ways.split())}


def _measures(units: Sequence[str], figures: Sequence[Quantity]) -> bool:
    """Whether one of the figures is in one of the units, or of what one of them names ("mass", "any")."""
    if "any" in units:
        return any(quantity.unit or quantity.low != 1 for quantity in figures)
    return any({quantity.unit, quantity.dimension} & set(units) for quantity in figures)


def _denies(expected: ExpectedAnswer, sentence: str) -> bool:
    """Whether a sentence states the absence of the very thing: "no price is given", "never says which"."""
    # What is not given is named right there; what is not said may be named anywhere before.
    named = [sentence[match.start() : match.end() + 60] for match in _GIVES_NONE.finditer(sentence)]
    if _SAYS_NOTHING.search(sentence):
        named.append(sentence)
    if not any(
        f" {word}" in spelt(text) for text in named for word in _table()[expected.kind]["about"].split()
    ):
        return False
    return not expected.of or any(f" {of} " in spelt(sentence) for of in expected.of)


def _counts(expected: ExpectedAnswer, sentence: str) -> bool:
    """Whether a figure stands beside what is counted, or a bare one above one anywhere in its sentence."""
    if not _SESSIONS.isdisjoint(expected.of):
        expected = replace(expected, of=(*expected.of, "session"))
        if holds(ExpectedAnswer("frequency"), sentence):
            return True
    sentence = _BRACKETS.sub(" ", sentence)  # references are full of figures
    sentence = _STEP.sub(r"\1", sentence)
    figures = quantities(sentence)
    if not expected.of:
        return bool(figures)
    units = {quantities(f"2 {of}")[0].unit for of in expected.of} - {""}
    for quantity in figures:
        beside = spelt(_STOP.split(sentence[quantity.start : quantity.end + 40])[0])
        before = spelt(sentence[max(0, quantity.start - 30) : quantity.start]).split()[-1:]
        if quantity.unit in units or any(f" {of} " in beside or [of] == before for of in expected.of):
            return True
    bare = any(
        not quantity.unit and quantity.low > 1 and not 1900 < quantity.low < 2100 for quantity in figures
    )
    return bare and any(f" {of} " in spelt(sentence) for of in expected.of)


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("qa.evidence").joinpath("expected.toml").read_text(encoding="utf-8"))


@functools.cache
def _elsewhere() -> dict[str, Any]:
    text = files("qa.evidence").joinpath("expected_elsewhere.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def _asked_in(language: str, kind: str) -> re.Pattern[str]:
    lines = _elsewhere()[kind]["asked"].get(language, NOTHING).splitlines()
    return re.compile("|".join(rf"(?<!\w)(?:{line})(?!\w)" for line in lines if line), re.IGNORECASE)


def _is_held_elsewhere(kind: str, sentence: str) -> bool:
    words = _elsewhere()[kind].get("held", {}).get(language_spoken(), NOTHING)
    return re.search(rf"\b(?:{words})\b", sentence, re.IGNORECASE) is not None


@functools.cache
def _pattern(kind: str, part: str) -> re.Pattern[str]:
    lines = [line for line in _table()[kind][part].splitlines() if line]
    return re.compile("|".join(rf"(?<!\w)(?:{line})(?!\w)" for line in lines), re.IGNORECASE)
