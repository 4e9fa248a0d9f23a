"""Meaning: the sentence's words stand in the cited quotes, and no other quote is nearer to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.vocabulary import Form
from qa.writer.checks.claim import Claim
from qa.writer.checks.near import family, in_group
from qa.writer.checks.said import Said

TELLING = 4.0
"""Rarity from which a word that no quote has is something new."""

THING = 2.6
"""The same for a word that stands where a thing is named, and so may be another thing than the quotes'."""

_BEFORE_A_THING = frozenset("a an the of in for with on by to and or from some all any no".split())
_NO_THING = re.compile(r".*(?:ly|ing|ed|ous|ful|less|able|ible|ive|al|ic)$")

COVERED = 0.72
"""Share of the content words, by rarity, that the cited quotes must have."""

NEARER = 0.2
"""How much more of the words one quote that is not cited may have than the cited ones."""

FLOOR = 0.45
"""Cosine of the sentence to the nearest of its cited quotes, or to all of them together."""

SURELY = 2
"""Sides on which a word has the same two neighbours as another."""

SHORTEST = 3
"""Words of a sentence that says something."""


def new_words(claim: Claim) -> str:
    """No telling word that the cited quotes have neither by word nor in other words."""
    for at, word in enumerate(claim.sentence.words):
        if not word.content or claim.covered(at):
            continue
        if word.rarity >= (THING if _names_a_thing(claim.sentence, at) else TELLING):
            return f"“{word.text}” has nothing like it in the cited quotes"
    return ""


def in_its_place(claim: Claim) -> str:
    """No word stands between the same words of a quote where that has another."""
    mine = claim.sentence.forms
    for at, word in enumerate(claim.sentence.words):
        # Words that are only near in meaning may be another thing of the same sort: eggs, peanuts.
        if not word.content or any(in_group(word.form, quote) for quote in claim.cited):
            continue
        if any(family(word.form, other.form) for quote in claim.cited for other in quote.words):
            continue
        for number, quote in enumerate(claim.cited):
            others = {n for a, n in _places(claim, number) if a != at}
            for other, said_there in enumerate(quote.words):
                if not said_there.content or said_there.form == word.form:
                    continue
                same = _same_around(mine, at, quote.forms, other)
                if same == SURELY or (same and other not in others):
                    return f"“{word.text}” stands where the cited quotes say “{said_there.text}”"
    return ""


def _places(claim: Claim, number: int) -> list[tuple[int, int]]:
    """Pairs of a word of the sentence and one of a cited quote that says the same."""
    return [(at, place) for at, places in claim.places[number].items() for place in places]


def _same_around(mine: Sequence[Form], at: int, theirs: Sequence[Form], other: int) -> int:
    """On how many sides, beyond the nearest word on both, two words have the same neighbours.

    0 where those differ already; the end of a sentence is a neighbour too.
    """

    def near(step: int) -> bool:
        here, there = at + step, other + step
        if not (0 <= here < len(mine) and 0 <= there < len(theirs)):
            return not (0 <= here < len(mine)) and not (0 <= there < len(theirs))
        return mine[here].text == theirs[there].text

    return near(-2) + near(2) if near(-1) and near(1) else 0


def _names_a_thing(sentence: Said, at: int) -> bool:
    """Whether a word stands where nouns do: after an article or a preposition, or before a verb."""
    word = sentence.words[at]
    if _NO_THING.match(word.text.lower()):
        return False
    before = sentence.words[at - 1].text.lower() if at else "the"
    if before in ("to", "can", "may", "will", "not"):
        return False
    after = sentence.words[at + 1].text.lower() if at + 1 < len(sentence.words) else "."
    return before in _BEFORE_A_THING or before[0].isdigit() or after in _AFTER_A_THING


_AFTER_A_THING = frozenset("is are was were has have had can may might of in for with on said found".split())


def coverage(claim: Claim) -> str:
    """Most of what the sentence says stands in the cited quotes."""
    words = [at for at, word in enumerate(claim.sentence.words) if word.content]
    if len(claim.sentence.words) < SHORTEST:
        return "it is too short to be checked"
    total = sum(claim.sentence.words[at].rarity for at in words)
    missing = [at for at in words if not claim.covered(at)]
    if total and sum(claim.sentence.words[at].rarity for at in missing) > (1 - COVERED) * total:
        told = ", ".join(f"“{claim.sentence.words[at].text}”" for at in missing[:4])
        return f"too much of it is not in the cited quotes: {told}"
    return ""


def _share(claim: Claim, quote: Said) -> float:
    """How much of the sentence one quote has, by rarity, in the same words."""
    words = claim.sentence.content
    theirs = {word.form for word in quote.words}
    total = sum(word.rarity for word in words)
    return sum(word.rarity for word in words if word.form in theirs) / total if total else 0.0


def cited_nearest(claim: Claim) -> str:
    """No quote that is not cited says much more of it than those that are."""
    own = max(_share(claim, quote) for quote in claim.cited)
    for quote in claim.others:
        if _share(claim, quote) > own + NEARER:
            return "another quote than the cited one is nearer to it"
    return ""


def alike(claim: Claim) -> str:
    """The sentence as a whole is near in meaning to what it cites."""
    texts = [quote.text for quote in claim.cited]
    if len(texts) > 1:
        texts.append(" ".join(texts))
    if claim.near.cosine(claim.sentence.text, texts) < FLOOR:
        return "its meaning is not that of the cited quotes"
    return ""
