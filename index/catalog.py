"""Documents and passages in SQLite, and the texts that the encoder and BM25 see of them."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from index.readable import in_full, readable
from index.stored import document_from, further, sentences_as_text, sentences_from
from index.types import Document, Passage

FILE = "catalog.sqlite"

# What stands behind a dot or an @ is of an address: "com" is no word of anybody's documents.
_WORD = re.compile(r"(?<![^\W\d_])(?<![.@])[^\W\d_]+(?:['’\-][^\W\d_]+)*")

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL,
    text TEXT NOT NULL, body INTEGER NOT NULL, pages TEXT NOT NULL, metadata TEXT NOT NULL,
    further TEXT NOT NULL,                -- labels, unread, recognised: see index.types.Document
    digest BLOB NOT NULL                  -- of all of these: whether a document is the same needs no text
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, section TEXT NOT NULL,
    page INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,              -- see index.stored
    text TEXT NOT NULL                    -- cut out of a long document it would cost all that stands before
);
CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX passages_by_document ON passages (document);
"""

_PASSAGE = """
SELECT p.id, d.path, d.title, d.kind, p.section, p.page, p.start, p."end", p.sentences, p.text
FROM passages p JOIN documents d ON d.number = p.document
"""


_DOCUMENT = "SELECT path, title, text, kind, body, pages, metadata, further FROM documents"


def in_context(passage: Passage, text: str) -> str:
    """A text as the encoder sees it: "title. section. text", so that its vector knows its document."""
    return ". ".join(part for part in (passage.title, passage.section, text) if part)


def quotable(passage: Passage) -> str:
    """The passage as people read it, without the noise between its sentences; rows with their headers."""
    return " ".join(
        in_full(sentence) if sentence.role == "row" else readable(sentence.text)
        for sentence in passage.sentences
    )


def document_digest(document: Document) -> bytes:
    """Stands for everything that a catalogue keeps of a document."""
    digest = hashlib.blake2b(digest_size=16)
    for value in document_row(document):
        digest.update(f"{value}\0".encode())
    return digest.digest()


def write_catalog(folder: Path, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
    """Write a new catalogue; passages are numbered from 0 in the order given."""
    connection = sqlite3.connect(folder / FILE)
    with connection:
        connection.executescript(_SCHEMA)
        numbers = {}
        words: Counter[str] = Counter()
        for number, document in enumerate(documents):
            numbers[document.path] = number
            words.update(words_of_body(document))
            connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, *document_row(document), document_digest(document)),
            )
        for id, passage in enumerate(passages):
            connection.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    id,
                    numbers[passage.document],
                    passage.section,
                    passage.page,
                    passage.start,
                    passage.end,
                    sentences_as_text(passage),
                    passage.text,
                ),
            )
        connection.executemany("INSERT INTO words VALUES (?, ?)", words.items())
    connection.close()


def words_of_body(document: Document) -> Iterator[str]:
    """The words that a document's vocabulary counts, in lower case."""
    return (word.lower() for word in _WORD.findall(document.text, document.body))


def document_row(document: Document) -> tuple[str | int, ...]:
    """What is kept of a document: path, title, kind, text, body, pages, metadata, further."""
    return (
        document.path,
        document.title,
        document.kind,
        document.text,
        document.body,
        json.dumps(document.pages),
        json.dumps(dict(document.metadata), ensure_ascii=False),
        further(document),
    )


def read_only(file: Path) -> sqlite3.Connection:
    """A database that is never written again, for several threads, one at a time."""
    location = quote(str(file.resolve()))
    return sqlite3.connect(f"file:{location}?mode=ro&immutable=1", uri=True, check_same_thread=False)


class Catalog:
    """Reads a catalogue that is never written again; may be used from several threads.

    Args:
        file: What `write_catalog` wrote.
        base: Number of its first passage in the whole index.
        verify: Called before anything is read; raises IndexDamaged where the file is not what was written.
    """

    def __init__(self, file: Path, base: int = 0, verify: Callable[[], object] = lambda: None) -> None:
        self._base = base
        self.verify = verify
        self._connection = read_only(file)
        self._lock = threading.Lock()

    def paths(self) -> list[str]:
        """Paths of all documents, in the order in which they were indexed."""
        return [path for (path,) in self._rows("SELECT path FROM documents ORDER BY number")]

    def by_path(self, column: str) -> dict[str, Any]:
        """The title, the kind or the digest of every document, by its path, in order."""
        return dict(self._rows(f"SELECT path, {column} FROM documents ORDER BY number"))

    def holds(self, path: str) -> bool:
        """Whether a document of this path is here."""
        return bool(self._rows("SELECT 1 FROM documents WHERE path = ?", (path,)))

    def document(self, path: str) -> Document | None:
        """A document by its path; None where it is not here."""
        rows = self._rows(f"{_DOCUMENT} WHERE path = ?", (path,))
        return document_from(rows[0]) if rows else None

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for."""
        marks = ",".join("?" * len(ids))
        own = [id - self._base for id in ids]
        found = {row[0]: self._passage(row) for row in self._rows(f"{_PASSAGE} WHERE p.id IN ({marks})", own)}
        return [found[id] for id in own]

    def passages_of(self, path: str) -> list[Passage]:
        """All passages of a document, in reading order."""
        rows = self._rows(f"{_PASSAGE} WHERE d.path = ? ORDER BY p.id", (path,))
        return [self._passage(row) for row in rows]

    def vocabulary(self) -> dict[str, int]:
        """Words of all documents' bodies in lower case, with how often each occurs."""
        return dict(self._rows("SELECT word, count FROM words"))

    def close(self) -> None:
        self._connection.close()

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        self.verify()
        with self._lock:
            return self._connection.execute(query, tuple(values)).fetchall()

    def _passage(self, row: tuple) -> Passage:  # type: ignore[type-arg]
        id, path, title, kind, section, page, start, end, sentences, text = row
        own = sentences_from(sentences, start, text)
        return Passage(id + self._base, path, title, kind, section, page, start, end, text, own)
