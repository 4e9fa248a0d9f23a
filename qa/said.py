"""How replies say words and kinds of sources, in forms that the page has in its own language."""

from __future__ import annotations

from collections.abc import Sequence

from index.said import Said, Value, fill, said_from_json, say

__all__ = ["Said", "Value", "a_source", "either", "fill", "said_from_json", "say", "together"]

TITLES_NAMED = 4
"""Titles that a reply names; more would be no short reply."""


def either(words: Sequence[str]) -> Value:
    """Words as alternatives, each in quotation marks: “pain”, “heat” or “cold”."""
    *some, last = (f"“{word}”" for word in words)
    return say("{some} or {last}", some=", ".join(some), last=last) if some else last


def together(words: Sequence[str], more: int = 0) -> Value:
    """Words as a list, each in quotation marks, and how many more there are: “pain”, “heat” and 3 more."""
    named = [f"“{word}”" for word in words]
    if more:
        return say("{some} and {count} more", some=", ".join(named), count=str(more))
    *some, last = named
    return say("{some} and {last}", some=", ".join(some), last=last) if some else last


def a_source(kind: str) -> Said:
    """A kind of source with its article: "an evidence note"."""
    return say(f"an {kind}" if kind[:1].lower() in "aeiou" else f"a {kind}")
