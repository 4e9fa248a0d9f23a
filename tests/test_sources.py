"""The source view: quotes marked exactly, whatever they run across, and nothing else in force."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from index.types import Document
from qa.types import Citation
from ui import sources

TEXT = """---
title: T
---

# The title

First sentence here. Second sentence follows
on the next line. Third one.

## Risks

- Burns are rare.
- Eyes need goggles (doi 10.1016/S0140-6736(09)61522-1).
"""
DOCUMENT = Document(
    "notes.md", "T & <b>", TEXT, "evidence note", TEXT.index("\n# "), (), {"reviewed": "2026"}
)


def cite(number: int, quote: str, text: str = TEXT, shift: int = 0) -> Citation:
    start = text.index(quote) + shift
    return Citation(number, "notes.md", "T", "Risks", None, "evidence note", start, start + len(quote), quote)


def marked(html: str, number: int) -> str:
    """The text inside the marks of one quote, joined up."""
    marks = re.findall(r'<mark[^>]*data-quote="([\d ]+)"[^>]*>(.*?)</mark>', html, re.DOTALL)
    return "".join(
        unescape(re.sub(r"<[^>]+>", "", words)) for numbers, words in marks if str(number) in numbers.split()
    )


def test_each_quote_is_marked_with_its_number_and_the_opened_one_as_current() -> None:
    citations = [cite(1, "Second sentence follows\non the next line."), cite(2, "Burns are rare.")]
    html = sources.html(DOCUMENT, citations, 2, None)
    assert marked(html, 1) == citations[0].quote
    assert marked(html, 2) == citations[1].quote
    assert re.findall(r'class="hue-(\d)( current)?" data-quote="(\d)"', html) == [
        ("1", "", "1"),
        ("2", " current", "2"),
    ]


def test_quotes_that_overlap_are_both_whole() -> None:
    citations = [cite(1, "First sentence here. Second"), cite(2, "here. Second sentence")]
    html = sources.html(DOCUMENT, citations, 1, None)
    assert marked(html, 1) == "First sentence here. Second"
    assert marked(html, 2) == "here. Second sentence"
    assert re.findall(r'data-quote="([\d ]+)"(?: data-begins="([\d ]+)")?', html) == [
        ("1", "1"),
        ("1 2", "2"),
        ("2", ""),
    ]


def test_headings_items_and_paragraphs_keep_their_shape_and_front_matter_is_left_out() -> None:
    html = sources.html(DOCUMENT, [], 0, None).partition('<div class="document" lang="en">')[2]
    assert re.findall(r"<(h\d|p)(?: class=\"item\")? dir=\"auto\">([^<]{1,12})", html) == [
        ("h3", "The title"),
        ("p", "First senten"),
        ("h3", "Risks"),
        ("p", "- Burns are "),
        ("p", "- Eyes need "),
    ]
    assert "title: T" not in html


def test_references_of_an_evidence_note_are_links_and_those_of_an_article_are_not() -> None:
    link = 'href="https://doi.org/10.1016/S0140-6736(09)61522-1"'
    assert link in sources.html(DOCUMENT, [], 0, None)
    article = Document("notes.md", "T", TEXT, "promotional article")
    assert "<a " not in sources.html(article, [], 0, None)


def test_a_quote_that_moved_is_found_again_nearest_to_its_old_place() -> None:
    text = "Ice helps. " * 3 + "Heat helps. " + "Ice helps. "
    document = Document("notes.md", "T", text)
    # "Ice helps." stands at 0, 11, 22 and 45; from 30, 22 is nearer (8) than 45 (15).
    moved = Citation(1, "notes.md", "T", "", None, "document", 30, 40, "Ice helps.")
    assert sources.locate(document, [moved]) == ([(22, 32, 1)], [])


def test_a_quote_that_is_gone_is_said_to_be_gone() -> None:
    gone = Citation(1, "notes.md", "T", "", None, "document", 0, 5, "Never written.")
    assert sources.locate(DOCUMENT, [gone]) == ([], [1])
    html = sources.html(DOCUMENT, [gone], 1, None)
    assert "the words of quote 1 are no longer in it" in html
    assert "<mark" not in html


TABLE = """# Doses

| Place | Dose | Note |
|---|:--:|---|
| Neck | 4 J | a \\| b |
| Low back | 8 J | [1] <b> |

Words after it.
"""


def test_a_table_is_a_table_and_the_marks_in_it_hold_the_quote() -> None:
    document = Document("doses.md", "Doses", TABLE)
    row = " Low back | 8 J | [1] <b> "
    start = TABLE.index(row)
    cited = Citation(3, "doses.md", "Doses", "", None, "document", start, start + len(row), row, "row")
    html = sources.html(document, [cited], 3, None)
    assert marked(html, 3) == row
    body = html.partition("<table>")[2].partition("</table>")[0]
    seen = re.sub(r'<span class="bar">.*?</span>|</?mark[^>]*>', "", body)
    cells = re.findall(r"<t([hd])[^>]*>(.*?)</t[hd]>", re.sub(r"<tr hidden>.*?</tr>", "", seen))
    assert [(tag, unescape(words).strip()) for tag, words in cells] == [
        ("h", "Place"), ("h", "Dose"), ("h", "Note"),
        ("d", "Neck"), ("d", "4 J"), ("d", "a | b"),
        ("d", "Low back"), ("d", "8 J"), ("d", "[1] <b>"),
    ]  # fmt: skip
    assert body.count('class="cited"') == 1 and "Low back" in body.partition('class="cited"')[2]
    # Nothing of the table is lost on the way: bars, rule and escapes stay, unseen.
    told = unescape(re.sub(r"<[^>]+>", "", body))
    assert re.sub(r"\s", "", told) == re.sub(r"\s", "", TABLE[TABLE.index("|") : TABLE.index("\n\nWords")])


def test_a_row_that_speaks_of_a_current_is_not_the_opened_one() -> None:
    text = "| Device | Works by |\n|---|---|\n| TENS | an electric current |\n| Laser | light |\n"
    html = sources.html(
        Document("notes.md", "T", text), [cite(1, "TENS", text), cite(2, "Laser", text)], 2, None
    )
    assert re.findall(r'<tr class="cited">.*?(TENS|Laser)', html) == ["Laser"]


def test_a_table_of_a_plain_file_without_bars_at_its_ends() -> None:
    text = "Place | Dose\n--- | ---\nNeck | 4 J\n"
    html = sources.html(Document("doses.md", "Doses", text), [], 0, None)
    assert html.count("<tr") == 3 and '<th scope="col" dir="auto">Place' in html
    assert "<table" not in sources.html(Document("a.md", "A", "Yes | no, said he.\n"), [], 0, None)


def test_what_was_quoted_from_a_removed_document_is_kept() -> None:
    gone = cite(2, "Burns are rare.")
    html = sources.gone([gone, Citation(3, "other.md", "O", "", None, "document", 0, 2, "No")], 2)
    assert "This document has been removed" in html and "Burns are rare. [2]" in html
    assert "No [3]" not in html


def test_pages_are_shown_where_they_begin() -> None:
    text = "One.\n\nTwo.\n\nThree."
    html = sources.html(Document("a.pdf", "T", text, pages=(0, 6, 12)), [], 0, None)
    assert re.findall(r">(Page \d|One\.|Two\.|Three\.)<", html) == [
        "Page 1", "One.", "Page 2", "Two.", "Page 3", "Three.",
    ]  # fmt: skip


def test_of_the_pages_before_what_is_shown_none_is_announced() -> None:
    page = "Filling words. " * 66 + "Last one.\n\n"
    text = page * 300 + "The needle lies here.\n\n" + page * 100
    pages = tuple(range(0, len(text), len(page)))
    document = Document("notes.md", "T", text, pages=pages)
    html = sources.html(document, [cite(1, "The needle lies here.", text)], 1, None)
    # A page has 1,001 characters, and what is shown begins 60,000 before the needle at 300,300.
    told = [int(number) for number in re.findall(r">Page (\d+)<", html)]
    assert told == list(range(240_300 // 1001 + 1, told[-1] + 1))
    assert len(told) == sources.SHOWN_CHARACTERS // 1001 + 1


def test_of_a_book_only_the_stretch_around_the_quote_is_shown() -> None:
    text = "Filling words. " * 40_000 + "The needle lies here. " + "More words. " * 40_000
    document = Document("notes.md", "T", text)
    html = sources.html(document, [cite(1, "The needle lies here.", text)], 1, None)
    assert marked(html, 1) == "The needle lies here."
    assert len(html) < sources.SHOWN_CHARACTERS + 3000
    assert "characters are shown" not in html and "are shown" in html


def test_no_line_is_looked_for_from_each_of_its_blanks() -> None:
    """Of 119,000 blanks each would be tried with all that follow it, which took a minute."""
    assert [line.span() for line in sources._LINE.finditer("  one two  \n \t\n three ")] == [
        (2, 9),
        (11, 14),
        (16, 21),
    ]
    html = sources.html(Document("a.txt", "T", f"One.{' ' * 119_000}\nTwo."), [], 0, None)
    assert f'<p dir="auto">One.{" " * 119_000}\nTwo.</p>' in html


def test_nothing_of_a_document_is_in_force() -> None:
    hostile = '<script>alert(1)</script> <img src=x onerror="y"> &amp; https://x.example/"onclick="z'
    document = Document(hostile, hostile, hostile, f"evidence {hostile}", 0, (), {"reviewed": hostile})
    html = sources.html(document, [], 0, f"original?document={hostile}")
    assert "<script" not in html and "<img" not in html
    assert all(tag.count('"') % 2 == 0 for tag in re.findall(r"<[^>]*>", html))
    assert hostile in unescape(re.sub(r"<[^>]*>", "", html))


@given(
    text=st.text(st.sampled_from("ab. #-\n<&1)|"), min_size=1, max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 59), st.integers(1, 30)), max_size=4),
)
def test_marks_hold_the_quote_but_for_line_breaks_between_blocks(
    text: str, spans: list[tuple[int, int]]
) -> None:
    cited = [(start % len(text), min(start % len(text) + length, len(text))) for start, length in spans]
    citations = [
        Citation(number, "notes.txt", "T", "", None, "document", start, end, text[start:end])
        for number, (start, end) in enumerate(cited, start=1)
    ]
    html = sources.html(Document("notes.txt", "T", text), citations, 1, None)
    for citation in citations:
        # White space between blocks, and the marks of a heading, are not shown.
        inside = re.sub(r"[\s#]", "", marked(html, citation.number))
        assert inside == re.sub(r"[\s#]", "", citation.quote)
