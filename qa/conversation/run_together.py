"""Two words written as one ("coldlaser"), and one written as two ("infra red")."""

from __future__ import annotations

import operator

from qa.conversation.lexicon import Lexicon
from qa.conversation.near_words import EVERYDAY
from qa.conversation.sounds import CHEAP, ONE_SLIP, sounds_like
from qa.english import zipf

EVERYBODYS = 5.5
"""Zipf frequency of words that everybody uses all the time ("the", "back", "does")."""

LONGER = 9
"""Letters from which a joined word may be misspelt as well."""

MOST_SPLITS = 3

# Halves that are no words beside a word, but begin or end one ("autoimmune", "painless").
_AFFIXES = frozenset(
    "anti auto counter electro extra inter intra less like macro micro mini mono multi neuro non over photo "
    "post pre pseudo radio self semi sub super tele thermo trans ultra under ward wise ness able ing".split()
)
_SHORT_HALVES = frozenset("an at as am be by do go he if in is it me my no of on or so to up us we".split())


def joined(lexicon: Lexicon, left: str, right: str) -> str | None:
    """A word of the documents that was written as two, one of them no word of theirs ("infra red")."""
    whole = left + right
    if min(len(left), len(right)) < 3 or (left in lexicon and right in lexicon):
        return None
    if whole in lexicon:
        return whole
    may_stand = all(word in lexicon or zipf(word) >= EVERYDAY for word in (left, right))
    if len(whole) < LONGER or may_stand:
        return None
    likely = lexicon.likely(
        near
        for near in lexicon.words.near(whole)
        if (near.cost <= ONE_SLIP and near.word[0] == left[0])
        or (near.cost <= 2 * ONE_SLIP and sounds_like(whole, near.word))
    )
    return likely[0] if likely else None


def split(lexicon: Lexicon, word: str, least: float = 0.0) -> list[str]:
    """Two words written as one, of the documents or everybody's, likeliest first.

    Args:
        lexicon: Of the documents.
        word: As typed.
        least: Zipf frequency that both must have.
    """
    found = []
    for at in range(1, len(word)):
        halves = word[:at], word[at:]
        if _AFFIXES & set(halves) or min(map(zipf, halves)) < least:
            continue
        known = [half in lexicon and len(half) > 2 for half in halves]
        common = [zipf(half) >= 4.5 if len(half) > 2 else half in _SHORT_HALVES for half in halves]
        everybodys = min(map(zipf, halves)) >= EVERYBODYS
        short = min(map(len, halves)) < 3
        # "mydaughter" is two words in any document, "nightlight" may be one.
        some = any(known) or everybodys or (short and len(word) > LONGER)
        if some and all(map(operator.or_, known, common)) and (not short or len(word) > 6 or everybodys):
            found.append((sum(map(lexicon.frequency, halves)), " ".join(halves)))
    return [text for _, text in sorted(found, reverse=True)[:MOST_SPLITS]]


def split_and_misspelt(lexicon: Lexicon, word: str) -> list[str]:
    """Two words written as one, of which one is misspelt itself ("backpane", "bothgrups")."""
    found = []
    for at in range(3, len(word) - 2):
        left, right = word[:at], word[at:]
        for half, rest, text in ((left, right, f"{left} {{}}"), (right, left, f"{{}} {right}")):
            if zipf(half) < 4 or half in _AFFIXES or len(rest) < 4 or zipf(rest) >= EVERYDAY:
                continue
            for near in lexicon.words.near(rest):
                sure = near.cost <= (ONE_SLIP if half in lexicon else CHEAP)
                true = zipf(near.word) >= EVERYDAY or len(rest) > 5
                if sure and true and near.word[0] == rest[0]:
                    found.append((lexicon.frequency(half) + lexicon.score(near), text.format(near.word)))
    return [text for _, text in sorted(found, reverse=True)[:MOST_SPLITS]]
