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


def _names(given: Any) -> frozenset[str]:
    return frozenset(
        name.rstrip(".").casefold()
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for name in given(width, locale=language).values()
    )
