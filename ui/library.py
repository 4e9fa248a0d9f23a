"""The index in force and the assistant over it, as the page's server holds them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from index.search import PassageIndex
from qa.ask import Assistant
from qa.types import Answer, Reply

EXAMPLES = (
    "Does cold laser therapy help chronic low back pain?",
    "What does infrared therapy do for neuropathy?",
    "How long does a cold laser session last?",
    "Who should not have laser therapy?",
    "Is infrared therapy for neuropathy approved?",
    "When should I get help for back pain?",
)
"""Questions over the shipped documents; any that the indexed documents do not answer is not offered."""


@dataclass(frozen=True)
class Edition:
    """One generation of the index, opened; a new one takes its place whole.

    Attributes:
        index, assistant: What answers.
        documents, passages: How many there are.
        examples: Questions that it answers, to start from.
    """

    index: PassageIndex
    assistant: Assistant
    documents: int
    passages: int
    examples: tuple[str, ...]


class Library:
    """The edition in force. Reading `edition` once gives everything from one generation.

    Args:
        folder: The index folder.

    Raises:
        IndexMissing, IndexDamaged: There is no index in the folder that can be trusted.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._asking = threading.Lock()
        self.edition = _open(folder)

    def ask(self, question: str, earlier: Sequence[str] = ()) -> Reply:
        """The reply to a question; one question at a time, because one uses all cores already."""
        with self._asking:
            return self.edition.assistant.ask(question, earlier)

    def reopen(self) -> None:
        """Puts the newest generation in force; questions under way finish on the one they began with."""
        self.edition = _open(self.folder)


def _open(folder: str) -> Edition:
    index = PassageIndex.open(folder)
    assistant = Assistant(index)
    paths = index.paths()
    sections = (passage.section for path in paths for passage in index.passages(path)[:40:5])
    asked = [*EXAMPLES, *(f"What is said about {section}?" for section in dict.fromkeys(sections) if section)]
    examples: list[str] = []
    for question in asked[:24]:
        if isinstance(assistant.ask(question), Answer):
            examples.append(question)
        if len(examples) == len(EXAMPLES):
            break
    passages = sum(len(index.passages(path)) for path in paths)
    return Edition(index, assistant, len(paths), passages, tuple(examples))
