"""Sidecars of questions asked in advance: written beside a document, with the words of it to say.

A question meets a question far better than it meets a statement. `cold-laser.asked.jsonl` beside
`cold-laser.md` holds a JSON row for each question:

    {"question": "how long does it take", "quotes": ["A session usually takes 10 to 20 minutes."]}
    {"question": "does it work", "quotes": [{"document": "trials.md", "quote": "No trial found …"}]}
    {"question": "what does it cost", "quotes": [], "nearest": "The article gives no price."}

Quotes are exact words of the document, the one to say first at the front; without any, the documents do not
answer the question, and `nearest` is what comes nearest to it. Other keys are left alone.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from index.errors import AskedError

SUFFIX = ".asked.jsonl"

LONGEST_QUESTION = 1000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, by its path; white space counts as one space, whatever it is."""

    document: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a sidecar, not yet held against the documents.

    Attributes:
        place: "file:line", for people.
        question: As written.
        quotes: What to say, best first; empty where the documents do not answer.
        nearest: What comes nearest then, if the row says so.
    """

    place: str
    question: str
    quotes: tuple[Quote, ...]
    nearest: Quote | None = None


def sidecar_of(document: str) -> str:
    """The path of a document's sidecar, whether or not there is one."""
    return os.path.splitext(document)[0] + SUFFIX


def read_sidecar(document: str) -> tuple[list[Entry], list[AskedError]]:
    """The rows of a document's sidecar, none where it has none, and an error for each that is not usable."""
    path = sidecar_of(document)
    try:
        with open(path, encoding="utf-8-sig") as file:
            lines = file.read().split("\n")  # A JSON string may hold what ends a line elsewhere.
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        return [], [AskedError(path, f"cannot be read as UTF-8 ({error})")]
    entries: list[Entry] = []
    errors: list[AskedError] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                entries.append(_entry(f"{path}:{number}", line, document))
            except AskedError as error:
                errors.append(error)
    return entries, errors


def _entry(place: str, line: str, document: str) -> Entry:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise AskedError(place, f"is not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str) or not row["question"].strip():
        raise AskedError(place, 'has no "question"; a row is {"question": "…", "quotes": ["…"]}')
    if len(row["question"]) > LONGEST_QUESTION:
        raise AskedError(place, f"asks a question of more than {LONGEST_QUESTION} characters")
    quotes = row.get("quotes")
    if not isinstance(quotes, list):
        raise AskedError(place, 'has no list of "quotes"; an empty one says that the documents do not answer')
    nearest = row.get("nearest")
    return Entry(
        place,
        row["question"].strip(),
        tuple(_quote(place, quote, document) for quote in quotes),
        None if nearest is None else _quote(place, nearest, document),
    )


def _quote(place: str, value: Any, document: str) -> Quote:
    if isinstance(value, dict) and isinstance(value.get("document"), str):
        document = os.path.normpath(os.path.join(os.path.dirname(document), value["document"]))
        value = value.get("quote")
    if not isinstance(value, str) or not value.strip():
        raise AskedError(place, 'has a quote that is neither words nor {"document": "…", "quote": "…"}')
    return Quote(document, value.strip())


def sidecar_row(entry: Entry, document: str) -> dict[str, Any]:
    """An entry as a row of a document's sidecar: what `read_sidecar` reads back."""

    def written(quote: Quote) -> str | dict[str, str]:
        if quote.document == document:
            return quote.words
        return {
            "document": os.path.relpath(quote.document, os.path.dirname(document) or "."),
            "quote": quote.words,
        }

    row: dict[str, Any] = {"question": entry.question, "quotes": [written(quote) for quote in entry.quotes]}
    if entry.nearest is not None:
        row["nearest"] = written(entry.nearest)
    return row
