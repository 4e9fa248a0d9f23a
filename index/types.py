"""The plain, frozen values that are handed from files to ranked passages.

All offsets count characters (Unicode code points) of `Document.text`; spans are half open, so that
`document.text[start:end] == text` holds for every sentence and every passage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.said import Said

UNSTATED_KIND = "document"
"""Kind of source of a document whose front matter names none."""


_CONCLUSION = re.compile(
    r"\b(?:in (?:short|brief|summary|a nutshell)|summary|conclusions?|key (?:points|messages|facts)"
    r"|bottom line|take[- ]home|at a glance|zusammenfassung|fazit|résumé|resumen|conclusión)\b",
    re.IGNORECASE,
)


def is_conclusion(heading: str) -> bool:
    """Whether a heading says that what follows is the whole in short."""
    return _CONCLUSION.search(heading) is not None


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text.

    Attributes:
        path: The path as given to `lightqa index`; the document's name everywhere.
        title: From the front matter or the file's metadata, else its first heading or line, else its name.
        text: The text that all offsets count in. For .txt and .md it is the file, character by
            character, but for tables of HTML in Markdown, which are as long and have bars for tags; for
            .html, .pdf and .docx the text that was extracted, headings as Markdown.
        kind: Kind of source ("promotional article", "evidence note", …).
        body: Offset at which the text begins after any front matter.
        pages: Offset at which each page starts, for a document that has pages; else empty.
        metadata: Further front matter, as strings ("reviewed", "written_from", …).
        labels: What is printed on each page ("iv", "12"), as the file says; empty where it says nothing.
        unread: What of the file is not in the text and why ("page 3 has no text, …").
        recognised: Numbers of the pages, from 1, whose text was read from their picture (OCR).
    """

    path: str
    title: str
    text: str
    kind: str = UNSTATED_KIND
    body: int = 0
    pages: tuple[int, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    unread: tuple[Said, ...] = ()
    recognised: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Companion:
    """A span without which another one cannot be understood.

    Attributes:
        start, end: Span in the document's text.
        role: "intro" (the words that a list goes on from), "item" (that a list inside it goes on from),
            "header" or "caption" (of a table), "label" ("Allergy:"), "question" (that is answered) or
            "long form" (of an abbreviation).
    """

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document: a heading, something that can be quoted, or noise that never is.

    Attributes:
        start, end: Span in the document's text, without white space at either end.
        role: "heading"; quotable are "prose", "item" (of a list), "row" (of a table); never quoted by
            themselves are "header" (of a table), "label", "question", "noise" (navigation, by-lines, bare
            links, repeated titles) and "quarantined" (gives orders to a program, or is hidden).
        level: 1 to 6 for a heading, 0 otherwise.
        companions: What it is read with, in the order of the document.
        whole: Span of the list or the steps that are quoted in its stead, if any.
    """

    start: int
    end: int
    role: str
    level: int = 0
    companions: tuple[Companion, ...] = ()
    whole: tuple[int, int] | None = None


QUOTABLE = frozenset(("prose", "item", "row"))
"""Roles of blocks whose sentences may be quoted."""


@dataclass(frozen=True, slots=True)
class Part:
    """A `Companion` with its words, or the whole list that a sentence stands for."""

    role: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage, an item's or a row's words: what can be quoted.

    Attributes:
        start, end, text: The span.
        role: That of its block.
        page: Page number from 1 on which it begins, or None for a document without pages.
        label: What is printed on that page, where the file says so; else empty.
        recognised: Whether it was read from a picture of its page.
        companions: What it is read, and but for a question also quoted, with.
        whole: The list that it opens, or the steps that it is one of: quoted in its stead, the steps where it
            is asked how something is done.
    """

    start: int
    end: int
    text: str
    role: str = "prose"
    page: int | None = None
    label: str = ""
    recognised: bool = False
    companions: tuple[Part, ...] = ()
    whole: Part | None = None

    @property
    def is_step(self) -> bool:
        """Whether it is one of some steps: their whole begins with the mark of the first, or their intro."""
        return self.role == "item" and self.whole is not None and self.whole.start < self.start


@dataclass(frozen=True, slots=True)
class Passage:
    """A few whole sentences of one section of one document: the unit of search.

    Attributes:
        id: Number of the passage within its index, from 0, in document and reading order.
        document: `Document.path` of the document that it is a span of.
        title: Title of that document.
        kind: Kind of source of that document.
        section: Nearest heading above the passage; empty where there is none.
        page: Page number from 1 on which it begins, or None for a document without pages.
        start, end, text: The span.
        sentences: The quotable sentences inside the span, in reading order; never empty.
    """

    id: int
    document: str
    title: str
    kind: str
    section: str
    page: int | None
    start: int
    end: int
    text: str
    sentences: tuple[Sentence, ...]

    @property
    def concludes(self) -> bool:
        """Whether it stands where its document says the whole in short ("Summary", "Conclusion")."""
        return is_conclusion(self.section)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    Attributes:
        passage: What was found.
        score: The score that ranks: higher is better, comparable only within one search.
        similarity: Cosine between question and passage, -1 to 1.
        bm25: BM25 score of the passage for the words of the question, 0 or more.
    """

    passage: Passage
    score: float
    similarity: float
    bm25: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked in advance, and where the documents answer it.

    Attributes:
        question: As it was written.
        places: What to say, best first; each the sentences of one quote, by (passage id, position in it).
            Where the documents do not answer, what comes nearest, or nothing.
        answered: Whether the documents answer it.
    """

    question: str
    places: tuple[tuple[tuple[int, int], ...], ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class AskedHit:
    """A question asked in advance that is near to another one.

    Attributes:
        asked: The question, with its places.
        similarity: Cosine between the two questions, -1 to 1.
    """

    asked: Asked
    similarity: float
