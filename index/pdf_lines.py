"""The lines of a PDF page as they are set: words, type size, weight and height; without what is hidden."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": ""})
_BOLD_FONT = re.compile("bold|black|heavy|BX", re.IGNORECASE)
_SHOWING = (b"Tj", b"TJ", b"'", b'"')
_WHITE = {b"g": [1], b"rg": [1, 1, 1], b"k": [0, 0, 0, 0]}
_INVISIBLE_MODE = 3
_READABLE_SHARE = 4

_Fragment = tuple[str, float, float, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        words: Its text, on one line, without white space at the ends.
        size: Size of most of its type, in points.
        bold: Whether all of it is bold.
        height: Distance from the lower edge of the page, in points.
    """

    words: str
    size: float
    bold: bool
    height: float


def page_lines(pages: Sequence[Any]) -> list[list[Line]]:
    """The lines of each page of a pypdf reader, in the order in which they are drawn.

    Text in white, in the invisible mode, or in type a quarter the size of the rest is left out, unless
    most of the document is drawn so: a recognised scan is invisible text over a picture, and slides
    may be white on a dark ground.
    """
    sight = _Sight()
    lines = [_lines(page, sight) for page in pages]
    if sight.hidden > sight.shown:
        lines = [_lines(page, None) for page in pages]
    sizes = sorted(line.size for each in lines for line in each for _ in range(len(line.words)))
    smallest = sizes[len(sizes) // 2] / _READABLE_SHARE if sizes else 0.0
    return [[line for line in each if line.size >= smallest] for each in lines]


@dataclass(slots=True)
class _Sight:
    """Follows the drawing of a page and takes the text out of what is drawn for no eye.

    Attributes:
        shown, hidden: Text operands of each kind, counted.
    """

    shown: int = 0
    hidden: int = 0
    _white: bool = False
    _mode: int = 0
    _saved: list[tuple[bool, int]] = field(default_factory=list)

    def __call__(self, operator: bytes, operands: Any, user: Any, matrix: Any) -> None:
        if operator == b"q":
            self._saved.append((self._white, self._mode))
        elif operator == b"Q" and self._saved:
            self._white, self._mode = self._saved.pop()
        elif operator in _WHITE:
            self._white = list(operands) == _WHITE[operator]
        elif operator in (b"sc", b"scn"):
            self._white = list(operands) in ([1], [1, 1, 1])
        elif operator == b"Tr" and operands:
            self._mode = int(operands[0])
        elif operator in _SHOWING and operands:
            if self._white or self._mode == _INVISIBLE_MODE:
                self.hidden += 1
                # pypdf hands out the very operands that it is about to extract.
                operands[-1] = type(operands[-1])()
            else:
                self.shown += 1


def _lines(page: Any, sight: _Sight | None) -> list[Line]:
    fragments: list[_Fragment] = []

    def visit(text: str, user: Any, matrix: Any, font: Any, font_size: Any) -> None:
        scale = abs(matrix[3] or matrix[1]) * abs(user[3] or user[1])
        height = matrix[5] * user[3] + user[5]
        fragments.append((text, height, float(font_size) * scale, str((font or {}).get("/BaseFont", ""))))

    page.extract_text(visitor_text=visit, visitor_operand_before=sight)
    lines: list[Line] = []
    current: list[_Fragment] = []
    for text, height, size, font in fragments:
        first, *others = text.split("\n")
        current.append((first, height, size, font))
        for other in others:
            lines.extend(_line(current))
            current = [(other, height, size, font)]
    lines.extend(_line(current))
    return lines


def _line(fragments: Sequence[_Fragment]) -> list[Line]:
    """The line that these fragments make; none where they are blank."""
    words = " ".join(printable("".join(text for text, *_ in fragments)).split())
    if not words:
        return []
    _, height, size, _ = max(fragments, key=lambda fragment: len(fragment[0].strip()))
    bold = all(_BOLD_FONT.search(font) for text, _, _, font in fragments if text.strip())
    return [Line(words, round(size, 1), bold, height)]


def printable(text: str) -> str:
    """Ligatures as letters; lone surrogates and control characters, which no index can store, replaced."""
    text = text.translate(_LIGATURES).encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text)
