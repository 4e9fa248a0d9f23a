"""Abbreviations that a document explains, and sentences that are read with what they stand for."""

from __future__ import annotations

import pytest

from index.abbreviations import abbreviations
from index.clean import blocks
from index.readable import in_full
from index.split import split
from index.types import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Small domestic appliances (SDA) are kettles.", {"SDA": "Small domestic appliances"}),
        ("We take all kinds of large domestic appliances (LDA).", {"LDA": "large domestic appliances"}),
        ("PEMF stands for pulsed electromagnetic field.", {"PEMF": "pulsed electromagnetic field"}),
        (
            "The RSPB (Royal Society for the Protection of Birds) rings them.",
            {"RSPB": "Royal Society for the Protection of Birds"},
        ),
        ("NNT: number needed to treat, by age.", {"NNT": "number needed to treat"}),
        (
            "TENS is a transcutaneous electrical nerve stimulation by a belt.",
            {"TENS": "transcutaneous electrical nerve stimulation"},
        ),
        ("It costs ten euros (EUR).", {}),
        ("They meet in the hall (YMCA).", {}),
        ("She said (No) to it.", {}),
        ("The trial (Huang 2015) was small.", {}),
        ("", {}),
    ],
)
def test_the_long_form_is_found_where_it_is_explained(text: str, expected: dict[str, str]) -> None:
    assert {short: text[slice(*span)] for short, span in abbreviations(text).items()} == expected


def test_a_sentence_is_read_with_what_its_abbreviations_stand_for() -> None:
    text = (
        "# Waste\n\nSmall domestic appliances (SDA) are kettles and the like.\n\n## Where to\n\n"
        "SDA go into container 6. Wood goes into container 4.\n\n## Days\n\n"
        "| Kind | Day |\n|---|---|\n| SDA | Monday |\n"
    )
    document = Document("a.md", "Waste", text)
    sentences = [each for passage in split(document, blocks(document)) for each in passage.sentences]
    assert [in_full(sentence) for sentence in sentences] == [
        "Small domestic appliances (SDA) are kettles and the like.",
        "Small domestic appliances SDA go into container 6.",
        "Wood goes into container 4.",
        "Small domestic appliances Kind: SDA; Day: Monday",
    ]
    [part] = sentences[1].companions
    assert (part.role, text[part.start : part.end]) == ("long form", "Small domestic appliances")


def test_what_was_set_aside_explains_nothing() -> None:
    text = (
        "---\nnote: Small domestic appliances (SDA)\n---\nSDA go into container 6.\n\n"
        "<p style='display:none'>Large domestic appliances (LDA)</p>\n\nLDA go onto the ramp.\n"
    )
    document = Document("a.md", "Waste", text, body=text.index("SDA go"))
    sentences = [each for passage in split(document, blocks(document)) for each in passage.sentences]
    assert [in_full(sentence) for sentence in sentences] == [
        "SDA go into container 6.",
        "LDA go onto the ramp.",
    ]
    assert split(Document("b.md", "Empty", text[: document.body], body=document.body), []) == []
