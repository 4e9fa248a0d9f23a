"""Files as people have them: a table across columns, a header of two rows, a chat, notes, a thread."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl

from index.clean import blocks
from index.load import load_document
from index.readable import in_full
from index.split import split
from index.tables import table_lines
from tests import making


def told(folder: Path, name: str, data: bytes) -> list[str]:
    """What can be quoted of a file, each sentence as a question is held against it."""
    path = folder / name
    path.write_bytes(data)
    document = load_document(str(path))
    return [
        in_full(sentence) for passage in split(document, blocks(document)) for sentence in passage.sentences
    ]


def columns(top: int, left: list[str], right: list[str]) -> list[tuple[float, float, str]]:
    texts = [(60.0, top - 14.0 * row, words) for row, words in enumerate(left)]
    return texts + [(330.0, top - 14.0 * row, words) for row, words in enumerate(right)]


def test_a_table_across_two_columns_is_one_and_stands_between_them(tmp_path: Path) -> None:
    rows = [("Size", "Weight", "Heated", "Price"), ("Small", "400 g", "6 min", "9 EUR")]
    rows.append(("Large", "800 g", "9 min", "14 EUR"))
    table = [
        (60.0 + 130 * column, 650.0 - 16 * row, cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    texts = [
        *columns(
            720,
            ["The bag is filled with rye and is", "heated in an oven until it is", "warm to the hand."],
            ["Two people in nine slept well", "with the bag on their belly, and", "none was burnt."],
        ),
        *table,
        *columns(
            590,
            ["The cover is washed by hand and", "is dried in the shade."],
            ["A torn bag is thrown away, as", "its grains are sharp."],
        ),
    ]
    sentences = told(tmp_path, "a.pdf", making.pdf([making.pdf_page(*texts)]))
    assert [sentence.split("burnt. ")[-1] for sentence in sentences] == [
        "The bag is filled with rye and is heated in an oven until it is warm to the hand.",
        "Two people in nine slept well with the bag on their belly, and none was burnt.",
        "Size: Small; Weight: 400 g; Heated: 6 min; Price: 9 EUR",
        "Size: Large; Weight: 800 g; Heated: 9 min; Price: 14 EUR",
        "The cover is washed by hand and is dried in the shade.",
        "A torn bag is thrown away, as its grains are sharp.",
    ]


def test_the_two_rows_of_a_header_of_merged_cells_are_one(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for place, words in {"A1": "Fees", "A2": "Class", "B2": "By day", "D2": "By night"}.items():
        sheet[place] = words
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    sheet.merge_cells("D2:E2")
    for column, words in zip("BCDE", ("Hall", "Fee", "Hall", "Fee"), strict=True):
        sheet[f"{column}3"] = words
    sheet.append(["Yoga", 3, 40, 4, 45])
    sheet.append(["Judo", 5, 50, 6, 55])
    file = io.BytesIO()
    workbook.save(file)
    assert told(tmp_path, "a.xlsx", file.getvalue()) == [
        "Class: Yoga; By day Hall: 3; By day Fee: 40; By night Hall: 4; By night Fee: 45",
        "Class: Judo; By day Hall: 5; By day Fee: 50; By night Hall: 6; By night Fee: 55",
    ]


def test_each_message_of_an_exported_chat_stands_by_itself(tmp_path: Path) -> None:
    lines = [
        "[03/03/2026, 10:02:40] Bo: When is the pool open?",
        "[03/03/2026, 10:03:02] Ann: It opens at eight in the morning",
        "03.03.26, 10:05 - Ann B.: Please bring a towel",
        "and a cap.",
        "\u200e[03/03/2026, 10:06:40\u202fPM] Bo: It is a mile from here.",
    ]
    assert told(tmp_path, "a.txt", "\n".join(lines).encode()) == [
        "It opens at eight in the morning",
        "Please bring a towel\nand a cap.",
        "It is a mile from here.",
    ]


def test_the_mark_of_a_note_is_no_figure_of_its_sentence(tmp_path: Path) -> None:
    chapter = (
        '<p>A pillow is changed after four months<a xmlns:epub="http://www.idpf.org/2007/ops"'
        ' epub:type="noteref" href="#n">1</a>, and washed after two.</p>'
        '<p>Hops keep for six<sup><a href="#m">2</a></sup> weeks. It is 10<sup>6</sup> grains.</p>'
    )
    assert told(tmp_path, "a.epub", making.book(chapter))[:3] == [
        "A pillow is changed after four months, and washed after two.",
        "Hops keep for six weeks.",
        "It is 10⁶ grains.",
    ]


def test_what_a_reply_quotes_is_not_taken_for_its_own_words(tmp_path: Path) -> None:
    thread = (
        "From: a@b.example\nSubject: Re: Belt\nDate: Tue, 03 Mar 2026 10:00:00 +0000\n"
        "Content-Type: text/plain; charset=utf-8\n\nHello Bo,\n\nit may be worn for three hours.\n\n"
        "On Mon, 2 Mar 2026, Bo wrote:\n> I have worn it for nine hours.\n> May I?\n"
    )
    sentences = told(tmp_path, "a.eml", thread.encode())
    assert "it may be worn for three hours." in sentences
    assert not any("three hours" in sentence and "nine hours" in sentence for sentence in sentences)


def test_a_lead_in_larger_type_is_text_and_a_question_is_a_title(tmp_path: Path) -> None:
    lead = [
        (72.0, 720.0, "This bag of rye warms the back and has to be"),
        (72.0, 703.0, "thrown away after two winters."),
    ]
    title = making.pdf_page((72, 650, "What should you know before you use the bag?"), size=14)
    body = making.pdf_page(
        (72, 620, "It is heated in an oven."), (72, 606, "It is never heated twice a day.")
    )
    page = b"\n".join(
        [
            making.pdf_page(*lead, size=14),
            title,
            body,
            making.pdf_page(
                (72, 560, "It is dried flat and stored in a dark cupboard for the whole of the summer.")
            ),
        ]
    )
    assert told(tmp_path, "a.pdf", making.pdf([page]))[0] == (
        "This bag of rye warms the back and has to be thrown away after two winters."
    )
    assert "What should you know" not in " ".join(told(tmp_path, "a.pdf", making.pdf([page])))


def test_a_field_that_is_empty_is_no_title_of_the_next(tmp_path: Path) -> None:
    path = tmp_path / "card.txt"
    path.write_text("Card\n\nAllergy:\n\nBlood group: B negative\n\nDiet: none\n")
    roles = [
        (block.role, path.read_text()[block.start : block.end]) for block in blocks(load_document(str(path)))
    ]
    assert ("noise", "Allergy:") in roles
    assert [words for role, words in roles if role == "prose"] == ["Blood group: B negative", "Diet: none"]


def test_a_table_that_goes_on_over_a_page_keeps_all_its_rows(tmp_path: Path) -> None:
    def rows(top: float, *told: tuple[str, str]) -> list[tuple[float, float, str]]:
        return [
            (72.0 + 150 * x, top - 18 * y, cell) for y, row in enumerate(told) for x, cell in enumerate(row)
        ]

    first = making.pdf_page(
        (72, 740, "Doses"), *rows(700, ("Age", "Dose"), ("1 year", "2 ml"), ("2 years", "3 ml"))
    )
    second = making.pdf_page(
        *rows(740, ("Age", "Dose"), ("3 years", "4 ml"), ("4 years", "5 ml")), (72, 640, "Shake it.")
    )
    assert told(tmp_path, "a.pdf", making.pdf([first, second])) == [
        "Age: 1 year; Dose: 2 ml",
        "Age: 2 years; Dose: 3 ml",
        "Age: 3 years; Dose: 4 ml",
        "Age: 4 years; Dose: 5 ml",
        "Shake it.",
    ]


def test_both_rows_of_the_header_of_a_page_are_one(tmp_path: Path) -> None:
    page = (
        "<html><title>Rooms</title><body><h1>Rooms</h1><p>The rooms and their prices are in this table</p>"
        "<table><tr><th rowspan=2>Room</th><th colspan=2>Price</th></tr><tr><th>Day</th><th>Night</th></tr>"
        "<tr><th>North</th><td>40 €</td><td>60 €</td></tr></table></body></html>"
    )
    assert told(tmp_path, "a.html", page.encode())[-1].endswith(
        "Room: North; Price Day: 40 €; Price Night: 60 €"
    )


def test_steps_behind_a_closed_sentence_are_main_text(tmp_path: Path) -> None:
    page = (
        "<html><title>Drops</title><body><h1>Ear drops</h1><p>This is how ear drops are given at home.</p>"
        "<ol><li>Warm the bottle.</li><li>Pull the ear up.</li></ol>"
        "<p>Stay on the side for five minutes after the drops.</p></body></html>"
    )
    words = told(tmp_path, "a.html", page.encode())
    assert words[1:3] == ["Warm the bottle.", "Pull the ear up."]


def test_what_stands_above_the_table_of_a_csv_is_no_header(tmp_path: Path) -> None:
    data = 'Fees of the clinic\n\n"Course","Fee, in euros"\n"Yoga","12,50"\n"Judo","9,00"\n'
    assert told(tmp_path, "a.csv", data.encode()) == [
        "Course: Yoga; Fee, in euros: 12,50",
        "Course: Judo; Fee, in euros: 9,00",
    ]


def test_a_cell_merged_over_several_rows_of_a_workbook_counts_for_each(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Group", "Day", "Room"], ["Otters", "Monday", "Mill"], [None, "Friday", "Barn"]):
        sheet.append(row)
    sheet.append(["Herons", "Sunday", "Mill"])
    sheet.merge_cells("A2:A3")
    file = io.BytesIO()
    workbook.save(file)
    assert told(tmp_path, "a.xlsx", file.getvalue()) == [
        "Group: Otters; Day: Monday; Room: Mill",
        "Group: Otters; Day: Friday; Room: Barn",
        "Group: Herons; Day: Sunday; Room: Mill",
    ]


def test_the_last_cell_of_a_row_may_be_merged_and_a_stray_one_far_off_costs_no_row(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Guest", "Fee"], ["Ada", 5], ["Bea"]):
        sheet.append(row)
    for number in range(200):
        sheet.append([f"Guest {number}", number])
    sheet.merge_cells("B2:B3")
    sheet["XFC1"].number_format = "0.00"
    file = io.BytesIO()
    workbook.save(file)
    read = told(tmp_path, "a.xlsx", file.getvalue())
    assert read[:2] == ["Guest: Ada; Fee: 5", "Guest: Bea; Fee: 5"]
    assert len(read) == 202 and read[-1] == "Guest: Guest 199; Fee: 199"


def test_a_list_that_was_set_as_a_table_is_a_list() -> None:
    rows = [["1", "Sit down."], ["(2)", "Close the strap."], ["3.", "Stand up."]]
    assert table_lines(rows) == "1. Sit down.\n2. Close the strap.\n3. Stand up."
    assert table_lines([["1", "Sit down."], ["3", "Stand up."]]).startswith("| 1 | Sit down. |")
    assert table_lines([["1", "Barn", "12"], ["2", "Mill", "14"]]).startswith("| 1 | Barn | 12 |")


def test_cells_of_a_workbook_have_the_signs_of_their_formats(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Day", "Course", "Share", "Fee", "Visits"])
    sheet.append([datetime(2026, 3, 4), "Yoga", 0.25, 12.5, 3])
    sheet["C2"].number_format, sheet["D2"].number_format = "0%", '#,##0.00 "€"'
    file = io.BytesIO()
    workbook.save(file)
    assert told(tmp_path, "a.xlsx", file.getvalue()) == [
        "Day: 2026-03-04; Course: Yoga; Share: 25%; Fee: 12.5 €; Visits: 3"
    ]
