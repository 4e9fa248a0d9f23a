"""Files of records: a row of a table with the names of its columns, or a line of JSON with its text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from index.encodings import BYTE_ORDER_MARK, decode
from index.errors import DocumentError
from index.said import Said, say
from index.tables import LONGEST_CELL, joined_header, table_lines
from index.types import Document

LONGEST_FIELD = 2_000_000
"""Characters of the longest field of a CSV file."""

_DELIMITERS = ",;\t|"
_TEXTS, _TITLES = ("text", "body", "content", "abstract"), ("title", "name", "heading")


def read_csv(path: str, data: bytes) -> Document:
    """A .csv or .tsv file; its first row names the columns, whatever the delimiter.

    Raises:
        DocumentError: It is no text, or holds no row.
    """
    source = decode(path, data).removeprefix(BYTE_ORDER_MARK)
    if "\x00" in source:
        raise DocumentError(path, say("is binary, not text; save it as plain text in UTF-8"))
    csv.field_size_limit(LONGEST_FIELD)
    try:
        rows = [row for row in csv.reader(io.StringIO(source, newline=""), _dialect(source)) if any(row)]
    except csv.Error as error:
        raise DocumentError(path, say("is no readable table ({fault})", fault=str(error))) from error
    if not rows:
        raise DocumentError(path, say("is empty"))
    return Document(path=path, title="", text=captioned_text(rows))


def _dialect(source: str) -> type[csv.Dialect]:
    try:
        return csv.Sniffer().sniff(source[:20_000], delimiters=_DELIMITERS)
    except csv.Error:  # a single column, or a very odd table
        return csv.excel


def record_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows, the first of which names the columns, as a table; whole texts in them one after the other."""
    longest = max(len(cell) for row in rows for cell in row)
    if longest <= LONGEST_CELL:
        return table_lines(rows, header=True)
    names, *records = rows
    told = []
    for record in records:
        fields = [(name, cell.strip()) for name, cell in zip(names, record, strict=False) if cell.strip()]
        told += [
            cell if len(cell) > LONGEST_CELL else f"{name}: {' '.join(cell.split())}" for name, cell in fields
        ]
    return "\n\n".join(told)


def captioned_text(rows: list[list[str]]) -> str:
    """A sheet as text: lines of one cell above the table are its caption."""
    width = max((sum(bool(cell) for cell in row) for row in rows), default=0)
    head = 0
    while head < len(rows) - 1 and sum(bool(cell) for cell in rows[head]) * 2 <= width and width > 1:
        if _is_upper_header(*rows[head : head + 2]):
            break
        head += 1
    caption = [" ".join(cell for cell in row if cell) for row in rows[:head]]
    if len(rows) - head > 2 and _is_upper_header(*rows[head : head + 2]):
        rows = [*rows[:head], joined_header(*rows[head : head + 2]), *rows[head + 2 :]]
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
        and lower[0] in ("", upper[0])
        and under_nothing
        and len(words) > 1
        and not any(character.isdigit() for cell in words for character in cell)
    )


def read_json_lines(path: str, data: bytes) -> Document:
    """A .jsonl file: each line a record with a `text` and perhaps a `title`; other short fields are told too.

    Raises:
        DocumentError: No line is such a record.
    """
    source = decode(path, data).removeprefix(BYTE_ORDER_MARK)
    told: list[str] = []
    bad: list[int] = []
    lines = [(number, line) for number, line in enumerate(source.splitlines(), start=1) if line.strip()]
    for number, line in lines:
        try:
            record: Any = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        text = _first(record, _TEXTS)
        if not text:
            bad.append(number)
            continue
        if title := _first(record, _TITLES):
            told.append(f"## {' '.join(title.split())}")
        told.append(text)
        told += [
            f"{name}: {value}"
            for name, value in record.items()
            if name not in (*_TEXTS, *_TITLES) and isinstance(value, str | int | float) and _is_short(value)
        ]
    if not told:
        raise DocumentError(
            path, say('holds no record with a text; each line must be {"title": …, "text": …}')
        )
    unread: tuple[Said, ...] = ()
    if bad:
        shown = ", ".join(map(str, bad[:10])) + (", …" if len(bad) > 10 else "")
        held = {"lines": shown, "count": str(len(bad)), "all": str(len(lines))}
        unread = (say("no record with a text in {count} of {all} lines: {lines}", **held),)
    return Document(path=path, title="", text="\n\n".join(told), unread=unread)


def _first(record: Any, names: Sequence[str]) -> str:
    if not isinstance(record, dict):
        return ""
    return next((record[name].strip() for name in names if isinstance(record.get(name), str)), "")


def _is_short(value: object) -> bool:
    return 0 < len(str(value)) <= LONGEST_CELL and "\n" not in str(value)
