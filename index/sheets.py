"""Excel workbooks: every sheet a table whose first full row names the columns."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator
from typing import Any

from index.archives import checked_archive
from index.records import sheet_text
from index.said import Said, say
from index.types import Document

_CURRENCY = re.compile(r"\[\$(?P<named>[^\]-]+)|(?<!\[)(?P<bare>[$£¥\u20a0-\u20cf])")
"""In a format: "[$CHF-807]", whose number is that of a language and may stand alone, or a sign by itself."""

MOST_CELLS = 2_000_000
"""Cells of a workbook that are read; what is beyond them is named."""

_MOST_FIGURES = 15
"""Figures of a number that Excel keeps; what a float has beyond them is of its arithmetic."""

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")


def read_workbook(path: str, data: bytes) -> Document:
    """A .xlsx file, with the values that its formulas had when it was saved.

    Raises:
        DocumentError: It is encrypted or damaged.
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
        merged = _merged(sheet)
        above: dict[int, tuple[int, str]] = {}
        for number, row in enumerate(sheet.iter_rows(), start=1):
            left -= len(row) + len(above)
            if left < 0:
                place = {"name": sheet.title, "row": str(number)}
                unread.append(say("sheet “{name}” from row {row} on: too many cells", **place))
                break
            shown = [_shown(cell.value, cell.number_format or "") for cell in row]
            rows.append(_with_merged(shown, number, merged.get(number, {}), above) if any(shown) else [])
        if table := sheet_text(rows):
            parts += [f"# {sheet.title}", table, *_notes(sheet, rows)]
        if left < 0:
            break
    book.close()
    title = (book.properties.title or "").strip() if book.properties else ""
    return Document(path=path, title=title, text="\n\n".join(parts), unread=tuple(unread))


def _notes(sheet: Any, rows: list[list[str]]) -> Iterator[str]:
    """The notes on cells, each behind what its cell says; openpyxl itself reads them only with all cells."""
    from openpyxl.comments.comment_sheet import CommentSheet
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.utils.cell import coordinate_to_tuple
    from openpyxl.xml.constants import COMMENTS_NS
    from openpyxl.xml.functions import fromstring

    archive = sheet.parent._archive
    relations = get_rels_path(sheet._worksheet_path)
    if relations not in archive.namelist():
        return
    for relation in get_dependents(archive, relations).find(COMMENTS_NS):
        for place, note in CommentSheet.from_tree(fromstring(archive.read(relation.target))).comments:
            row, column = coordinate_to_tuple(place)
            cells = rows[row - 1] if row <= len(rows) else []
            name = cells[column - 1] if column <= len(cells) else ""
            if words := " ".join((note.content or "").split()):
                yield f"{name}: {words}" if name else words


def _merged(sheet: Any) -> dict[int, dict[int, int]]:
    """Where cells are merged downwards: first row, from 1, {column, from 0: last row}.

    It is read of the sheet's XML: openpyxl tells it only where it keeps every cell of every area in memory.
    """
    from openpyxl.utils import range_boundaries

    with sheet._get_source() as source:
        areas = [range_boundaries(found.decode()) for found in _MERGED.findall(source.read())]
    merged: dict[int, dict[int, int]] = {}
    for column, first, _, last in areas:
        if last > first:
            merged.setdefault(first, {})[column - 1] = last
    return merged


def _with_merged(
    shown: list[str], number: int, begin: dict[int, int], above: dict[int, tuple[int, str]]
) -> list[str]:
    """A row in which the value of a cell that is merged with those below it stands for each of them.

    What lies to the right of it stays empty: one group over several columns. `begin` is {column: last row} of
    what is merged from this row on, `above` {column: (last row, value)} of what was before; renewed here.
    """
    for column, (last, value) in list(above.items()):
        if number > last:
            del above[column]
        else:
            shown += [""] * (column + 1 - len(shown))
            shown[column] = shown[column] or value
    above |= {column: (last, shown[column]) for column, last in begin.items() if column < len(shown)}
    return shown


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
        return f"{_in_figures(value * 100)}%"
    sign = _CURRENCY.search(form)
    return f"{_in_figures(value)} {sign['named'] or sign['bare']}" if sign else _in_figures(value)


def _in_figures(value: float) -> str:
    """A number with all the figures that Excel keeps: a telephone number or a barcode has more than ten."""
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 10**_MOST_FIGURES)
    return str(int(value)) if whole else f"{value:.{_MOST_FIGURES}g}"
