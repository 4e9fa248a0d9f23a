"""Tables of HTML inside Markdown, as tables of Markdown of the same length: offsets count in the file."""

from __future__ import annotations

import re

from index.hidden import blanked, hidden_markup

_TABLE = re.compile(r"<table\b[^<>]*>(?:(?!<table\b).)*?</table\s*>", re.IGNORECASE | re.DOTALL)
_SPANNED = re.compile(r"<t[dh]\b[^<>]*\b(?:col|row)span\b", re.IGNORECASE)
_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)", re.MULTILINE | re.DOTALL)
_TAG = re.compile(r"</?[a-z][^<>]*>|&nbsp;|\s", re.IGNORECASE)
_CELL = re.compile(r"<t(?P<kind>[dh])\b[^<>]*>", re.IGNORECASE)
_ROW_BEGINS = re.compile(r"<tr\b", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^<>]*>(?P<cells>(?:(?!<tr\b).)*?)(?P<end></tr\s*>)", re.IGNORECASE | re.DOTALL)
_RULE = "|\n|---|\n"


def tables_in_place(text: str) -> str:
    """A Markdown text with bars and blanks where its tables have tags, one for one.

    Tables with cells over several rows or columns, tables in tables and tables in code stay as they are, and
    so do those with rows that are never closed. What readers do not see of a table is blank.
    """
    if "<table" not in text.lower():
        return text
    fenced = [match.span() for match in _FENCED.finditer(text)]
    told, shown = list(text), blanked(text, (span for span, _ in hidden_markup(text)))
    for table in _TABLE.finditer(shown):
        start, end = table.span()
        inside = any(begin <= start < stop for begin, stop in fenced)
        rows = list(_ROW.finditer(shown, start, end))
        closed = rows and len(rows) == len(_ROW_BEGINS.findall(table[0]))
        if inside or not closed or "|" in table[0] or _SPANNED.search(table[0]):
            continue
        told[start:end] = shown[start:end]
        for mark in _TAG.finditer(shown, start, end):
            told[slice(*mark.span())] = " " * len(mark[0])
        told[start] = "\n"
        for number, row in enumerate(rows):
            cells = list(_CELL.finditer(shown, row.start("cells"), row.end("cells")))
            for cell in cells:
                told[cell.start()] = "|"
            is_header = number == 0 and len(rows) > 1 and all(cell["kind"] in "hH" for cell in cells)
            # The tags between two rows have room for the rule: "</tr><tr>" is the least.
            ending = _RULE if is_header else "|\n"
            told[row.start("end") : row.start("end") + len(ending)] = ending
    return "".join(told)
