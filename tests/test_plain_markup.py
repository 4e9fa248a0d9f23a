"""Lists, definitions and tables of pages: none of their words is lost, and cells stay under their columns."""

from __future__ import annotations

import pytest
from lxml import html

from index.markup import stretches


def told(page: str) -> str:
    return "\n\n".join(stretch.text for stretch in stretches(html.document_fromstring(page)))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ul><div><li>Soap</li><li>Wax</li></div><li>Oil</li></ul>", "- Soap\n- Wax\n- Oil"),
        ("<ul><p>Wash it cold.</p><p>Dry it flat.</p></ul>", "Wash it cold.\n\nDry it flat."),
        ("<ul>Never use:<li>soap</li><li>wax</li></ul>", "Never use:\n\n- soap\n- wax"),
        ("<ol><li>Wash.</li><p>Wring it.</p><li>Dry.</li>Flat.</ol>", "1. Wash. Wring it.\n2. Dry. Flat."),
        ("<ul><li>Soap</li><ul><li>hard</li></ul><li>Wax</li></ul>", "- Soap\n  - hard\n- Wax"),
        ("<ul><li>Soap<ul><ul><li>hard</li></ul></ul></li></ul>", "- Soap\n  - hard"),
    ],
)
def test_what_stands_in_a_list_and_in_no_item_is_read(page: str, expected: str) -> None:
    assert told(page) == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            "<dt>Ibuprofen</dt><dt>Advil</dt><dd>Take it with food.</dd><dt>Arnica</dt>",
            "- Ibuprofen, Advil: Take it with food.\n- Arnica",
        ),
        (
            "<div><dt>Sage</dt><dd>A leaf.</dd><dd>A wise one.</dd></div><div><dt>Rue</dt><dd>A herb.</dd>",
            "- Sage:\n  - A leaf.\n  - A wise one.\n- Rue: A herb.",
        ),
        (
            "<dt>Sage</dt><dd>Kinds:<dl><dt>Red</dt><dd>mild</dd></dl></dd><dd>A leaf.</dd>",
            "- Sage:\n  - Kinds:\n    - Red: mild\n  - A leaf.",
        ),
        ("<dt>Is it safe?</dt><dd>Yes.</dd><dt>Why?</dt>", "#### Is it safe?\n\nYes.\n\n#### Why?"),
    ],
)
def test_every_term_is_told_with_what_is_said_of_it(entries: str, expected: str) -> None:
    assert told(f"<dl>{entries}</dl>") == expected


HEAD = "<tr><th>Day</th><th>Hall</th><th>Bath</th><th>Fee</th></tr>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "<tr><td>Monday</td><td colspan=2 rowspan=2>closed</td><td>1 €</td></tr>"
            "<tr><td>Tuesday</td><td>2 €</td></tr>",
            "| Monday | closed |  | 1 € |\n| Tuesday | closed |  | 2 € |",
        ),
        (
            "<tr><td>Monday</td><td>9 to 12</td><td>none</td><td rowspan=2>1 €</td></tr>"
            "<tr><td>Tuesday</td></tr><tr><td>Friday</td><td>9 to 10</td><td>none</td><td>2 €</td></tr>",
            "| Monday | 9 to 12 | none | 1 € |\n| Tuesday |  |  | 1 € |\n| Friday | 9 to 10 | none | 2 € |",
        ),
    ],
)
def test_a_cell_over_rows_and_columns_leaves_the_others_under_theirs(rows: str, expected: str) -> None:
    assert told(f"<table>{HEAD}{rows}</table>") == (
        f"| Day | Hall | Bath | Fee |\n|---|---|---|---|\n{expected}"
    )
