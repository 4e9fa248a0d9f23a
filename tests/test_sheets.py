"""Sheets and records: several tables, notes on cells, records that are nothing but fields."""

from __future__ import annotations

import io
import json
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


def test_records_that_are_only_fields_are_rows(tmp_path: Path) -> None:
    records = [
        {"name": "Minka", "kilos": 4.2, "food": ["fish", "rice"], "out": True, "owner": {"name": "Ada"}},
        {"name": "Moritz", "kilos": 5, "food": [], "out": False, "chip": None},
    ]
    lines = "\n".join([*map(json.dumps, records), "no record", ""])
    document = load_document(write(tmp_path, "a.jsonl", lines))
    assert document.text == (
        "| name | kilos | food | out |\n|---|---|---|---|\n"
        "| Minka | 4.2 | fish, rice | yes |\n| Moritz | 5 |  | no |"
    )
    [unread] = document.unread
    assert unread.values == (("lines", "3"), ("count", "1"), ("all", "3"))
