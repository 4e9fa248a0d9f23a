"""Small files of every kind that is read, made by the libraries that people's programs use, or by hand."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import odfdo
import openpyxl
import pptx
import pytest

from index.asked import Places, asked_by_headings, asked_by_sidecars
from index.errors import AskedError, DocumentError
from index.load import load_document
from index.types import Asked, Document, Passage
from tests.outlook import outlook_mail


def _saved(save: object) -> bytes:
    file = io.BytesIO()
    save(file)  # type: ignore[operator]
    return file.getvalue()


ROWS = [["Herb", "Dose", "Cost"], ["Nettle", "3 g", "1,20 €"], ["Sage", "1 g", "2,40 €"]]


def pdf_page(*texts: tuple[float, float, str], size: float = 11, before: str = "", more: str = "") -> bytes:
    """The content of a page: each text with the place of its first letter."""
    drawn = [f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET" for x, y, words in texts]
    return "\n".join([before, *drawn, more]).encode("cp1252")


HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def pdf(pages: Sequence[bytes], page_labels: str = "", each: str = "", font: str = HELVETICA) -> bytes:
    """A PDF of these contents of pages, written by hand so that nothing is laid out for us."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{page_labels}>>".encode(),
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        font.encode(),
    ]
    for number, content in enumerate(pages):
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]{each}/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {4 + 2 * number} 0 R>>".encode()
        )
    data, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Nettle tea", 1)
    document.add_paragraph("Do not drink it if you:")
    for words in ("have gout", "are pregnant"):
        document.add_paragraph(words, style="List Bullet")
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    return _saved(document.save)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Herbs"
    for row in ROWS:
        sheet.append(row)
    hidden = book.create_sheet("Notes")
    hidden.append(["Secret"])
    hidden.sheet_state = "hidden"
    return _saved(book.save)


def slides() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Nettle tea"
    slide.placeholders[1].text = "Do not drink it if you:\nhave gout\nare pregnant"
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Doses"
    table = second.shapes.add_table(3, 3, 0, 2_000_000, 5_000_000, 800_000).table
    for number, row in enumerate(ROWS):
        for column, words in enumerate(row):
            table.cell(number, column).text = words
    return _saved(deck.save)


def open_document() -> bytes:
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Header(1, "Nettle tea"))
    paragraph = odfdo.Paragraph("It is drunk three times a day.")
    paragraph.insert_note(after="day", note_id="n1", citation="1", body="For a week at most.")
    body.append(paragraph)
    body.append(odfdo.Paragraph("Do not drink it if you:"))
    body.append(odfdo.List(["have gout", "are pregnant"]))
    table = odfdo.Table("Herbs", width=3, height=3)
    table.set_values(ROWS)
    body.append(table)
    return _saved(document.save)


def rich_text() -> bytes:
    return (
        rb"{\rtf1\ansi\ansicpg1252{\info{\title Nettle f\'fcr all}}"
        rb"\pard It costs \'8012 \'96 it\'92s mild.\par "
        rb"\trowd\cellx1000\cellx2000\intbl Age\cell Dose\cell\row"
        rb"\trowd\cellx1000\cellx2000\intbl Adults\cell 3 cups\cell\row\pard Drink it warm.\par}"
    )


def mail() -> bytes:
    return (
        b"From: a@b.example\nSubject: =?utf-8?q?Your_kn=C3=A9e?=\nDate: Tue, 03 Mar 2026 10:00:00 +0000\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="X"\n\n--X\n'
        b"Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"<p>The brace costs =8020.</p><ul><li>Wash it cold.</li><li>Dry it flat.</li></ul>\n--X\n"
        b"Content-Type: application/pdf\nContent-Disposition: attachment; filename=plan.pdf\n\nx\n--X--\n"
    )


def saved_page() -> bytes:
    return (
        b"From: <Saved by a browser>\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\nContent-Type: text/html\n'
        b'Content-Transfer-Encoding: quoted-printable\n\n<html><head><meta charset=3D"utf-8">'
        b"<title>Mud baths</title></head><body><h1>Mud baths</h1><p>A mud bath takes twenty minutes and costs"
        b" "
        b"thirty euros in the morning =E2=80=93 soap is free.</p></body></html>\n--B--\n"
    )


PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Salt room</title></head><body>
<p>The salt room is open on three days, and these are the hours.</p>
<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td><ul><li>9:00 to 12:00</li>
<li>children only</li></ul></td></tr><tr><td rowspan="2">Friday</td><td>13:00 to 15:00</td></tr>
<tr><td>19:00 to 21:00</td></tr></table>
<table><tr><td><h2>Towels</h2></td><td>Towels are lent for two euros.</td></tr></table>
<p>Do not go in if you:</p><ul><li>cough blood</li><li>have a fever<ul><li>above 38 °C</li></ul></li></ul>
<ol><li>Undress.</li><li>Shower.</li></ol>
<details><summary>How long may I stay?</summary><p>You may stay for an hour.</p></details></body></html>"""


def book(first: str = "<h1>Air</h1><p>The air is dry.</p>") -> bytes:
    file = io.BytesIO()
    head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", "application/epub+zip")
        parts.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        )
        parts.writestr(
            "OPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>Salt rooms</dc:title></metadata><manifest><item id='a' href='a.xhtml'/>"
            "<item id='b' href='b.xhtml'/><item id='c' href='gone.xhtml'/>"
            "<item id='t' href='t.xhtml' properties='nav'/></manifest><spine>"
            "<itemref idref='t'/><itemref idref='a'/><itemref idref='b'/><itemref idref='c'/>"
            "</spine></package>",
        )
        parts.writestr("OPS/a.xhtml", f"{head}{first}</body></html>")
        parts.writestr("OPS/t.xhtml", f"{head}<nav><ol><li>Air</li><li>Visits</li></ol></nav></body></html>")
        parts.writestr("OPS/b.xhtml", f"{head}<h1>Visits</h1><p>A visit takes an hour.</p></body></html>")
    return file.getvalue()


def json_lines() -> bytes:
    row = json.dumps({"title": "Nettle tea", "text": "It is drunk three times a day.", "year": 2024})
    return f"{row}\n{{broken\n".encode()


def table_of_text() -> bytes:
    return "\n".join(";".join(row) for row in ROWS).encode("cp1252")


EVERY_KIND = {
    ".txt": "Nettle tea\n\nIt costs €12 – and it’s mild.\n".encode("cp1252"),
    ".md": b"# Nettle tea\n\nDo not drink it if you:\n\n- have gout\n- are pregnant\n",
    ".markdown": b"# Sage tea\n\n| Age | Dose |\n|---|---|\n| Adults | 3 cups |\n",
    ".html": PAGE.encode(),
    ".pdf": pdf([pdf_page((72, 720, "Nettle tea is drunk three times a day.")), b"0.8 g 72 72 400 600 re f"]),
    ".docx": word(),
    ".xlsx": workbook(),
    ".pptx": slides(),
    ".odt": open_document(),
    ".rtf": rich_text(),
    ".eml": mail(),
    ".mhtml": saved_page(),
    ".epub": book(),
    ".jsonl": json_lines(),
    ".csv": table_of_text(),
    ".msg": outlook_mail("Nettle tea", "It is drunk warm.\r\n\r\nThree cups are enough.", "", ("plan.pdf",)),
}


def asked_of(
    documents: Sequence[Document], passages: Sequence[Passage]
) -> tuple[list[Asked], list[AskedError]]:
    """All questions asked in advance of some documents, of their sidecars and of their headings."""
    found, errors = asked_by_sidecars([document.path for document in documents], Places(documents, passages))
    return list(dict.fromkeys([*found, *asked_by_headings(passages)])), errors


def write(folder: Path, name: str, content: str | bytes) -> str:
    """A file with these contents, newlines as they are; its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return str(path)


def reason(path: str) -> str:
    """Why a file is refused."""
    with pytest.raises(DocumentError) as caught:
        load_document(path)
    assert caught.value.path == path
    assert str(caught.value) == f"{path}: {caught.value.reason}."
    return str(caught.value.reason)
