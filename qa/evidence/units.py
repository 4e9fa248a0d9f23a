"""How figures are written in a language: its units, its signs for decimals, and which language a text is in.

What units are called comes from Unicode's own tables (CLDR), in every language whose number words text2num
reads; what is counted, which CLDR has not, stands in counted.toml. Babel takes 80 ms and 11 MB to tell it,
which a question would pay for; `qa.train.write_cldr` wrote cldr.json.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass

from text_to_num import Token, find_numbers

from qa.frequencies import word_list
from qa.tables import table
from qa.words import ENGLISH

JOINTS = {"en": "to", "de": "bis", "fr": "à", "es": "a", "it": "a", "pt": "a", "nl": "tot"}
"""The languages in which figures are read, with the word of a range: "10 to 20"."""

_COMMON_WORDS = 80
"""Commonest words of a language by which a text is told to be in it; half of the words of a text are such."""

_TIMES = {"de": "mal", "nl": "maal"}
"""What makes one word of a number word and how often: "dreimal"."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\S")


@dataclass(frozen=True, slots=True)
class Figures:
    """How figures are written in a language.

    Attributes:
        measures: What its units are called, in lower case and without a full stop, with the unit.
        joined: The words between the last two of a list: "and" and "or".
        decimal_comma: Whether 2,5 is two and a half, and 1.250 a thousand and more.
    """

    measures: dict[str, str]
    joined: tuple[str, ...]
    decimal_comma: bool


@functools.cache
def figures(language: str) -> Figures:
    """What cldr.json says of a language, one of JOINTS."""
    told = table("qa.evidence", "cldr.json")[language]
    return Figures(told["measures"], tuple(told["joined"]), told["decimal_comma"])


@dataclass(frozen=True, slots=True)
class NumberWord:
    """Words that are a number: their value and their span."""

    value: float
    start: int
    end: int


class _Word(Token):  # type: ignore[misc]  # the library ships no types
    """A word as `text_to_num` asks for it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: object) -> bool:
        return False


def number_words(text: str, language: str) -> list[NumberWord]:
    """The numbers of a text that are written in words of one of JOINTS, in order; no ordinals."""
    words = list(_TOKEN.finditer(text))
    in_units = [match.span() for match in _units_with_numbers(language).finditer(text)]
    found = []
    for number in find_numbers([_Word(word[0]) for word in words], language, threshold=0):
        start, end = words[number.start].start(), words[number.end - 1].end()
        if any(first <= start < last for first, last in in_units) or number.is_ordinal:
            continue
        if any(character.isalpha() for character in text[start:end]):
            found.append(NumberWord(number.value, start, end))
    if suffix := _TIMES.get(language):
        for match in re.finditer(rf"\b(\w+){suffix}\b", text, re.IGNORECASE):
            inside = find_numbers([_Word(match[1])], language, threshold=0)
            # "einmal" is once, and "one day" as often.
            found += [NumberWord(number.value, *match.span(1)) for number in inside if number.value > 1]
    return sorted(found, key=lambda number: number.start)


@functools.cache
def _units_with_numbers(language: str) -> re.Pattern[str]:
    """Units of several words, of which one may be a number: the hundred of "por ciento" is none."""
    phrases = "|".join(re.escape(unit) for unit in units_in(language) if " " in unit)
    return re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)


@functools.lru_cache(maxsize=4096)
def language_of_figures(text: str) -> str:
    """Which of the languages of JOINTS a text is in, by its commonest words; English where none is likelier.

    Where these do not tell, as in "zwanzig Gramm", the one whose units and number words stand there.
    """
    words = [match[0].lower() for match in _TOKEN.finditer(text) if match[0][0].isalpha()]
    found = {language: sum(map(_common(language).__contains__, words)) for language in JOINTS}
    best = max(found, key=lambda language: found[language])
    # Two words that are common elsewhere stand in English, too: "a", "die", "me".
    if found[best] > found[ENGLISH] + 1:
        return best
    if found[ENGLISH] > 1 or found[ENGLISH] == found[best] > 0:
        return ENGLISH
    for language in JOINTS:
        # What is counted tells no language: "patients" and "points" are in several.
        found[language] += sum(word in figures(language).measures for word in words)
        found[language] += len(number_words(text, language))
    best = max(found, key=lambda language: found[language])
    return best if found[best] > found[ENGLISH] else ENGLISH


@functools.cache
def _common(language: str) -> frozenset[str]:
    words = itertools.chain.from_iterable(word_list(f"small_{language}"))
    # A letter alone is the beginning of one word elsewhere ("l'eau"), of a name in English ("T-cell").
    telling = (word for word in words if word.isalpha() and len(word) > 1)
    return frozenset(itertools.islice(telling, _COMMON_WORDS))


@functools.cache
def units_in(language: str) -> dict[str, str]:
    """What the units, and what people count, are called in a language, in lower case, with the unit."""
    forms_of = table("qa.evidence", "counted.toml").get(language, {})
    counted = {way: unit for unit, forms in forms_of.items() for way in forms.split()}
    return counted | figures(language).measures
