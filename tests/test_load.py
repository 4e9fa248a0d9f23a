"""Paths to documents: what is read, and what is refused and why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index import load
from index.errors import DocumentError
from index.load import KINDS, FilesOfOtherKinds, load_paths
from tests.making import reason, write


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t ", "is empty"),
        ("a.md", b"\xef\xbb\xbf \n", "holds no text; nothing can be quoted from it"),
        ("a.txt", b"ab\x00cd", "is binary, not text; save it as plain text in UTF-8"),
        ("a.txt", bytes(range(1, 32)) * 9, "is binary, not text; save it as plain text in UTF-8"),
        ("a.txt", b"%PDF-1.4 ...", "is not text but a PDF; give it the right file extension"),
        ("a.md", b"PK\x03\x04...", "is not text but a zip archive, perhaps a Word document"),
        ("a.txt", b"\xff\xfea", "is damaged UTF-16 text (truncated data)"),
        ("a.jsonl", b"{}", "holds no record with a text or fields"),
        ("a.png", b"text", "is of no known kind; lightqa reads .txt, .md, .markdown, .html,"),
        ("a", b"text", "is of no known kind; lightqa reads .txt, .md, .markdown, .html,"),
        ("a.doc", b"text", "is of a kind that is not read; save it as .docx"),
        ("a.pdf", b"not a pdf", "is damaged or no PDF at all"),
        ("a.docx", b"not a zip", "is damaged or no .docx file at all"),
        ("a.docx", b"\xd0\xcf\x11\xe0....", "is encrypted or an old .doc file"),
        ("a.html", b"\x00\x01\x02", "is binary, not text"),
        ("a.xlsx", b"PK\x03\x04", "is damaged or no .xlsx file at all"),
        ("a.pptx", b"\xd0\xcf\x11\xe0....", "is encrypted or an old .ppt file; save it as .pptx"),
        ("a.epub", b"not a zip", "is damaged or no .epub file at all"),
        ("a.odt", b"not a zip", "is damaged or no .odt file at all"),
        ("a.rtf", b"text", "is damaged or no .rtf file at all"),
        ("a.eml", b"", "is empty"),
        ("a.eml", b"no header\n", "is damaged or no mail at all"),
        ("a.msg", b"text", "is damaged or no readable .msg file"),
        ("a.mhtml", b"text", "is damaged or no saved web page at all"),
        ("a.csv", b"\x00\x01", "is binary, not text"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    assert reason(write(tmp_path, name, data)).startswith(expected)


def test_missing_files_folders_and_devices_are_refused(tmp_path: Path) -> None:
    assert reason(str(tmp_path / "none.txt")) == "does not exist; check the spelling of the path"
    assert reason(str(tmp_path)) == "is a folder, not a file"
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(str(tmp_path / "pipe.txt")) == "is not a regular file"


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "LARGEST_FILE", 2_000_000)
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(3_000_000)
    assert reason(str(path)) == "is too large (3 MB; the limit is 2 MB)"


def test_folders_are_walked_in_order_and_what_is_left_out_is_said(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b.txt", ".hidden.txt", ".git/c.txt", "data.bin", "a/pic.PNG"):
        write(tmp_path, name, "Text.")
    write(tmp_path, "empty.txt", "")
    folder = str(tmp_path)
    documents, errors = load_paths([folder])
    assert [document.path for document in documents] == [
        os.path.join(folder, name) for name in ("a/b.txt", "a/z.md", "b.txt")
    ]
    assert [(type(error), str(error)) for error in errors] == [
        (FilesOfOtherKinds, f"{folder}: left out files that are no documents (a/pic.PNG, data.bin)."),
        (DocumentError, f"{folder}/empty.txt: is empty."),
    ]


def test_of_many_other_files_the_kinds_are_counted(tmp_path: Path) -> None:
    for name in ("a.txt", *(f"{number}.jpg" for number in range(5)), "LICENSE"):
        write(tmp_path, name, "Text.")
    _, errors = load_paths([str(tmp_path)])
    assert str(errors[0].reason) == "left out files that are no documents (5 .jpg, 1 no extension)"


def test_paths_are_kept_as_given_and_files_are_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "docs/a.txt", "Text.")
    write(tmp_path, "docs/b.txt", "Text.")
    (tmp_path / "docs" / "link.txt").symlink_to(tmp_path / "docs" / "a.txt")
    (tmp_path / "docs" / "loop").symlink_to(tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    documents, errors = load_paths(["./docs/b.txt", "docs/", "docs", "gone.txt"])
    assert [document.path for document in documents] == ["./docs/b.txt", "docs/a.txt"]
    assert [str(error) for error in errors] == ["gone.txt: does not exist; check the spelling of the path."]


def test_a_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    documents, errors = load_paths([str(tmp_path)])
    assert documents == []
    assert [str(error.reason) for error in errors] == [
        f"is a folder without documents; lightqa reads {', '.join(KINDS)}"
    ]
