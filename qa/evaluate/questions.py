"""Question files: one JSON object a line, with the words of the documents that answer each question.

    {"id": "q-001", "kind": "answerable", "question": "How long does a session last?",
     "answerable": true, "gold": ["Sessions last 10 to 20 minutes."], "split": "test"}

A gold is a quote, the exact words of a document, or `{"document": "notes.md", "start": 120, "end": 164}`
with the file's name and character offsets into its text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter

from index.search import PassageIndex
from qa.evaluate.rows import QuestionFileError, Text, json_rows, parsed


class Span(NamedTuple):
    """Characters `start` to `end` (half open) of a document."""

    document: str
    start: int
    end: int


Gold = str | Span
Golds = tuple[Gold, ...]
Places = Sequence[Sequence[Span]]
"""For every gold quote, all the places where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A row of a question file.

    Attributes:
        id: Unique within the file.
        kind: "answerable", "near_miss", "off_topic", "emergency", "follow_up", "typo" or another word,
            lower case with underscores; near misses and off-topic questions are told apart by it.
        turns: What the person typed, oldest first; the last turn is the one that is measured.
        answerable: Whether the documents answer it.
        gold: Quotes, or spans in documents given by their file name; any of them answers.
        split: "dev", "test" or empty.
        voice: How it is written: "typed" as people type who have not read the documents, else empty.
        standalone: A follow-up written out so that it needs no earlier turn; else empty.
        clean: A misspelt question as it was meant; else empty.
        best: Those of the golds that are fit to be said first; empty where all are.
        parts: For a question of several parts, the golds of each; none for one that the documents do not
            answer, which a whole reply names.
        sides: Where sources differ, the golds of each side; a whole answer quotes every side.
        note: For people.
        place: "file:line", for messages.
    """

    id: Text
    kind: Text
    turns: Annotated[tuple[Text, ...], Field(min_length=1)]
    answerable: bool
    gold: Golds = ()
    split: Literal["", "dev", "test"] = ""
    voice: str = ""
    standalone: str = ""
    clean: str = ""
    best: Golds = ()
    parts: tuple[Golds, ...] = ()
    sides: tuple[Annotated[Golds, Field(min_length=1)], ...] = ()
    note: str = ""
    place: str = ""

    @property
    def text(self) -> str:
        return self.turns[-1]

    @property
    def earlier(self) -> tuple[str, ...]:
        return self.turns[:-1]


_ROW = TypeAdapter(Question)


def load_questions(path: str | Path, split: str | None = None) -> list[Question]:
    """The questions of a file, in its order.

    Args:
        path: A .jsonl file in UTF-8. Empty lines are passed over.
        split: Keep only the rows of this split and those that name none.

    Raises:
        QuestionFileError: The file is missing or empty, or a row is not as described above; the message
            names the file and the line.
    """
    path = Path(path)
    questions: dict[str, Question] = {}
    for place, row in json_rows(path):
        question = _question(row, place)
        if other := questions.get(question.id):
            raise QuestionFileError(
                f"{place}: the id {question.id!r} is taken by {other.place}; give each row its own."
            )
        questions[question.id] = question
    if not questions:
        raise QuestionFileError(f"{path}: holds no questions; expected one JSON object a line.")
    kept = [question for question in questions.values() if split is None or question.split in ("", split)]
    if not kept:
        raise QuestionFileError(f"{path}: no row is of the split {split!r}; choose another split or none.")
    return kept


def _question(row: Mapping[str, Any], place: str) -> Question:
    fields = {name: value for name, value in row.items() if value is not None}
    fields.setdefault("turns", [fields.get("question", "")])
    if isinstance(kind := fields.get("kind"), str):
        fields["kind"] = kind.strip().lower().replace("-", "_").replace(" ", "_")
    question = parsed(_ROW, fields | {"place": place}, place)
    if question.gold and not question.answerable:
        raise QuestionFileError(f'{place}: has gold although "answerable" is false; remove one of the two.')
    return question


def texts_of(index: PassageIndex) -> dict[str, str]:
    """The text of every document of an index by its path."""
    return {path: index.document(path).text for path in index.paths()}


def gold_spans(
    question: Question, documents: Mapping[str, str], golds: Golds | None = None
) -> tuple[tuple[Span, ...], ...]:
    """Where golds of a question stand: for each of them, all of its places.

    Args:
        question: Its quotes are looked up word by word.
        documents: Text of every document by its path.
        golds: Some of its golds; None for all of them.

    Raises:
        QuestionFileError: A quote is in no document, or a span is not within a document.
    """
    return tuple(_places(gold, question, documents) for gold in (question.gold if golds is None else golds))


def _places(gold: Gold, question: Question, documents: Mapping[str, str]) -> tuple[Span, ...]:
    if isinstance(gold, Span):
        named = [path for path in documents if f"/{PurePath(path).as_posix()}".endswith(f"/{gold.document}")]
        if len(named) != 1:
            raise QuestionFileError(
                f"{question.place}: the gold document {gold.document!r} must name one document of the index; "
                f"found {', '.join(sorted(named)) or 'none'}."
            )
        length = len(documents[named[0]])
        if not 0 <= gold.start < gold.end <= length:
            raise QuestionFileError(
                f"{question.place}: the gold is from {gold.start} to {gold.end}, but {named[0]} has "
                f"{length} characters."
            )
        return (Span(named[0], gold.start, gold.end),)
    # Looked ahead for, so that a quote is found where it overlaps itself too.
    places = tuple(
        Span(path, found.start(), found.start() + len(gold))
        for path, text in documents.items()
        for found in re.finditer(f"(?={re.escape(gold)})", text)
    )
    if not places:
        raise QuestionFileError(
            f"{question.place}: the gold quote {gold!r} stands in no document of the index; quote the exact "
            "words of a document, or evaluate over the index that these questions were written for."
        )
    return places
