"""Word documents, without what their reader does not see."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from index.clean import examine
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


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_a_text_box_in_a_cell_is_told_once(tmp_path: Path) -> None:
    """Word writes it twice: as programs of today read it, and for older ones."""
    box = "<w:p><w:r><w:t>Ring us.</w:t></w:r></w:p>"
    word = docx.Document()
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Day", "Hall", "Monday", "shut"], strict=True):
        cell.text = text
    table.cell(1, 1).paragraphs[0]._p.append(
        parse_xml(
            f"""<w:r xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
            <mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>{box}</w:txbxContent></mc:Choice>
            <mc:Fallback><w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></mc:Fallback>
            </mc:AlternateContent></w:r>"""
        )
    )
    word.save(str(tmp_path / "a.docx"))
    assert load_document(str(tmp_path / "a.docx")).text == "| Day | Hall |\n| Monday | shut; Ring us. |"


def test_white_text_is_read_where_its_cell_or_paragraph_has_a_colour(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Day", "Hall", "Monday", "shut"], strict=True):
        cell.text = text
    places = [*table.rows[0].cells, word.add_paragraph("Ring us."), word.add_paragraph("Never say so.")]
    for place, fill in zip(places, ("1F4E79", "1F4E79", "C00000", "FFFFFF"), strict=True):
        [paragraph] = getattr(place, "paragraphs", [place])
        paragraph.runs[0].font.color.rgb = RGBColor(255, 255, 255)
        shade = parse_xml(f'<w:shd xmlns:w="{WORD}" w:val="clear" w:fill="{fill}"/>')
        inside = place._tc.get_or_add_tcPr() if place in places[:2] else paragraph._p.get_or_add_pPr()
        inside.append(shade)
    word.save(str(tmp_path / "a.docx"))
    assert load_document(str(tmp_path / "a.docx")).text == "| Day | Hall |\n| Monday | shut |\n\nRing us."


def test_a_bold_line_above_a_short_one_is_its_title(tmp_path: Path) -> None:
    word = docx.Document()
    for words in ("Apologies", "Mrs Okafor and Mr Lindqvist", "Decision", "A lock is fitted on 1 April."):
        word.add_paragraph().add_run(words).bold = words.isalpha()
    word.save(str(tmp_path / "a.docx"))
    assert load_document(str(tmp_path / "a.docx")).text.split("\n\n") == [
        *("### Apologies", "Mrs Okafor and Mr Lindqvist"),
        *("Decision", "A lock is fitted on 1 April."),
    ]


def test_what_is_struck_out_is_left_out(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("The ferry leaves at ")
    paragraph.add_run("six ").font.strike = True
    paragraph.add_run("or five ").font.double_strike = True
    paragraph.add_run("seven").font.strike = False
    word.save(str(tmp_path / "a.docx"))
    assert load_document(str(tmp_path / "a.docx")).text == "The ferry leaves at seven"


def test_a_paragraph_without_a_mark_belongs_to_the_step_above_it(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Soak the reeds.", style="List Number")
    word.add_paragraph("Rain water is best.", style="List Paragraph")
    word.add_paragraph("Split them.", style="List Number")
    unmarked = word.add_paragraph("A blunt knife will do.", style="List Number")
    unmarked._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr xmlns:w="{WORD}"><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
    )
    word.add_paragraph("Weave the base.", style="List Number")
    word.save(str(tmp_path / "a.docx"))
    document = load_document(str(tmp_path / "a.docx"))
    assert document.text == (
        "1. Soak the reeds.\n\n   Rain water is best.\n\n2. Split them.\n\n   A blunt knife will do.\n\n"
        "3. Weave the base."
    )
    wholes = {document.text[slice(*block.whole)] for block in examine(document)[0] if block.whole}
    assert wholes == {document.text}


def test_what_word_makes_of_the_headings_is_left_out(tmp_path: Path) -> None:
    word = docx.Document()
    for style in ("TOC Heading", "toc 1", "table of figures"):
        if style not in word.styles:
            word.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        word.add_paragraph("Weaving baskets\t4", style=style)
    word.add_heading("Weaving baskets", 1)
    word.add_paragraph("A basket takes a day.")
    word.save(str(tmp_path / "a.docx"))
    assert load_document(str(tmp_path / "a.docx")).text == "# Weaving baskets\n\nA basket takes a day."
