"""What days and months are called in the languages of Europe, long and short."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Mapping

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "cs", "tr")


@functools.cache
def months() -> dict[str, int]:
    """The names of months, as `str.casefold` writes them, without full stops; each with its number from 1."""
    from babel.dates import get_month_names

    return _numbered(get_month_names)


@functools.cache
def days_and_months() -> frozenset[str]:
    """The names of days and months, likewise."""
    from babel.dates import get_day_names

    return frozenset((*_numbered(get_day_names), *months()))


def _numbered(given: Callable[..., Mapping[int, str]]) -> dict[str, int]:
    numbered: dict[str, int] = {}
    for language, width in itertools.product(_LANGUAGES, ("wide", "abbreviated")):
        for number, name in given(width, locale=language).items():
            numbered.setdefault(name.rstrip(".").casefold(), number)  # of two languages', the first
    return numbered
