"""Which day a document is of, as far as it says so itself: by its name, its title, or its first words."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from index.calendar_names import months
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
_MONTHS = 12
_HEAD = 400
"""Characters at the beginning in which a document says of which day it is."""


def dated(document: Document) -> Day | None:
    """The day that a document is of: by its name, its title, the date of a mail or front matter, its head.

    When a file was saved says nothing: an old list is copied, a new one is begun from it.
    """
    for told in (PurePath(document.path).stem, document.title, document.metadata.get("date", "")):
        if found := days_in(told):
            return found[0][0]
    head = document.text[document.body : document.body + _HEAD]
    of_itself = [(start, day) for day, start, _ in days_in(head) if _OF_ITSELF.search(head, 0, start)]
    return min(of_itself)[1] if of_itself else None


def days_in(text: str) -> list[tuple[Day, int, int]]:
    """The days of a text with their spans, those that are written most exactly first."""
    found: list[tuple[Day, int, int]] = []
    for pattern in (_ISO, _POINTS, _WORDS, _ALONE):
        for match in pattern.finditer(text):
            told = match.groupdict()
            name = (told.get("name") or "").casefold()
            month = int(told.get("month") or months().get(name, 0))
            if name and not month:
                continue
            apart = all(match.end() <= start or end <= match.start() for _, start, end in found)
            if apart and month <= _MONTHS:
                day = Day(int(told["year"]), month, int(told.get("day") or told.get("later") or 0))
                found.append((day, *match.span()))
    return found
