"""What a page of a PDF is read as: a scan, a table of contents, one with a title or with a running head."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.load import load_document
from index.split import split_document
from index.types import Document
from tests.making import pdf, pdf_page, write

PICTURE = "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q"
TYPED = pdf_page((72, 700, "The barn is let by the day."), (72, 686, "Straw is not in the price."))
NOTED = pdf_page(
    (72, 640, "Goats are kept in the yard."), (72, 620, "They like willow."), (72, 600, "Ask us.")
)
SCAN = ((72, 700, "The key hangs behind the door."), (72, 686, "It is brought back by noon."))


def read(folder: Path, pages: list[bytes]) -> Document:
    return load_document(write(folder, "a.pdf", pdf(pages)))


def test_a_recognised_scan_among_typed_pages_is_read(tmp_path: Path) -> None:
    scan = pdf_page(*SCAN, before=f"{PICTURE} 3 Tr")
    document = read(tmp_path, [TYPED, NOTED, scan])
    assert document.text[document.pages[2] :] == "The key hangs behind the door. It is brought back by noon."
    assert "Straw" in document.text and "willow" in document.text
    assert not document.unread


def test_a_page_of_hidden_text_without_a_picture_is_named(tmp_path: Path) -> None:
    small = PICTURE.replace("612 0 0 792", "90 0 0 90")
    for before in ("3 Tr", f"{small} 3 Tr"):
        document = read(tmp_path, [TYPED, NOTED, pdf_page(*SCAN, before=before)])
        assert "key" not in document.text
        [unread] = map(str, document.unread)
        assert unread.startswith("page 3 has no text")


def test_pages_behind_one_of_contents_keep_their_numbers(tmp_path: Path) -> None:
    entries = [("Letting the barn", 3), ("Feeding the hens", 4), ("Mending the roof", 9)]
    contents = [(72.0, 700 - 16.0 * n, name) for n, (name, _) in enumerate(entries)]
    contents += [(480.0, 700 - 16.0 * n, str(page)) for n, (_, page) in enumerate(entries)]
    hens = pdf_page((72, 700, "The hens are fed at seven."))
    document = read(tmp_path, [pdf_page((72, 700, "All about the farm.")), pdf_page(*contents), TYPED, hens])
    pages = {s.text: s.page for p in split_document(document).passages for s in p.sentences}
    assert pages["The barn is let by the day."] == 3
    assert pages["The hens are fed at seven."] == 4


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        # A part of a word that stands further on.
        (("Ask for morning-", "and evening milk."), "Ask for morning- and evening milk."),
        (("Es gibt Winter-", "und Sommerheu."), "Es gibt Winter- und Sommerheu."),
        (("Take long-", "or short-handled forks."), "Take long- or short-handled forks."),
        # Words that end as others begin.
        (("She is a don-", "or of blood."), "She is a donor of blood."),
        (("Open the pack-", "et of seeds."), "Open the packet of seeds."),
        # As the document writes it elsewhere.
        (("A barn-door hangs. Each barn-", "door is oiled."), "A barn-door hangs. Each barn-door is oiled."),
        (("A scarecrow. The scare-", "crow is old."), "A scarecrow. The scarecrow is old."),
        (("One colour. The col-", "our fades."), "One colour. The colour fades."),
        (("A white col-", "or. A color."), "A white color. A color."),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(tmp_path: Path, lines: tuple[str, str], text: str) -> None:
    page = pdf_page(*((72, 700 - 14 * number, line) for number, line in enumerate(lines)))
    assert read(tmp_path, [page]).text == text


SAID = ["Goats are milked early.", "Hens lay in straw.", "Sheep are shorn in May.", "Cows come in late."]


def headed(heads: list[str], size: float = 11) -> list[bytes]:
    """Pages with these heads, in type of a size, above a sentence in 11 points."""
    return [
        pdf_page((72, 740, head), size=size) + b"\n" + pdf_page((72, 700, said))
        for head, said in zip(heads, SAID, strict=True)
    ]


@pytest.mark.parametrize(
    ("heads", "size", "are_titles"),
    [
        ([f"Morning {n}" for n in (1, 2, 3, 4)], 16, True),
        ([f"Stall {n}" for n in (12, 7, 31, 20)], 11, True),
        ([f"The farm, page {n}" for n in (1, 2, 3, 4)], 16, False),
        ([f"The farm {n}" for n in (1, 2, 3, 4)], 11, False),
        # One sheet to two pages; a chapter over several pages.
        ([f"The farm {n}" for n in (2, 4, 6, 8)], 11, False),
        ([f"Chapter {n}" for n in (1, 1, 2, 2)], 16, False),
        (["The farm"] * 4, 16, False),
    ],
)
def test_titles_of_pages_are_no_running_heads(
    tmp_path: Path, heads: list[str], size: float, are_titles: bool
) -> None:
    text = read(tmp_path, headed(heads, size)).text
    assert [head in text for head in heads] == [are_titles] * 4
    assert all(said in text for said in SAID)
