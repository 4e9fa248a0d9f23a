"""Lines of a text that are rows of a table: divided by bars under a rule, or by columns of white space."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from index.readable import BARS, GAP
from index.sentences import Span

TABLE_RULE = re.compile(
    r"\|?[ \t]*:?-{2,}:?[ \t]*\|?|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?"
    r"|[-=_+]{2,}(?:[ \t]+[-=_+]{2,})*"
    r"|[├┝╞╟╠┣][─━═┼┿╪╫╬╋]+[┤┥╡╢╣┫]"
)
"""The line under the header of a table; one without a bar may as well be the line under a title.

Between bars a dash is enough.
"""

_DRAWN = re.compile(r"[-=_+ \t]{3,}")
_OPENS_ITEM = re.compile(r"[^\w\"'“‘(€£$¥+−-]|\d{1,3}[.)][ \t]")
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_FEWEST_ROWS = 3
_LONGEST_CELL, _LONG_ENTRY = 60, 20
_OFF = 1
"""Columns by which an entry may stand off from where its column begins or ends."""


def rows(text: str, lines: Sequence[Span | None]) -> set[int]:
    """Numbers of the lines that are rows, or rules between them.

    Args:
        text: Of the document.
        lines: Without white space at the ends; None for a blank line.
    """
    return _with_bars(text, lines) | _with_spaces(text, lines)


def indent(text: str, at: int) -> int:
    """How many characters stand before a place in its line, whatever ends the lines of the text."""
    begin = at
    while begin and text[begin - 1] not in _LINE_ENDS:
        begin -= 1
    return at - begin


def within_bars(words: str, start: int, end: int) -> Span:
    """A row without the bars at its ends."""
    return start + words.startswith(BARS), end - (len(words) > 1 and words.endswith(BARS))


def _with_bars(text: str, lines: Sequence[Span | None]) -> set[int]:
    """Rows by the rule under their header; they may lack outer bars."""
    told = [text[slice(*line)] if line else "" for line in lines]
    found: set[int] = set()
    for number in range(len(told)):
        words, above = told[number], told[number - 1] if number else ""
        if "|" not in words or "|" not in above or not TABLE_RULE.fullmatch(words):
            continue
        found.add(number - 1)
        below = number + 1
        while below < len(told) and "|" in told[below] and below not in found:
            found.add(below)
            below += 1
    return found


def _with_spaces(text: str, lines: Sequence[Span | None]) -> set[int]:
    """Rows whose entries stand below each other, with nothing but white space between the columns."""
    found: set[int] = set()
    for run in _runs(text, lines):
        spans = [span for _, span in run if not _is_drawn(text, span)]
        tabbed = all("\t" in text[slice(*span)] for span in spans)
        if _are_columns([_entries(text, span) for span in spans], tabbed=tabbed) and not _runs_on(
            [GAP.split(text[slice(*span)]) for span in spans]
        ):
            found.update(number for number, _ in run)
    return found


def _runs(text: str, lines: Sequence[Span | None]) -> Iterator[list[tuple[int, Span]]]:
    """Lines under one another that all have a gap, with the lines that are drawn between them."""
    run: list[tuple[int, Span]] = []
    for number, line in enumerate([*lines, None]):
        if line is not None and (_may_be_row(text[slice(*line)]) or (run and _is_drawn(text, line))):
            run.append((number, line))
            continue
        if run:
            yield run
        run = []


def _may_be_row(words: str) -> bool:
    return "|" not in words and GAP.search(words) is not None and not _OPENS_ITEM.match(words)


def _is_drawn(text: str, span: Span) -> bool:
    return _DRAWN.fullmatch(text, *span) is not None


def _runs_on(cells: Sequence[Sequence[str]]) -> bool:
    """Whether these are columns of running text, whose lines go on in small letters."""
    words = [cell for row in cells for cell in row]
    small = sum(cell[:1].islower() for cell in words)
    return 2 * small > len(words) and sum(map(len, words)) > _LONG_ENTRY * len(words)


def _entries(text: str, span: Span) -> list[Span]:
    """Where the words of each cell begin and end in their line."""
    start, end = span
    line = start - indent(text, start)
    cuts = [gap.span() for gap in GAP.finditer(text, start, end)]
    starts = [start, *(stop for _, stop in cuts)]
    ends = [*(at for at, _ in cuts), end]
    return [(begin - line, stop - line) for begin, stop in zip(starts, ends, strict=True)]


def _are_columns(lines: Sequence[Sequence[Span]], *, tabbed: bool) -> bool:
    """Whether every entry begins or ends where its column does; a line may lack none but its last ones."""
    width = max(map(len, lines))
    whole = [line for line in lines if len(line) == width]
    longest = max(end - start for line in lines for start, end in line)
    if len(whole) < _FEWEST_ROWS or longest > _LONGEST_CELL:
        return False
    begins = [_commonest(line[at][0] for line in whole) for at in range(width)]
    ends = [_commonest(line[at][1] for line in whole) for at in range(width)]
    return tabbed or all(
        abs(start - begins[at]) <= _OFF or abs(end - ends[at]) <= _OFF
        for line in lines
        for at, (start, end) in enumerate(line)
    )


def _commonest(places: Iterable[int]) -> int:
    return Counter(places).most_common(1)[0][0]
