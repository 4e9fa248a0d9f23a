"""Replies as text, Markdown and HTML, word for word, and with nothing of a document in force."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from qa.types import DISCLAIMER, Answer, Citation, Note, QuotedSentence, Refusal
from ui import plain, render, wording

QUOTE = "The article says that a session takes about 10 to 20 minutes."
CITATION = Citation(1, "seeds/a.md", "Cold laser", "Sessions", 3, "promotional article", 40, 101, QUOTE)
ANSWER = Answer(
    question="How long is it?",
    understood_as="How long is a cold laser session?",
    sentences=(QuotedSentence(QUOTE, 1),),
    citations=(CITATION,),
    notes=(Note("unsupported", "The article gives no evidence for this.", (1,)),),
    confidence=0.91,
    seconds=0.034,
)
REFUSAL = Refusal(
    question="Who won?",
    notes=(Note("refusal", "The documents do not answer this."),),
    suggestions=("How long is a session?",),
    confidence=0.07,
)


def test_an_answer_as_text() -> None:
    assert plain.text(ANSWER) == (
        "Understood as: How long is a cold laser session?\n"
        "\n"
        f"“{QUOTE}” [1]\n"
        "\n"
        "A claim without support: The article gives no evidence for this. [1]\n"
        "\n"
        "[1] Cold laser, Sessions, page 3 (promotional article)\n"
        "    seeds/a.md, characters 40 to 101\n"
        "\n"
        f"{DISCLAIMER}\n"
    )


def test_a_refusal_as_text_offers_questions_and_cites_nothing() -> None:
    assert plain.text(REFUSAL) == (
        f"The documents do not answer this.\n\nYou could ask:\n  - How long is a session?\n\n{DISCLAIMER}\n"
    )


def test_an_answer_as_markdown() -> None:
    assert plain.markdown(ANSWER) == (
        "Understood as: How long is a cold laser session?\n"
        "\n"
        f"> {QUOTE} [1]\n"
        "\n"
        "A claim without support: The article gives no evidence for this. [1]\n"
        "\n"
        "- [1] Cold laser, Sessions, page 3 (promotional article)\n"
    )


def test_an_answer_as_html_has_the_quote_its_number_and_its_kind_of_source() -> None:
    shown = render.html(ANSWER, documents=10, passages=1075)
    assert f'<span class="quote">{QUOTE}</span>' in shown
    assert shown.count('data-citation="1"') == 2  # beside the quote, and beside the note about it
    assert (
        'aria-label="Citation 1: open the source, Cold laser, Sessions, page 3 (promotional article)"'
        in shown
    )
    assert '<span class="kind promotional">promotional article</span>' in shown
    assert "10 documents, cut into 1,075 passages, on this machine" in shown
    assert "How long is a cold laser session?" in shown


def test_a_refusal_as_html_has_no_citation_and_its_suggestions_can_be_pressed() -> None:
    shown = render.html(REFUSAL, documents=1, passages=1)
    assert "data-citation" not in shown
    assert 'data-question="How long is a session?"' in shown
    assert "1 document, cut into 1 passage," in shown


def test_a_note_names_its_quotes_by_buttons_where_it_speaks_of_them() -> None:
    second = replace(CITATION, number=2)
    reply = replace(
        ANSWER,
        citations=(CITATION, second),
        notes=(Note("disagreement", "[2] and [9] do not say the same.", (2, 1)),),
    )
    words = render.html(reply, documents=1, passages=1).partition('<p class="note disagreement">')[2]
    assert re.findall(r'data-citation="(\d)"', words.partition("</p>")[0]) == ["2", "1"]
    assert unescape(re.sub(r"<[^>]+>", "", words.partition("</p>")[0])) == (
        "The sources disagree [2] and [9] do not say the same. [1]"
    )
    assert "The sources disagree: [2] and [9] do not say the same. [1]\n" in plain.text(reply)


@pytest.mark.parametrize(
    ("share", "answered", "words"),
    [
        (0.97, True, "Almost certainly right: of 10 questions"),
        (0.97, True, "more than 9 began with a sentence that answers."),
        (0.9, True, "Very likely right: of 10 questions"),
        (0.9, True, "about 9 began"),
        (0.82, True, "Probably right"),
        (0.5, True, "Perhaps right"),
        (0.0, False, "Almost certainly not answered"),
        (0.0, False, "the documents did answer fewer than 1."),
        (0.2, False, "Probably not answered"),
        (0.8, False, "The documents may well answer this in other words"),
        (0.8, False, "the documents did answer about 8."),
    ],
)
def test_how_sure_in_words(share: float, answered: bool, words: str) -> None:
    assert words in wording.sureness(ANSWER if answered else REFUSAL, share)


HOSTILE = "<script>alert(1)</script>\"'&\x1b[31m\u202e[link](javascript:x) `code` *bold*"


def hostile_reply() -> Answer:
    citation = Citation(1, HOSTILE, HOSTILE, HOSTILE, None, HOSTILE, 0, 5, HOSTILE)
    return Answer(
        question=HOSTILE,
        understood_as=HOSTILE,
        sentences=(QuotedSentence(HOSTILE, 1, HOSTILE),),
        citations=(citation,),
        notes=(Note(HOSTILE, HOSTILE, (1,)),),
        suggestions=(HOSTILE,),
    )


def test_html_from_a_document_is_text() -> None:
    shown = render.html(hostile_reply(), documents=1, passages=1)
    tags = set(re.findall(r"<(/?\w+)", shown))
    assert not {"script", "/script"} & tags
    assert HOSTILE in unescape(re.sub(r"<[^>]*>", "", shown))
    # No attribute was left by a quotation mark: each tag closes with all its quotes in pairs.
    assert all(tag.count('"') % 2 == 0 for tag in re.findall(r"<[^>]*>", shown))


def test_a_terminal_is_told_nothing_by_a_document() -> None:
    shown = plain.text(hostile_reply())
    assert "\x1b" not in shown and "\u202e" not in shown
    assert "\ufffd[31m\ufffd[link]" in shown
    assert plain.printable("a  name\n\x1b]0;of\x07 a\u202e file") == "a  name \ufffd]0;of\ufffd a\ufffd file"


def test_a_row_is_told_with_what_its_header_calls_each_cell() -> None:
    header = replace(CITATION, quote="Age: | Dose |", role="header")
    row = replace(CITATION, number=2, quote="Adults | 3 cups | warm", role="row", read_with=(1,))
    sentences = (QuotedSentence("Age: · Dose", 1), QuotedSentence("Adults · 3 cups · warm", 2))
    shown = plain.text(replace(ANSWER, sentences=sentences, citations=(header, row), notes=()))
    assert "“Age: Adults; Dose: 3 cups; warm”\n[1] [2]\n" in shown


def test_a_list_that_a_browser_kept_without_its_items_is_shown_empty() -> None:
    reply = replace(ANSWER, citations=(replace(CITATION, quote=" ", role="list"),))
    assert '<ul class="quoted"></ul>' in render.html(reply, documents=1, passages=1)
    assert plain.markdown(reply) and plain.text(reply)


def test_a_quote_of_a_document_that_is_no_longer_indexed_is_told() -> None:
    lost = "This document is no longer among those that are searched."
    assert lost in render.html(ANSWER, documents=1, passages=1, holds=lambda path: path != "seeds/a.md")
    assert lost not in render.html(ANSWER, documents=1, passages=1)


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("a *b* _c_ `d` [e](f)", r"a \*b\* \_c\_ \`d\` \[e\](f)"),
        ("<b> & more", "&lt;b&gt; &amp; more"),
        ("# no heading", r"\# no heading"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("10 to 20 minutes, 3 - 4 times", "10 to 20 minutes, 3 - 4 times"),
        ("two\n\nlines", "two lines"),
        ("\\", "\\\\"),
    ],
)
def test_markdown_of_a_document_is_text(words: str, escaped: str) -> None:
    assert plain.escape_markdown(words) == escaped
