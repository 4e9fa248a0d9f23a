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

# What one source says is asked of that source.
_OF_ONE_SOURCE = re.compile(
    r"\baccording to (?:the|this|that)\b(?: (\w+))?"
    r"|\b(?:do|does|did|what|which|how|why|who|where)\b[^.?!]*"
    r"\b(article|piece|note|leaflet|document|page|text|author|brochure|advert)s? "
    r"(?:actually |really |even )?(?:says?|gives?|puts?|names?|backs?|claims?|mentions?|tells?|describes?"
    r"|contradicts?|relies|rely|offers?|cites?|covers?|explains?|promises?|suggests?|concludes?|proves?|ha(?:s|ve))\b",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=1024)
def standing(kind: str) -> int:
    """PROMOTIONAL, UNKNOWN, INFORMED or EVIDENCE, by the words of a kind ("promotional article")."""
    for rank, words in _STANDINGS:
        if re.search(words, kind, re.IGNORECASE):
            return rank
    return UNKNOWN


def sells(kind: str) -> bool:
    """Whether a kind of source has something to sell; one that says nothing of itself sells nothing."""
    return standing(kind) == PROMOTIONAL


def of_one_source(question: str) -> str:
    """What a source is called of which alone a question asks ("article"); empty where it asks of all."""
    found = _OF_ONE_SOURCE.search(question)
    return "" if found is None else (found[1] or found[2] or "source").casefold()
