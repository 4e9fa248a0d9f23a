"""Whether two sentences say the same thing, so that an answer says it once."""

from __future__ import annotations

import re

from qa.evidence.references import without_references
from qa.evidence.units import language_of_figures, number_words
from qa.words import content_words

ALIKE = 0.8
"""Cosine of their own words together from which two sentences may say the same."""
SHARED = 0.5
"""Share of all their content words, by rarity, that both have. Below it the shipped notes hold pairs of
different signs of one illness; above it, figures and negations apart, the same finding told twice."""
CONTAINED = 0.6
"""Share of the shorter one's words that is enough where all figures of one, two at least, stand in the other
too: "12 sessions, 3 a week, for 4 weeks" is read once, whatever else is said beside it."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(
    r"\b(?:no|not|nor|never|none|neither|nothing|without|cannot)\b|n['’]t\b", re.IGNORECASE
)


def says_the_same(sentence: str, other: str, cosine: float) -> bool:
    """Whether one sentence repeats another: alike in meaning and words, and with no figure of its own.

    The cosine is that between their meanings. References do not count.
    """
    if cosine < ALIKE:
        return False
    mine, theirs = without_references(sentence), without_references(other)
    figures, others = _figures(mine), _figures(theirs)
    if not (figures <= others or others <= figures):
        return False
    if bool(_NEGATION.search(mine)) != bool(_NEGATION.search(theirs)):
        return False
    if len(figures & others) >= 2:
        return shared(mine, theirs) >= CONTAINED
    both, own, other_own = _rarities(mine, theirs)
    return both >= SHARED * (own + other_own - both)


def _figures(text: str) -> set[str | float]:
    """The figures of a text in digits or in words: "five barrels" are 5, and not nine."""
    digits = (float(figure) if figure.isdigit() else figure for figure in _FIGURE.findall(text))
    return {*digits, *(word.value for word in number_words(text, language_of_figures(text)))}


def shared(sentence: str, other: str) -> float:
    """Share, 0 to 1, of the content words of the one that has fewer, by rarity, that the other has too."""
    both, own, other_own = _rarities(sentence, other)
    return both / least if (least := min(own, other_own)) else 0.0


def _rarities(sentence: str, other: str) -> tuple[float, float, float]:
    """Of the content words of two sentences: of those that both have, and of all of each."""
    words = {word.stem: word.rarity for word in content_words(sentence)}
    more = {word.stem: word.rarity for word in content_words(other)}
    both = sum(rarity for stem, rarity in words.items() if stem in more)
    return both, sum(words.values()), sum(more.values())
