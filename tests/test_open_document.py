"""OpenDocument texts: tables and what stands in them, without what their reader does not see."""

from __future__ import annotations

import io
from pathlib import Path

import odfdo

from index.load import load_document


def read(folder: Path, body: str, styles: str = "") -> list[str]:
    """The paragraphs of a text whose body is written out; `styles` is its automatic ones."""
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Element.from_tag(f"<text:section>{body}</text:section>"))
    if styles:
        automatic = document.get_part("content").get_element("//office:automatic-styles")
        for style in odfdo.Element.from_tag(f"<text:section>{styles}</text:section>").children:
            automatic.append(style)
    file = io.BytesIO()
    document.save(file)
    (folder / "a.odt").write_bytes(file.getvalue())
    return load_document(str(folder / "a.odt")).text.split("\n\n")


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"


def table(*rows: str) -> str:
    within = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="T"><table:table-column/>{within}</table:table>'


def test_cells_stay_under_their_columns(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="{}"/>'
    body = table(
        cell("Day") + cell("Hall") + cell("Bath") + cell("Fee"),
        cell("Monday") + empty.format(2) + cell("1 €") + empty.format(16384),
        cell("Friday")
        + cell("shut", 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
        + "<table:covered-table-cell/>"
        + cell("2 €"),
        cell("Sunday") + '<table:covered-table-cell table:number-columns-repeated="2"/>' + cell("3 €"),
    )
    assert read(tmp_path, body) == [
        "| Day | Hall | Bath | Fee |\n| Monday |  |  | 1 € |\n| Friday | shut |  | 2 € |\n"
        "| Sunday | shut |  | 3 € |"
    ]


def test_a_table_in_a_cell_is_told_once_and_one_in_a_list_too(tmp_path: Path) -> None:
    inner = table(cell("Soap") + cell("2 €"), cell("Wax") + cell("3 €"))
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    note += "<text:p>In May.</text:p></text:note-body></text:note>"
    outer = table(cell(f"Prices{note}") + f"<table:table-cell>{inner}</table:table-cell>")
    listed = f"<text:list><text:list-item><text:p>Towels</text:p>{inner}</text:list-item></text:list>"
    box = "<draw:frame><draw:text-box><text:p>Ring {}.</text:p></draw:text-box></draw:frame>"
    box = f"<text:p>Ask us.{box}</text:p>"
    in_cell = table(cell("Help") + f"<table:table-cell>{box.format(5)}</table:table-cell>")
    rows = "| Soap | 2 € |\n| Wax | 3 € |"
    assert read(tmp_path, outer + listed + in_cell + box.format(7)) == [
        *("Prices[^1]", rows, "- Towels", rows, "| Help | Ask us. |", "Ring 5.", "Ask us.", "Ring 7."),
        "[^1]: In May.",
    ]


def test_what_is_hidden_is_not_read(tmp_path: Path) -> None:
    hiding = (
        '<style:style style:name="{}" style:family="{}" style:parent-style-name="{}">'
        '<style:text-properties text:display="{}"/></style:style>'
    )
    styles = (
        hiding.format("T1", "text", "Standard", "none")
        + hiding.format("P1", "paragraph", "Standard", "none")
        + hiding.format("P2", "paragraph", "P1", "true")
        + '<style:style style:name="P3" style:family="paragraph" style:parent-style-name="P1"></style:style>'
    )
    body = (
        '<text:p text:style-name="T1">Take<text:span text:style-name="T1"> up to</text:span> two.</text:p>'
        '<text:p text:style-name="P1">Hidden.</text:p><text:h text:style-name="P3">As the one above.</text:h>'
        '<text:section text:display="none"><text:p>A hidden section.</text:p></text:section>'
        '<text:p>Left out.<text:hidden-paragraph text:is-hidden="true"/></text:p>'
        '<text:p text:style-name="P2">Ok<text:hidden-text text:is-hidden="true">!</text:hidden-text></text:p>'
    )
    assert read(tmp_path, body, styles) == ["Take two.", "Ok"]
