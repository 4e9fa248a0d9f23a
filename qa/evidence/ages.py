"""Whom a sentence or a row of a table is for, by age: a dose for children of 6 to 12 is none for one of 4."""

from __future__ import annotations

import functools
import math
import re

from qa.evidence.quantities import Quantity, quantities

Age = tuple[float, float]
"""From and below how many years."""

YEARS = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}
"""How many years the units of an age are."""
GROWN_UP = 18.0
"""Years from which on somebody is an adult."""
_WHOM = re.compile(
    r"\b(?:age[ds]?|old(?:er)?|younger|child(?:ren)?|kids?|infants?|newborns?|bab(?:y|ies)|toddlers?|teen\w*|boys?"
    r"|girls?|sons?|daughters?|pupp(?:y|ies)|kittens?|foals?|cal(?:f|ves)|lambs?"
    r"|(?P<grown>adolescents?|adults?|people|persons?|someone|anyone|anybody|nobody|those|patients?|wom[ae]n|m[ae]n))\b"
    r"|(?:^|[:;,.(]|\b(?:and|or))(?=\s*(?:under|over|up to|above|below)\b)",
    re.IGNORECASE,
)
_JOINERS = re.compile(
    r"(?:[\s:,(]|\b(?:who|that|which|are|is|of|from|aged?|between|over|under|above|below|up|to|at|least|than|less|more"
    r"|old(?:er)?|younger|the|and|or|i|am)\b)*",
    re.IGNORECASE,
)
_SAYS_AGE = re.compile(r"\b(?:aged?|under|over|above|below|older|younger|between|up to)\b", re.IGNORECASE)
_UP_TO = re.compile(r"\bup to(?:\s+the\s+age\s+of)?\s*$", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:under|below|younger than|less than)(?:\s+the\s+age\s+of)?\s*$", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:over|above|older than|more than|from|at least)(?:\s+the\s+age\s+of)?\s*$", re.IGNORECASE
)
_AND_MORE = re.compile(r"\s*(?:\+|(?:and|or)\s+(?:over|older|above|up|more)\b)", re.IGNORECASE)
_AND_LESS = re.compile(r"\s*(?:and|or)\s+(?:under|younger|below|less)\b", re.IGNORECASE)
_OLD = re.compile(r"[\s-]*(?:olds?\b|of age\b)", re.IGNORECASE)
_GROWN_UP = re.compile(r"\badults?\b(?!\s+(?:aged?|over|under|from|above|below|of)\b)", re.IGNORECASE)
_PART = re.compile(r"[;.](?:\s|$)")
_FURTHEST = math.inf


def age_asked(question: str) -> float | None:
    """The age in years of the one whom a question is about; None where it names none, or several."""
    found = {low for low, high in _stated(question) if high - low <= 1}
    return found.pop() if len(found) == 1 else None


@functools.lru_cache(maxsize=4096)
def ages(text: str) -> tuple[Age, ...]:
    """The ages that a text is for: "Children 6 to 12 years", "over 65", "Adults"; or none."""
    found = []
    at = 0
    for end in [*(match.start() for match in _PART.finditer(text)), len(text)]:
        part = text[at:end]
        found += _stated(part)
        if _GROWN_UP.search(part):
            found.append((GROWN_UP, _FURTHEST))
        at = end + 1
    return tuple(found)


def _stated(text: str) -> list[Age]:
    """The figures of a text that are ages, as from and below how many years."""
    found = []
    for quantity in quantities(text):
        in_years = YEARS.get(quantity.unit or "year")
        if in_years is not None and is_age(text, quantity):
            before, after = text[: quantity.start], text[quantity.end :]
            low, high = quantity.low * in_years, quantity.high * in_years
            if _AND_MORE.match(after) or (low == high and _FROM.search(before)):
                found.append((low, _FURTHEST))
            elif _AND_LESS.match(after) or _UP_TO.search(before):
                found.append((0.0, high + in_years))
            elif _BELOW.search(before):
                found.append((0.0, high))
            else:
                found.append((low, high + in_years))
    return found


def is_age(text: str, quantity: Quantity) -> bool:
    """Whether a figure is how old somebody is: nothing but joining words stands between the two."""
    if quantity.unit and _OLD.match(text, quantity.end):
        return True
    for whom in _WHOM.finditer(text, 0, quantity.start):
        if whom["grown"] and quantity.unit not in ("year", ""):
            continue  # "90 adults over 4 weeks"
        joiners = _JOINERS.match(text, whom.end(), quantity.start)
        if joiners is not None and joiners.end() == quantity.start:
            return (
                bool(quantity.unit)
                or _SAYS_AGE.search(text, whom.start(), quantity.start) is not None
                or (text[whom.end() : quantity.start].strip() == "of")
            )
    return False
