"""New words: those that the cited quotes have neither as such nor near in meaning."""

from __future__ import annotations

import re

from qa.said import Value, say
from qa.writer.checks.claim import TERM, Claim
from qa.writer.checks.statement import Statement

NEW, NEW_THING = 2.6, 1.8
"""What a word may bring in that no quote has (see `_brings`), and one that stands where a thing is named."""

ALTOGETHER = 0.28
"""Share of the sentence's words, by rarity, that may be new."""

SHORTEST = 3
"""Words of a sentence that says something."""

_BEFORE_A_THING = frozenset("a an the of in for with on by to and or from some all any no".split())
_AFTER_A_THING = frozenset("is are was were has have had can may might said found".split())
_NO_THING = re.compile(r".*(?:ly|ing|ed|ous|ful|less|able|ible|ive|al|ic)$")


def new_words(claim: Claim) -> Value:
    """No telling word, nor many together, that the cited quotes have neither by word nor in other words."""
    if len(claim.sentence.words) < SHORTEST:
        return say("it is too short to be checked")
    new: dict[int, float] = {}
    total = 0.0
    for at, word in enumerate(claim.sentence.words):
        total += word.rarity * word.content
        known = word.text.lower() in claim.short_forms or word.form in claim.question
        if not word.content or known or claim.covered(at) or _cited_too(claim, word.text):
            continue
        new[at] = _brings(claim, at)
        if new[at] >= (NEW_THING if _names_a_thing(claim.sentence, at) else NEW):
            return say("“{words}” has nothing like it in the cited quotes", words=word.text)
    if sum(new.values()) > ALTOGETHER * total:
        told = ", ".join(f"“{claim.sentence.words[at].text}”" for at in list(new)[:4])
        return say("too much of it is not in the cited quotes: {words}", words=told)
    return ""


def _brings(claim: Claim, at: int) -> float:
    """How new a word is: its rarity, less as the quotes have a word that is near where it stands."""
    rarity, near = claim.sentence.words[at].rarity, claim.nearness(at)
    return rarity * (1 - (near if rarity < TERM else min(near, 0.5)))


def _cited_too(claim: Claim, word: str) -> bool:
    """Whether a word is of a quote's reference: who wrote it, and where."""
    return any(re.search(rf"\b{re.escape(word)}\b", quote.whole, re.IGNORECASE) for quote in claim.cited)


def _names_a_thing(sentence: Statement, at: int) -> bool:
    """Whether a word stands where nouns do: after an article or a preposition, or before a verb."""
    word = sentence.words[at]
    if _NO_THING.match(word.text.lower()):
        return False
    before = sentence.words[at - 1].text.lower() if at else "the"
    if before in ("to", "can", "may", "will", "not"):
        return False
    after = sentence.words[at + 1].text.lower() if at + 1 < len(sentence.words) else "."
    return before in _BEFORE_A_THING or before[0].isdigit() or after in _AFTER_A_THING
