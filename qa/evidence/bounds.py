"""Figures that stand for all beyond or below them: "more than eight weeks", "up to 4 hours"."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise

from qa.evidence.quantities import Quantity, quantities

_AT_MOST = re.compile(
    r"(?:\b(?:up to|at (?:the )?most|no(?:t)? more than|less than|fewer than|not exceeding|maximum(?: of)?"
    r"|under|below|within|bis zu|jusqu['’]à|hasta|fino a|até)|[<≤])\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:\b(?:(?<!no )(?<!not )more than|at (?:the )?least|over|above|longer than|no(?:t)? less than"
    r"|minimum(?: of)?|mindestens|über|plus de|más de|più di|mais de)|[>≥])\s*$",
    re.IGNORECASE,
)

_AND_AT_MOST = re.compile(
    r",?\s*(?:and |but |or )?(?:up to|at (?:the )?most|no(?:t)? more than|less than|under|below|to)\s*",
    re.IGNORECASE,
)


def bounded(text: str, language: str | None = None) -> list[Quantity]:
    """The quantities of a text, each as all that the words before it take in.

    Args:
        text: Any.
        language: As for `quantities`.
    """
    figures = list(quantities(text, language))
    for at, (lower, upper) in enumerate(pairwise(figures)):
        # "more than 30 and up to 80 guests" is one range.
        both = _AT_LEAST.search(text[: lower.start]) and _AND_AT_MOST.fullmatch(text[lower.end : upper.start])
        if both and lower.unit in ("", upper.unit) and lower.low < upper.high:
            figures[at] = figures[at + 1] = replace(upper, low=lower.low, start=lower.start)
    return [
        _with_words(text[: figure.start], figure) if figure.low == figure.high else figure
        for figure in figures
    ]


def _with_words(before: str, figure: Quantity) -> Quantity:
    if _AT_MOST.search(before):
        return replace(figure, low=0.0)
    above = figure.low == figure.high and _AT_LEAST.search(before)
    return replace(figure, high=math.inf) if above else figure
