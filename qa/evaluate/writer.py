"""Whether the checks of written sentences let through what quotes say, and nothing else.

A set of planted sentences is a file of JSON rows, one an answer: {"question": "...", "quotes": [...],
"faithful": ["... [1]"], "false": {"figure": ["... [1]"]}}. Some say what the cited quotes say, in other
words; some were made false in one place, by kinds.
With a writer, its own sentences for some questions are counted too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import LightqaError
from qa.ask import Assistant
from qa.evaluate.figures import Figure, Part, mean_interval
from qa.evaluate.questions import Question
from qa.types import Answer
from qa.writer.checks.checking import Checker
from qa.writer.client import Writer
from qa.writer.sentences import sentences
from qa.writer.write import with_text


class PlantedError(LightqaError):
    """A file of planted sentences that cannot be read."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence of which it is known whether its quotes say it.

    Attributes:
        quotes: By number, from 1.
        sentence: With its citations.
        faithful: Whether the quotes that it cites say it.
        kind: What was changed, for a false one.
        question: What was asked; empty where nobody asked.
    """

    quotes: tuple[str, ...]
    sentence: str
    faithful: bool
    kind: str
    question: str = ""


def load_planted(path: Path) -> list[Planted]:
    """The rows of a file.

    Raises:
        PlantedError: The file cannot be read, or a row is none of these.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise PlantedError(f"{path} cannot be read ({error.strerror}).") from error
    found: list[Planted] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            quotes, told, question = (
                row["quotes"],
                {"": row["faithful"], **row["false"]},
                row.get("question", ""),
            )
            texts = [question, *quotes, *(sentence for written in told.values() for sentence in written)]
            if not all(isinstance(text, str) for text in texts):
                raise TypeError("no text")
        except (ValueError, KeyError, TypeError) as error:
            raise PlantedError(
                f"{path}:{number} is no answer with planted sentences; expected "
                '{"quotes": ["…"], "faithful": ["… [1]"], "false": {"kind": ["… [1]"]}}.'
            ) from error
        for kind, written in told.items():
            found += [
                Planted(tuple(quotes), each, not kind, kind or "faithful", question) for each in written
            ]
    if not found:
        raise PlantedError(f"{path} holds no planted sentence.")
    return found


def stands(planted: Planted, checker: Checker) -> tuple[bool, str, str]:
    """Whether every sentence of a row stands; if not, the check and the reason of the first that does not."""
    quotes = dict(enumerate(planted.quotes, start=1))
    for words, cited in sentences(planted.sentence):
        check, why = checker.fault(words, cited, quotes, planted.question)
        if check:
            return False, check, why
    return True, "", ""


def evaluate_planted(
    planted: Sequence[Planted], checker: Checker, advance: Callable[[], None] = lambda: None
) -> Part:
    """Judge planted sentences; a row for each that was judged wrongly."""
    rows: list[dict[str, object]] = []
    through: list[float] = []
    kept: list[float] = []
    by_kind: dict[str, Counter[bool]] = {}
    for each in planted:
        stood, check, why = stands(each, checker)
        advance()
        (kept if each.faithful else through).append(float(stood))
        by_kind.setdefault(each.kind, Counter())[stood == each.faithful] += 1
        if stood != each.faithful:
            rows.append({"sentence": each.sentence, "kind": each.kind, "faithful": each.faithful,
                         "check": check, "why": why})  # fmt: skip
    remarks = [
        f"{kind}: {counts[True]} of {counts.total()} judged rightly."
        for kind, counts in sorted(by_kind.items())
    ]
    return Part(
        name="writer",
        figures=(
            _share("writer: planted false sentences that get through", through, False,
                   "Of sentences that were made false on purpose, the share that the checks let stand."),
            _share("writer: faithful sentences that stand", kept, True,
                   "Of sentences that say what their quotes say, the share that the checks let stand."),
        ),
        rows=tuple(rows),
        remarks=tuple(remarks),
    )  # fmt: skip


def evaluate_written(
    assistant: Assistant,
    questions: Sequence[Question],
    writer: Writer,
    checker: Checker,
    advance: Callable[[], None] = lambda: None,
) -> Part:
    """Have a model write for answered questions, and count what stands, by the checks and by gold."""
    supported: list[float] = []
    right: list[float] = []
    texts: list[float] = []
    rows: list[dict[str, object]] = []
    for question in questions:
        reply = assistant.ask(question.text, question.earlier)
        advance()
        if not isinstance(reply, Answer):
            continue
        told = with_text(reply, writer, checker).written
        assert told is not None
        gold = [quote for quote in question.gold if isinstance(quote, str)]
        quotes = {citation.number: citation.quote for citation in reply.citations}
        texts.append(float(told.shown))
        for each in told.sentences:
            supported.append(float(not each.check))
            if gold and not each.check:
                right.append(float(any(quotes[number] in gold for number in each.citations)))
        rows.append({"question": question.text, "gold": gold, **told.as_json()})
    return Part(
        name="written",
        figures=(
            _share("written: sentences that stand", supported, True,
                   "Of all sentences that the model wrote, the share that the checks let stand."),
            _share("written: standing sentences that cite gold", right, True,
                   "Of those that stand, the share that cites a quote which answers the question."),
            _share("written: answers with a text", texts, True,
                   "Of the answers, the share of which at least half of the sentences stand."),
        ),
        rows=tuple(rows),
        remarks=(f"{writer.model} at {writer.url}: {len(supported)} sentences for {len(rows)} answers.",),
    )  # fmt: skip


def _share(name: str, values: Sequence[float], higher_is_better: bool, meaning: str) -> Figure:
    value = sum(values) / len(values) if values else float("nan")
    low, high = mean_interval(values) if values else (value, value)
    return Figure(
        name=name,
        value=value,
        low=low,
        high=high,
        higher_is_better=higher_is_better,
        meaning=meaning,
        gated=False,
    )
