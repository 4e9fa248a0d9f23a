"""What was read of each file that was named, and what was not and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.said import Said
from index.search import PassageIndex
from index.types import Document, Passage


@dataclass(frozen=True, slots=True)
class FileAccount:
    """A file, as an index holds it.

    Attributes:
        path: As it was named.
        pages: How many it has; 0 for a kind of file without pages.
        passages, tables: How many can be found in it; no passage where the file could not be read.
        recognised: Numbers of its pages, from 1, that were read from their picture.
        unread: What is not in the index, and why, each as half a sentence.
    """

    path: str
    pages: int
    passages: int
    tables: int
    recognised: tuple[int, ...]
    unread: tuple[Said, ...]

    @property
    def read(self) -> str:
        """What was read, in words: "3 pages, 5 passages, 1 table"; empty where nothing was."""
        counted = ((self.pages, "page"), (self.passages, "passage"), (self.tables, "table"))
        told = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counted if count]
        told += [f"by text recognition: p. {self.recognised_pages}"] if self.recognised else []
        return ", ".join(told) if self.passages else ""

    @property
    def recognised_pages(self) -> str:
        """The pages that were read from their picture, as people write them: "2, 5–9"."""
        runs: list[list[int]] = []
        for page in self.recognised:
            if runs and runs[-1][-1] == page - 1:
                runs[-1].append(page)
            else:
                runs.append([page])
        return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def account_of(index: PassageIndex, document: Document) -> FileAccount:
    """What was read of an indexed document."""
    passages = index.passages(document.path)
    return FileAccount(
        document.path,
        len(document.pages),
        len(passages),
        count_tables(passages),
        document.recognised,
        document.unread,
    )


def unread_account(path: str, reason: Said) -> FileAccount:
    """A file of which nothing is indexed, and why."""
    return FileAccount(path, 0, 0, 0, (), (reason,))


def count_tables(passages: Sequence[Passage]) -> int:
    """Tables whose rows can be quoted: a new header, or rows after something else, begin one."""
    count, header = 0, -1
    for sentence in (sentence for passage in passages for sentence in passage.sentences):
        if sentence.role != "row":
            header = -1
            continue
        own = next((part.start for part in sentence.companions if part.role == "header"), -2)
        count += own != header
        header = own
    return count
