"""The index in force and the assistant over it, as the page's server holds them."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.generation import CURRENT
from index.search import PassageIndex
from qa.ask import Assistant
from qa.suggest import question_on, topic_of
from qa.types import Answer, Reply
from ui.metrics import FAILED, Metrics
from ui.offered import to_start_from

MOST_EXAMPLES = 6
"""Questions that a page starts with."""

SURE = 0.9
"""Confidence from which a question is offered to start from before those that are answered less surely."""

MOST_TRIED = 24
"""Questions that are tried to find as many."""


@dataclass(frozen=True)
class Edition:
    """One generation of the index, opened; a new one takes its place whole.

    Attributes:
        index, assistant: What answers.
        documents, passages: How many there are.
    """

    index: PassageIndex
    assistant: Assistant
    documents: int
    passages: int


class Library:
    """The edition in force: always the newest generation, whoever built it.

    Args:
        folder: The index folder.
        log: Whether every reply is told on stderr, without its question.

    Attributes:
        metrics: What was asked, counted.

    Raises:
        IndexMissing, IndexDamaged: There is no index in the folder that can be trusted.
    """

    def __init__(self, folder: str, *, log: bool = False) -> None:
        self.folder = folder
        self.metrics = Metrics(log=log)
        self._asking, self._choosing, self._opening = threading.Lock(), threading.Lock(), threading.Lock()
        self._examples: tuple[str, list[str]] | None = None
        self._edition = _open(folder)

    @property
    def edition(self) -> Edition:
        """The generation that CURRENT names, opened anew where it is another than before.

        Reading this once gives everything from one generation. What was removed from the index by a
        command is therefore gone from a running chat too, and a damaged index is refused there too.

        Raises:
            IndexMissing, IndexDamaged: The index was removed or damaged since.
        """
        if not self._is_newest():
            with self._opening:
                if not self._is_newest():
                    self._edition = _open(self.folder)
        return self._edition

    def _is_newest(self) -> bool:
        try:
            current = (Path(self.folder) / CURRENT).read_text(encoding="ascii", errors="replace")
        except OSError:
            return False
        return self._edition.index.fingerprint in current

    def ask(self, question: str, earlier: Sequence[str] = (), within: str | None = None) -> Reply:
        """The reply to a question; one question at a time, because one uses all cores already."""
        began, kind = time.perf_counter(), FAILED
        try:
            reply = self._reply(question, earlier, within)
            kind = reply.kind
            return reply
        finally:
            self.metrics.replied(kind, time.perf_counter() - began, self._edition.index.fingerprint)

    def _reply(self, question: str, earlier: Sequence[str] = (), within: str | None = None) -> Reply:
        with self._asking:
            return self.edition.assistant.ask(question, earlier, within)

    def examples(self) -> list[str]:
        """Questions to start from, all of them answered; tried once for each edition."""
        with self._choosing:
            edition = self.edition
            if self._examples is None or self._examples[0] != edition.index.fingerprint:
                surely: list[str] = []
                perhaps: list[str] = []
                candidates = dict.fromkeys(_candidates(edition))
                for question in itertools.islice(candidates, MOST_TRIED):
                    reply = self._reply(question)
                    if isinstance(reply, Answer):
                        (surely if reply.confidence >= SURE else perhaps).append(question)
                    if len(surely) == MOST_EXAMPLES:
                        break
                self._examples = edition.index.fingerprint, [*surely, *perhaps][:MOST_EXAMPLES]
            return self._examples[1]


def _open(folder: str) -> Edition:
    index = PassageIndex.open(folder)
    counts = index.manifest["counts"]
    return Edition(index, Assistant(index), counts["documents"], counts["passages"])


def _candidates(edition: Edition) -> Iterator[str]:
    """The pack's examples, questions asked in advance of each document, then one about each section."""
    yield from edition.assistant.pack.examples
    index = edition.index
    yield from to_start_from(index)
    sections = [_sections(index, path).items() for path in index.paths()[:MOST_TRIED]]
    in_turn = itertools.chain.from_iterable(itertools.zip_longest(*sections))
    for heading, numbers in filter(None, in_turn):
        yield question_on(heading, numbers, index)


def _sections(index: PassageIndex, path: str) -> dict[str, set[int]]:
    """The passages under each heading of a document, by number."""
    found: dict[str, set[int]] = {}
    for passage in index.passages(path):
        found.setdefault(topic_of(passage), set()).add(passage.id)
    return found
