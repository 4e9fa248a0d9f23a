"""The characters that are drawn on a page of a PDF, each with its place and what it is drawn like."""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

READING = threading.RLock()
"""Held while a PDF is open: PDFium may be used by one thread at a time."""

UNNAMED = "\ufffd"
"""Stands for a sign whose font does not say which letter it is: left out, "≠" would read "="."""

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\u0002": "-"}
)
_BOLD_FONT = re.compile("bold|black|heavy|BX", re.IGNORECASE)
_INVISIBLE_MODE = 3
_WHITE = (255, 255, 255)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Character:
    """A character on a page that is turned so that its text is upright.

    Attributes:
        text: As it is read; UNNAMED where its font does not say which letter it is.
        x, y, right: Its origin and its right end, in points.
        drawing: What it is drawn with.
        hidden: Whether no eye sees it.
    """

    text: str
    x: float
    y: float
    right: float
    drawing: _Drawing
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What the characters of one text object share."""

    size: float
    bold: bool
    hidden: bool
    white: bool
    quarter: int


def characters_of(page: Any) -> Iterator[Character]:
    """The characters of a page of a `pypdfium2.PdfDocument`, in the order in which they are drawn."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    # Not the page's own boxes: many programs write them once, for all pages.
    seen = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, seen)
    left, bottom, right, top = seen.left, seen.bottom, seen.right, seen.top
    drawings: dict[int | None, _Drawing] = {}
    grounds: list[tuple[float, float, float, float]] | None = None
    drawing = _Drawing(0.0, False, False, False, 0)
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        drawn = pdfium.FPDFText_GetTextObject(text, at)
        if drawn:
            key = ctypes.cast(drawn, ctypes.c_void_p).value
            if key not in drawings:
                drawings[key] = _drawing(text, at, drawn)
            drawing = drawings[key]
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        hidden = drawing.hidden or not (left <= middle[0] <= right and bottom <= middle[1] <= top)
        if drawing.white and not hidden:
            grounds = _dark_grounds(page) if grounds is None else grounds
            hidden = not any(a <= middle[0] <= c and b <= middle[1] <= d for a, b, c, d in grounds)
        across, up = turned(drawing.quarter, (x.value, y.value))
        far = (box.right, box.top) if drawing.quarter < 2 else (box.left, box.bottom)
        end, _ = turned(drawing.quarter, far)
        # Without a name PDFium hands out the number of the glyph in its font: "ϲΒϴΒ" for a word in Arabic.
        unnamed = code and pdfium.FPDFText_HasUnicodeMapError(text, at) > 0
        letters = UNNAMED if unnamed else printable(chr(code)) if code else " "
        yield Character(letters, across, up, end, drawing, hidden)


def _drawing(text: Any, at: int, drawn: Any) -> _Drawing:
    import pypdfium2.raw as pdfium

    matrix, flags = pdfium.FS_MATRIX(), ctypes.c_int()
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(text, at, name, 200, flags)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    filled = pdfium.FPDFText_GetFillColor(text, at, red, green, blue, alpha)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
    return _Drawing(
        size=round(pdfium.FPDFText_GetFontSize(text, at) * scale, 1),
        bold=bool(_BOLD_FONT.search(name.value.decode("utf-8", "replace"))),
        hidden=mode == _INVISIBLE_MODE or bool(filled and alpha.value == 0),
        white=bool(filled) and (red.value, green.value, blue.value) == _WHITE,
        quarter=round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4,
    )


def turned(quarter: int, point: Point) -> Point:
    """A point on the page that is turned by so many quarters, so that its text is upright."""
    x, y = point
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def _dark_grounds(page: Any) -> list[tuple[float, float, float, float]]:
    """Boxes that are filled in another colour than white: white text on them can be read."""
    import pypdfium2.raw as pdfium

    boxes = []
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            pdfium.FPDFPageObj_GetFillColor(drawn, red, green, blue, alpha)
            if not alpha.value or (red.value, green.value, blue.value) == _WHITE:
                continue
        boxes.append(drawn.get_bounds())
    return boxes


def printable(text: str) -> str:
    """Ligatures as letters; lone surrogates and control characters, which no index can store, replaced."""
    text = text.translate(_LIGATURES).encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]", " ", text)
