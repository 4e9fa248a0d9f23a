"""PowerPoint files: a slide is a page with its title as heading, its texts, tables and notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from index.archives import checked_archive
from index.said import say
from index.tables import table_lines
from index.types import Document


def read_slides(path: str, data: bytes) -> Document:
    """A .pptx file; hidden slides are left out and named.

    Raises:
        DocumentError: It is encrypted or damaged.
    """
    import pptx

    shown = pptx.Presentation(checked_archive(path, data, ".pptx"))
    text, starts, unread = "", [], []
    for number, slide in enumerate(shown.slides, start=1):
        starts.append(len(text) + 2 if text else 0)
        place = {"number": str(number)}
        if slide._element.get("show") == "0":
            unread.append(say("slide {number} is hidden", **place))
            continue
        paragraphs = list(_paragraphs(slide))
        if _has_drawn(slide.shapes):
            unread.append(say("slide {number}: charts, diagrams and embedded objects are not read", **place))
        elif not paragraphs:
            unread.append(say("slide {number} has no text (a picture, or empty)", **place))
        for paragraph in paragraphs:
            text += ("\n\n" if text else "") + paragraph
    title = " ".join((shown.core_properties.title or "").split())
    title = "" if title == "PowerPoint Presentation" else title
    labels = tuple(f"slide {number}" for number in range(1, len(starts) + 1))
    return Document(
        path=path,
        title=title,
        text=text,
        pages=tuple(min(start, len(text)) for start in starts),
        labels=labels,
        unread=tuple(unread),
    )


def _has_drawn(shapes: Any) -> bool:
    """Whether there is a chart or the like among shapes: what has a frame of its own and is no table."""
    from pptx.shapes.graphfrm import GraphicFrame

    return any(
        not shape.has_table if isinstance(shape, GraphicFrame) else _has_drawn(getattr(shape, "shapes", ()))
        for shape in shapes
    )


def _paragraphs(slide: Any) -> Iterator[str]:
    title = slide.shapes.title
    if title is not None and (words := " ".join(title.text_frame.text.split())):
        yield f"# {words}"
    shapes = [shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id]
    # As they stand on the slide: the order in the file is that in which they were drawn.
    for shape in sorted(shapes, key=lambda shape: ((shape.top or 0) // 200_000, shape.left or 0)):
        yield from _shape(shape)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
        yield from filter(None, (" ".join(p.text.split()) for p in notes.paragraphs))


def _shape(shape: Any) -> Iterator[str]:
    if getattr(shape, "shapes", None) is not None:
        for inner in shape.shapes:
            yield from _shape(inner)
    elif getattr(shape, "has_table", False):
        table = shape.table
        if lines := table_lines(_rows(table), header=True if table.first_row else None):
            yield lines
    elif shape.has_text_frame:
        yield from _text(shape.text_frame)


def _rows(table: Any) -> list[list[str]]:
    """The words of the cells; one over several rows or columns stands in each: a row is read alone.

    In the first row it stands once, as the name of a group of columns, and so does one over a whole row.
    """
    rows: list[list[str]] = []
    for row in table.rows:
        cells = list(row.cells)
        is_whole = cells[0]._tc.gridSpan >= len(cells) if cells else False
        words: list[str] = []
        for column, cell in enumerate(cells):
            own = " ".join(cell.text.split())
            if cell._tc.hMerge and words:
                own = words[-1] if rows and not is_whole else ""
            elif cell._tc.vMerge and rows and column < len(rows[-1]):
                own = rows[-1][column]
            words.append(own)
        rows.append(words)
    return rows


def _text(frame: Any) -> Iterator[str]:
    """The paragraphs of a frame; several short ones are a list, as slides set them."""
    paragraphs = [(p.level, " ".join(p.text.split())) for p in frame.paragraphs]
    paragraphs = [(level, words) for level, words in paragraphs if words]
    if len(paragraphs) < 2:
        yield from (words for _, words in paragraphs)
        return
    for opens, entries in groupby(paragraphs, key=lambda each: each[0] == 0 and each[1].endswith(":")):
        if opens:
            yield from (words for _, words in entries)
        else:
            yield "\n".join("  " * level + f"- {words}" for level, words in entries)
