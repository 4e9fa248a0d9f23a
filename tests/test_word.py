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
