"""Excel workbooks: every sheet a table whose first full row names the columns."""

from __future__ import annotations

import datetime
import re
import warnings
from typing import Any

from index.archives import checked_archive
from index.errors import DocumentError
from index.records import captioned_text
from index.said import Said, say
from index.types import Document

_CURRENCY = re.compile(r"[€£]|(?<!\[)\$(?!-)")

MOST_CELLS = 2_000_000
"""Cells of a workbook that are read; what is beyond them is named."""

LARGE = 1_000_000
"""Bytes from which on a workbook is read row by row, which knows no merged cells, but needs little memory."""


def read_workbook(path: str, data: bytes) -> Document:
    """A .xlsx file, with the values that its formulas had when it was saved.

    Raises:
        DocumentError: It is encrypted, damaged, or holds no cell with a value.
    """
    import openpyxl

    file = checked_archive(path, data, ".xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl does not keep when it writes
        book = openpyxl.load_workbook(file, read_only=len(data) >= LARGE, data_only=True)
    parts: list[str] = []
    unread: list[Said] = []
    left = MOST_CELLS
    for sheet in book.worksheets:
        rows: list[list[str]] = []
        if sheet.sheet_state != "visible":
            unread.append(say("sheet “{name}” is hidden", name=sheet.title))
            continue
        if book.read_only:
            sheet.reset_dimensions()
        above = {} if book.read_only else _first_of_merged(sheet)
        for row in sheet.iter_rows():
            left -= len(row)
            if left < 0:
                place = {"name": sheet.title, "row": str(len(rows) + 1)}
                unread.append(say("sheet “{name}” from row {row} on: too many cells", **place))
                break
            if any(cell.value is not None for cell in row):
                cells = [above.get((cell.row, cell.column), cell) for cell in row] if above else row
                rows.append([_shown(cell.value, cell.number_format or "") for cell in cells])
        if table := captioned_text(rows):
            parts += [f"# {sheet.title}", table]
        if left < 0:
            break
    book.close()
    if not parts:
        raise DocumentError(path, say("holds no text; nothing can be quoted from it"))
    title = (book.properties.title or "").strip() if book.properties else ""
    return Document(path=path, title=title, text="\n\n".join(parts), unread=tuple(unread))


def _first_of_merged(sheet: Any) -> dict[tuple[int, int], Any]:
    """(row, column), from 1, of what lies below the first cell of merged ones, and that cell.

    Its value counts for every row beside it. What lies to its right stays empty: one group over columns.
    """
    return {
        (row, area.min_col): sheet.cell(area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row + 1, area.max_row + 1)
    }


def _shown(value: Any, form: str) -> str:
    """A value as a sheet shows it in the plainest format, with the sign that its own format adds."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).strip()
    if "%" in form:
        return f"{value * 100:.10g}%"
    sign = _CURRENCY.search(form)
    return f"{value:.10g}" + (f" {sign[0]}" if sign else "")
