"""Whether the checks of written sentences let through what quotes say, and nothing else.

A set of planted sentences is a file of JSON rows, one an answer: {"question": "...", "quotes": [...],
"faithful": ["... [1]"], "false": {"figure": ["... [1]"]}}. Some say what the cited quotes say, in other
words; some were made false in one place, by kinds.
With a writer, its own sentences for some questions are counted too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from qa.ask import Assistant
from qa.evaluate.figures import Part, share
from qa.evaluate.progress import Progress, silent, tracked
from qa.evaluate.questions import Question
from qa.evaluate.rows import QuestionFileError, json_rows, parsed
from qa.types import Answer
from qa.writer.checks.checking import Checker
from qa.writer.client import Writer
from qa.writer.sentences import sentences
from qa.writer.write import with_text

FAITHFUL = "faithful"


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence of which it is known whether its quotes say it.

    Attributes:
        quotes: By number, from 1.
        sentence: With its citations.
        faithful: Whether the quotes that it cites say it.
        kind: What was changed, for a false one; FAITHFUL for others.
        question: What was asked; empty where nobody asked.
    """

    quotes: tuple[str, ...]
    sentence: str
    faithful: bool
    kind: str
    question: str


@dataclass(frozen=True, slots=True)
class _Row:
    """An answer of a file: its quotes, and by kind the sentences planted among what was written of it."""

    quotes: tuple[str, ...]
    faithful: tuple[str, ...]
    false: dict[str, tuple[str, ...]]
    question: str = ""


_ROW = TypeAdapter(_Row)


def load_planted(path: Path) -> list[Planted]:
    """The sentences of a file. Raises QuestionFileError where it cannot be read or holds none."""
    planted: list[Planted] = []
    for place, json_row in json_rows(path):
        row = parsed(_ROW, json_row, place)
        planted += [
            Planted(row.quotes, each, kind == FAITHFUL, kind, row.question)
            for kind, written in {FAITHFUL: row.faithful, **row.false}.items()
            for each in written
        ]
    if not planted:
        raise QuestionFileError(f"{path} holds no planted sentence.")
    return planted


def fault_of(planted: Planted, checker: Checker) -> tuple[str, str]:
    """The check and the reason of the first sentence of a row that does not stand; empty where all do."""
    quotes = dict(enumerate(planted.quotes, start=1))
    for words, cited in sentences(planted.sentence):
        check, why = checker.fault(words, cited, quotes, planted.question)
        if check:
            return check, str(why)
    return "", ""


def evaluate_planted(planted: Sequence[Planted], checker: Checker, progress: Progress = silent) -> Part:
    """Judge planted sentences; a row for each that was judged wrongly."""
    rows = []
    for each in tracked(planted, "Checking sentences", progress):
        check, why = fault_of(each, checker)
        rows.append(asdict(each) | {"stands": not check, "check": check, "why": why})
    of_kind: dict[str, list[bool]] = {kind: [] for kind in sorted({each.kind for each in planted})}
    for row in rows:
        of_kind[row["kind"]].append(row["stands"] == row["faithful"])
    return Part(
        name="writer",
        figures=(
            share(
                "writer: planted false sentences that get through",
                [row["stands"] for row in rows if not row["faithful"]],
            ),
            share(
                "writer: faithful sentences that stand", [row["stands"] for row in rows if row["faithful"]]
            ),
        ),
        rows=tuple(row for row in rows if row["stands"] != row["faithful"]),
        remarks=tuple(
            f"{kind}: {sum(right)} of {len(right)} judged rightly." for kind, right in of_kind.items()
        ),
    )


def evaluate_written(
    assistant: Assistant,
    questions: Sequence[Question],
    writer: Writer,
    checker: Checker,
    progress: Progress = silent,
) -> Part:
    """Have a model write for answered questions, and count what stands, by the checks and by gold."""
    supported: list[bool] = []
    right: list[bool] = []
    texts: list[bool] = []
    rows: list[dict[str, object]] = []
    for question in tracked(questions, "Writing", progress):
        reply = assistant.ask(question.text, question.earlier)
        if not isinstance(reply, Answer):
            continue
        told = with_text(reply, writer, checker).written
        assert told is not None
        gold = [quote for quote in question.gold if isinstance(quote, str)]
        quotes = {citation.number: citation.quote for citation in reply.citations}
        texts.append(told.shown)
        supported += [not each.check for each in told.sentences]
        right += [
            any(quotes[number] in gold for number in each.citations)
            for each in told.sentences
            if gold and not each.check
        ]
        rows.append({"question": question.text, "gold": gold, **told.as_json()})
    return Part(
        name="written",
        figures=(
            share("written: sentences that stand", supported),
            share("written: standing sentences that cite gold", right),
            share("written: answers with a text", texts),
        ),
        rows=tuple(rows),
        remarks=(f"{writer.model} at {writer.url}: {len(supported)} sentences for {len(rows)} answers.",),
    )
