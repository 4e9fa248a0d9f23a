"""What is told of the files of an index."""

from __future__ import annotations

from index.account import FileAccount


def test_pages_that_were_read_from_their_picture_are_named_by_their_numbers() -> None:
    account = FileAccount("deed.pdf", 9, 2, 0, (2, 5, 6, 7, 9), ())
    assert account.read == "9 pages, 2 passages, by text recognition: p. 2, 5–7, 9"
