"""Question files: one JSON object a line, with the words of the documents that answer each question.

    {"id": "q-001", "kind": "answerable", "question": "How long does a session last?",
     "answerable": true, "gold": ["Sessions last 10 to 20 minutes."], "split": "test"}

A gold is a quote, the exact words of a document, or `{"document": "notes.md", "start": 120, "end": 164}`
with the file's name and character offsets into its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from index.errors import LightqaError

SPLITS = ("dev", "test")


class QuestionFileError(LightqaError):
    """A question file that cannot be read, or whose gold is not in the documents."""


class Span(NamedTuple):
    """Characters `start` to `end` (half open) of a document."""

    document: str
    start: int
    end: int


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
        parts: For a question of several parts that the documents answer, the golds of each.
        sides: Where sources differ, the golds of each side; a whole answer quotes every side.
        note: For people.
        place: "file:line", for messages.
    """

    id: str
    kind: str
    turns: tuple[str, ...]
    answerable: bool
    gold: tuple[str | Span, ...] = ()
    split: str = ""
    voice: str = ""
    standalone: str = ""
    clean: str = ""
    best: tuple[str | Span, ...] = ()
    parts: tuple[tuple[str | Span, ...], ...] = ()
    sides: tuple[tuple[str | Span, ...], ...] = ()
    note: str = ""
    place: str = ""

    @property
    def text(self) -> str:
        return self.turns[-1]

    @property
    def earlier(self) -> tuple[str, ...]:
        return self.turns[:-1]


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
    questions: list[Question] = []
    places: dict[str, str] = {}
    for place, row in json_rows(path):
        question = _question(row, place)
        if question.id in places:
            raise QuestionFileError(
                f"{place}: the id {question.id!r} is taken by {places[question.id]}; give each row its own."
            )
        places[question.id] = place
        questions.append(question)
    if not questions:
        raise QuestionFileError(f"{path}: holds no questions; expected one JSON object a line.")
    kept = [question for question in questions if split is None or question.split in ("", split)]
    if not kept:
        raise QuestionFileError(f"{path}: no row is of the split {split!r}; choose another split or none.")
    return kept


def json_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each JSON object of a .jsonl file with its place, "file:line"."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise QuestionFileError(f"{path}: there is no such file; give a .jsonl file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
    # Not splitlines(): it also breaks at characters that JSON allows inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise QuestionFileError(f"{place}: is not JSON ({error.msg} at column {error.colno}).") from None
        if not isinstance(row, dict):
            raise QuestionFileError(f"{place}: expected a JSON object, found {type(row).__name__}.")
        yield place, row


def gold_spans(question: Question, documents: Mapping[str, str]) -> tuple[tuple[Span, ...], ...]:
    """Where each gold of a question stands: for every gold, all of its places.

    Args:
        question: Its quotes are looked up word by word.
        documents: Text of every document by its path.

    Raises:
        QuestionFileError: A quote is in no document, or a span is not within a document.
    """
    return tuple(places_of(gold, question, documents) for gold in question.gold)


def places_of(gold: str | Span, question: Question, documents: Mapping[str, str]) -> tuple[Span, ...]:
    """Everywhere that one gold stands. Raises QuestionFileError where that is nowhere."""
    if isinstance(gold, Span):
        named = [path for path in documents if _is_named(path, gold.document)]
        if len(named) != 1:
            found = "none" if not named else ", ".join(sorted(named))
            raise QuestionFileError(
                f"{question.place}: the gold document {gold.document!r} must name one document of the index; "
                f"found {found}."
            )
        if gold.end > len(documents[named[0]]):
            raise QuestionFileError(
                f"{question.place}: the gold ends at {gold.end}, but {named[0]} has "
                f"{len(documents[named[0]])} characters."
            )
        return (Span(named[0], gold.start, gold.end),)
    places = tuple(
        Span(path, start, start + len(gold))
        for path, text in documents.items()
        for start in _occurrences(gold, text)
    )
    if not places:
        raise QuestionFileError(
            f"{question.place}: the gold quote {gold!r} stands in no document of the index; quote the exact "
            "words of a document, or evaluate over the index that these questions were written for."
        )
    return places


def _is_named(path: str, name: str) -> bool:
    """Whether `name` is the path or its last parts."""
    parts, tail = PurePath(path).parts, PurePath(name).parts
    return len(tail) > 0 and parts[-len(tail) :] == tail


def _occurrences(quote: str, text: str) -> Iterable[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _question(row: Mapping[str, Any], place: str) -> Question:
    turns = row.get("turns")
    if turns is None:
        turns = [_text(row, "question", place)]
    elif not (
        isinstance(turns, list) and turns and all(isinstance(turn, str) and turn.strip() for turn in turns)
    ):
        raise QuestionFileError(f'{place}: "turns" must be a list of questions, oldest first.')
    answerable = row.get("answerable")
    if not isinstance(answerable, bool):
        raise QuestionFileError(f'{place}: "answerable" must be true or false, found {answerable!r}.')
    gold = row.get("gold", [])
    if not isinstance(gold, list):
        raise QuestionFileError(f'{place}: "gold" must be a list of quotes, found {gold!r}.')
    if gold and not answerable:
        raise QuestionFileError(f'{place}: has gold although "answerable" is false; remove one of the two.')
    best = row.get("best", [])
    if not isinstance(best, list):
        raise QuestionFileError(f'{place}: "best" must be a list of quotes, found {best!r}.')
    split = row.get("split") or ""
    if split and split not in SPLITS:
        raise QuestionFileError(f'{place}: "split" must be dev or test, found {split!r}.')
    return Question(
        id=_text(row, "id", place),
        kind=_text(row, "kind", place).strip().lower().replace("-", "_").replace(" ", "_"),
        turns=tuple(turns),
        answerable=answerable,
        gold=tuple(_gold(item, place) for item in gold),
        split=split,
        voice=_text(row, "voice", place, needed=False),
        standalone=_text(row, "standalone", place, needed=False),
        clean=_text(row, "clean", place, needed=False),
        best=tuple(_gold(item, place) for item in best),
        parts=_groups(row, "parts", place),
        sides=_groups(row, "sides", place),
        note=_text(row, "note", place, needed=False),
        place=place,
    )


def _text(row: Mapping[str, Any], name: str, place: str, needed: bool = True) -> str:
    value = row.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value.strip()):
        raise QuestionFileError(f'{place}: "{name}" must be a text, found {value!r}.')
    return value


def _groups(row: Mapping[str, Any], name: str, place: str) -> tuple[tuple[str | Span, ...], ...]:
    """A list of lists of golds: of the sides of a disagreement, or of the parts of a question."""
    groups = row.get(name, [])
    if not (isinstance(groups, list) and all(isinstance(group, list) and group for group in groups)):
        raise QuestionFileError(
            f'{place}: "{name}" must be lists of quotes, one for each of the {name}, found {groups!r}.'
        )
    return tuple(tuple(_gold(item, place) for item in group) for group in groups)


def _gold(item: Any, place: str) -> str | Span:
    if isinstance(item, str) and item.strip():
        return item
    if isinstance(item, dict):
        document, start, end = item.get("document"), item.get("start"), item.get("end")
        if isinstance(document, str) and type(start) is int and type(end) is int and 0 <= start < end:
            return Span(document, start, end)
    raise QuestionFileError(
        f'{place}: a gold must be a quote or {{"document": name, "start": 0, "end": 10}}, found {item!r}.'
    )
