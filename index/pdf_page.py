"""What is drawn on a page of a PDF: runs of characters with their places, as one reads it upright."""

from __future__ import annotations

import ctypes
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.pdf_characters import UNNAMED, Character, characters_of, printable

_APART = 1.1
"""Gap between two words, in type sizes, from which they stand apart: in two columns or two cells."""
_APART_IF_DRAWN = 0.8
"""The same where no space is drawn between two words that are drawn one by one."""
_MARK_ALONE = re.compile(r"(?:[•‣▪◦●○·–*-]|\(?\d{1,3}[.)]|\(?[a-z]\))")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together on one line.

    Attributes:
        words: Without white space at the ends.
        left, right: Its ends, in points from the left edge of the page as it is read.
        height: Of its base line, in points from the lower edge; it falls as one reads on.
        size: Of its type, in points.
        bold: Whether all of it is bold.
        hidden: Whether it is drawn for no eye: white on white, in the invisible mode, off the page.
        turned: Whether it is written in another direction than most of the page.
    """

    words: str
    left: float
    right: float
    height: float
    size: float
    bold: bool = False
    hidden: bool = False
    turned: bool = False


def page_runs(pdf: Any, page: Any) -> tuple[list[Run], int]:
    """The runs of a page of a `pypdfium2.PdfDocument` as they are drawn, with the values of a form.

    Returns:
        The runs, and how many signs are UNNAMED; no runs where these are most of the page.
    """
    characters = list(characters_of(page))
    unnamed = sum(character.text == UNNAMED for character in characters)
    if 2 * unnamed > sum(not character.text.isspace() for character in characters):
        characters = []
    quarters = Counter(c.drawing.quarter for c in characters if not c.text.isspace())
    upright = quarters.most_common(1)[0][0] if quarters else 0
    runs: list[Run] = []
    current: list[Character] = []
    for character in characters:
        if current and not _goes_on(current, character):
            runs += _run(current, upright)
            current = []
        if character.text not in "\r\n":
            current.append(character)
        elif current:
            runs += _run(current, upright)
            current = []
    runs += _run(current, upright)
    return _with_marks(runs) + list(_field_values(pdf, page)), unnamed


def _goes_on(current: list[Character], character: Character) -> bool:
    last = next((c for c in reversed(current) if not c.text.isspace()), current[-1])
    size = max(last.drawing.size, character.drawing.size, 1.0)
    if character.text.isspace():
        return True
    if last.drawing.quarter != character.drawing.quarter or abs(last.y - character.y) > 0.5 * size:
        return False
    # Scripts that run from right to left go back on the line, by their own width.
    gap = character.x - last.right if character.x >= last.x else last.x - character.right
    # A space that PDFium puts in of its own accord has no width.
    drawn_alone = last.drawing is not character.drawing and current[-1].right <= max(
        current[-1].x, last.right
    )
    widest = _APART_IF_DRAWN if drawn_alone else _APART
    return gap <= widest * size and last.hidden == character.hidden


def _run(characters: list[Character], upright: int) -> list[Run]:
    words = " ".join("".join(_in_order(characters)).split())
    inked = [c for c in characters if not c.text.isspace()]
    if not words or not inked:
        return []
    sizes = Counter(c.drawing.size for c in inked)
    return [
        Run(
            words,
            min(c.x for c in inked),
            max(c.right for c in inked),
            Counter(round(c.y, 1) for c in inked).most_common(1)[0][0],
            sizes.most_common(1)[0][0],
            bold=all(c.drawing.bold for c in inked),
            hidden=sum(c.hidden for c in inked) * 2 > len(inked),
            turned=inked[0].drawing.quarter != upright,
        )
    ]


def _in_order(characters: list[Character]) -> Iterator[str]:
    """The characters as they are read: PDFium hands out the Arabic letters of one glyph back to front."""
    for _, group in itertools.groupby(characters, key=lambda c: (c.x, c.y)):
        letters = [c.text for c in group]
        directions = {unicodedata.bidirectional(c[:1] or " ") for c in letters}
        turned = bool(directions & {"R", "AL"}) and directions <= {"R", "AL", "NSM", "WS"}
        yield from reversed(letters) if turned else letters


def _with_marks(runs: list[Run]) -> list[Run]:
    """Bullets and numbers that stand apart joined to the words behind them."""
    joined: list[Run] = []
    for run in runs:
        above = joined[-1] if joined else None
        if above and _MARK_ALONE.fullmatch(above.words) and abs(above.height - run.height) < 0.3 * run.size:
            near = 0 <= run.left - above.right < 4 * run.size and above.turned == run.turned
            if near and above.hidden == run.hidden:
                words = f"{above.words} {run.words}"
                joined[-1] = Run(
                    words, above.left, run.right, run.height, run.size, run.bold, run.hidden, run.turned
                )
                continue
        joined.append(run)
    return joined


def _field_values(pdf: Any, page: Any) -> Iterator[Run]:
    """What was filled into the fields of a form, at their places."""
    import pypdfium2.raw as pdfium

    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        kind, words = pdfium.FPDFAnnot_GetSubtype(annotation), ""
        if kind == pdfium.FPDF_ANNOT_FREETEXT:
            words = _string(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents")
        elif kind == pdfium.FPDF_ANNOT_WIDGET and pdf.formenv is not None:
            words = _field(pdf.formenv, annotation)
        rect = pdfium.FS_RECTF()
        if words and pdfium.FPDFAnnot_GetRect(annotation, rect):
            height = abs(rect.top - rect.bottom)
            size = min(max(0.6 * height, 4.0), 11.0)
            base = min(rect.top, rect.bottom) + (height - size) / 2 + 0.15 * size
            yield Run(words, rect.left, rect.right, round(base, 1), size)
        pdfium.FPDFPage_CloseAnnot(annotation)


def _field(form: Any, annotation: Any) -> str:
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return "☒" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if kind in (
        pdfium.FPDF_FORMFIELD_TEXTFIELD,
        pdfium.FPDF_FORMFIELD_COMBOBOX,
        pdfium.FPDF_FORMFIELD_LISTBOX,
    ):
        return _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
    return ""


def _string(read: Any, *arguments: Any) -> str:
    """A string of PDFium, which is asked for its length in bytes first."""
    length = read(*arguments, None, 0)
    if length <= 2:
        return ""
    held = (ctypes.c_ushort * (length // 2 + 1))()
    read(*arguments, held, length)
    return " ".join(printable(bytes(held)[: length - 2].decode("utf-16-le", "replace")).split())
