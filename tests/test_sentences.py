"""Sentences are exact spans that cover the text, and end where a reader would end them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["Light helps, e.g. in the neck.", "It was 13.6 mm lower (95% CI 9.7 to 17.4).", "No more."],
        [
            "See Chow et al. Lancet 2009 for more.",
            "Dr. Smith said no.",
            "J. Smith agreed!",
            "Really?",
            "Yes.",
        ],
        ["The U.S. Medicare program does not pay.", "It never did."],
        ["Examined by: D. Pryce, and by R. Holt of York.", "It needs vitamin B.", "Then it is done."],
        ["It was Ann Intern Med 2017;166(7):514-530.", "(Pain 2021, doi 10.7326/M16-2367.)", "Fine."],
        ['He said "stop."', "Then he left.", "A session costs $5.00.", "See No. 5 now."],
        ["Is it safe…", "Nobody knows."],
        ["“Why?” they asked.", "Because."],
        ["你好。", "再见！"],
        ["مرحبا؟", "نعم."],
        ["1. First of all, wait.", "2. Then go."],
        ["One claim.[3]", "Another claim."],
        [
            "Die Hütte öffnet am 1. Mai und schließt am 15. Oktober.",
            "Sie liegt im 2. Stock.",
            "Sie kostet 9.",
        ],
        ["The hut closes at 5.", "The key hangs inside."],
        ["Take one at 10 p.m.", "Then rest until 7 a.m. (on Sundays 8 a.m.) or longer.", "Then rise."],
        ["It is open from 8 a.m. Monday to 6 p.m. Friday, and on 3 p.m. May 5."],
        ["We met at 9 a.m. Eastern Time, 2 p.m. GMT.", "Ann left at 4 p.m.", "I stayed."],
    ],
)
def test_a_reader_would_end_them_there(sentences: list[str]) -> None:
    text = " ".join(sentences)
    expected = [s.replace("[3]", "") for s in sentences]
    found = [text[start:end] for start, end in sentence_spans(text)]
    assert [s.removeprefix("[3] ") for s in found] == expected


def test_a_line_break_inside_a_paragraph_ends_no_sentence() -> None:
    text = "Light is said\nto help nerves. Nobody\r\nknows."
    assert [text[s:e] for s, e in sentence_spans(text)] == [
        "Light is said\nto help nerves.",
        "Nobody\r\nknows.",
    ]


@given(st.text(alphabet=st.sampled_from("aB1. !?\n\t()\"'…。٪é👩‍🦰́"), max_size=200))
def test_spans_are_ordered_stripped_and_cover_all_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end and text[start:end].strip() == text[start:end] for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())


def test_a_part_of_a_text_is_split_as_if_it_stood_alone() -> None:
    text = "Skip me. One. Two. Skip me too."
    assert [text[s:e] for s, e in sentence_spans(text, 9, 18)] == ["One.", "Two."]
