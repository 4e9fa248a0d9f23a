"""Questions asked in advance: written beside a document, with the words of it to say.

A question meets a question far better than it meets a statement. `cold-laser.asked.jsonl` beside
`cold-laser.md` holds a JSON row for each question:

    {"question": "how long does it take", "quotes": ["A session usually takes 10 to 20 minutes."]}
    {"question": "does it work", "quotes": [{"document": "trials.md", "quote": "No trial found …"}]}
    {"question": "what does it cost", "quotes": [], "nearest": "The article gives no price."}

Quotes are exact words of the document, the one to say first at the front; without any, the documents do not
answer the question, and `nearest` is what comes nearest to it. Other keys are left alone. A heading that ends
in a question mark asks by itself what the text below it answers.
"""

from __future__ import annotations

import json
import os
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from index.errors import AskedError
from index.types import Asked, Document, Passage

SUFFIX = ".asked.jsonl"

HEADING_SAYS = 3
"""Sentences below a heading that asks which are taken for what answers it."""

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
            lines = file.read().splitlines()
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


Lookup = Callable[[str], tuple[Document, Sequence[Passage]] | None]
"""A document by its path, with its passages; None where it is not indexed."""


class Places:
    """Where quotes stand: finds the sentences of passages that hold the words of a quote.

    Args:
        documents: All that may be quoted.
        passages: Of these documents, in reading order.
    """

    def __init__(self, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
        self._documents = {os.path.normpath(document.path): document for document in documents}
        self._sentences: dict[str, list[tuple[int, int, int, int]]] = {}
        self._lookup: Lookup = lambda path: None
        self._paths: dict[str, str] = {}
        for path, own in groupby(passages, key=lambda passage: passage.document):
            self._sentences[path] = _ends_and_places(own)

    @classmethod
    def looked_up(cls, paths: Iterable[str], lookup: Lookup) -> Places:
        """As `Places` of the documents of these paths, each read when a quote first names it."""
        places = cls([], [])
        places._lookup = lookup
        places._paths = {os.path.normpath(path): path for path in paths}
        return places

    def _document(self, path: str) -> Document | None:
        path = os.path.normpath(path)
        if path not in self._documents and path in self._paths and (found := self._lookup(self._paths[path])):
            self._documents[path] = found[0]
            self._sentences[found[0].path] = _ends_and_places(found[1])
        return self._documents.get(path)

    def of(self, quote: Quote) -> tuple[tuple[int, int], ...]:
        """The sentences that a quote is made of, each by its passage and its position there.

        Raises:
            ValueError: No such document is indexed, or the words do not stand in what can be quoted of it.
        """
        document = self._document(quote.document)
        if document is None:
            raise ValueError(f"{quote.document} is not among the indexed documents")
        span = _find(quote.words, document)
        sentences = self._sentences.get(document.path, [])
        found = []
        if span is not None:
            for _, start, passage, position in sentences[bisect_left(sentences, (span[0] + 1,)) :]:
                if start >= span[1]:
                    break
                found.append((passage, position))
        if not found:
            words = quote.words if len(quote.words) <= 80 else quote.words[:79] + "…"
            raise ValueError(f"“{words}” does not stand in what can be quoted of {document.path}")
        return tuple(found)


def _ends_and_places(passages: Iterable[Passage]) -> list[tuple[int, int, int, int]]:
    """End and start of every sentence of a document, with its passage and its position there."""
    return [
        (sentence.end, sentence.start, passage.id, position)
        for passage in passages
        for position, sentence in enumerate(passage.sentences)
    ]


def _find(words: str, document: Document) -> tuple[int, int] | None:
    at = document.text.find(words, document.body)
    if at >= 0:
        return at, at + len(words)
    match = re.compile(r"\s+".join(map(re.escape, words.split()))).search(document.text, document.body)
    return match.span() if match else None


def place(entries: Iterable[Entry], places: Places) -> tuple[list[Asked], list[AskedError]]:
    """The questions whose every quote stands where it is said to, and an error for each of the others."""
    placed: list[Asked] = []
    errors: list[AskedError] = []
    for entry in entries:
        try:
            sentences = tuple(places.of(quote) for quote in entry.quotes)
            nearest = places.of(entry.nearest) if entry.nearest else ()
        except ValueError as error:
            errors.append(AskedError(entry.place, f"{error}; the question is left out"))
            continue
        placed.append(Asked(entry.question, sentences or ((nearest,) if nearest else ()), bool(sentences)))
    return placed, errors


def asked_by_headings(passages: Sequence[Passage]) -> Iterator[Asked]:
    """The headings that are questions, each answered by the first sentences below it."""
    for (_, section), own in groupby(passages, key=lambda passage: (passage.document, passage.section)):
        if section.rstrip().endswith("?"):
            below = [(passage.id, at) for passage in own for at in range(len(passage.sentences))]
            yield Asked(section.strip(), tuple((place,) for place in below[:HEADING_SAYS]), True)


def asked_by_sidecars(paths: Iterable[str], places: Places) -> tuple[list[Asked], list[AskedError]]:
    """The questions of the sidecars of some documents, and the errors; each sidecar is read once."""
    found: list[Asked] = []
    errors: list[AskedError] = []
    # "a.md" and "a.pdf" share one. Folders are listed: to try a file for each of many documents takes long.
    beside: dict[str, str] = {}
    for path in paths:
        beside.setdefault(sidecar_of(path), path)
    there = {folder: _names(folder) for folder in {os.path.dirname(sidecar) for sidecar in beside}}
    for sidecar, document in beside.items():
        if os.path.basename(sidecar) not in there[os.path.dirname(sidecar)]:
            continue
        entries, faults = read_sidecar(document)
        placed, misplaced = place(entries, places)
        found += placed
        errors += [*faults, *misplaced]
    return found, errors


def _names(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder or "."))
    except OSError:
        return frozenset()
