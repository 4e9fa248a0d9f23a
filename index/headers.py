"""Whether the first row of a table names its columns, where the file does not say so.

It is told by what is below: a name is of another kind than the entries under it, a word over figures, "Day"
over days, a word that comes once over entries that come again. Where nothing tells, no row is taken for a
header: it could then not be quoted any more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.calendar_names import days_and_months

_LONGEST_NAME = 40
_FIGURE_FIRST = re.compile(r"[^\w]*(?:[A-Z]{2,3}\s)?\d")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_AGAIN = 3
"""Entries of a column from which it tells something that each of them comes again."""


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of some rows is the header of the others; the corner above row names may be empty."""
    first = rows[0]
    others = [row for row in rows if row != first]  # it may be said again on the next page
    if len(first) < 2 or not others or not all(first[1:]):
        return False
    if all(row[0].endswith(":") for row in rows):
        return False  # the rows of a form, each with its name
    if any(len(name) > _LONGEST_NAME or _FIGURE_FIRST.match(name) for name in first):
        return False
    columns = [
        (name, [row[column] for row in others if column < len(row) and row[column]])
        for column, name in enumerate(first)
        if name
    ]
    if any(name in entries or (_is_day(name) and any(map(_is_day, entries))) for name, entries in columns):
        return False
    if not any(map(_has_figure, first)) and any(any(map(_has_figure, entries)) for _, entries in columns):
        return True
    return any(_are_of_a_kind(entries) for _, entries in columns)


def names_groups(upper: Sequence[str], lower: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether the first row, which has gaps, names groups of the columns that the second names."""
    gaps = sum(not cell for cell in upper[1:])
    if not 0 < gaps < len(upper) - 1 or len(lower) < len(upper) or not all(lower[1:]):
        return False
    return not any(map(_has_figure, (*upper, *lower))) and any(any(map(_has_figure, row)) for row in others)


def _are_of_a_kind(entries: Sequence[str]) -> bool:
    """Whether the entries under a name are all figures, all days or months, or a few that come again."""
    if len(entries) < 2:
        return False
    if all(map(_FIGURE_FIRST.match, entries)) or all(map(_is_day, entries)):
        return True
    return len(entries) >= _FEWEST_AGAIN and min(Counter(entries).values()) > 1


def _has_figure(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _is_day(cell: str) -> bool:
    """Whether a cell begins with the name of a day or month, long or short; "so" and "do" are words, too."""
    words = [word.casefold() for word in _WORD.findall(cell)]
    return (
        bool(words)
        and words[0] in days_and_months()
        and (len(words[0]) > 2 or days_and_months().issuperset(words))
    )
