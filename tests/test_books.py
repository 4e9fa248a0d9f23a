"""Books: what a chapter without words does to the others."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from index.load import load_document
from tests import making


@pytest.mark.parametrize("chapter", ["", "<!-- left out -->", "<p><img src='map.png'/></p>"])
def test_a_chapter_without_words_is_named_and_the_others_are_read(tmp_path: Path, chapter: str) -> None:
    file = io.BytesIO(making.book())
    with zipfile.ZipFile(file) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()} | {"OPS/a.xhtml": chapter.encode()}
    with zipfile.ZipFile(file, "w") as parts:
        for name, data in contents.items():
            parts.writestr(name, data)
    (tmp_path / "a.epub").write_bytes(file.getvalue())
    document = load_document(str(tmp_path / "a.epub"))
    assert document.text == "# Visits\n\nA visit takes an hour."
    assert document.pages == (0, 0)
    assert str(document.unread[0]) == "chapter 1 has no text (a picture, or empty)"
