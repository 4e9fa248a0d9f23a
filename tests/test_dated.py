"""Of which day a document is, it says itself; when its file was saved says nothing."""

from __future__ import annotations

import pytest

from index.dated import Day, dated
from index.types import Document


@pytest.mark.parametrize(
    ("path", "title", "text", "day"),
    [
        ("Site Rules 2021.txt", "Rules", "The rent is due.", Day(2021)),
        ("minutes_2026-03-04.odt", "Minutes", "The rent is due.", Day(2026, 3, 4)),
        ("rules.docx", "Rules of 14 March 2021", "The rent is due.", Day(2021, 3, 14)),
        ("rules.docx", "Hausordnung vom 3. Mai 2024", "Ruhe ab zehn.", Day(2024, 5, 3)),
        ("prices.pdf", "Prices", "Prices valid from 2 March 2026\n\nA loaf costs £3.", Day(2026, 3, 2)),
        ("prices.pdf", "Prices", "Founded in 1950. Last updated: 01.02.2025", Day(2025, 2, 1)),
        ("prices.pdf", "Prices", "Baked here since 1950, in May 1999 by three people.", None),
        ("minutes_2026-03-04 of 2025.odt", "Minutes", "The rent is due.", Day(2026, 3, 4)),
        ("prices.pdf", "Prices", "Valid from 2 March 2026, made by 2025-11-30.", Day(2026, 3, 2)),
        ("bill 14.31.2025.pdf", "Bill", "It is due.", Day(2025)),
        ("list 20215.txt", "Parts", "Part 19991 is out.", None),
    ],
)
def test_the_day_that_a_document_tells(path: str, title: str, text: str, day: Day | None) -> None:
    assert dated(Document(path, title, text)) == day


def test_the_date_of_a_mail_counts_and_that_of_a_file_does_not() -> None:
    assert dated(Document("a.eml", "Rent", "It rises.", metadata={"date": "2026-06-23"})) == Day(2026, 6, 23)
    assert dated(Document("a.docx", "Rent", "It rises.", metadata={"created": "2013-12-23"})) is None
