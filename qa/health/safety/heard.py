"""What was understood of an alarming text, in whole words of the person: "I can't control my bladder".

A red flag fires on a few words ("can't", "bladder"); alone they tell nobody what was understood, and nobody
could see that it was misunderstood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

MOST_WORDS = 12
"""Longest part of a sentence that is said back whole; of a longer one, from the first word that counts to the
last."""

_BREAK = re.compile(
    r"\s*[.,;:!?\n…]+\s*|\s[–—-]\s|\s(?:and|but|or|plus|und|aber|oder|et|mais|ou|y|pero|o|ma|mas|oraz|ale|ve|ama)\s",
    re.IGNORECASE,
)


def in_whole_words(text: str, matched: Sequence[str]) -> list[str]:
    """The parts of a sentence in which the words stand on which a red flag fired, each once, in their order.

    Args:
        text: As it was typed.
        matched: Words of it. What does not stand in it, as it was typed a turn before, is said as it is.
    """
    spans = _spans(text, matched)
    if spans is None:
        return list(matched)
    cuts = [(0, 0), *(cut.span() for cut in _BREAK.finditer(text)), (len(text), len(text))]
    # A break inside of words that count ("pins and needles") is none.
    cuts = [cut for cut in cuts if not any(start < cut[1] and cut[0] < end for start, end in spans)]
    parts = [(one[1], other[0]) for one, other in pairwise(cuts)]
    told: list[str] = []
    for start, end in parts:
        inside = [span for span in spans if start <= span[0] and span[1] <= end]
        if inside:
            whole = text[start:end]
            if len(whole.split()) > MOST_WORDS:
                whole = text[inside[0][0] : inside[-1][1]]
            told.append(whole.strip())
    return list(dict.fromkeys(told))


def _spans(text: str, matched: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where words stand, in order; None where one does not."""
    spans: list[tuple[int, int]] = []
    for words in matched:
        at = text.find(words, spans[-1][1] if spans else 0)
        if at < 0:
            return None
        spans.append((at, at + len(words)))
    return spans
