"""What a source is worth as evidence, by the kind that its front matter names."""

from __future__ import annotations

import functools
import re

PROMOTIONAL, UNKNOWN, INFORMED, EVIDENCE = range(4)
"""What sells something; what says nothing of itself, or tells one person's story; what informs without
citing; what weighs studies. A higher one is read first on what they disagree on."""

_STANDINGS = (
    (PROMOTIONAL, r"promot|advert|market|sponsor|seller|maker|manufactur|testimonial|press release"),
    (EVIDENCE, r"evidence|review|guideline|meta-?anal|trial|study|studies|monograph|fact ?sheet"),
    (INFORMED, r"leaflet|patient information|handbook|manual|encyclop|textbook|note|report|policy|protocol"),
)


@functools.lru_cache(maxsize=1024)
def standing(kind: str) -> int:
    """PROMOTIONAL, UNKNOWN, INFORMED or EVIDENCE, by the words of a kind ("promotional article")."""
    for rank, words in _STANDINGS:
        if re.search(words, kind, re.IGNORECASE):
            return rank
    return UNKNOWN


def sells(kind: str) -> bool:
    """Whether a kind of source says of itself that it has something to sell."""
    return standing(kind) == PROMOTIONAL
