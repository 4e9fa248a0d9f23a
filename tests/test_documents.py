"""The list of what is indexed."""

from __future__ import annotations

import pytest

from index.search import PassageIndex
from ui import documents


def test_each_document_is_read_once_and_all_are_counted(
    shipped_index: PassageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    document = shipped_index.document
    monkeypatch.setattr(shipped_index, "document", lambda path: read.append(path) or document(path))
    html = documents.html(shipped_index, [])
    titles = shipped_index.titles()
    assert read == sorted(titles, key=lambda path: titles[path].casefold())
    counts = shipped_index.manifest["counts"]
    assert html.startswith(
        f'<p class="about">{counts["documents"]} documents, {counts["passages"]:,} passages · indexed on '
    )
    assert html.count('class="title"') == counts["documents"]
