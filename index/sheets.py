"""Excel workbooks: every sheet a table whose first full row names the columns."""

from __future__ import annotations

import datetime
import warnings
from itertools import zip_longest
from typing import Any

from index.archives import checked_archive
from index.errors import DocumentError
from index.records import record_text
from index.said import Said, say
from index.types import Document

MOST_CELLS = 2_000_000
"""Cells of a workbook that are read; what is beyond them is named."""


def read_workbook(path: str, data: bytes) -> Document:
    """A .xlsx file, with the values that its formulas had when it was saved.

    Raises:
        DocumentError: It is encrypted, damaged, or holds no cell with a value.
    """
    import openpyxl

    file = checked_archive(path, data, ".xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl does not keep when it writes
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    parts: list[str] = []
    unread: list[Said] = []
    left = MOST_CELLS
    for sheet in book.worksheets:
        rows: list[list[str]] = []
        if sheet.sheet_state != "visible":
            unread.append(say("sheet “{name}” is hidden", name=sheet.title))
            continue
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            left -= len(row)
            if left < 0:
                place = {"name": sheet.title, "row": str(len(rows) + 1)}
                unread.append(say("sheet “{name}” from row {row} on: too many cells", **place))
                break
            if any(value is not None for value in row):
                rows.append([_shown(value) for value in row])
        if table := _sheet(rows):
            parts += [f"# {sheet.title}", table]
        if left < 0:
            break
    book.close()
    if not parts:
        raise DocumentError(path, say("holds no text; nothing can be quoted from it"))
    title = (book.properties.title or "").strip() if book.properties else ""
    return Document(path=path, title=title, text="\n\n".join(parts), unread=tuple(unread))


def _sheet(rows: list[list[str]]) -> str:
    """A sheet as text: lines of one cell above the table are its caption."""
    width = max((sum(bool(cell) for cell in row) for row in rows), default=0)
    head = 0
    while head < len(rows) - 1 and sum(bool(cell) for cell in rows[head]) * 2 <= width and width > 1:
        if _is_upper_header(*rows[head : head + 2]):
            break
        head += 1
    caption = [" ".join(cell for cell in row if cell) for row in rows[:head]]
    if len(rows) - head > 2 and _is_upper_header(*rows[head : head + 2]):
        rows = [*rows[:head], _joined(*rows[head : head + 2]), *rows[head + 2 :]]
    table = (
        record_text(rows[head:]) if len(rows) - head > 1 else "\n".join(" ".join(row) for row in rows[head:])
    )
    return "\n\n".join(part for part in (*caption, table) if part.strip())


def _is_upper_header(upper: list[str], lower: list[str]) -> bool:
    """Whether a row names groups of the columns that the row below it names: "Morning" over "Room", "Fee"."""
    under_nothing = any(cell and not above for above, cell in zip_longest(upper, lower, fillvalue=""))
    words = [cell for cell in lower if cell]
    return (
        bool(upper[0])
        and not lower[0]
        and under_nothing
        and len(words) > 1
        and not any(character.isdigit() for cell in words for character in cell)
    )


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """Both rows of a header as one: a name of a group goes on over the columns to its right."""
    names, group = [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = above or (group if below else "")
        names.append(f"{group} {below}".strip())
    return names


def _shown(value: Any) -> str:
    """A value as a sheet shows it in the plainest format."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if not value.time() else value.isoformat(" ", "minutes")
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).strip()
