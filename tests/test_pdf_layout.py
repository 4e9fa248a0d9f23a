"""What stands where on a page of a PDF: ruled tables, columns, facts beside a text."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from index.load import load_document
from index.pdf_layout import read_lines
from index.pdf_rows import Run
from tests.making import pdf, pdf_page, write

Text = tuple[float, float, str]


def page_text(tmp_path: Path, page: bytes, each: str = "") -> str:
    return load_document(write(tmp_path, "a.pdf", pdf([page], each=each))).text


def ruled(columns: Sequence[float], rows: Sequence[float], without: Iterable[str] = ()) -> str:
    """Operators that rule every cell of a grid, but for these lines."""
    level = [f"{columns[0]} {y} m {columns[-1]} {y} l S" for y in rows]
    upright = [f"{x} {rows[0]} m {x} {rows[-1]} l S" for x in columns]
    return "\n".join(line for line in (*level, *upright) if line not in without)


COLUMNS, ROWS = (70, 150, 200, 250), (710, 690, 670, 650)
HIRE: list[Text] = [
    (75, 695, "Boat"),
    (155, 695, "Hour"),
    (205, 695, "Day"),
    (75, 675, "Punt"),
    (155, 675, "9.50"),
    (205, 675, "31.00"),
    (75, 655, "Canoe"),
    (155, 655, "7.20"),
    (205, 655, "24.00"),
]
HIRE_AS_TEXT = "| Boat | Hour | Day |\n| Punt | 9.50 | 31.00 |\n| Canoe | 7.20 | 24.00 |"
HIRE_BELOW = HIRE_AS_TEXT.replace("Day |", "Day |\n|---|---|---|")
"""What stands above a table is no part of it, so that its first row names its columns."""


def test_cells_are_told_by_their_rules_though_they_stand_close(tmp_path: Path) -> None:
    narrow = [(x if x < 155 else x - 36 if x < 205 else x - 51, y, words) for x, y, words in HIRE]
    lines = ruled((70, 115, 150, 190), ROWS)
    assert page_text(tmp_path, pdf_page(*narrow, more=lines)) == HIRE_AS_TEXT


def test_cells_are_ruled_by_thin_boxes_too(tmp_path: Path) -> None:
    boxes = [f"70 {y} 180 0.7 re f" for y in ROWS] + [f"{x} 650 0.7 60 re f" for x in COLUMNS]
    assert page_text(tmp_path, pdf_page(*HIRE, more="\n".join(boxes))) == HIRE_AS_TEXT


def test_a_ruled_table_on_a_page_that_is_turned(tmp_path: Path) -> None:
    turned = [f"BT /F1 11 Tf 0 1 -1 0 {792 - y} {x} Tm ({words}) Tj ET" for x, y, words in HIRE]
    lines = [f"{792 - y} 70 m {792 - y} 250 l S" for y in ROWS] + [f"82 {x} m 142 {x} l S" for x in COLUMNS]
    page = "\n".join([*turned, *lines]).encode()
    assert page_text(tmp_path, page, each="/Rotate 90") == HIRE_AS_TEXT


def test_a_ruled_table_ends_at_its_last_rule(tmp_path: Path) -> None:
    below: list[Text] = [
        (70, 620, "Extras"),
        (75, 600, "Paddle"),
        (155, 600, "2.00"),
        (205, 600, "5.00"),
        (75, 580, "Vest"),
        (155, 580, "1.00"),
        (205, 580, "3.00"),
        (75, 560, "Seat"),
        (155, 560, "0.50"),
        (205, 560, "2.00"),
    ]
    text = page_text(tmp_path, pdf_page((70, 730, "Hire of boats"), *HIRE, *below, more=ruled(COLUMNS, ROWS)))
    assert text.startswith(f"Hire of boats\n\n{HIRE_BELOW}\n\nExtras")
    assert "| Paddle | 2.00 | 5.00 |" in text


def test_a_header_of_two_rows_is_one_and_a_cell_over_rows_stands_in_each(tmp_path: Path) -> None:
    texts: list[Text] = [
        (160, 715, "Weekday"),
        (75, 695, "Hall"),
        (155, 695, "Noon"),
        (205, 695, "Eve"),
        (75, 665, "Barn"),
        (155, 675, "40"),
        (205, 675, "70"),
        (155, 655, "45"),
        (205, 655, "80"),
    ]
    rows = (730, 710, 690, 670, 650)
    over = [
        f"{COLUMNS[2]} 730 m {COLUMNS[2]} 650 l S",
        f"{COLUMNS[0]} 670 m {COLUMNS[-1]} 670 l S",
    ]
    lines = ruled(COLUMNS, rows, without=over)
    lines += "\n200 710 m 200 650 l S\n150 670 m 250 670 l S"
    assert page_text(tmp_path, pdf_page(*texts, more=lines)) == (
        "| Hall | Weekday Noon | Weekday Eve |\n|---|---|---|\n| Barn | 40 | 70 |\n| Barn | 45 | 80 |"
    )


@pytest.mark.parametrize(
    "lines",
    [
        "90 600 m 90 740 l S\n60 700 m 300 700 l S",  # axes
        "60 740 m 300 740 l S\n60 600 m 300 600 l S\n60 600 m 60 740 l S\n300 600 m 300 740 l S",  # a frame
        # Through words.
        "60 697 m 300 697 l S\n60 683 m 300 683 l S\n60 650 m 300 650 l S\n110 650 m 110 697 l S",
    ],
)
def test_other_lines_make_no_table(tmp_path: Path, lines: str) -> None:
    texts: list[Text] = [
        (72, 700, "A punt is hired by the hour, and a canoe by the day."),
        (72, 686, "Both are brought back to the slip before dusk."),
        (72, 672, "Who is late pays for another hour."),
    ]
    text = page_text(tmp_path, pdf_page(*texts, more=lines))
    assert "|" not in text
    assert "A punt is hired by the hour, and a canoe by the day. Both are brought back" in text


LEFT = (
    "The pad was worn by ninety people",
    "for a whole month. Their pain fell",
    "by a third and stayed low in the",
    "year after it. Nobody was asked to",
    "stop a medicine meanwhile.",
)
RIGHT = (
    "Few people had any trouble with",
    "the pad. Three of them had red",
    "skin for two days. One burnt a",
    "finger on the plug. It healed in",
    "a week and left no mark at all.",
)


@pytest.mark.parametrize(("lower", "leading"), [(0, 14), (7, 14), (3, 16), (9, 12.5)])
def test_columns_need_no_common_base_lines(tmp_path: Path, lower: float, leading: float) -> None:
    texts = [(60.0, 700.0 - 14 * at, words) for at, words in enumerate(LEFT)]
    texts += [(320.0, 700.0 - lower - leading * at, words) for at, words in enumerate(RIGHT)]
    text = page_text(tmp_path, pdf_page(*texts))
    assert text == f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


def test_facts_beside_a_text_are_no_cells_of_its_lines(tmp_path: Path) -> None:
    facts = ("Length", "9.5 km", "Ascent", "310 m", "Bus")
    texts = [(60.0, 700.0 - 14 * at, words) for at, words in enumerate(facts)]
    texts += [(180.0, 700.0 - 14 * at, words) for at, words in enumerate(LEFT)]
    assert " ".join(LEFT) in page_text(tmp_path, pdf_page(*texts))


def test_steps_are_read_by_themselves_beside_what_is_needed_for_them(tmp_path: Path) -> None:
    needed = (
        "250 g flour",
        "125 g butter",
        "80 g sugar",
        "1 egg",
        "a pinch of salt",
        "1 kg plums",
        "cream",
        "mint",
    )
    steps = (
        "1 Rub the flour and the butter for the",
        "dough between your fingers till they are",
        "like sand. Work in the sugar and the egg.",
        "2 Wrap the dough in a cloth and let it rest",
        "in the refrigerator for a whole hour.",
        "3 Stone the plums and cut them up.",
        "4 Bake the tart for fifty minutes.",
        "5 Let it cool and whip the cream.",
    )
    texts = [(60.0, 700.0 - 14 * at, words) for at, words in enumerate(needed)]
    texts += [(180.0, 700.0 - 14 * at, words) for at, words in enumerate(steps)]
    assert " ".join(steps[:5]) in page_text(tmp_path, pdf_page(*texts))


def test_names_over_their_entries_are_a_table_of_one_row(tmp_path: Path) -> None:
    names: list[Text] = [(60, 650, "Invoice no."), (180, 650, "Date"), (300, 650, "Due")]
    entries: list[Text] = [(60, 636, "2025-0317"), (180, 636, "31 March"), (300, 636, "14 April")]
    work = ("Sweeping of the flue of the tiled stove in the living room, two bends", "A cap for the chimney")
    items: list[Text] = [(60, 600, "Work"), (400, 600, "Price"), (60, 586, work[0]), (400, 586, "48.00")]
    items += [(60, 572, work[1]), (400, 572, "22.50"), (60, 558, "Travel"), (400, 558, "9.00")]
    text = page_text(
        tmp_path, pdf_page((60, 700, "Ann Moor"), (60, 686, "Mill Lane 3"), *names, *entries, *items)
    )
    assert text.split("\n\n")[1:] == [
        "| Invoice no. | Date | Due |\n|---|---|---|\n| 2025-0317 | 31 March | 14 April |",
        f"| Work | Price |\n|---|---|\n| {work[0]} | 48.00 |\n| {work[1]} | 22.50 |\n| Travel | 9.00 |",
    ]


def test_the_name_of_a_row_goes_on_in_the_line_below(tmp_path: Path) -> None:
    rows = [
        ("Pedal cycle", "2.90", "4.60"),
        ("Car with trailer,", "12.90", "20.70"),
        ("up to 6 m overall",),
        ("Horse and rider", "5.50", "8.80"),
        ("Tandem", "3.40", "5.20"),
    ]
    places = (72.0, 240.0, 320.0)
    texts = [
        (x, 700.0 - 14 * at, words)
        for at, row in enumerate(rows)
        for x, words in zip(places, row, strict=False)
    ]
    assert page_text(tmp_path, pdf_page(*texts)).splitlines() == [
        "| Pedal cycle | 2.90 | 4.60 |",
        "| Car with trailer, up to 6 m overall | 12.90 | 20.70 |",
        "| Horse and rider | 5.50 | 8.80 |",
        "| Tandem | 3.40 | 5.20 |",
    ]


def test_a_line_over_groups_of_columns_is_the_upper_half_of_the_header(tmp_path: Path) -> None:
    rows = [
        ("Session", "Start", "Price", "Start", "Price"),
        ("Lanes", "06:30", "5.10", "07:30", "5.60"),
        ("Polo", "20:00", "6.20", "18:00", "6.70"),
        ("Yoga", "12:30", "9.30", "13:00", "9.80"),
    ]
    places = (72.0, 180.0, 250.0, 330.0, 400.0)
    texts = [
        (x, 700.0 - 16 * at, words)
        for at, row in enumerate(rows)
        for x, words in zip(places, row, strict=True)
    ]
    texts += [(200.0, 716.0, "Weekdays"), (350.0, 716.0, "Weekend")]
    assert page_text(tmp_path, pdf_page(*texts)).splitlines()[:3] == [
        "| Session | Weekdays Start | Weekdays Price | Weekend Start | Weekend Price |",
        "|---|---|---|---|---|",
        "| Lanes | 06:30 | 5.10 | 07:30 | 5.60 |",
    ]


def test_a_ruled_table_among_facts_beside_a_text(tmp_path: Path) -> None:
    table = ruled(COLUMNS, ROWS)
    facts = [(75.0, 724.0 + 14 * at, words) for at, words in enumerate(("Bus", "310 m", "Ascent", "9.5 km"))]
    texts = [(320.0, 766.0 - 14 * at, words) for at, words in enumerate((*LEFT, *RIGHT))]
    text = page_text(tmp_path, pdf_page(*HIRE, *facts, *texts, more=table))
    assert HIRE_BELOW in text
    assert " ".join((*LEFT, *RIGHT)) in text


def test_graph_paper_is_no_table(tmp_path: Path) -> None:
    lines = ruled([50 + 4.0 * at for at in range(120)], [100 + 4.0 * at for at in range(150)])
    assert page_text(tmp_path, pdf_page(*HIRE, more=lines)).count("|") == HIRE_AS_TEXT.count("|")


@pytest.mark.parametrize(("count", "size"), [(4000, 8.0), (9000, 1.0)])
def test_the_words_of_a_map_are_read_at_once(count: int, size: float) -> None:
    chance = random.Random(1)
    places = [(chance.uniform(20, 560), chance.uniform(20, 780)) for _ in range(count)]
    runs = [Run(f"w{at}", x, x + 20, y, size) for at, (x, y) in enumerate(places)]
    began = time.process_time()
    lines = read_lines(runs)
    assert time.process_time() - began < 5
    assert sorted(word for line in lines for word in line.words.split()) == sorted(run.words for run in runs)
