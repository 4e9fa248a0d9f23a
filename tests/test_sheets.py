"""Sheets and records: several tables, notes on cells, records that are nothing but fields."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from index.load import load_document
from index.records import sheet_text
from tests.making import write

PANS = [["Barn"], ["Animal", "Places"], ["Goat", "8"], ["Hen", "24"]]
MEADOW = [["Meadow"], ["Animal", "Places"], ["Goat", "3"], ["Hen", "15"]]
AS_TEXT = (
    "Barn\n\n| Animal | Places |\n|---|---|\n| Goat | 8 |\n| Hen | 24 |\n\n"
    "Meadow\n\n| Animal | Places |\n|---|---|\n| Goat | 3 |\n| Hen | 15 |"
)


@pytest.mark.parametrize("between", [[], [["", ""]], [[], ["", ""]]])
def test_tables_under_one_another_keep_their_own_titles_and_headers(between: list[list[str]]) -> None:
    wide = [[*row, *[""] * (2 - len(row))] for row in [*PANS, *between, *MEADOW]]
    assert sheet_text(wide) == AS_TEXT


def test_a_table_goes_on_below_an_empty_row() -> None:
    rows = [["Sheep", "Born"], ["Ada", "2019"], ["", ""], ["Bea", "2020"], ["Cleo", "2021"]]
    assert sheet_text(rows) == "| Sheep | Born |\n|---|---|\n| Ada | 2019 |\n| Bea | 2020 |\n| Cleo | 2021 |"


def test_entries_that_come_again_begin_no_table() -> None:
    names = [["Name"], ["Ada"], ["Bea"], ["Ada"], [], ["Bea"], ["Ada"]]
    assert sheet_text(names) == sheet_text([row for row in names if row])
    hours = [["Day", "Hours"], ["Mon", "9"], ["Tue", "9"], ["Wed", "9"], ["Thu", "9"], ["", ""], ["Thu", "9"]]
    assert sheet_text(hours).count("|---|") == 1


def test_tables_beside_a_title_row_in_a_csv_file(tmp_path: Path) -> None:
    source = "Barn,\nAnimal,Places\nGoat,8\nHen,24\n,\nMeadow,\nAnimal,Places\nGoat,3\nHen,15\n"
    assert load_document(write(tmp_path, "a.csv", source)).text == AS_TEXT


def test_a_quoted_word_far_down_a_csv_file_shifts_no_column(tmp_path: Path) -> None:
    source = "Said,Count\n" + '"Hello, there",1\n' * 1500 + '"He said ""no"", then left",2\n'
    last = load_document(write(tmp_path, "a.csv", source)).text.splitlines()[-1]
    assert last == '| He said "no", then left | 2 |'


LONG = "The bag is filled with rye. " * 20


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # A name is only told beside what is short, and a cell that has none by itself.
        ([["Question", "Answer", ""], ["Why?", LONG, "ask Ann"]], ["Question: Why?", LONG, "ask Ann"]),
        ([["How long?", "Nine minutes."], ["Why?", LONG]], ["How long?", "Nine minutes.", "Why?", LONG]),
        ([["Why?", LONG], ["How long?", "Nine minutes."]], ["Why?", LONG, "How long?", "Nine minutes."]),
        ([["Name", "Text"], ["Ada", LONG, "late", ""]], ["Name: Ada", LONG, "late"]),
    ],
)
def test_whole_texts_in_a_table_lose_no_cell(rows: list[list[str]], told: list[str]) -> None:
    assert sheet_text(rows).split("\n\n") == [words.strip() for words in told]


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("sep=;\nRoom;Price\nWest, above;18,50\n", "| West, above | 18,50 |"),
        ('"Room";"Price"\n"West";"18,50"\n"East, below";"21,00"\n', "| West | 18,50 |"),
        ("Room;Price, a day\nWest;18,50\nEast;21,00\n", "| West | 18,50 |"),
        ('Room, Price\n"West, above", 18\nEast, "9; or 8"\n', "| West, above | 18 |"),
        ("Room\tPrice\nWest, above\t18\nEast, below\t9\n", "| West, above | 18 |"),
    ],
)
def test_what_divides_the_cells_gives_most_rows_one_width(tmp_path: Path, source: str, first: str) -> None:
    assert load_document(write(tmp_path, "a.csv", source)).text.splitlines()[2] == first


def test_a_file_of_quotation_marks_is_divided_at_once(tmp_path: Path) -> None:
    began = time.process_time()
    load_document(write(tmp_path, "a.csv", "a,b\n" + '\n"' * 10_000))
    assert time.process_time() - began < 5


def test_every_field_of_a_record_is_told(tmp_path: Path) -> None:
    record = {
        "title": " ",
        "name": "Rye bag",
        "text": "\n",
        "body": "It is heated in an oven.",
        "content": "It is dried flat.",
        "note": LONG,
        "tags": ["warm", "dry"],
        "maker": {"name": "Ada", "since": 2019, "phone": None},
        "washed": False,
        "place": "West\nEast",
    }
    document = load_document(write(tmp_path, "a.jsonl", json.dumps(record)))
    assert document.text.split("\n\n") == [
        "## Rye bag",
        "It is heated in an oven.",
        "content: It is dried flat.",
        LONG.strip(),
        "tags: warm, dry",
        "maker: Ada, since: 2019",
        "washed: no",
        "place: West East",
    ]


def test_a_record_may_hold_what_ends_a_line_elsewhere(tmp_path: Path) -> None:
    line = json.dumps({"title": "Tea", "text": "Pour it\u2028slowly."}, ensure_ascii=False)
    document = load_document(write(tmp_path, "a.jsonl", line + "\r\n"))
    assert "Pour it\u2028slowly." in document.text and not document.unread


def test_a_note_on_a_cell_is_read_with_what_it_is_on(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Tool", "Lent to"], [None, None], ["Scythe", "Pavel"], ["Rake", "Ingrid"]):
        sheet.append(row)
    sheet["A3"].comment = Comment("The blade is\nloose.", "Ada")
    sheet["F9"].comment = Comment("Count again in May.", "Ada")
    other = workbook.create_sheet("Other")
    other.append(["Nothing is noted here."])
    file = io.BytesIO()
    workbook.save(file)
    text = load_document(write(tmp_path, "a.xlsx", file.getvalue())).text
    assert "Scythe: The blade is loose." in text.split("\n\n")
    assert text.split("\n\n").index("Count again in May.") < text.split("\n\n").index("# Other")


def test_the_sign_of_a_format_is_told_whichever_way_excel_writes_it(tmp_path: Path) -> None:
    signs = {
        "[$$-409]#,##0.00": " $",
        "[$$-en-US]#,##0.00": " $",
        "[$CHF] #,##0.00": " CHF",
        "#,##0.00 [$kr.-406]": " kr.",
        "[$€-2] #,##0.00": " €",
        '_("$"* #,##0.00_)': " $",
        "¥#,##0": " ¥",
        "[$-409]#,##0.00": "",
    }
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for number, form in enumerate(signs, start=1):
        sheet.append([f"Bag {number}", 5])
        sheet.cell(number, 2).number_format = form
    file = io.BytesIO()
    workbook.save(file)
    rows = load_document(write(tmp_path, "a.xlsx", file.getvalue())).text.split("\n")
    assert [row.split(" | ")[1].removesuffix(" |") for row in rows if "Bag" in row] == [
        f"5{sign}" for sign in signs.values()
    ]


def test_records_that_are_only_fields_are_rows(tmp_path: Path) -> None:
    records = [
        {"name": "Minka", "kilos": 4.2, "food": ["fish", "rice"], "out": True, "owner": {"name": "Ada"}},
        {"name": "Moritz", "kilos": 5, "food": [], "out": False, "chip": None},
    ]
    lines = "\n".join([*map(json.dumps, records), "no record", ""])
    document = load_document(write(tmp_path, "a.jsonl", lines))
    assert document.text == (
        "| name | kilos | food | out | owner |\n|---|---|---|---|---|\n"
        "| Minka | 4.2 | fish, rice | yes | Ada |\n| Moritz | 5 |  | no |  |"
    )
    [unread] = document.unread
    assert unread.values == (("lines", "3"), ("count", "1"), ("all", "3"))


def test_long_numbers_keep_all_their_figures(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Maker", "Telephone", "Code", "Price", "Share"])
    sheet.append(["Lindqvist", 46701740605, 7350053850019.0, 1234567890.25, 0.07])
    sheet["D2"].number_format = "[$€-2] #,##0.00"
    sheet["E2"].number_format = "0%"
    file = io.BytesIO()
    workbook.save(file)
    row = load_document(write(tmp_path, "a.xlsx", file.getvalue())).text.splitlines()[-1]
    assert row == "| Lindqvist | 46701740605 | 7350053850019 | 1234567890.25 € | 7% |"


def test_a_whole_text_in_one_row_leaves_the_others_a_table() -> None:
    rows = [["Oven", "Rent", "Remark"], ["Clay", "9 €", LONG], ["Iron", "6 €", "hot"], ["Gas", "5 €", ""]]
    assert sheet_text(rows) == (
        "| Oven | Rent | Remark |\n|---|---|---|\n| Clay | 9 € | … |\n| Iron | 6 € | hot |\n| Gas | 5 € |  |"
        f"\n\nClay: Remark\n---\n\n{LONG.strip()}"
    )


def test_questions_stay_with_their_answers_beside_a_whole_text() -> None:
    rows = [["Question", "Answer"], ["What is in it?", LONG], ["Who sews it?", "Ada."], ["When?", "In May."]]
    assert "Question: Who sews it?\n\nAnswer: Ada." in sheet_text(rows)
