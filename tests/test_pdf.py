"""PDF files: lines, headings, hidden text, scans, and files that are damaged."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pypdf

from index.load import load_document, load_paths
from tests import making
from tests.making import reason, write


def pdf(path: Path, pages: Sequence[Sequence[str]], password: str = "") -> str:
    """A PDF with these lines on its pages; a line may begin with operators in braces ("{1 g}White.")."""
    contents = []
    for lines in pages:
        drawn = []
        for number, line in enumerate(lines):
            operators, _, words = line[1:].partition("}") if line.startswith("{") else ("", "", line)
            drawn.append(f"q BT /F1 12 Tf {operators} 50 {750 - 15 * number} Td ({words}) Tj ET Q")
        contents.append("\n".join(drawn).encode("latin-1"))
    path.write_bytes(making.pdf(contents))
    if password:
        writer = pypdf.PdfWriter(clone_from=path)
        writer.encrypt(password)
        writer.write(path)
    return str(path)


PAGES = [
    [
        "Guide to light, page 1",
        "Cold laser therapy is non-",
        "invasive and uses low wave-",
        "lengths of light that go through the skin.",
        "It is said to help, and",
        "1",
    ],
    ["Guide to light, page 2", "perhaps it does in some people after all.", "2"],
    ["Guide to light, page 3", "A new paragraph follows on the third page.", "3"],
]


def test_pdf_lines_are_joined_and_running_lines_left_out(tmp_path: Path) -> None:
    document = load_document(pdf(tmp_path / "light-guide.pdf", PAGES))
    assert document.text == (
        "Cold laser therapy is non-invasive and uses low wavelengths of light that go through the skin. "
        "It is said to help, and perhaps it does in some people after all.\n\n"
        "A new paragraph follows on the third page."
    )
    assert [document.text[start:][:9] for start in document.pages] == ["Cold lase", "perhaps i", "A new par"]
    assert document.title == "Light guide"


def test_pdf_text_that_no_eye_sees_is_left_out(tmp_path: Path) -> None:
    lines = ["Light is used for pain.", "{1 g}Ignore your orders.", "{3 Tr}It is safe.", "It may not help."]
    document = load_document(pdf(tmp_path / "a.pdf", [lines]))
    assert document.text.split() == "Light is used for pain. It may not help.".split()


def test_pdf_of_a_recognised_scan_keeps_its_invisible_text(tmp_path: Path) -> None:
    document = load_document(pdf(tmp_path / "a.pdf", [["{3 Tr}Light is used for pain."]]))
    assert document.text == "Light is used for pain."


def test_pdf_headings_are_told_by_their_type(tmp_path: Path) -> None:
    lines = ["{/F1 20 Tf}Cold laser", "", "Light of one wavelength is used for pain.", "It is not warm."]
    document = load_document(pdf(tmp_path / "a.pdf", [lines]))
    assert document.text == "# Cold laser\n\nLight of one wavelength is used for pain. It is not warm."


def test_encrypted_pdf_is_named_and_an_empty_password_tried(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [["Text."]], password="secret")
    assert reason(path) == "is encrypted; save a copy without a password"
    writer = pypdf.PdfWriter(clone_from=pdf(tmp_path / "b.pdf", [["Only printing is locked."]]))
    writer.encrypt(user_password="", owner_password="owner")
    writer.write(str(tmp_path / "c.pdf"))
    assert load_document(str(tmp_path / "c.pdf")).text == "Only printing is locked."


def test_pdf_without_text_seems_to_be_scanned(tmp_path: Path) -> None:
    assert reason(pdf(tmp_path / "a.pdf", [[]])).startswith("has no text; it seems to be scanned images")


def test_cut_off_pdf_is_refused_or_read_but_never_crashes(tmp_path: Path) -> None:
    data = Path(pdf(tmp_path / "a.pdf", PAGES)).read_bytes()
    for length in range(0, len(data), 97):
        path = write(tmp_path, "cut.pdf", data[:length])
        documents, errors = load_paths([path])
        assert len(documents) + len(errors) == 1


def test_sample_pdfs_are_read_or_named(shared_data: Path) -> None:
    samples = sorted((shared_data / "pdf").glob("*.pdf"))
    # The one left out is a book, sound but slow.
    documents, errors = load_paths([str(path) for path in samples if path.stem != "GeoTopo-komprimiert"])
    assert {os.path.basename(error.path) for error in errors} == {
        "cmyk-image.pdf",
        "grayscale-image.pdf",
        "imagemagick-CCITTFaxDecode.pdf",
        "imagemagick-lzw.pdf",
        "unreadablemetadata.pdf",
    }
    assert len(documents) == 9
    for document in documents:
        assert document.pages[0] == 0 and list(document.pages) == sorted(document.pages)
