"""The one thing that a measure is asked of: "fridge" in "How often is the fridge cleaned?".

How often the oven is cleaned is of the very sort that is asked for, and no answer: it is of something else.
Where a question names something besides that the documents know ("what did punters pay for the lamp?"), they
may speak of the thing in other words; where it is all that is named, they do not speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.expected import expected_answer
from qa.evidence.support import Matrix
from qa.sources import of_one_source
from qa.words import Word, content_words

UNKNOWN = 0.48
"""Nearness to the nearest word of a sentence below which a word names something else: "fridge" is 0.36 near
to sentences on an oven, "vaccination" 0.55 to one on a jab. Of the 1,067 `dev` questions and of 172 made-up
ones that are answered, it declines none."""

NAMED, NAMES = 0.7, 2.5
"""Nearness and rarity from which a word besides is one that the documents know, and that names something."""

_MEASURES = frozenset("money length duration frequency age temperature amount name".split())
_LEAST_RARE = 2.3
"""Rarity from which a word names a thing ("key" has 2.4); commoner ones ("time") may shape a question."""

_DETERMINER = r"(?:(?:the|an?|my|our|your|this|that|these|those|each|every|one) )?"
_ASKED_OF = re.compile(
    r"^\W*(?:(?P<told>how(?: \w+){1,2}|when|where|who)|(?:at |from |on )?(?:what|which)(?: \w+)?) "
    r"(?:do|does|did|is|are|was|were|will|can|could|may|might|must|should|has|have|had) "
    + _DETERMINER
    # "Who empties the bin?"
    + r"|^\W*(?P<who>who) \w+(?:s|ed) (?:the|an?) ",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"^\W*(?:and |so )?how much ", re.IGNORECASE)
_NAMES_STUFF = 2.7
"""Rarity from which what is asked how much of is named ("butter" has 3.1); "money" has 2.4."""

_OF = re.compile(r" of " + _DETERMINER, re.IGNORECASE)
_VERB_FOLLOWS = re.compile(r" (?:be|have|has|do|get|need)\b", re.IGNORECASE)


def asked_of(question: str) -> tuple[list[Word], list[Word]]:
    """The content words of the thing that is measured, and those of whatever is named behind it.

    A word right after the thing may be a verb: it is counted to neither.
    """
    words = content_words(question)
    opening = _ASKED_OF.search(question)
    if opening is None or of_one_source(question):
        return [], []
    expected = expected_answer(question)
    if expected.kind not in _MEASURES if expected else not (opening["told"] or opening["who"]):
        return [], []
    run = _run(words, opening.end())
    while run and (of := _OF.match(question, run[-1].end)):
        run = _run(words, of.end())
    if not run:
        return [], []
    end = run[-1].end
    if len(run) > 1 and not _VERB_FOLLOWS.match(question, end):
        run = run[:-1]
    return [word for word in run if word.rarity >= _LEAST_RARE], [word for word in words if word.start > end]


def unknown_thing(question: str, words: Sequence[Word], support: Matrix) -> str:
    """The thing that a measure is asked of, where the documents do not speak of it; else "".

    Args:
        question: As understood.
        words: Its content words.
        support: (words, candidates), 0 to 1, how far each sentence speaks of each.
    """
    thing, beside = asked_of(question)
    near = {word.start: float(row.max(initial=0)) for word, row in zip(words, support, strict=True)}
    amount = _AMOUNT.match(question)
    stuff = _run(words, amount.end()) if amount else []
    if stuff and stuff[0].rarity >= _NAMES_STUFF and near[stuff[0].start] < UNKNOWN:
        return stuff[0].text  # however well the rest is known: of butter nothing is said
    if any(near[word.start] >= NAMED and word.rarity >= NAMES for word in beside):
        return ""
    unknown = [word for word in thing if near[word.start] < UNKNOWN]
    return question[unknown[0].start : unknown[-1].end] if unknown else ""


def _run(words: Sequence[Word], begin: int) -> list[Word]:
    """The content words that stand one right after the other from a place on."""
    run: list[Word] = []
    for word in words:
        if word.start == (run[-1].end + 1 if run else begin):
            run.append(word)
    return run
