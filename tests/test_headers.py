"""Whether a row names the columns below it; lists that are typed; what a form leaves to be filled in."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from index.headers import names_columns, names_groups
from index.load import load_paths
from index.tables import table_lines
from index.typed_lists import as_list
from tests import making
from tests.test_awkward import told


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([["Herb", "Dose"], ["Sage", "2 g"]], True),
        ([["", "Mornings", "Nights"], ["Sage", "2 g", "1 g"]], True),
        ([["Herb", "Pots over 2 l"], ["Sage", "3 €"], ["Mint", "4 €"]], True),
        ([["Herb", "Pots over 2 l"], ["Sage", "up to 3"], ["Mint", "none"]], False),
        ([["Weekday", "Talk"], ["Monday", "Sage"], ["Friday", "Mint"]], True),
        ([["Wochentag", "Vortrag"], ["Mo", "Salbei"], ["Di, Mi", "Minze"]], True),
        ([["Monday", "closed"], ["Tuesday", "9 to 12"]], False),
        ([["Herb", "Place"], ["Sage", "sun"], ["Mint", "shade"], ["Dill", "sun"], ["Rue", "shade"]], True),
        ([["Sage", "sun"], ["Mint", "shade"], ["Dill", "sun"]], False),
        ([["Sage", "sun"], ["Mint", "shade"]], False),
        ([["2 g", "Sage"], ["3 g", "Mint"]], False),
        ([["Name of the herb:", "Sage"], ["Grams:", "3"], ["Harvested on:", "2 May"]], False),
        ([["Herb", "Dose"], ["Sage", "2 g"], ["Herb", "Dose"], ["Mint", "1 g"]], True),
    ],
)
def test_a_name_is_of_another_kind_than_what_is_below_it(rows: list[list[str]], named: bool) -> None:
    assert names_columns(rows) is named


def test_names_of_groups_go_on_over_their_columns() -> None:
    upper, lower = ["", "Pots", "", "Seeds", ""], ["Herb", "small", "large", "bag", "box"]
    rows = [["Sage", "2", "3", "1", "5"]]
    assert names_groups(upper, lower, rows)
    assert not names_groups(["Herb", "", "", "", ""], lower, rows[:0])
    header = "| Herb | Pots small | Pots large | Seeds bag | Seeds box |"
    assert table_lines([upper, lower, *rows]).splitlines()[0] == header


def test_a_typed_list_is_one_and_a_line_break_alone_is_none() -> None:
    assert as_list("Keep off it\nwhile you\nwork.") == ["Keep off it while you work."]
    assert as_list("Never on\n– burns\n– scars\nAsk us.") == ["Never on", "- burns\n- scars", "Ask us."]
    assert as_list("Two, 3 - 4\n- five") == ["Two, 3 - 4 - five"]


BURNS = ["Never on: burns; scars", "Never on: burns", "Never on: scars", "Ask us."]


def test_lists_typed_with_line_breaks_are_lists_in_html_and_word(tmp_path: Path) -> None:
    page = b"<html><body><p>Never on:<br>- burns<br/>\n- scars</p><p>Ask\nus.</p></body></html>"
    assert told(tmp_path, "a.html", page) == BURNS
    document = docx.Document()
    paragraph = document.add_paragraph("Never on:")
    for words in ("- burns", "- scars"):
        paragraph.add_run().add_break()
        paragraph.add_run(words)
    document.add_paragraph("Ask us.")
    file = io.BytesIO()
    document.save(file)
    assert told(tmp_path, "a.docx", file.getvalue()) == BURNS


def test_marks_of_items_in_rich_text_are_kept(tmp_path: Path) -> None:
    source = (
        rb"{\rtf1\ansi Never on:\par{\pntext\f1\'b7\tab}burns\par{\listtext\pard\plain\f3 \'b7\tab}scars\par"
        rb"\pard Then:\par{\pntext 1.\tab}Cool it.\par{\pntext 2.\tab}Dry it.\par}"
    )
    assert told(tmp_path, "a.rtf", source)[:4] == [
        *BURNS[:3],
        "Then: 1. Cool it.; 2. Dry it.".replace(".;", "."),
    ]


def test_an_item_is_read_with_the_exception_set_in_below_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Stay at home with:")
    for words, style in (
        ("a rash", "List Bullet"),
        ("unless it is dry", "List Bullet 2"),
        ("a cough", "List Bullet"),
    ):
        document.add_paragraph(words, style=style)
    file = io.BytesIO()
    document.save(file)
    assert told(tmp_path, "a.docx", file.getvalue())[1:] == [
        "Stay at home with: a rash; unless it is dry",
        "Stay at home with: a rash unless it is dry",
        "Stay at home with: a cough",
    ]


def test_two_rows_of_a_header_in_word_are_one(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    rows = (("Boat", "Hire", ""), ("", "1 day", "2 days"), ("Canoe", "9 €", "15 €"))
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(number, column).text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    file = io.BytesIO()
    document.save(file)
    assert told(tmp_path, "a.docx", file.getvalue()) == ["Boat: Canoe; Hire 1 day: 9 €; Hire 2 days: 15 €"]


def test_a_line_to_write_on_is_no_value(tmp_path: Path) -> None:
    form = b"Card\n\nRent: 9 EUR\n\nDeposit: ________\n\nPhone: ........\n\nKeys: two\n"
    assert told(tmp_path, "a.txt", form) == ["Rent: 9 EUR", "Keys: two"]


PRICES = ("Cut ............ CHF 20", "Colour ......... CHF 35")
CONTENTS = ("Of cutting ......... 3", "Of colour .......... 9")


def test_dots_lead_to_a_price_or_to_a_page(tmp_path: Path) -> None:
    lines = [*PRICES, "A deposit is paid at the desk.", *CONTENTS]
    page = making.pdf_page(*((72.0, 700.0 - 15 * at, words) for at, words in enumerate(lines)))
    paid = "A deposit is paid at the desk."
    assert told(tmp_path, "a.pdf", making.pdf([page])) == ["Cut; CHF 20", "Colour; CHF 35", paid]
    text = "Prices\n\n" + "\n".join(PRICES) + f"\n\n{paid}\n\n" + "\n".join(CONTENTS)
    assert told(tmp_path, "a.txt", text.encode()) == ["Cut … CHF 20", "Colour … CHF 35", paid]


def test_places_in_no_order_are_no_pages(tmp_path: Path) -> None:
    lines = ("Leeds ........ 7", "Bath ......... 2", "York ......... 5")
    page = making.pdf_page(*((72.0, 700.0 - 15 * at, words) for at, words in enumerate(lines)))
    assert told(tmp_path, "a.pdf", making.pdf([page])) == ["Leeds; 7", "Bath; 2", "York; 5"]


def test_what_stands_at_the_head_of_a_page_is_seen_where_all_pages_share_one_size(tmp_path: Path) -> None:
    page = making.pdf_page((72, 815, "Rye bags are heated for six minutes."))
    shared = making.pdf([page]).replace(b"/MediaBox[0 0 612 792]", b"/Rotate 0             ")
    shared = shared.replace(b"/Type/Pages/Count 1", b"/Type/Pages/MediaBox[0 0 595 842]/Count 1")
    assert told(tmp_path, "a.pdf", shared) == ["Rye bags are heated for six minutes."]


def test_cells_close_to_one_another_stand_apart(tmp_path: Path) -> None:
    rows = (("Herb", "Day", "Week"), ("Sage", "110.00", "180.00"), ("Mint", "90.00", "95.00"))
    texts = [
        (72.0 + 46 * x, 700.0 - 18 * y, cell) for y, row in enumerate(rows) for x, cell in enumerate(row)
    ]
    assert told(tmp_path, "a.pdf", making.pdf([making.pdf_page(*texts)])) == [
        "Herb: Sage; Day: 110.00; Week: 180.00",
        "Herb: Mint; Day: 90.00; Week: 95.00",
    ]


def test_a_page_without_furniture_is_read_as_a_whole(tmp_path: Path) -> None:
    page = (
        b"<html><body><h1>Baths</h1><p>Hours:</p><ul><li>Mon 8-11</li><li>Thu 15-18</li></ul></body></html>"
    )
    assert told(tmp_path, "a.html", page) == [
        "Hours: Mon 8-11; Thu 15-18",
        "Hours: Mon 8-11",
        "Hours: Thu 15-18",
    ]


def test_a_number_in_words_keeps_its_hyphen_at_the_end_of_a_line(tmp_path: Path) -> None:
    lines = ("It is worn at night for twenty-", "four months and kept in luke-", "warm water from then on.")
    page = making.pdf_page(*((72.0, 700.0 - 14 * at, words) for at, words in enumerate(lines)))
    assert told(tmp_path, "a.pdf", making.pdf([page])) == [
        "It is worn at night for twenty-four months and kept in lukewarm water from then on."
    ]


def test_a_step_may_name_what_nothing_else_names(tmp_path: Path) -> None:
    steps = "1. Label two jars with the date.\n2. Fill one with brine to the rim.\n3. Weigh it down.\n"
    words = told(tmp_path, "a.md", f"# Sour cabbage\n\nWash the cabbage first of all.\n\n{steps}".encode())
    assert words[-3:] == [
        "Label two jars with the date.",
        "Fill one with brine to the rim.",
        "Weigh it down.",
    ]


def test_steps_that_stand_above_their_words_are_steps(tmp_path: Path) -> None:
    steps = b"Pressing\n========\n\nStep 1\nPick it at noon.\n\nStep 2\nLay it flat.\n"
    assert told(tmp_path, "a.txt", steps)[0] == "Step 1 Pick it at noon. Step 2 Lay it flat."


FAQ = """Our salt room

May I bring food?

Fruit is allowed. Hot food is not.

May I sleep there?

No. Sleeping in salt dries the throat.
"""


def test_a_question_above_its_answer_is_read_with_it_and_a_bare_no_is_no_sentence(tmp_path: Path) -> None:
    assert told(tmp_path, "a.txt", FAQ.encode()) == [
        "May I bring food? Fruit is allowed.",
        "May I bring food? Hot food is not.",
        "May I sleep there? No. Sleeping in salt dries the throat.",
    ]


def test_a_document_of_an_old_kind_in_a_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("Rye bags are heated for six minutes.")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    documents, errors = load_paths([str(tmp_path)])
    assert len(documents) == 1
    assert [str(error) for error in errors] == [
        f"{tmp_path / 'old.doc'}: is of a kind that is not read; save it as .docx."
    ]
