"""Mail whose versions say different things, and whose fields are broken."""

from __future__ import annotations

from pathlib import Path

from index.load import load_document
from tests.making import write
from tests.outlook import outlook_mail

EMPTY_PLAIN = "Your program cannot show this letter."
TOLD = "The choir meets in the old mill on Friday at seven, and a lift home is found for everybody who asks."


def versions(plain: str, page: str) -> str:
    return (
        'Subject: Choir\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n<p>{page}</p>\n--b--\n"
    )


def test_the_page_of_a_mail_is_read_where_its_plain_version_only_excuses_itself(tmp_path: Path) -> None:
    """20 words are more than three times 6; the plain one is read where the page has but a line more."""
    assert load_document(write(tmp_path, "a.eml", versions(EMPTY_PLAIN, TOLD))).text == TOLD
    outlook = write(tmp_path, "a.msg", outlook_mail("Choir", EMPTY_PLAIN, f"<p>{TOLD}</p>"))
    assert load_document(outlook).text == TOLD
    plain = write(tmp_path, "b.eml", versions(TOLD, f"{TOLD}<br>Sent from a telephone."))
    assert load_document(plain).text == TOLD


def test_a_broken_field_of_a_mail_costs_that_field_alone(tmp_path: Path) -> None:
    mail = b"Subject: Choir\nFrom: .@\nDate: Fri, 3 May 2024 19:00:00 +0200\n\nWe sing at seven."
    document = load_document(write(tmp_path, "a.eml", mail))
    assert (document.title, document.text) == ("Choir", "We sing at seven.")
    assert document.metadata == {"date": "2024-05-03"}


def test_fields_of_a_mail_in_bytes_of_an_old_program_are_read_in_their_letters(tmp_path: Path) -> None:
    fields = "Subject: Prüfung der\n Stühle\nFrom: Jürgen Weiß <j@mill.example>\n\n".encode("latin-1")
    document = load_document(write(tmp_path, "a.eml", fields + b"The chairs are checked in May."))
    assert (document.title, document.text) == (
        "Prüfung der Stühle",
        "## Jürgen Weiß\n\nThe chairs are checked in May.",
    )
