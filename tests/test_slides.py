"""Slides: what is not read of them."""

from __future__ import annotations

from pathlib import Path

import pptx
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from index.load import load_document


def test_a_chart_is_named_wherever_it_stands(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    data = CategoryChartData()
    data.categories = ["Nettle", "Sage"]
    data.add_series("Dose", (3, 1))
    for title in ("Doses", "", "Rows"):
        slide = deck.slides.add_slide(deck.slide_layouts[5 if title else 6])
        if title:
            slide.shapes.title.text = title
        if title == "Rows":
            slide.shapes.add_table(1, 1, 0, 0, 9, 9)
            continue
        frame = slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, 9, 9, data)
        if not title:
            slide.shapes.add_group_shape()._element.append(frame._element)
    deck.save(str(tmp_path / "a.pptx"))
    document = load_document(str(tmp_path / "a.pptx"))
    assert document.text == "# Doses\n\n# Rows"
    assert list(map(str, document.unread)) == [
        "slide 1: charts, diagrams and embedded objects are not read",
        "slide 2: charts, diagrams and embedded objects are not read",
    ]


def test_a_merged_cell_stands_in_each_row_and_names_a_group_of_columns_once(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    table = slide.shapes.add_table(4, 3, 0, 0, 9, 9).table
    rows = [["Herb", "Day", "Cups"], ["Sage", "Mon", "2"], ["", "Tue", "3"], ["Mint", "shut", ""]]
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(number, column).text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 1).merge(table.cell(3, 2))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 1).text = "Taken"
    deck.save(str(tmp_path / "a.pptx"))
    assert load_document(str(tmp_path / "a.pptx")).text == (
        "| Herb | Taken |  |\n|---|---|---|\n| Sage | Mon | 2 |\n| Sage | Tue | 3 |\n| Mint | shut | shut |"
    )
