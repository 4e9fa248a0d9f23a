"""Lists that somebody typed into one paragraph: a dash, the words, a line break, and so on."""

from __future__ import annotations

import re
from itertools import groupby

_TYPED = re.compile(r"(?:[-*+•‣⁃◦▪■□●○·❖➤►✓✗–—]|\(?(?P<number>\d{1,2})[.)])\s+(?=\S)")
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


def _item(line: str) -> str:
    mark = _TYPED.match(line)
    assert mark is not None, "only lines with a mark are items"
    return (f"{mark['number']}. " if mark["number"] else "- ") + line[mark.end() :]
