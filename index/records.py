"""Files of records: a row of a table with the names of its columns, or a line of JSON with its text."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from index.encodings import BYTE_ORDER_MARK, decode
from index.errors import DocumentError
from index.headers import names_columns
from index.said import Said, say
from index.tables import LONGEST_CELL, joined_header, table_lines
from index.types import Document

LONGEST_FIELD = 2_000_000
"""Characters of the longest field of a CSV file."""

_HEAD = 4
"""Rows of a table among which its header is: below a title or two."""
_DELIMITERS = "\t;|,"
"""The rarest in words first: where two divide a file alike well, the other stands in what it says."""
_DECLARED = re.compile(r"\"?sep=(?P<delimiter>\t|[^\w\s\"])\"?\r?\n", re.IGNORECASE)
"""The line in which Excel is told what divides the cells."""
_HEAD_OF_FILE, _LONGEST_NAME, _LONGEST_TITLE = 20_000, 40, 100
"""Characters by which it is told what divides the cells, and of the longest name of a column and of a row."""
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
        rows = _rows(source)
    except csv.Error as error:
        raise DocumentError(path, say("is no readable table ({fault})", fault=str(error))) from error
    if not (text := sheet_text(rows)):
        raise DocumentError(path, say("is empty"))
    return Document(path=path, title="", text=text)


def _rows(source: str) -> list[list[str]]:
    """The rows of a file, divided as its first line declares, else by what gives most rows the same width."""
    if declared := _DECLARED.match(source):
        return _divided(source[declared.end() :], declared["delimiter"])
    head = source[:_HEAD_OF_FILE]
    return _divided(source, max(_DELIMITERS, key=lambda delimiter: _rows_alike(_divided(head, delimiter))))


def _divided(source: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, skipinitialspace=True))


def _rows_alike(rows: Sequence[Sequence[str]]) -> int:
    """How many rows have the number of cells, above one, that most of them have."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.values(), default=0)


def record_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows, the first of which names the columns, as a table; whole texts in them one after the other.

    Beside whole texts the first row may be one of them. Where few rows hold one the others stay a table.
    """
    long_rows = [row for row in rows if max(map(len, row), default=0) > LONGEST_CELL]
    if not long_rows:
        return table_lines(rows, header=True)
    few = 2 * len(long_rows) < len(rows) and rows[0] is not long_rows[0]
    # A row without a name would leave its text under that of another; questions are read with their answers.
    if few and all((name := _name_of(row)) and not name.endswith("?") for row in long_rows):
        # No empty cell: something is said there.
        short = [[cell if len(cell) <= LONGEST_CELL else "…" for cell in row] for row in rows]
        apart = (_apart(rows[0], row) for row in long_rows)
        return "\n\n".join([table_lines(short, header=True), *apart])
    names = rows[0] if names_columns(rows) or all(map(_is_name, rows[0])) else ()
    told = (
        _named(name, cell)
        for record in rows[len(names) > 0 :]
        for name, cell in zip_longest(names, record, fillvalue="")
    )
    return "\n\n".join(filter(None, told))


def _name_of(row: Sequence[str]) -> str:
    """What tells a row from the others: its first short cell with a letter; empty where it has none."""
    cells = (" ".join(cell.split()) for cell in row)
    return next((cell for cell in cells if len(cell) <= _LONGEST_TITLE and re.search(r"[^\W\d_]", cell)), "")


def _apart(names: Sequence[str], row: Sequence[str]) -> str:
    """The whole texts of a row, each below what it is the row of and its column: underlined, as "#" would be
    the title of the whole file."""
    told = []
    for name, cell in zip_longest(names, row, fillvalue=""):
        if len(cell) > LONGEST_CELL:
            told += [": ".join(filter(None, (_name_of(row), " ".join(name.split())))) + "\n---", cell.strip()]
    return "\n\n".join(told)


def _is_name(cell: str) -> bool:
    return len(cell) <= _LONGEST_NAME and not cell.endswith((".", "!", "?"))


def _named(name: str, words: str) -> str:
    """An entry of a record with its name; a whole text, or what has no name, by itself."""
    words = words.strip()
    if not words or len(words) > LONGEST_CELL:
        return words
    return f"{name}: {' '.join(words.split())}" if name else " ".join(words.split())


def sheet_text(rows: Iterable[list[str]]) -> str:
    """A sheet as text: its tables one after the other, each with what stands above it.

    A new one begins below an empty row, where its first row is a title or names columns; what goes on below
    an empty row has the columns of before.
    """
    tables: list[list[list[str]]] = []
    for filled, group in itertools.groupby(rows, key=any):
        if not filled:
            continue
        for block in _at_titles(list(group)):
            if tables and not _begins_anew(block, tables[-1]):
                tables[-1] += block
            else:
                tables.append(block)
    return "\n\n".join(filter(None, map(_captioned_text, tables)))


def _at_titles(rows: list[list[str]]) -> Iterator[list[list[str]]]:
    """Rows, parted above a title that stands over a header that stood above."""
    start = 0
    for at in range(1, len(rows) - 1):
        if _is_title(rows[at]) and _is_header_again(rows[at + 1], rows[start : min(at, start + _HEAD)]):
            yield rows[start:at]
            start = at
    yield rows[start:]


def _begins_anew(block: list[list[str]], above: list[list[str]]) -> bool:
    """Whether rows below an empty one are a table of their own."""
    titled = _is_title(block[0]) and not all(map(_is_title, block[1:_HEAD]))
    return titled or _is_header_again(block[0], above[:_HEAD]) or (len(above) > 1 and names_columns(block))


def _is_header_again(row: list[str], head: list[list[str]]) -> bool:
    """Whether a row of several cells stands in the head of a table above it."""
    return sum(map(bool, row)) > 1 and row in head


def _is_title(row: list[str]) -> bool:
    return bool(row[0]) and not any(row[1:])


def _captioned_text(rows: list[list[str]]) -> str:
    """A table as text: lines of one cell above it are its caption."""
    width = max(sum(map(bool, row)) for row in rows)
    head = 0
    while head < len(rows) - 1 and 2 * sum(map(bool, rows[head])) <= width and width > 1:
        if _is_upper_header(*rows[head : head + 2]):
            break
        head += 1
    caption, rows = [" ".join(filter(None, row)) for row in rows[:head]], rows[head:]
    if len(rows) > 2 and _is_upper_header(*rows[:2]):
        rows = [joined_header(*rows[:2]), *rows[2:]]
    table = record_text(rows) if len(rows) > 1 else " ".join(rows[0])
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
    """A .jsonl file: each line a record with a `text` and perhaps a `title`; other fields are told too.

    Where no record has a text each is the row of a table, with the names of its fields.

    Raises:
        DocumentError: No line is a record.
    """
    source = decode(path, data).removeprefix(BYTE_ORDER_MARK)
    records = [(number, _record(line)) for number, line in enumerate(source.split("\n"), 1) if line.strip()]
    told = [part for _, record in records for part in _told(record)]
    bad = [number for number, record in records if not _first(record, _TEXTS)]
    if not told and (rows := _fields([record for _, record in records])):
        told, bad = [record_text(rows)], [number for number, record in records if not record]
    if not told:
        raise DocumentError(
            path, say('holds no record with a text or fields; each line must be {"title": …, "text": …}')
        )
    unread: tuple[Said, ...] = ()
    if bad:
        shown = ", ".join(map(str, bad[:10])) + (", …" if len(bad) > 10 else "")
        held = {"lines": shown, "count": str(len(bad)), "all": str(len(records))}
        unread = (say("no record with a text in {count} of {all} lines: {lines}", **held),)
    return Document(path=path, title="", text="\n\n".join(told), unread=unread)


def _record(line: str) -> dict[str, Any]:
    """The record of a line; an empty one where it is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _told(record: dict[str, Any]) -> Iterator[str]:
    """A record with a text: its title as a heading, the text, and the other fields with their names."""
    text, title = _first(record, _TEXTS), _first(record, _TITLES)
    if not text:
        return
    if title:
        yield f"## {' '.join(record[title].split())}"
    yield record[text].strip()
    for name, value in record.items():
        if name not in (text, title) and (told := _named(name, _in_words(value))):
            yield told


def _fields(records: Iterable[dict[str, Any]]) -> list[list[str]]:
    """The fields of records as rows below their names; none where no field has a value of its own."""
    flat = [{name: _in_words(value) for name, value in record.items()} for record in records]
    names = list(dict.fromkeys(name for record in flat for name, value in record.items() if value))
    rows = [[record.get(name, "") for name in names] for record in flat]
    return [names, *filter(any, rows)] if any(map(any, rows)) else []


def _in_words(value: Any) -> str:
    """A value of a field; those of a record with their names, but for its title."""
    if isinstance(value, dict):
        told = ((name, _in_words(inner)) for name, inner in value.items())
        return ", ".join(words if name in _TITLES else f"{name}: {words}" for name, words in told if words)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_in_words, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else ""


def _first(record: dict[str, Any], names: Sequence[str]) -> str:
    """The first of some names whose field holds words."""
    held = (name for name in names if isinstance(record.get(name), str) and record[name].strip())
    return next(held, "")
