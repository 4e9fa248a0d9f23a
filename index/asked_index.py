"""The questions asked in advance as an index keeps them: texts and places in SQLite, vectors in FAISS."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

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


class AskedIndex:
    """Questions by number; that of row i has vector i. Threads may share it."""

    def __init__(self, file: Path, vectors: Path) -> None:
        location = quote(str(file.resolve()))
        self._connection = sqlite3.connect(
            f"file:{location}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
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
        similarities = self._vectors.similarities(vector, ids)
        found = self._asked(ids.tolist())
        return [
            AskedHit(asked, float(similarity)) for asked, similarity in zip(found, similarities, strict=True)
        ]

    def answered(self) -> list[Asked]:
        """Every question that the documents answer, in the order in which they were written."""
        rows = self._rows("SELECT id FROM asked WHERE answered ORDER BY id", ())
        return self._asked([id for (id,) in rows])

    def embedded(self) -> dict[str, Vectors]:
        """Every question with its vector (dimension,)."""
        rows = self._rows("SELECT question FROM asked ORDER BY id", ())
        return {question: vector for (question,), vector in zip(rows, self._vectors.vectors(), strict=True)}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _asked(self, ids: Sequence[int]) -> list[Asked]:
        # All ids in one value: SQLite allows only so many.
        wanted = "SELECT value FROM json_each(?)"
        rows = self._rows(
            f"SELECT id, question, answered, places FROM asked WHERE id IN ({wanted})", [json.dumps(ids)]
        )
        found = {
            id: Asked(
                question,
                tuple(tuple((passage, at) for passage, at in each) for each in json.loads(places)),
                bool(answered),
            )
            for id, question, answered, places in rows
        }
        return [found[id] for id in ids]

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple]:  # type: ignore[type-arg]
        with self._one_at_a_time:
            return self._connection.execute(query, tuple(values)).fetchall()
