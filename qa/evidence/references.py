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


@functools.lru_cache(maxsize=4096)
def references(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the references of a text, with their brackets."""
    return tuple(match.span() for match in _REFERENCE.finditer(text))


@functools.lru_cache(maxsize=4096)
def without_references(text: str) -> str:
    """A text with its references blanked, so that every offset stays."""
    return _REFERENCE.sub(lambda match: " " * len(match[0]), text)
