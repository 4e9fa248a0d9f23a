"""Rows of cells as the lines of a Markdown table, whichever kind of file they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from index.headers import names_groups

_NUMBER = re.compile(r"\(?(\d{1,2})[.)]?")

MOST_COLUMNS = 100
"""Columns up to which it is believed that a cell stands in several of them."""
LONGEST_CELL = 400
"""Characters above which a cell holds text that is only set in a table, and no entry of one."""


def table_lines(rows: Sequence[Sequence[str]], header: bool | None = None) -> str:
    """A table, one row a line; empty where no cell holds a word.

    Args:
        rows: Cells on one line each; short rows are filled up.
        header: Whether the first row names the columns; None where the file does not say, so that it is
            told from its words when the text is read.
    """
    told = [[" ".join(cell.split()).replace("|", "/") for cell in row] for row in rows]
    width = max(map(len, told), default=0)
    whole = [row + [""] * (width - len(row)) for row in told if any(row)]
    used = [column for column in range(width) if any(row[column] for row in whole)]
    table = [[row[column] for column in used] for row in whole]
    if _is_numbered_list(table):
        return "\n".join(f"{number}. {words}" for number, (_, words) in enumerate(table, start=1))
    if len(table) > 2 and names_groups(table[0], table[1], table[2:]):
        table, header = [joined_header(*table[:2]), *table[2:]], True
    lines = ["| " + " | ".join(row) + " |" for row in table]
    if header and len(lines) > 1:
        lines.insert(1, "|" + "---|" * len(table[0]))
    return "\n".join(lines)


def _is_numbered_list(table: Sequence[Sequence[str]]) -> bool:
    """Whether a list was set as a table: its first column counts from 1, its second has the items."""
    if len(table) < 2 or any(len(row) != 2 or not row[1] for row in table):
        return False
    numbers = [_NUMBER.fullmatch(row[0]) for row in table]
    return [found and int(found[1]) for found in numbers] == list(range(1, len(table) + 1))


def in_one_cell(parts: Iterable[str]) -> str:
    """The paragraphs or items of a cell on one line, divided by semicolons."""
    return re.sub(r"([.:;,]);", r"\1", "; ".join(filter(None, parts)))


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether cells only lie side by side on a page: there is one column, or there are whole paragraphs."""
    filled = [[cell for cell in row if cell] for row in rows]
    longest = max((len(cell) for row in filled for cell in row), default=0)
    return max(map(len, filled), default=0) < 2 or longest > LONGEST_CELL


def joined_header(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Both rows of a header as one: a name of a group goes on over the columns to its right."""
    names, group = [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = above or (group if below else "")
        names.append(f"{group} {below}".strip() if group != below else below)
    return names
