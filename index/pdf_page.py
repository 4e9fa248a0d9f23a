"""What is drawn on a page of a PDF: runs of characters with their places, as one reads it upright."""

from __future__ import annotations

import ctypes
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import mode
from typing import Any, NamedTuple

from index.pdf_characters import UNNAMED, Character, characters_of, printable
from index.pdf_grids import Grid, grids_of
from index.pdf_rows import Run
from index.pdf_rules import strokes_of

_APART = 1.1
"""Gap between two words, in type sizes, from which they stand apart: in two columns or two cells."""
_APART_IF_DRAWN = 0.8
"""The same where no space is drawn between two words that are drawn one by one."""
_WITHIN_WORD = 0.15
"""Gap between two letters of a word, in type sizes, at most."""
_MARK_ALONE = re.compile(r"(?:[•‣▪◦●○·–*-]|\(?\d{1,3}[.)]|\(?[a-z]\))")


class Drawn(NamedTuple):
    """What is drawn on a page.

    Attributes:
        runs: Characters that stand together, and the values of a form, as they are drawn.
        grids: Of its ruled tables.
        unnamed: How many signs are UNNAMED; where these are most of the page there are no runs.
        pictured: Whether pictures fill most of the page, as that of a scan does.
    """

    runs: list[Run]
    grids: list[Grid]
    unnamed: int
    pictured: bool = False


def drawn_on(pdf: Any, page: Any) -> Drawn:
    """What is drawn on a page of a `pypdfium2.PdfDocument`."""
    characters = list(characters_of(page))
    unnamed = sum(character.text == UNNAMED for character in characters)
    if 2 * unnamed > sum(not character.text.isspace() for character in characters):
        characters = []
    upright = mode([c.drawing.quarter for c in characters if not c.text.isspace()] or [0])
    grids = [grid for grid in grids_of(strokes_of(page, upright)) if not _cuts_words(grid, characters)]
    runs: list[Run] = []
    current: list[Character] = []
    for character in characters:
        ends_line = character.text in "\r\n"
        if current and (ends_line or not _goes_on(current, character, grids)):
            runs += _run(current, upright)
            current = []
        if not ends_line:
            current.append(character)
    runs += _run(current, upright)
    runs = _with_marks(runs) + list(_field_values(pdf, page))
    return Drawn(runs, grids, unnamed, any(run.hidden for run in runs) and _is_pictured(page))


def _is_pictured(page: Any) -> bool:
    """Whether pictures, or the strips that one is cut into, fill most of a page."""
    import pypdfium2.raw as pdfium

    def area(box: tuple[float, float, float, float]) -> float:
        left, bottom, right, top = box
        return (right - left) * (top - bottom)

    pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    return 2 * sum(area(picture.get_bounds()) for picture in pictures) > area(page.get_bbox())


def _cuts_words(grid: Grid, characters: list[Character]) -> bool:
    """Whether an edge goes through words, as the lines of a drawing do and those of a table do not."""
    return any(
        not (one.text.isspace() or other.text.isspace())
        and abs(one.y - other.y) < 1
        and other.x >= one.x
        and other.x - one.right < _WITHIN_WORD * max(one.drawing.size, 1.0)
        and grid.divides(one.x, other.right, other.y)
        for one, other in pairwise(characters)
    )


def _goes_on(current: list[Character], character: Character, grids: list[Grid]) -> bool:
    if character.text.isspace():
        return True
    last = next((c for c in reversed(current) if not c.text.isspace()), current[-1])
    size = max(last.drawing.size, character.drawing.size, 1.0)
    if last.drawing.quarter != character.drawing.quarter or abs(last.y - character.y) > 0.5 * size:
        return False
    if any(grid.divides(last.x, character.right, character.y) for grid in grids):
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
    inked = [c for c in characters if not c.text.isspace()]
    if not inked:
        return []
    return [
        Run(
            " ".join("".join(_in_order(characters)).split()),
            min(c.x for c in inked),
            max(c.right for c in inked),
            mode(round(c.y, 1) for c in inked),
            mode(c.drawing.size for c in inked),
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
        if joined and _is_mark_of(joined[-1], run):
            joined[-1] = replace(run, words=f"{joined[-1].words} {run.words}", left=joined[-1].left)
        else:
            joined.append(run)
    return joined


def _is_mark_of(mark: Run, run: Run) -> bool:
    beside = 0 <= run.left - mark.right < 4 * run.size and abs(mark.height - run.height) < 0.3 * run.size
    alike = (mark.turned, mark.hidden) == (run.turned, run.hidden)
    return beside and alike and _MARK_ALONE.fullmatch(mark.words) is not None


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
