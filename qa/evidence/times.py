"""Times of the day in figures, and the part of the day that a question names: "at night" is met by 01:00."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?::[0-5]\d|\.[0-5]\d(?=\s*[ap]\.?m)|(?=\s*[ap]\.?m\b))"
    r"\s*(?:(?P<half>[ap])\.?m\b)?|\b(?P<named>noon|midnight)\b",
    re.IGNORECASE,
)
_PARTS = {"morning": (4, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (20, 30)}
"""From which hour to before which; the night goes on after midnight."""
_PART = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)), re.IGNORECASE)


def is_in_part_of_day(named: str, text: str) -> bool:
    """Whether a text has a time within the part of the day that some words name ("at night")."""
    part = _PART.search(named)
    if part is None:
        return False
    begin, end = _PARTS[part[0].lower()]
    return any(begin <= hour < end or begin <= hour + 24 < end for hour in _hours(text))


@functools.lru_cache(maxsize=1024)
def _hours(text: str) -> tuple[int, ...]:
    return tuple(_each_hour(text))


def _each_hour(text: str) -> Iterator[int]:
    for match in _CLOCK.finditer(text):
        if match["named"]:
            yield 12 if match["named"].lower() == "noon" else 0
        elif match["half"]:
            yield int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
        else:
            yield int(match["hour"]) % 24
