"""Questions asked in advance, by sidecars and by headings, and where in the documents their answers stand.

A heading that ends in a question mark asks by itself what the text below it answers, and so does a question
of a list of questions and answers.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from index.errors import AskedError
from index.readable import readable
from index.sidecar import Entry, Quote, read_sidecar, sidecar_of
from index.types import Asked, Document, Passage, Sentence

HEADING_SAYS = 3
"""Sentences below a heading that asks which are taken for what answers it."""


Lookup = Callable[[str], tuple[Document, Sequence[Passage]] | None]
"""A document by its path, with its passages; None where it is not indexed."""


@dataclass(frozen=True, slots=True)
class AskedInAdvance:
    """All questions asked in advance.

    Attributes:
        questions: Those of sidecars, then those that the documents ask themselves; each once.
        collected: How many of them somebody wrote into a sidecar.
        errors: Entries of sidecars that cannot be used, and why; they are left out.
    """

    questions: list[Asked]
    collected: int
    errors: list[AskedError]

    @classmethod
    def of(cls, collected: list[Asked], own: Iterable[Asked], errors: list[AskedError]) -> AskedInAdvance:
        """Of sidecars, and those that the documents ask themselves."""
        once = dict.fromkeys(collected)
        return cls(list(once | dict.fromkeys(own)), len(once), errors)


class Places:
    """Where quotes stand: finds the sentences of passages that hold the words of a quote.

    Args:
        documents: All that may be quoted.
        passages: Of these documents, in reading order.
    """

    def __init__(self, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
        of = {path: list(own) for path, own in groupby(passages, key=lambda passage: passage.document)}
        found = {document.path: (document, of.get(document.path, ())) for document in documents}
        self._look_up(found, found.get, "")

    @classmethod
    def looked_up(cls, paths: Iterable[str], lookup: Lookup, home: str = "") -> Places:
        """As `Places` of the documents of these paths, each read when a quote first names it.

        Args:
            paths: Of all documents, as `home` sees them.
            lookup: Reads one by its path.
            home: Folder from which relative paths are seen; "" is where we are.
        """
        places = cls([], [])
        places._look_up(paths, lookup, home)
        return places

    def _look_up(self, paths: Iterable[str], lookup: Lookup, home: str) -> None:
        self.home = home
        self._paths = {self._file(path): path for path in paths}
        # As a rule, what comes next is quoted from the same documents.
        self._found: Lookup = functools.lru_cache(maxsize=64)(lookup)

    def _file(self, path: str) -> str:
        return os.path.normpath(os.path.join(self.home, path))

    def of(self, quote: Quote) -> tuple[tuple[int, int], ...]:
        """The sentences that a quote is made of, each by its passage and its position there.

        Raises:
            ValueError: No such document is indexed, or the words do not stand in what can be quoted of it.
        """
        path = self._paths.get(self._file(quote.document))
        there = None if path is None else self._found(path)
        if there is None:
            raise ValueError(f"{quote.document} is not among the indexed documents")
        document, passages = there
        start, end = _find(quote.words, document)
        found = [
            (passage.id, position)
            for passage in passages
            if start < passage.end and passage.start < end
            for position, sentence in enumerate(passage.sentences)
            if start < sentence.end and sentence.start < end
        ]
        if not found:
            words = quote.words if len(quote.words) <= 80 else quote.words[:79] + "…"
            raise ValueError(f"“{words}” does not stand in what can be quoted of {document.path}")
        return tuple(found)


def _find(words: str, document: Document) -> tuple[int, int]:
    """The span of some words, whatever white space is between them; an empty one where they do not stand."""
    at = document.text.find(words, document.body)
    if at >= 0:
        return at, at + len(words)
    match = re.compile(r"\s+".join(map(re.escape, words.split()))).search(document.text, document.body)
    return match.span() if match else (0, 0)


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
    """What the documents ask themselves, by headings and in lists of questions and answers.

    Each is answered by the first sentences below it.
    """
    for (_, section), own in groupby(passages, key=lambda passage: (passage.document, passage.section)):
        below = [
            (_question_of(sentence) or section.strip(), (passage.id, at))
            for passage in own
            for at, sentence in enumerate(passage.sentences)
        ]
        for question, answers in groupby(below, key=lambda each: each[0]):
            if question.endswith("?"):
                places = tuple((place,) for _, place in islice(answers, HEADING_SAYS))
                yield Asked(question, places, True)


def _question_of(sentence: Sentence) -> str:
    """The question above an answer, without its mark; "" where there is none."""
    return next((readable(part.text) for part in sentence.companions if part.role == "question"), "")


def asked_by_sidecars(paths: Iterable[str], places: Places) -> tuple[list[Asked], list[AskedError]]:
    """The questions of the sidecars of some documents, and the errors; each sidecar is read once."""
    found: list[Asked] = []
    errors: list[AskedError] = []
    # "a.md" and "a.pdf" share one. Folders are listed: to try a file for each of many documents takes long.
    beside: dict[str, str] = {}
    for path in paths:
        file = os.path.join(places.home, path)
        beside.setdefault(sidecar_of(file), file)
    for sidecar in files_there(beside):
        document = beside[sidecar]
        entries, faults = read_sidecar(document)
        placed, misplaced = place(entries, places)
        found += placed
        errors += [*faults, *misplaced]
    return found, errors


def files_there(files: Iterable[str]) -> list[str]:
    """Those of some files that are where their paths say."""
    files = list(files)
    there = {folder: _names(folder) for folder in {os.path.dirname(file) for file in files}}
    return [file for file in files if os.path.basename(file) in there[os.path.dirname(file)]]


def _names(folder: str) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder or "."))
    except OSError:
        return frozenset()
