"""Every kind of file gives its text, its shape and its pages, and names what of it was not read."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from index import mail
from index.clean import blocks
from index.load import KINDS, load_document
from index.mail import read_mail
from index.readable import in_full
from index.split import split
from index.types import Document, Sentence
from tests import making
from tests.outlook import outlook_mail


def load(folder: Path, name: str, data: bytes) -> Document:
    path = folder / name
    path.write_bytes(data)
    return load_document(str(path))


def told(document: Document) -> list[str]:
    """Every sentence as a question is held against it."""
    return [in_full(sentence) for sentence in sentences(document)]


def sentences(document: Document) -> list[Sentence]:
    return [s for passage in split(document, blocks(document)) for s in passage.sentences]


LIST = [
    "Do not drink it if you: have gout; are pregnant",
    "Do not drink it if you: have gout",
    "Do not drink it if you: are pregnant",
]
MILD = "It costs €12 – it’s mild."
TABLE = ["Herb: Nettle; Dose: 3 g; Cost: 1,20 €", "Herb: Sage; Dose: 1 g; Cost: 2,40 €"]


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        (".docx", "Nettle tea", [*LIST, *TABLE]),
        (".xlsx", "Herbs", TABLE),
        (".csv", "Kind", TABLE),
        (".pptx", "Nettle tea", [*LIST, *TABLE]),
        (".odt", "Nettle tea", ["It is drunk three times a day.", *LIST, *TABLE, "For a week at most."]),
        (
            ".rtf",
            "Nettle für all",
            ["It costs €12 – it’s mild.", f"{MILD} Age: Adults; Dose: 3 cups", "Drink it warm."],
        ),
        (".eml", "Your knée", ["The brace costs €20.", "Wash it cold.", "Dry it flat."]),
        (".msg", "Nettle tea", ["It is drunk warm.", "Three cups are enough."]),
        (".epub", "Salt rooms", ["The air is dry.", "A visit takes an hour."]),
        (".jsonl", "Nettle tea", ["It is drunk three times a day.", "year: 2024"]),
        (".markdown", "Sage tea", ["Age: Adults; Dose: 3 cups"]),
        (".txt", "Nettle tea", ["It costs €12 – and it’s mild."]),
    ],
)
def test_a_file_of_each_kind(tmp_path: Path, kind: str, title: str, expected: list[str]) -> None:
    document = load(tmp_path, f"kind{kind}", making.EVERY_KIND[kind])
    assert document.title == title
    assert told(document) == expected


def test_every_kind_is_made_or_said_to_be_another_one() -> None:
    alike = {".htm", ".xhtml", ".mht", ".tsv"}
    assert set(KINDS) - alike == set(making.EVERY_KIND)


@pytest.mark.parametrize(
    ("kind", "unread"),
    [
        (".pdf", ("page 2 has no text (a picture, or empty)",)),
        (".xlsx", ("sheet “Notes” is hidden",)),
        (".eml", ("attachment plan.pdf is not read",)),
        (".msg", ("attachment plan.pdf is not read",)),
        (".epub", ("chapter 3 (OPS/gone.xhtml) is not in the file",)),
        (".jsonl", ("no record with a text in 1 of 2 lines: 2",)),
        (".docx", ()),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, kind: str, unread: tuple[str, ...]) -> None:
    document = load(tmp_path, f"a{kind}", making.EVERY_KIND[kind])
    assert tuple(map(str, document.unread)) == unread


def test_slides_and_chapters_are_pages_with_a_label(tmp_path: Path) -> None:
    shown = sentences(load(tmp_path, "a.pptx", making.slides()))
    assert [(s.page, s.label) for s in shown] == [(1, "slide 1")] * 3 + [(2, "slide 2")] * 2
    read = sentences(load(tmp_path, "a.epub", making.book()))
    assert [(s.page, s.label) for s in read] == [(1, "chapter 1"), (2, "chapter 2")]


def test_a_web_page_keeps_lists_in_cells_and_takes_layout_apart(tmp_path: Path) -> None:
    document = load(tmp_path, "a.html", making.PAGE.encode())
    caption = "The salt room is open on three days, and these are the hours."
    assert told(document) == [
        caption,
        f"{caption} Day: Monday; Hours: 9:00 to 12:00; children only",
        f"{caption} Day: Friday; Hours: 13:00 to 15:00",
        f"{caption} Day: Friday; Hours: 19:00 to 21:00",
        "Towels are lent for two euros.",
        "Do not go in if you: cough blood; have a fever; above 38 °C",
        "Do not go in if you: cough blood",
        "Do not go in if you: have a fever; above 38 °C",
        "Do not go in if you: have a fever above 38 °C",
        "Undress.",
        "Shower.",
        "You may stay for an hour.",
    ]
    sections = {p.section for p in split(document, blocks(document))}
    assert {"Towels", "How long may I stay?"} <= sections


COLUMNS = [
    (60, 700, "The pad was worn by ninety"),
    (330, 700, "Few people had any trouble"),
    (60, 686, "people for a whole month."),
    (330, 686, "with the pad. Three of them"),
    (60, 672, "Their pain fell by a third"),
    (330, 672, "had red skin for two days."),
    (60, 658, "and stayed low in the year."),
]


def test_columns_of_a_pdf_are_read_one_after_the_other(tmp_path: Path) -> None:
    texts = [(60, 740, "Warm pads at home"), *COLUMNS]
    assert told(load(tmp_path, "a.pdf", making.pdf([making.pdf_page(*texts)]))) == [
        "The pad was worn by ninety people for a whole month.",
        "Their pain fell by a third and stayed low in the year.",
        "Few people had any trouble with the pad.",
        "Three of them had red skin for two days.",
    ]


def test_a_table_of_a_pdf_is_one_and_its_figures_are_no_page_numbers(tmp_path: Path) -> None:
    rows = [
        ("Age", "Dose", "A day"),
        ("Under 6", "1 ml", "2"),
        ("6 to 15", "2 ml", "3"),
        ("Adults", "5 ml", "4"),
    ]
    texts = [
        (72 + 130 * column, 700 - 16 * number, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    assert told(load(tmp_path, "a.pdf", making.pdf([making.pdf_page(*texts)]))) == [
        "Age: Under 6; Dose: 1 ml; A day: 2",
        "Age: 6 to 15; Dose: 2 ml; A day: 3",
        "Age: Adults; Dose: 5 ml; A day: 4",
    ]


def test_a_turned_page_of_a_pdf_is_read_upright(tmp_path: Path) -> None:
    lines = ("A mud pack is kept on for", "half an hour, and no longer.")
    drawn = [f"BT /F1 11 Tf 0 1 -1 0 {100 + 14 * n} 72 Tm ({words}) Tj ET" for n, words in enumerate(lines)]
    data = making.pdf(["\n".join(drawn).encode()], each="/Rotate 90")
    assert told(load(tmp_path, "a.pdf", data)) == ["A mud pack is kept on for half an hour, and no longer."]


def test_a_quote_has_the_page_it_stands_on_and_what_is_printed_there(tmp_path: Path) -> None:
    labels = "/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>"
    pages = [making.pdf_page((72, 720, f"This is said on {name}.")) for name in ("one", "two", "three")]
    found = sentences(load(tmp_path, "a.pdf", making.pdf(pages, labels)))
    assert [(s.text, s.page, s.label) for s in found] == [
        ("This is said on one.", 1, "i"),
        ("This is said on two.", 2, "ii"),
        ("This is said on three.", 3, "1"),
    ]


def test_white_text_is_hidden_on_white_and_read_on_a_dark_ground(tmp_path: Path) -> None:
    dark = "0 0 0.5 rg 60 640 400 30 re f"
    page = making.pdf_page(
        (72, 720, "Mud is warm."),
        (72, 700, "It is wet."),
        more=(
            "BT 1 g /F1 11 Tf 1 0 0 1 72 680 Tm (Never quote this.) Tj ET\n"
            "BT 1 g /F1 11 Tf 1 0 0 1 72 650 Tm (It is brown.) Tj ET"
        ),
        before=dark + " 0 g",
    )
    assert told(load(tmp_path, "a.pdf", making.pdf([page]))) == ["Mud is warm.", "It is wet.", "It is brown."]


SAID = {
    "de": "Die Packung kostet 12 Euro, „für müde Füße“ – größer als gedacht. Übelkeit ist selten.",
    "fr": "L’été, la séance coûte douze euros – « très chère », dit le médecin près de Noël.",
    "es": "¿Cuánto cuesta? La sesión son doce euros, mañana también; el niño está mejor.",
    "en": "It costs £12 – the patient’s “café” is free.",
    "pl": "Okład kosztuje pięć złotych – „świetnie”, łóżko jest gorące, ból minął.",
    "cs": "Zábal stojí pět korun – „dobře“, řekl lékař. Bolest se zmenšila během měsíce.",
    "hu": "Az erős gyulladás elmúlt – „jó”, mondta az orvos. Fájdalom nincs, hűvös idő.",
    "sv": "Behandlingen kostar fem kronor – ”bra”, sa läkaren. Smärtan försvann på två år.",
    "ru": "Лампа стоит пять рублей – «хорошо», сказал врач. Боль в спине прошла.",
    "el": "Η λάμπα κοστίζει πέντε ευρώ – «καλά», είπε ο γιατρός.",
    "tr": "Işık beş lira – “iyi”, dedi doktor. Ağrı geçti, çok güzel şey.",
    "lt": "Lempa šviečia – „gerai“, sakė gydytojas, žmonės jaučia šilumą.",
}
ENCODINGS = {
    "de": "cp1252 iso8859-15 mac_roman cp850 utf-16-le",
    "fr": "cp1252 iso8859-15 mac_roman",
    "es": "cp1252 iso8859-1 mac_roman cp850",
    "en": "cp1252 mac_roman",
    "pl": "cp1250 iso8859-2 cp852",
    "cs": "cp1250 iso8859-2 cp852",
    "hu": "cp1250 iso8859-2 cp852",
    "sv": "cp1252 mac_roman cp850",
    "ru": "cp1251 koi8-r cp866 iso8859-5",
    "el": "cp1253 iso8859-7",
    "tr": "cp1254",
    "lt": "cp1257",
}


@pytest.mark.parametrize("language", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_letters_of_europe(tmp_path: Path, language: str, newline: str) -> None:
    for encoding in [*ENCODINGS[language].split(), "utf-8", "utf-8-sig", "utf-16"]:
        # What a code page has no sign for was never in a file of it.
        words = SAID[language].encode(encoding, "ignore").decode(encoding)
        source = newline.join(["---", "title: Notes", "kind: leaflet", "---", words, ""])
        document = load(tmp_path, "a.md", source.encode(encoding))
        assert (document.title, document.kind) == ("Notes", "leaflet"), encoding
        assert document.text[document.body :].strip() == words.removeprefix("\ufeff"), encoding


@pytest.mark.parametrize("written", ["plain", "page"])
def test_mail_of_outlook_is_read_in_its_own_letters(tmp_path: Path, written: str) -> None:
    words = "The cover’s €12 – it’s mild. "
    # More than a stream of small sectors holds, and a page that says itself what its bytes are.
    page = f'<meta charset="utf-8"><p>{words * 90}</p>'
    body, html = (words * 90, "") if written == "plain" else ("", page)
    document = load(tmp_path, "a.msg", outlook_mail("Warm bags", body, html))
    assert " ".join(document.text.split()) == (words * 90).strip()
    assert document.metadata == {"date": "2026-03-03"}


def test_what_is_attached_to_a_mail_is_read_after_it_and_named_where_it_cannot_be(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Len Hoskyn <len@farm.example>", "the field"
    letter.set_content("Keep the gate on the chain\nat night.")
    message = EmailMessage()
    message["From"], message["Subject"] = "Irène <i@club.example>", "Whitsun rally"
    message.set_content("The list is attached, and so is Len's letter.")
    pitches = b"Pitch,Caravan\n14,Eccles\n16,Bluebird\n"
    message.add_attachment(pitches, "text", "csv", filename="Pitches – May.csv")
    message.add_attachment(letter)
    message.add_attachment(b"\x00", "application", "ms-tnef", filename="winmail.dat")
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="broken.pdf")
    document = load(tmp_path, "a.eml", message.as_bytes())
    assert document.text.split("\n\n") == [
        "## Irène",
        "The list is attached, and so is Len's letter.",
        "# Pitches – May.csv",
        "| Pitch | Caravan |\n|---|---|\n| 14 | Eccles |\n| 16 | Bluebird |",
        "# the field",
        "## Len Hoskyn",
        "Keep the gate on the chain\nat night.",
    ]
    assert [dict(said.values)["name"] for said in document.unread] == ["winmail.dat", "broken.pdf"]


def multipart(kind: str, *parts: str) -> str:
    """A part of a mail that is made of parts, which say themselves what they are."""
    edge = f"edge of {kind}"
    inside = "".join(f"--{edge}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{edge}"\n\n{inside}--{edge}--\n'


def mail_text(folder: Path, body: str) -> tuple[list[str], list[str]]:
    """The parts of the text of a mail, and the names of what is not read of it."""
    document = load(folder, "a.eml", f"Subject: Bag\nMIME-Version: 1.0\n{body}".encode())
    return document.text.split("\n\n"), [dict(said.values)["name"] for said in document.unread]


RYE = "| Bag | Price |\n|---|---|\n| Rye | 9 |"
BLANK, SOAP, PICTURE = (
    "Content-Type: text/plain\n\n \n",
    "Content-Type: text/html\n\n<p>The soap is free.</p>",
    "Content-Type: image/png\n\nx",
)


def test_a_blank_version_of_a_mail_hides_no_other(tmp_path: Path) -> None:
    assert mail_text(tmp_path, multipart("alternative", BLANK, SOAP)) == (["The soap is free."], [])
    page = multipart("mixed", BLANK, multipart("related", SOAP, PICTURE))
    assert mail_text(tmp_path, page) == (["The soap is free."], [])
    outlook = load(tmp_path, "a.msg", outlook_mail("Bag", "\r\n \r\n", "<p>The soap is free.</p>"))
    assert outlook.text == "The soap is free."


def test_every_text_of_a_mail_is_read_and_what_has_no_name_by_its_kind(tmp_path: Path) -> None:
    plain = "Content-Type: text/plain\n\nIt is dried flat."
    table = "Content-Type: text/csv\n\nBag,Price\nRye,9"
    assert mail_text(tmp_path, multipart("mixed", SOAP, PICTURE, plain, table, SOAP)) == (
        [*("The soap is free.", "It is dried flat.", "The soap is free.", "# text/csv"), RYE],
        ["image/png"],
    )
    # As Apple's Mail has it: what is attached stands in one of the versions of the text.
    apple = multipart("alternative", plain, multipart("mixed", SOAP, table))
    assert mail_text(tmp_path, apple)[0][:2] == ["It is dried flat.", "# text/csv"]


def test_a_page_without_anything_in_it_refuses_no_mail(tmp_path: Path) -> None:
    nothing = "Content-Type: text/html\n\n<!-- nothing -->"
    table = "Content-Type: text/csv; name=a.csv\n\nBag,Price\nRye,9"
    read = ["# a.csv", RYE]
    assert mail_text(tmp_path, multipart("mixed", nothing, table)) == (read, [])
    inner = f"Content-Type: message/rfc822\n\nSubject: Re\n{nothing}"
    assert mail_text(tmp_path, multipart("mixed", inner, table)) == (read, ["Re"])


def test_a_mail_that_breaks_a_library_takes_the_one_around_it_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(source: str) -> str:
        raise RuntimeError(source)

    monkeypatch.setattr(mail, "page_text", broken)
    inner = f"Content-Type: message/rfc822\n\nSubject: Re\n{SOAP}"
    plain = "Content-Type: text/plain\n\nIt is dried flat."
    assert mail_text(tmp_path, multipart("mixed", plain, inner)) == (["It is dried flat."], ["Re"])


def test_an_attachment_read_from_its_picture_is_named_since_no_citation_could_say_so(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("The plan is attached.")
    message.add_attachment(b"%PDF", "application", "pdf", filename="plan.pdf")
    scan = Document("plan.pdf", "Plan", "Keep 1eft.", recognised=(1,))
    document = read_mail("a.eml", message.as_bytes(), lambda name, data: scan)
    assert document.text == "The plan is attached."
    assert [dict(said.values)["name"] for said in document.unread] == ["plan.pdf"]
