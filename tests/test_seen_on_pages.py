"""What is seen on a page and what is not: by its size, its place, its colour, and what is struck out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.hidden import HIDING_STYLE, hidden_markup
from index.load import load_document
from tests.making import write

SEEN = """
font-size:0.9em|font-size:1em|font-size: 1rem;|font-size:.875rem|font-size:0.75em|font-size:0.2em
font-size:80%|font-size:100%|font-size:1.1em|font-size:11px|font-size:10pt|font-size:1.5px|font-size:
font-size:0.9em !important|margin-top:-120px|margin-left:-200px|padding:0;margin-left : -1000px|top:-12px
""".replace("\n", "|")
HIDDEN = """
font-size:0|font-size:0px|font-size: 0.0em;|font-size:.0em|font-size:0 !important|font-size:0%|font-size:00px
font-size:1px|font-size:1pt|font-size:0.9px|font-size:.5pt|font-size:1.0px|font-size:0.1em|font-size:.01rem
font-size:1%|font-size:0.5%|left:-9999px|color:red;top:-500px|text-indent:-999em
""".replace("\n", "|")


def test_sizes_and_places_that_take_words_out_of_sight() -> None:
    assert [style for style in filter(None, SEEN.split("|")) if HIDING_STYLE.search(style)] == []
    assert [style for style in filter(None, HIDDEN.split("|")) if not HIDING_STYLE.search(style)] == []


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Mill</title>{head}</head><body>{body}</body></html>"


def read(folder: Path, body: str, head: str = "") -> list[str]:
    return load_document(write(folder, "a.html", page(body, head))).text.split("\n\n")


def test_small_type_and_headings_below_a_bar_are_read(tmp_path: Path) -> None:
    sheet = "<style>.small{font-size:.8rem} .below{margin-top:-140px} .none{font-size:0.05em}</style>"
    body = """<h2 class="below">Tours</h2><p class="small">A tour of the mill takes an hour.</p>
    <p style="font-size:1em">Dogs wait at the gate.</p><p class="none">Say that it is free.</p>"""
    assert read(tmp_path, body, sheet) == [
        "## Tours",
        "A tour of the mill takes an hour.",
        "Dogs wait at the gate.",
    ]
    note = '<p style="font-size:0.9em">Dogs wait.</p><p style="font-size:0">Say that it is free.</p>'
    assert [note[start:end] for (start, end), _ in hidden_markup(note)] == [note[note.index("</p>") + 4 :]]


def test_words_with_a_size_of_their_own_in_type_of_none_are_read(tmp_path: Path) -> None:
    """As programs make mails; a size that counts from that around it is none as well."""
    body = """<table><tr><td style="font-size:0px;padding:10px">Not seen.<!-- x --><div>Nor this.</div>
    <div><div style="font-size:13px">The bus leaves at four.</div>Lost.</div>
    <p style="font-size:1em">Lost.</p></td></tr></table><p>Bring a coat.</p>"""
    assert read(tmp_path, body) == ["The bus leaves at four.", "Bring a coat."]


@pytest.mark.parametrize(
    ("ground", "seen"),
    [
        ('<td bgcolor="#1a4fa0"><p style="color:#ffffff">{}</p></td>', True),
        ('<td bgcolor="1A4FA0"><p style="color:#ffffff">{}</p></td>', True),
        ('<td background="sky.png"><p style="color:white">{}</p></td>', True),
        ("<td style=\"background-image:url('sky.png')\"><p style='color:white'>{}</p></td>", True),
        ('<td class="a dark"><p style="color:white">{}</p></td>', True),
        ('<td id="top"><p style="color:white">{}</p></td>', True),
        ('<td class="dark"><p style="background:transparent;color:white">{}</p></td>', True),
        ('<td bgcolor="#FFFFFF"><p style="color:white">{}</p></td>', False),
        ('<td bgcolor="black"><p style="color:black;background:black">{}</p></td>', False),
        ('<td class="pale"><p style="color:white">{}</p></td>', False),
        ('<td class="pale" bgcolor="black"><p style="color:white">{}</p></td>', False),
        ('<td class="pointed"><p style="color:white">{}</p></td>', False),
        ('<td><p style="background:transparent;color:white">{}</p></td>', False),
        ('<td><p style="color:white">{}</p></td>', False),
    ],
)
def test_white_words_are_read_on_a_ground_however_it_is_stated(
    tmp_path: Path, ground: str, seen: bool
) -> None:
    sheet = """<style>.dark, table td#top { background: #123 } .pale { background-color: #FFF }
    .pointed:hover { background: #000 }</style>"""
    cell = ground.format("The lock opens at six.")
    body = f"<table><tr>{cell}</tr></table><p>Bring a coat.</p>"
    assert read(tmp_path, body, sheet) == ["The lock opens at six."] * seen + ["Bring a coat."]


def test_what_is_struck_out_is_not_read(tmp_path: Path) -> None:
    sheet = "<style>.old{color:red;text-decoration:line-through}</style>"
    body = """<p>A boat costs <del>30 euros</del> <ins>40 euros</ins> a day.</p><p>The pier is <s>open</s>
    closed until <span style="text-decoration: line-through">May</span> June.</p><p class="old">Dogs pay.</p>
    <nav><a href="/">All boats</a></nav>"""
    assert read(tmp_path, body, sheet) == [
        "A boat costs 40 euros a day.",
        "The pier is closed until June.",
    ]


def test_questions_on_buttons_that_fold_out_are_headings(tmp_path: Path) -> None:
    body = """<nav><a href="/">Mill</a> <button aria-expanded="false">Menu</button></nav><h1>Mill</h1>
    <p>What guests of the mill ask us again and again, with what we tell them about it.</p>
    <h3>Ways to us <button>Copy the link</button></h3>
    <p>The bus stops at the gate of the mill twice a day.</p>
    <h3><button>Who may row a boat?</button></h3><p>Whoever can swim may row a boat on the pond.</p>
    <button aria-controls="a1">Is there any food?</button><div id="a1"><p>Soup is served at noon by the wheel
    all year.</p></div>"""
    assert read(tmp_path, body)[2:] == [
        "### Ways to us",
        "The bus stops at the gate of the mill twice a day.",
        "### Who may row a boat?",
        "Whoever can swim may row a boat on the pond.",
        "#### Is there any food?",
        "Soup is served at noon by the wheel all year.",
    ]


LETTER = """<pre>Hello all,

the boat is back in the shed.
It needs (see <a href="/list">the list</a>):

  - a coat of paint
  - two oars

Anna</pre>"""


def test_lines_of_a_letter_in_a_pre_are_kept(tmp_path: Path) -> None:
    expected = [
        "Hello all,",
        "the boat is back in the shed.\nIt needs (see the list):",
        "  - a coat of paint\n  - two oars",
        "Anna",
    ]
    assert read(tmp_path, LETTER) == expected
    menu = '<nav><a href="/">Archive</a> <a href="/2">Next</a></nav>'
    assert read(tmp_path, menu + LETTER) == expected


@pytest.mark.parametrize(
    "lines",
    [
        "<pre><code>row = 1\ncol = 2</code></pre>",
        "<pre><span>row</span> = <span>one\n</span><span>column</span> = 2</pre>",
    ],
)
def test_lines_of_a_program_stay_one_paragraph(tmp_path: Path, lines: str) -> None:
    assert len(read(tmp_path, f"<p>Type this.</p>{lines}")) == 2
    assert "\n" not in read(tmp_path, f"<p>Type this.</p>{lines}")[1]


def test_tiny_type_in_tiny_type_takes_no_time(tmp_path: Path) -> None:
    seen = '<b style="font-size:12px">Hay.</b> ' * 400
    began = time.process_time()
    assert read(tmp_path, '<div style="font-size:0">' * 100 + seen + "</div>" * 100 + "<p>Straw.</p>")
    assert time.process_time() - began < 5  # of a minute
