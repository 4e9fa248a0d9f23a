"""Which day a document is of, as far as it says so itself: by its name, its title, or its first words."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from index.calendar_names import months, number_of_month
from index.types import Document


class Day(NamedTuple):
    """A day; its month, or its day, is 0 where only the year, or the month, is told."""

    year: int
    month: int = 0
    day: int = 0


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ISO = re.compile(rf"(?<!\d){_YEAR}[-_.](?P<month>[01]\d)(?:[-_.](?P<day>[0-3]\d))?(?!\d)")
_POINTS = re.compile(rf"(?<!\d)(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./]{_YEAR}(?!\d)")
_WORDS = re.compile(
    rf"(?:(?P<day>\b[0-3]?\d)(?:st|nd|rd|th|\.)?\s+(?:de\s+)?)?\b(?P<name>[^\W\d_]{{3,}})\.?(?:\s+(?P<later>[0-3]?\d),)?"
    rf"\s+(?:de\s+)?{_YEAR}(?!\d)"
)
_ALONE = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_OF_ITSELF = re.compile(
    r"\b(?:version|edition|revis\w+|adopted|updated|valid|effective|in force|as of|as from|from|issued|agreed"
    r"|stand|gültig|vom|ab|depuis|du|desde|dal)\b[^.\n]{0,30}$",
    re.IGNORECASE,
)
"""What stands before a date that a document tells of itself."""
_HEAD = 400
"""Characters at the beginning in which a document says of which day it is."""


def dated(document: Document) -> Day | None:
    """The day that a document is of: by its name, its title, the date of a mail or front matter, its head.

    When a file was saved says nothing: an old list is copied, a new one is begun from it.
    """
    for told in (PurePath(document.path).stem, document.title, document.metadata.get("date", "")):
        if (found := first_day(told.replace("_", " ") if "-" in told else told)) is not None:
            return found[0]
    head = document.text[document.body : document.body + _HEAD]
    at = 0
    while (found := first_day(head[at:])) is not None:
        day, start, end = found
        if _OF_ITSELF.search(head, 0, at + start):
            return day
        at += end
    return None


def first_day(text: str) -> tuple[Day, int, int] | None:
    """The first day of a text, the most exact way of writing it first, with its span."""
    for match in _ISO.finditer(text):
        return Day(int(match["year"]), int(match["month"]), int(match["day"] or 0)), *match.span()
    for match in _POINTS.finditer(text):
        return Day(int(match["year"]), int(match["month"]), int(match["day"])), *match.span()
    for match in _WORDS.finditer(text):
        if (name := match["name"].casefold()) in months():
            day = int(match["day"] or match["later"] or 0)
            return Day(int(match["year"]), number_of_month(name), day), *match.span()
    for match in _ALONE.finditer(text):
        return Day(int(match["year"])), *match.span()
    return None
