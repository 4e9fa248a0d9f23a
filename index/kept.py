"""Questions whose answer a person kept: "this answered my question", on this machine only.

They stand in a file beside the index, a JSON row each, with the quote that answered and the vector of the
question, so that a running chat answers from them at once and nothing is embedded again when it opens.
What is taken back is gone from the file.
"""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from index.asked import Lookup, Places
from index.encoder import Encoder, Vectors
from index.errors import AskedError
from index.sidecar import Quote
from index.types import Asked, AskedHit

SUFFIX = ".kept.jsonl"

MOST_KEPT = 5000
"""Questions; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that was kept.

    Attributes:
        id: Of this row, for taking it back.
        question: As it was asked.
        quote: What answered it.
        date: ISO date on which it was kept.
    """

    id: str
    question: str
    quote: Quote
    date: str


class KeptQuestions:
    """The kept questions of an index. Threads may share it; what other processes change is seen.

    Args:
        folder: Of the index; the file lies beside it.
        encoder: Of the index.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.file = Path(f"{folder}{SUFFIX}")
        self._encoder = encoder
        self._one_at_a_time = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._kept: list[Kept] = []
        self._errors: list[AskedError] = []
        self._placed: dict[str, Asked | None] = {}
        self._vectors: Vectors = np.zeros((0, encoder.dimension), np.float32)

    def all(self) -> list[Kept]:
        """Every kept question, oldest first."""
        return list(self._read()[0])

    def errors(self) -> list[AskedError]:
        """Rows of the file that cannot be used, and why; nothing is answered from them."""
        self._read()
        return list(self._errors)

    def add(self, question: str, quote: Quote) -> Kept:
        """Keep a question with the quote that answered it; one that was kept before gets the new quote.

        Raises:
            AskedError: The file holds a row that cannot be used.
        """
        now = datetime.now(UTC)
        kept = Kept(f"{now:%Y%m%d%H%M%S%f}", " ".join(question.split()), quote, f"{now:%Y-%m-%d}")
        vector = self._encoder.encode_question(kept.question).astype(np.float16)
        row = {
            "id": kept.id,
            "question": kept.question,
            "document": quote.document,
            "quote": quote.words,
            "kept": kept.date,
            "encoder": self._encoder.fingerprint,
            "vector": base64.b64encode(vector.tobytes()).decode(),
        }
        with self._changing() as rows:
            rows[:] = [other for other in rows if other["question"].casefold() != kept.question.casefold()]
            rows.append(row)
            del rows[:-MOST_KEPT]
        return kept

    def remove(self, id: str) -> None:
        """Take a question back.

        Raises:
            AskedError: None of this id is kept, or the file holds a row that cannot be used.
        """
        with self._changing() as rows:
            rest = [row for row in rows if row["id"] != id]
            if len(rest) == len(rows):
                raise AskedError(str(self.file), "holds no such question; perhaps it was taken back")
            rows[:] = rest

    def nearest(self, vector: Vectors, k: int, lookup: Lookup) -> list[AskedHit]:
        """The k kept questions of highest cosine whose quotes still stand, nearest first.

        Args:
            vector: Unit vector of a question, (dimension,).
            k: How many at most.
            lookup: Gives the documents of the index; the same in every call.
        """
        kept, vectors = self._read()
        similarities = vectors @ vector
        found: list[AskedHit] = []
        for at in np.argsort(-similarities, kind="stable"):
            if len(found) == k:
                break
            own = kept[int(at)]
            if own.id not in self._placed:
                self._placed[own.id] = _placed(own, lookup)
            if (asked := self._placed[own.id]) is not None:
                found.append(AskedHit(asked, float(similarities[at])))
        return found

    def _read(self) -> tuple[Sequence[Kept], Vectors]:
        with self._one_at_a_time:
            try:
                status = os.stat(self.file)
                stamp = (status.st_mtime_ns, status.st_size)
            except FileNotFoundError:
                stamp = (0, 0)
            if stamp != self._stamp:
                rows, self._errors = self._rows()
                self._kept = [
                    Kept(row["id"], row["question"], Quote(row["document"], row["quote"]), row["kept"])
                    for row in rows
                ]
                self._vectors = self._vectors_of(rows)
                self._stamp = stamp
            return self._kept, self._vectors

    def _rows(self) -> tuple[list[dict[str, Any]], list[AskedError]]:
        """The rows of the file, and an error for each that something else wrote; those are left out."""
        try:
            # A JSON string may hold characters that end a line elsewhere.
            lines = self.file.read_bytes().split(b"\n")
        except FileNotFoundError:
            return [], []
        rows: list[dict[str, Any]] = []
        errors: list[AskedError] = []
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                rows.append(_row(line))
            except ValueError as error:
                errors.append(AskedError(f"{self.file}:{number}", f"{error}; remove the line"))
        return rows, errors

    def _vectors_of(self, rows: Sequence[dict[str, Any]]) -> Vectors:
        vectors = np.zeros((len(rows), self._encoder.dimension), np.float32)
        others = []
        for at, row in enumerate(rows):
            own = _vector(row["vector"]) if row.get("encoder") == self._encoder.fingerprint else None
            if own is not None and own.shape == vectors[at].shape and np.isfinite(own).all():
                vectors[at] = own
            else:  # another encoder made it, or it was damaged
                others.append(at)
        if others:
            vectors[others] = self._encoder.encode_questions([rows[at]["question"] for at in others])
        return vectors

    @contextmanager
    def _changing(self) -> Iterator[list[dict[str, Any]]]:
        """The rows, to be changed in place and then written, while nobody else writes.

        Raises:
            AskedError: A row cannot be used, and would be lost; the message names it.
        """
        with FileLock(f"{self.file}.lock"):
            rows, errors = self._rows()
            if errors:
                raise errors[0]
            yield rows
            draft = Path(f"{self.file}.new")
            draft.write_text(
                "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8"
            )
            os.replace(draft, self.file)


def _row(line: bytes) -> dict[str, Any]:
    """A row of the file. Raises ValueError, with half a sentence, where it is none."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ValueError("is no row of JSON") from error
    if not isinstance(row, dict):
        raise ValueError("is no row of JSON")
    for name in ("document", "id", "kept", "question", "quote", "vector"):
        if not isinstance(row.get(name), str):
            raise ValueError(f"lacks {name!r}")
    return row


def _vector(text: str) -> Vectors | None:
    """The vector that a row holds; None where it holds none."""
    try:
        return np.frombuffer(base64.b64decode(text, validate=True), np.float16).astype(np.float32)
    except ValueError:
        return None


def _placed(kept: Kept, lookup: Lookup) -> Asked | None:
    """A kept question with the sentences that its quote is made of; None where that stands no more."""
    try:
        return Asked(kept.question, (Places.looked_up([kept.quote.document], lookup).of(kept.quote),), True)
    except ValueError:
        return None
