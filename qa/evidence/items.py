"""Another item of the kind that the documents speak of: soles of clay, where they know cork and felt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.calendar_names import days_and_months, months
from index.dated import days_in
from index.lexical import stem
from index.readable import cells, in_full, readable
from qa.evidence.support import Candidate
from qa.function_words import FUNCTION_WORDS
from qa.words import Word, content_words, stem_set

_LEAST_RARE = 2.7
"""Rarity from which a word says what something is made of or made for; "new" and "good" are of none."""

_WORD = re.compile(r"[^\W\d_]+")
_OF = " of "
_BETWEEN = (" ", _OF)

_POINTS_BACK = re.compile(r"(?:it|its|they|their|this|these|he|his|she|her)\b", re.IGNORECASE)
"""How a sentence begins whose subject stands before it."""

_CONTRASTS = tuple(
    frozenset(stem(word) for word in words.split())
    for words in (
        "left right",
        "upper lower",
        "front rear",
        "early late day night morning afternoon evening",
        "spring summer autumn winter",
        "north south east west",
        "single double twin triple return",
        "small medium large",
        "hot cold",
        "indoor outdoor",
        "junior senior adult child",
        "first second third fourth fifth last",
        "daily weekly monthly yearly annual",
        "black white red yellow green blue orange brown purple grey pink silver gold",
    )
)
"""Words of which one before a noun leaves out all others: the left eye is not the right one."""

_SHORTEST_DATE = 3
_UNTIL = re.compile(r"\s*(?:[|,;:/–-]|to\b|until\b|and\b|$)")

_TITLES = frozenset("mr mrs ms miss dr prof sir lady".split())
"""What stands before a name, and makes it no other."""

_HOW = ("ing", "ed", "ly", "er", "est")


def another_item(question: str, texts: Sequence[str]) -> Iterable[Word]:
    """Words of a question before a noun, or behind its "of", in whose place the texts have only others.

    Args:
        question: As understood.
        texts: Sentences that may answer, and the headings over them.
    """
    words = content_words(question)
    known = stem_set(texts)
    for first, second in pairwise(words):
        between = question[first.end : second.start]
        if between not in _BETWEEN:
            continue
        word, noun = (second, first) if between == _OF else (first, second)
        if min(word.rarity, noun.rarity) < _LEAST_RARE or word.text.endswith(_HOW) or word.stem in known:
            continue
        if word.text.lower() in _TITLES:
            continue
        kinds = [kind for text in texts for kind in _kinds(noun.stem, text, between)]
        if kinds and all(kinds):
            yield word


def of_another_item(question: str, chosen: Candidate) -> str:
    """The item that is asked for, where a sentence says what holds of another one; else "".

    It says so of "it", and the passage has only another item; or of the left one, asked for the right.
    """
    if opposite := _opposite(question, chosen):
        return opposite
    if not _POINTS_BACK.match(readable(chosen.sentence.text)):
        return ""
    passage = chosen.passage
    around = [passage.title, passage.section, readable(passage.text)]
    return next((word.text for word in another_item(question, around)), "")


def _opposite(question: str, chosen: Candidate) -> str:
    """The words of a question that name one of several, where a sentence and its headings name another."""
    if other := _other_date(question, chosen):
        return other
    around = ". ".join([chosen.passage.title, chosen.passage.section, in_full(chosen.sentence)])
    told = [word for word, _, _ in _words(around)]
    for (first, begin, _), (noun, start, end) in pairwise(_words(question)):
        if question[start:end].lower() in FUNCTION_WORDS:
            continue  # "the repair night for the public"
        instead = {before for before, after in pairwise(told) if after == noun}
        if first not in told and any(first in others and instead & others for others in _CONTRASTS):
            return question[begin:end]
    return ""


def _other_date(question: str, chosen: Candidate) -> str:
    """The day or month that is asked for, where a row of a table begins with another one; else ""."""
    if chosen.sentence.role != "row":
        return ""
    if other := _other_day(question, chosen):
        return other
    row, in_question = _dates(chosen.sentence.text), _dates(question)
    begins = _dates(cells(chosen.sentence.text)[0])
    for names in (months(), days_and_months() - months()):
        asked = {word: place for word, place in in_question.items() if word in names}
        own = [word for word in begins if word in names]
        # From May to July is June, too; and what is called May in one language is short for another month.
        if len(own) == 1 and asked and not any(_same_date(word, other) for word in asked for other in row):
            return question[slice(*next(iter(asked.values())))]
    return ""


def _other_day(question: str, row: Candidate) -> str:
    """The day of a year that is asked for, where a row of a table is of another one; else ""."""
    asked = [each for each in days_in(question) if each[0].day]
    told = {day for day, _, _ in days_in(row.sentence.text) if day.day}
    # What holds from one day to another holds on those between.
    if len(asked) != 1 or len(told) != 1 or asked[0][0] in told:
        return ""
    return question[slice(*asked[0][1:])]


def _dates(text: str) -> dict[str, tuple[int, int]]:
    """The names of days and months in a text, in the singular, each with its place."""
    found = {}
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        word = word if word in days_and_months() else word.removesuffix("s")
        # "May I", "may I", and "sun" are none; "May to July" has two.
        begins = match.start() == 0 and not _UNTIL.match(text, match.end())
        is_one = len(word) > _SHORTEST_DATE or (match[0][0].isupper() and not begins)
        if is_one and word in days_and_months():
            found[word] = match.span()
    return found


def _same_date(one: str, other: str) -> bool:
    """Whether two names are one, long or short: "September", "Sept", "Sep"."""
    return one[:_SHORTEST_DATE] == other[:_SHORTEST_DATE]


def _words(text: str) -> list[tuple[str, int, int]]:
    """Stem, begin and end of every word of a text."""
    return [(stem(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def _kinds(noun: str, text: str, between: str) -> list[str]:
    """Of each time that a noun stands in a text, the stem of the content word before it, or behind its "of";
    "" where there is none."""
    words = content_words(text)
    found = []
    for at, word in enumerate(words):
        if word.stem == noun:
            pair = words[at : at + 2] if between == _OF else words[max(0, at - 1) : at + 1]
            beside = len(pair) == 2 and text[pair[0].end : pair[1].start] == between
            found.append(pair[-1 if between == _OF else 0].stem if beside else "")
    return found
