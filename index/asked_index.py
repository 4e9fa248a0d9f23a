"""The questions asked in advance as an index keeps them: texts and places in SQLite, vectors in FAISS."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

from index.catalog import read_only
from index.encoder import Vectors
from index.types import Asked, AskedHit
from index.vectors import VectorIndex

FILE, VECTORS = "asked.sqlite", "asked.faiss"

_SCHEMA = """
CREATE TABLE asked (
    id INTEGER PRIMARY KEY, question TEXT NOT NULL, answered INTEGER NOT NULL,
    places TEXT NOT NULL               -- [[[passage, position], …], …], best first
);
"""

_ASKED = "SELECT id, question, answered, places FROM asked"


class AskedIndex:
    """Questions by number; that of row i has vector i. Threads may share it."""

    def __init__(self, file: Path, vectors: Path) -> None:
        self._connection = read_only(file)
        self._one_at_a_time = threading.Lock()
        self._vectors = VectorIndex.load(vectors)

    @staticmethod
    def build(asked: Sequence[Asked], vectors: Vectors, folder: Path) -> None:
        """Write the questions with their unit vectors, (len(asked), dimension)."""
        connection = sqlite3.connect(folder / FILE)
        with connection:
            connection.executescript(_SCHEMA)
            connection.executemany(
                "INSERT INTO asked VALUES (?, ?, ?, ?)",
                (
                    (number, each.question, each.answered, json.dumps(each.places))
                    for number, each in enumerate(asked)
                ),
            )
        connection.close()
        VectorIndex.build(vectors).save(folder, VECTORS)

    def __len__(self) -> int:
        return len(self._vectors)

    def nearest(self, vector: Vectors, k: int) -> list[AskedHit]:
        """The k questions of highest cosine with one unit vector (dimension,), nearest first."""
        if not len(self):
            return []
        ids = self._vectors.nearest(vector, k)
        # All ids in one value: SQLite allows only so many.
        rows = self._rows(f"{_ASKED} WHERE id IN (SELECT value FROM json_each(?))", json.dumps(ids.tolist()))
        found = {row[0]: _asked(row) for row in rows}
        similarities = self._vectors.similarities(vector, ids)
        return [
            AskedHit(found[id], float(cosine)) for id, cosine in zip(ids.tolist(), similarities, strict=True)
        ]

    def all(self) -> list[Asked]:
        """Every question, in the order in which they were written."""
        return [_asked(row) for row in self._rows(f"{_ASKED} ORDER BY id")]

    def answered(self) -> list[Asked]:
        """Those that the documents answer, in the same order."""
        return [asked for asked in self.all() if asked.answered]

    def embedded(self) -> dict[str, Vectors]:
        """Every question with its vector (dimension,)."""
        questions = (asked.question for asked in self.all())
        return dict(zip(questions, self._vectors.vectors(), strict=True))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._one_at_a_time:
            return self._connection.execute(query, values).fetchall()


def _asked(row: tuple) -> Asked:  # type: ignore[type-arg]
    _, question, answered, places = row
    of_places = tuple(tuple((passage, at) for passage, at in each) for each in json.loads(places))
    return Asked(question, of_places, bool(answered))
