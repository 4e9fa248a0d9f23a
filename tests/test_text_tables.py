"""Tables in plain text and Markdown: columns of white space, and tables of HTML."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.clean import blocks
from index.load import load_document
from index.readable import in_full
from index.split import split
from index.tables_in_text import tables_in_place
from tests.making import write

BELLS = """Who rings

Bell      Weight   Ringer
Susanna   410 kg   Mo
Petrus    1.2 t    Agnes
Small     85 kg

The tower is locked at dusk.
"""


def told(folder: Path, text: str, name: str = "a.txt") -> list[str]:
    document = load_document(write(folder, name, text))
    passages = split(document, blocks(document))
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    assert all(document.text[each.start : each.end] == each.text for each in sentences)
    return [in_full(sentence) for sentence in sentences]


def test_columns_that_only_spaces_divide_are_a_table(tmp_path: Path) -> None:
    rows = ["Bell: Susanna; Weight: 410 kg; Ringer: Mo", "Bell: Petrus; Weight: 1.2 t; Ringer: Agnes"]
    expected = [*rows, "Bell: Small; Weight: 85 kg", "The tower is locked at dusk."]
    assert told(tmp_path, BELLS) == expected


def test_lines_that_are_drawn_are_no_rows(tmp_path: Path) -> None:
    ruled = BELLS.replace("Susanna ", "-------   ------   ------\nSusanna ", 1)
    assert told(tmp_path, ruled) == told(tmp_path, BELLS)
    drawn = BELLS.replace("Susanna ", "=========================\nSusanna ", 1)
    assert told(tmp_path, drawn) == told(tmp_path, BELLS)


def test_tabs_divide_columns_too(tmp_path: Path) -> None:
    text = "Cheese\tRipens\nBrie\t5 weeks\nComté\t18 months\n"
    assert told(tmp_path, text) == ["Cheese: Brie; Ripens: 5 weeks", "Cheese: Comté; Ripens: 18 months"]


@pytest.mark.parametrize(
    "text",
    [
        "He rang it twice.  Then he went\nhome.  Nobody had heard the bell,\nit seems.  He rang again.\n",
        "the bell was cast in a pit      and was rung at noon for the\n"
        "behind the church, where it     harvest. it cracked in the\n"
        "was left to cool for a week     frost of the next winter.\n",
    ],
    ids=["two spaces behind a stop", "columns of running text"],
)
def test_running_text_with_gaps_is_none(tmp_path: Path, text: str) -> None:
    assert not any("; " in line for line in told(tmp_path, text))


HTML = """# Kites

They fly in <b>any</b> wind.

<table class="wide">
  <thead><tr><th>Kite</th><th>Made&nbsp;of</th></tr></thead>
  <tbody>
    <tr><td>Delta</td>
        <td><em>silk</em></td></tr>
    <tr><td>Box</td><td>paper</td></tr>
  </tbody>
</table>
Lines are ten metres long.
"""


def test_a_table_of_html_in_markdown_is_a_table(tmp_path: Path) -> None:
    caption = "They fly in any wind."  # what is said right above a table is said of its rows
    rows = [f"{caption} Kite: Delta; Made of: silk", f"{caption} Kite: Box; Made of: paper"]
    assert told(tmp_path, HTML, "a.md") == [caption, *rows, "Lines are ten metres long."]


def test_offsets_count_in_the_file() -> None:
    text = tables_in_place(HTML)
    assert len(text) == len(HTML)
    assert text.index("paper") == HTML.index("paper") and text.index("Lines") == HTML.index("Lines")
    tight = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    assert len(tables_in_place(tight)) == len(tight) and "\n|---|\n" in tables_in_place(tight)


@pytest.mark.parametrize(
    "text",
    [
        "```\n<table><tr><td>a</td></tr></table>\n```\n",
        "<table><tr><td colspan=2>a</td></tr></table>",
        "<table><tr><td>a</td></tr>",
        "<table></table>",
        "<table><tr><td>a<tr><td>b</td></tr></table>",
        "<table hidden><tr><td>a</td></tr></table>",
        "<!-- <table><tr><td>a</td></tr></table> -->",
    ],
)
def test_what_is_no_plain_table_stays(text: str) -> None:
    assert tables_in_place(text) == text


def test_what_is_hidden_in_a_table_of_html_is_no_row_and_no_cell(tmp_path: Path) -> None:
    table = (
        "<table>\n<tr><th>Kite</th><th>Wind</th></tr>\n"
        '<tr style="display:none"><td>Prototype</td><td>gale</td></tr>\n'
        "<!-- <tr><td>Withdrawn</td><td>breeze</td></tr> -->\n"
        "<tr><td>Delta<span hidden> (unsold)</span></td><td>light</td></tr>\n</table>\n"
    )
    text = f"# Kites\n\n{table}\nLines are ten metres long.\n"
    assert told(tmp_path, text, "a.md") == ["Kite: Delta; Wind: light", "Lines are ten metres long."]
    assert len(tables_in_place(text)) == len(text)


def test_rows_of_html_without_an_end_take_no_longer_than_as_many_with_one() -> None:
    """Looked for up to the end of the table, the ends of 20,000 rows would take minutes."""
    text = f"<table>{'<tr><td>delta<td>light' * 20_000}</table>"
    began = time.process_time()
    assert tables_in_place(text) == text
    assert time.process_time() - began < 5


@pytest.mark.parametrize("between", ["", "├─────────┼────────┤\n"])
def test_a_table_that_is_drawn_as_a_box(tmp_path: Path, between: str) -> None:
    box = (
        "┌─────────┬────────┐\n│ Bell    │ Weight │\n├─────────┼────────┤\n│ Susanna │ 410 kg │\n"
        f"{between}│ Petrus  │ 1.2 t  │\n└─────────┴────────┘\n\nThe tower is locked at dusk.\n"
    )
    rows = ["Bell: Susanna; Weight: 410 kg", "Bell: Petrus; Weight: 1.2 t"]
    assert told(tmp_path, box) == [*rows, "The tower is locked at dusk."]
