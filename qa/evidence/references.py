"""References to literature within a sentence: "(Huang et al., Arthritis Res Ther 2015, doi 10.1186/…)".

What stands in them names a source and says nothing: a journal of arthritis is no word on arthritis.
"""

from __future__ import annotations

import functools
import re

_INSIDE = r"(?:[^()]|\([^()]*\))*"
_REFERENCE = re.compile(
    rf"\({_INSIDE}(?:\bdoi\b|\bPMID\b|\bPMC\d|\bet al\b|\b[A-Z][\w-]+ (?:19|20)\d\d\b){_INSIDE}\)"
)

# Sources that are no literature: pages, web sites, numbered papers of authorities, a row of names.
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SOURCE = re.compile(
    rf"""\((?:
      {_INSIDE}(?:
          ,\ pages?\ \d | \b[\w-]+\.(?:org|com|net|edu|gov|uk|eu)\b | \bISBN\b
        | \b[A-Z]{{1,5}}-?\d{{4,}}\w*(?:-\d+)*\b | \b[A-Z]{{2,5}}-\d{{4}}-\w-\d+\b
        | \b\d{{1,2}}\ (?:{_MONTHS})\ \d{{4}}\b | \b(?:guideline|leaflet|policies)\b
      ){_INSIDE}
      | \d+\ CFR\ [\d.]+
      | [A-Z][^();]*(?:;\ [A-Za-z][^();]*)+
      | [A-Z][^();"]*,\ "[^"()]+"
    )\)""",
    re.VERBOSE,
)


@functools.lru_cache(maxsize=4096)
def references(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the references of a text, with their brackets."""
    return tuple(match.span() for match in _REFERENCE.finditer(text))


@functools.lru_cache(maxsize=4096)
def without_references(text: str) -> str:
    """A text with its references blanked, so that every offset stays."""
    return _REFERENCE.sub(lambda match: " " * len(match[0]), text)


@functools.lru_cache(maxsize=4096)
def named_sources(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of all in brackets that only says where something is from, in order, none inside another."""
    spans = sorted({*references(text), *(match.span() for match in _SOURCE.finditer(text))})
    return tuple(span for at, span in enumerate(spans) if not any(span[0] < end for _, end in spans[:at]))
