"""Whether two sentences say the same thing, so that an answer says it once."""

from __future__ import annotations

import re

from qa.evidence.references import without_references
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

    Args:
        sentence, other: In either order. References do not count.
        cosine: Between their meanings.
    """
    if cosine < ALIKE:
        return False
    mine, theirs = without_references(sentence), without_references(other)
    figures, others = set(_FIGURE.findall(mine)), set(_FIGURE.findall(theirs))
    if not (figures <= others or others <= figures):
        return False
    if bool(_NEGATION.search(mine)) != bool(_NEGATION.search(theirs)):
        return False
    words = {word.stem: word.rarity for word in content_words(mine)}
    more = {word.stem: word.rarity for word in content_words(theirs)}
    both = sum(rarity for stem, rarity in words.items() if stem in more)
    if len(figures & others) >= 2:
        return both >= CONTAINED * min(sum(words.values()), sum(more.values()))
    return both >= SHARED * (sum(words.values()) + sum(more.values()) - both)
