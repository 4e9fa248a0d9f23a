"""PDFs whose fonts do not say, or say oddly, which letters their signs are; and rows that are no table."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import DocumentError
from index.load import load_document
from index.types import Document
from tests.making import HELVETICA, pdf, pdf_page

NAMELESS = HELVETICA.replace("/WinAnsiEncoding", "<</BaseEncoding/WinAnsiEncoding/Differences[36/g36]>>")
"""In which the sign 36, a dollar else, has a name that says nothing."""

ARABIC = {"#": "سلام", "%": "سلام "}
"""Glyphs that each stand for a whole word, as browsers print them; one with the space behind it."""


def read(folder: Path, data: bytes) -> Document:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return load_document(str(path))


def test_a_sign_without_a_letter_is_shown_as_one_and_named(tmp_path: Path) -> None:
    document = read(tmp_path, pdf([pdf_page((72, 720, "The dose is $ 3 ml a day."))], font=NAMELESS))
    assert document.text == "The dose is \ufffd 3 ml a day."
    told = "signs without a letter in the font, from page 1 on, read as \ufffd: 1"
    assert tuple(map(str, document.unread)) == (told,)


def test_a_page_of_such_signs_has_no_text(tmp_path: Path) -> None:
    pages = [pdf_page((72, 720, "It is drunk warm.")), pdf_page((72, 720, "$$ $$$ $$ a $$$$$."))]
    document = read(tmp_path, pdf(pages, font=NAMELESS))
    assert document.text == "It is drunk warm."
    assert any(str(reason).startswith("page 2 has no text") for reason in document.unread)
    with pytest.raises(DocumentError, match="has no text"):
        read(tmp_path, pdf(pages[1:], font=NAMELESS))


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [("habibi # is peace.", "habibi سلام is peace."), ("habibi %", "habibi سلام")],
)
def test_a_glyph_that_is_a_word_from_right_to_left_is_read_in_order(
    tmp_path: Path, drawn: str, expected: str
) -> None:
    pairs = " ".join(f"<{ord(sign):02x}> <{word.encode('utf-16-be').hex()}>" for sign, word in ARABIC.items())
    letters = (
        "begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
        f" {len(ARABIC)} beginbfchar {pairs} endbfchar endcmap"
    )
    font = HELVETICA.replace(">>", "/ToUnicode 6 0 R>>")  # the second page is its table of letters
    assert read(tmp_path, pdf([pdf_page((72, 720, drawn)), letters.encode()], font=font)).text == expected


FORMULA = [
    (72, 700, "a"),
    (110, 700, "="),
    (150, 700, "f(x) · g(y)"),
    (72, 684, "b"),
    (110, 684, "="),
    (150, 684, "f(y) · g(x)"),
    (72, 668, "c"),
    (110, 668, "="),
    (150, 668, "x · y"),
]
FIGURES = [
    (72, 700, "Na"),
    (150, 700, "140 ± 2"),
    (260, 700, "p = 0.03"),
    (72, 684, "K"),
    (150, 684, "4.1 ± 1"),
    (260, 684, "p = 0.4"),
    (72, 668, "pH"),
    (150, 668, "< 7.4"),
    (260, 668, "–"),
]


def test_a_formula_is_no_table_and_a_table_of_figures_is_one(tmp_path: Path) -> None:
    assert "|" not in read(tmp_path, pdf([pdf_page(*FORMULA)])).text
    assert read(tmp_path, pdf([pdf_page(*FIGURES)])).text.count("|") == 3 * 4
