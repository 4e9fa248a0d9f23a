"""Documents and passages in SQLite, and the texts that the encoder and BM25 see of them."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from index.errors import LightqaError
from index.readable import in_full, readable
from index.stored import document_from, further, sentences_as_text, sentences_from
from index.types import Document, Passage

FILE = "catalog.sqlite"

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL,
    text TEXT NOT NULL, body INTEGER NOT NULL, pages TEXT NOT NULL, metadata TEXT NOT NULL,
    further TEXT NOT NULL                 -- labels, unread, recognised: see index.types.Document
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, section TEXT NOT NULL,
    page INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL               -- see index.stored
);
CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX passages_by_document ON passages (document);
"""

_PASSAGE = """
SELECT p.id, d.path, d.title, d.kind, p.section, p.page, p.start, p."end", p.sentences,
       substr(d.text, p.start + 1, p."end" - p.start)
FROM passages p JOIN documents d ON d.number = p.document
"""


def in_context(passage: Passage, text: str) -> str:
    """A text as the encoder sees it: "title. section. text", so that its vector knows its document."""
    return ". ".join(part for part in (passage.title, passage.section, text) if part)


def quotable(passage: Passage) -> str:
    """The passage as people read it, without the noise between its sentences; rows with their headers."""
    return " ".join(
        in_full(sentence) if sentence.role == "row" else readable(sentence.text)
        for sentence in passage.sentences
    )


def write_catalog(folder: Path, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
    """Write a new catalogue; passages are numbered from 0 in the order given."""
    connection = sqlite3.connect(folder / FILE)
    with connection:
        connection.executescript(_SCHEMA)
        numbers = {}
        words: Counter[str] = Counter()
        for number, document in enumerate(documents):
            numbers[document.path] = number
            words.update(word.lower() for word in _WORD.findall(document.text, document.body))
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    document.path,
                    document.title,
                    document.kind,
                    document.text,
                    document.body,
                    json.dumps(document.pages),
                    json.dumps(dict(document.metadata), ensure_ascii=False),
                    further(document),
                ),
            )
        for passage in passages:
            connection.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    passage.id,
                    numbers[passage.document],
                    passage.section,
                    passage.page,
                    passage.start,
                    passage.end,
                    sentences_as_text(passage),
                ),
            )
        connection.executemany("INSERT INTO words VALUES (?, ?)", words.items())
    connection.close()


class Catalog:
    """Reads a catalogue that is never written again; may be used from several threads."""

    def __init__(self, file: Path) -> None:
        location = quote(str(file.resolve()))
        self._connection = sqlite3.connect(
            f"file:{location}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()

    def paths(self) -> list[str]:
        """Paths of all documents, in the order in which they were indexed."""
        return [path for (path,) in self._rows("SELECT path FROM documents ORDER BY number")]

    def kinds(self) -> dict[str, str]:
        """Kind of source of every document, by its path."""
        return dict(self._rows("SELECT path, kind FROM documents ORDER BY number"))

    def document(self, path: str) -> Document:
        """A document by its path.

        Raises:
            LightqaError: No document of that path is indexed.
        """
        rows = self._rows(
            "SELECT path, title, text, kind, body, pages, metadata, further FROM documents WHERE path = ?",
            (path,),
        )
        if not rows:
            raise LightqaError(f"{path} is not in the index. What is, lists: lightqa index --report")
        return document_from(rows[0])

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for."""
        marks = ",".join("?" * len(ids))
        found = {row[0]: _passage(row) for row in self._rows(f"{_PASSAGE} WHERE p.id IN ({marks})", ids)}
        return [found[id] for id in ids]

    def passages_of(self, path: str) -> list[Passage]:
        """All passages of a document, in reading order."""
        return [_passage(row) for row in self._rows(f"{_PASSAGE} WHERE d.path = ? ORDER BY p.id", (path,))]

    def all_passages(self) -> list[Passage]:
        """Every passage, by number."""
        return [_passage(row) for row in self._rows(f"{_PASSAGE} ORDER BY p.id")]

    def vocabulary(self) -> dict[str, int]:
        """Words of all documents' bodies in lower case, with how often each occurs."""
        return dict(self._rows("SELECT word, count FROM words"))

    def close(self) -> None:
        self._connection.close()

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._connection.execute(query, tuple(values)).fetchall()


def _passage(row: tuple) -> Passage:  # type: ignore[type-arg]
    id, path, title, kind, section, page, start, end, sentences, text = row
    return Passage(
        id, path, title, kind, section, page, start, end, text, sentences_from(sentences, start, text)
    )
