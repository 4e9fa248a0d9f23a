"""Pages that are pictures of text, read by the extra `lightqa[ocr]`."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from index.clean import blocks
from index.errors import DocumentError
from index.load import load_document
from index.split import split
from index.types import Document
from tests import making

HEADING = "Heat pads at night"
FIRST = ["A heat pad at night must not be hotter than 43 °C.", "Do not lie on it."]
SECOND = ["The pad is washed cold, and dried flat."]


def page(lines: list[str], heading: str = "") -> Image.Image:
    """A page of A4 at 150 dots an inch, as a scanner gives it: slightly grey."""
    picture = Image.new("L", (1240, 1754), 245)
    draw = ImageDraw.Draw(picture)
    if heading:
        draw.text((120, 120), heading, fill=20, font=ImageFont.load_default(56))
    for number, line in enumerate(lines):
        draw.text((120, 240 + 44 * number), line, fill=20, font=ImageFont.load_default(28))
    return picture


def scan(path: Path, *pages: Image.Image) -> Path:
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    return path


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Document:
    pages = page(FIRST, HEADING), Image.new("L", (1240, 1754), 245), page(SECOND)
    return load_document(str(scan(tmp_path_factory.mktemp("scan") / "heat.pdf", *pages)))


def test_a_scan_is_read_line_by_line_and_its_heading_is_one(scanned: Document) -> None:
    assert scanned.text.split("\n\n") == [f"# {HEADING}", " ".join(FIRST), *SECOND]


def test_the_pages_that_were_recognised_are_named_and_so_is_the_empty_one(scanned: Document) -> None:
    assert scanned.recognised == (1, 3)
    assert tuple(map(str, scanned.unread)) == ("page 2 has no text (a picture, or empty)",)


def test_each_sentence_of_a_scan_says_that_it_was_recognised_and_on_which_page(scanned: Document) -> None:
    sentences = [s for passage in split(scanned, blocks(scanned)) for s in passage.sentences]
    told = [(scanned.text[s.start : s.end], s.recognised, s.page) for s in sentences]
    assert told == [(FIRST[0], True, 1), (FIRST[1], True, 1), (SECOND[0], True, 3)]


def test_a_long_line_is_not_taken_for_one_that_stands_on_its_head(tmp_path: Path) -> None:
    """The lines that RapidOCR's own guess of what is upside down turned, and so spoiled."""
    long = "A heat pad at night must not be hotter than 43 °C (109 °F); do not lie on it."
    lines = [long, "It is washed cold, and dried flat, 1 times in 12 weeks.", long]
    assert load_document(str(scan(tmp_path / "long.pdf", page(lines, HEADING)))).text.count(long) == 2


def test_a_scan_among_typed_pages_is_in_their_type(tmp_path: Path) -> None:
    typed = making.pdf(
        [making.pdf_page((72, 720, "A heat pad is used for an hour."), (72, 700, "Turn it over."))]
    )
    book = pypdfium2.PdfDocument.new()
    book.import_pages(pypdfium2.PdfDocument(typed))
    book.import_pages(pypdfium2.PdfDocument(str(scan(tmp_path / "scan.pdf", page(SECOND, HEADING)))))
    book.save(str(tmp_path / "both.pdf"))
    document = load_document(str(tmp_path / "both.pdf"))
    assert document.recognised == (2,)
    assert [block.role for block in blocks(document)] == ["prose", "heading", "prose"]


def test_without_the_extra_the_error_tells_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(
        DocumentError, match=r"scanned images; to have scans read: pip install 'lightqa\[ocr\]'"
    ):
        load_document(str(scan(tmp_path / "heat.pdf", page(FIRST))))
