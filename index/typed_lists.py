"""Lists that somebody typed into one paragraph: a dash, the words, a line break, and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from index.readable import BULLETS, TICKS
from index.sentences import Span
from index.text_tables import indent

ITEM = re.compile(
    # A bar alone stands before a line of Pandoc's Markdown whose break is meant: of a recipe, an address.
    rf"(?:[{BULLETS}{TICKS}]|\(?(?P<number>\d{{1,3}})[.)]|\(?[a-z]\)|\|(?=[^|]+$))"
    r"[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)"
)
"""How an item of a list begins in a text."""
QUOTED = re.compile(r"(?:>[ \t]?)+(?=.)")
"""How a line begins that quotes another text."""
_LETTER = re.compile("[a-z]")

_TYPED = re.compile(rf"(?:[{BULLETS}]|(?P<tick>[{TICKS}])|\(?(?P<number>\d{{1,2}})[.)])\s+(?=\S)")
_FEWEST = 2


def as_list(broken: str) -> list[str]:
    """A paragraph whose line breaks are meant, as paragraphs and lists of Markdown.

    Its lines are one paragraph, unless two or more begin with a dash or the like: these are then the lines of
    a list, and what stands above, between and below them are paragraphs.
    """
    lines = [" ".join(line.split()) for line in broken.split("\n")]
    lines = [line for line in lines if line]
    if sum(_TYPED.match(line) is not None for line in lines) < _FEWEST:
        return [" ".join(lines)] if lines else []
    return [
        "\n".join(map(_item, group)) if typed else " ".join(group)
        for typed, group in groupby(lines, key=lambda line: _TYPED.match(line) is not None)
    ]


def listed(text: str, lines: Sequence[Span | None]) -> set[int]:
    """Numbers of the lines that begin with the mark of an item as the item above or below does.

    A line of running text may by chance begin with a dash, and no two of them do. Between two items there is
    only what is set in below the first, as the rest of its words is.
    """
    found: set[int] = set()
    last, last_sign, last_depth = 0, "", 0
    for number, line in enumerate(lines):
        if line is None:
            last_sign = ""
            continue
        begin = quoted.end() if (quoted := QUOTED.match(text, *line)) else line[0]
        bullet, depth = ITEM.match(text, begin, line[1]), indent(text, begin)
        sign = _LETTER.sub("a", text[begin]) if bullet and not bullet["number"] else ""
        if sign and sign == last_sign:
            found |= {last, number}
        if sign == last_sign or depth <= last_depth or not last_sign:
            last, last_sign, last_depth = number, sign, depth
    return found


def _item(line: str) -> str:
    mark = _TYPED.match(line)
    assert mark is not None, "only lines with a mark are items"
    sign = f"{mark['number']}." if mark["number"] else mark["tick"] or "-"
    return f"{sign} {line[mark.end() :]}"
