"""Another item of the kind that the documents speak of: soles of clay, where they know cork and felt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.lexical import stem
from index.readable import in_full, readable
from qa.evidence.support import Candidate
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
    around = ". ".join([chosen.passage.title, chosen.passage.section, in_full(chosen.sentence)])
    told = [word for word, _, _ in _words(around)]
    for (first, begin, _), (noun, _, end) in pairwise(_words(question)):
        instead = {before for before, after in pairwise(told) if after == noun}
        if first not in told and any(first in others and instead & others for others in _CONTRASTS):
            return question[begin:end]
    return ""


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
