"""What days and months are called in the languages of Europe, long and short."""

from __future__ import annotations

import functools
from typing import Any

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "cs", "tr")


@functools.cache
def months() -> frozenset[str]:
    """The names of months, as `str.casefold` writes them, without full stops."""
    from babel.dates import get_month_names

    return _names(get_month_names)


@functools.cache
def days_and_months() -> frozenset[str]:
    """The names of days and months, likewise."""
    from babel.dates import get_day_names

    return _names(get_day_names) | months()


def number_of_month(name: str) -> int:
    """Which month of the year a word names, from 1, of two languages' the first; 0 where it names none."""
    return _numbers().get(name.casefold(), 0)


@functools.cache
def _numbers() -> dict[str, int]:
    from babel.dates import get_month_names

    return {name: number for number, name in reversed(_numbered(get_month_names))}


def _names(given: Any) -> frozenset[str]:
    return frozenset(name for _, name in _numbered(given))


def _numbered(given: Any) -> list[tuple[int, str]]:
    return [
        (number, name.rstrip(".").casefold())
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in given(width, locale=language).items()
    ]
