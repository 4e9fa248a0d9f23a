"""What the figures in a row of a table are in: told by its header, by its first cell, or above the table."""

from __future__ import annotations

import re

from index.readable import cells, in_full
from index.types import Sentence
from qa.evidence.quantities import LONGEST_SIGN, Quantity, quantities

_UNIT = re.compile(r"[(\[]\s*((?!\d)[^()\[\]]{1,20}?)\s*[)\]]\W*$")
"""What a header has in brackets at its end."""
_IN_UNIT = re.compile(r"\bin ([^\W\d_]{2,}\b|[$£€%])", re.IGNORECASE)
_MORE_UNITS = frozenset("minute hour day week month year percent degree".split())
"""Units that measure, beside those with a dimension."""
_BARE = re.compile(r"[~≈<>≤≥±-]?\s*\d[\d.,]*(?:\s*(?:-|–|to)\s*\d[\d.,]*)?")


def with_units(sentence: Sentence) -> str:
    """A sentence in full; behind a row, its bare figures in the units of the header ("Length (m)")."""
    told, header = in_full(sentence), header_of(sentence)
    if sentence.role != "row" or not header:
        return told
    row = cells(sentence.text)
    # "Weight (kg) | 4.1 | 6.3" is of a table of properties.
    elsewhere = unit_of(row[0]) if row and _UNIT.search(row[0]) else unit_above(sentence)
    # Of a column more than the header names the corner above the row names is empty.
    names = [*[""] * (len(row) - len(cells(header))), *cells(header)]
    units = [unit_of(name) or elsewhere for name in names]
    figures = [
        f"{cell} {unit}" for unit, cell in zip(units, row, strict=False) if unit and _BARE.fullmatch(cell)
    ]
    return "; ".join([told, *figures])


def unit_above(row: Sentence) -> str:
    """The unit of a table's figures, as it is told above it: "All prices in pounds", "in CHF"; else ""."""
    caption = next((part.text for part in row.companions if part.role == "caption"), "")
    named = (match[1] for match in _IN_UNIT.finditer(caption))
    return next((word for word in named if any(map(_measures, quantities(f"2 {word}")))), "")


def unit_of(header: str) -> str:
    """The unit of the figures below a header: in brackets at its end, or all that it says ("Minutes")."""
    bracketed = _UNIT.search(header)
    if bracketed:
        return bracketed[1]
    figures = quantities(f"2 {header}")
    whole = bool(figures) and bool(figures[0].unit) and figures[0].end == len(header) + 2
    # "Year" has years below it, not how many.
    return header if whole and (len(header) <= LONGEST_SIGN or header[-1] in "sn") else ""


def header_of(sentence: Sentence) -> str:
    """The header of the table that a row stands in; else ""."""
    return next((part.text for part in sentence.companions if part.role == "header"), "")


def _measures(figure: Quantity) -> bool:
    """Whether a figure has a unit that measures, and does not count ("in patients")."""
    return bool(figure.dimension) or figure.unit in _MORE_UNITS
