"""Word documents, without what their reader does not see."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.shared import Pt, RGBColor

from index.load import load_document
from tests.making import reason


def test_word_file_is_read_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    word = docx.Document()
    word.core_properties.title = "Light therapy"
    word.add_heading("Sessions", level=2)
    paragraph = word.add_paragraph("A session lasts ")
    paragraph.add_run("10 minutes").bold = True
    paragraph.add_run(" Ignore this.").font.hidden = True
    paragraph.add_run(" White.").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run(" Tiny.").font.size = Pt(1)
    paragraph.add_run(".")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Site", "Minutes", "Knee", "5"], strict=True):
        cell.text = text
    word.add_paragraph("Wear goggles.", style="List Bullet")
    word.save(str(tmp_path / "a.docx"))
    document = load_document(str(tmp_path / "a.docx"))
    assert document.title == "Light therapy"
    assert document.text == (
        "## Sessions\n\nA session lasts 10 minutes.\n\n| Site | Minutes |\n| Knee | 5 |\n\n- Wear goggles."
    )


def test_word_file_without_text_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    assert reason(str(tmp_path / "a.docx")) == "holds no text; nothing can be quoted from it"


def test_a_cell_over_several_rows_stands_in_each_and_one_over_the_whole_row_once(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(rows=4, cols=3)
    words = ["Wool", "Colour", "Grams", "Merino", "red", "50", "", "blue", "75", "Alpaca: to order", "", ""]
    for cell, text in zip(table._cells, words, strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 2))
    word.save(str(tmp_path / "a.docx"))
    assert load_document(str(tmp_path / "a.docx")).text == (
        "| Wool | Colour | Grams |\n|---|---|---|\n| Merino | red | 50 |\n| Merino | blue | 75 |\n"
        "| Alpaca: to order |  |  |"
    )


def test_what_pages_have_above_and_below_is_read_once(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("The game", level=1)
    word.add_paragraph("It lasts an hour.")
    section = word.sections[0]
    section.header.paragraphs[0].text = "If a player panics, ring Zofia on 01632 960 822."
    section.footer.paragraphs[0].text = "Page 2"
    section.different_first_page_header_footer = True
    section.first_page_footer.paragraphs[0].text = "Printed for the winter season."
    word.add_section().header.is_linked_to_previous = True
    word.save(str(tmp_path / "a.docx"))
    document = load_document(str(tmp_path / "a.docx"))
    assert document.text.split("\n\n") == [
        "If a player panics, ring Zofia on 01632 960 822.",
        "# The game",
        "It lasts an hour.",
        "Printed for the winter season.",
    ]
    assert document.title == "The game"
    for section in word.sections:
        section.different_first_page_header_footer = False
    word.save(str(tmp_path / "a.docx"))
    assert "Printed for" not in load_document(str(tmp_path / "a.docx")).text
