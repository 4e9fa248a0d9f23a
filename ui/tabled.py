"""A table of a document as a real one in the source view, with every character of it still in its place.

The bars between cells, the rule below the header and white space stay in the page, unseen, so that the text
inside the marks of a quote is the quote, also where a row is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import pairwise

from index.text_tables import TABLE_RULE

_ROW = re.compile(r"[ \t]*\|[^\n]*\|")
_LINE = re.compile(r"[^\n]+")
_BAR = re.compile(r"(?<!\\)\|")
_CURRENT = re.compile(r'<mark class="hue-\d current"')

Marked = Callable[[int, int, Callable[[str], str]], str]
"""The escaped text of a span with its quotes marked; the last argument escapes what is no link."""


def is_row(text: str, start: int, end: int) -> bool:
    """Whether a line is a row of a table that has bars at its ends."""
    return _ROW.match(text, start, end) is not None


def is_table(text: str, start: int, end: int) -> bool:
    """Whether lines that stand together are a table."""
    lines = [line.span() for line in _LINE.finditer(text, start, end)]
    if all(is_row(text, *line) for line in lines):
        return bool(lines)
    ruled = len(lines) > 1 and "|" in text[slice(*lines[1])] and _is_rule(text, *lines[1])
    return ruled and all("|" in text[slice(*line)] for line in lines)


def html(text: str, start: int, end: int, marked: Marked) -> str:
    """The table in a span for which `is_table` holds."""
    lines = [line.span() for line in _LINE.finditer(text, start, end)]
    has_header = len(lines) > 1 and _is_rule(text, *lines[1])
    rows = []
    for number, line in enumerate(lines):
        if _is_rule(text, *line):
            rows.append(f"<tr hidden><td>{marked(*line, _unseen)}</td></tr>")
            continue
        tag, scope = ("th", ' scope="col"') if has_header and number == 0 else ("td", "")
        cells = "".join(
            f'<{tag}{scope} dir="auto">{marked(*cell, _cell)}</{tag}>' for cell in _cells(text, *line)
        )
        cited = ' class="cited"' if _CURRENT.search(cells) else ""
        rows.append(f"<tr{cited}>{cells}</tr>")
    return f'<div class="wide" tabindex="0" role="group"><table>{"".join(rows)}</table></div>'


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span of each cell with the bar before it; the last one has the bar behind it, too."""
    bars = [bar.start() for bar in _BAR.finditer(text, start, end)]
    first = bars[1:] if bars and not text[start : bars[0]].strip() else bars
    if first and not text[first[-1] + 1 : end].strip():
        first = first[:-1]
    yield from pairwise([start, *first, end])


def _is_rule(text: str, start: int, end: int) -> bool:
    return TABLE_RULE.fullmatch(text[start:end].strip()) is not None


def _cell(words: str) -> str:
    escaped = _BAR.sub('<span class="bar">|</span>', escape(words))
    return escaped.replace("\\|", '<span class="bar">\\</span>|')


def _unseen(words: str) -> str:
    return f'<span class="bar">{escape(words)}</span>'
