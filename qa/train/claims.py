"""What the reader of claims is taught with: sentences that quotes say, and sentences that they do not.

Written for it, five and five for a group of four quotes: true ones in other words, and false ones, as fluent
and as free, in which one thing was changed. The rows are those of a planted set (`qa.evaluate.writer`); where
the quotes are public text they are named by passage and sentence, and read from the folder of public data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.evaluate.rows import json_rows
from qa.train.reader_pairs import asked_passages
from qa.writer.sentences import sentences

CLAIMS = Path(__file__).with_name("claims.jsonl.gz")
HELD_OUT_OF, HELD_OUT = 10, 9
"""Groups whose number leaves HELD_OUT when divided by HELD_OUT_OF: never trained on, but fitted to."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A written sentence beside the quotes that its writer saw.

    Attributes:
        text: Without its citations.
        citations: Numbers of the quotes that it cites, from 1.
        quotes: By number, all of the group.
        kind: What was changed; "" where the cited quotes say it.
        question: What was asked; empty where nobody asked.
        held_out: Whether its group is.
    """

    text: str
    citations: tuple[int, ...]
    quotes: dict[int, str]
    kind: str
    question: str = ""
    held_out: bool = False

    @property
    def said(self) -> bool:
        """Whether the quotes that it cites say it."""
        return not self.kind

    @property
    def cited(self) -> tuple[str, ...]:
        """The quotes that it cites."""
        return tuple(self.quotes[number] for number in self.citations)


def claims(data: Path) -> list[Claim]:
    """All that were written; those on public text are left out where `data` is not there."""
    passages = asked_passages(data) if data.is_dir() else {}
    found: list[Claim] = []
    for number, (_, row) in enumerate(json_rows(CLAIMS)):
        if "quotes" in row:
            quotes = row["quotes"]
        elif row["passage"] in passages:
            quotes = [passages[row["passage"]]["sentences"][at] for at in row["sentences"]]
        else:
            continue
        found += of_row(row, quotes, held_out=number % HELD_OUT_OF == HELD_OUT)
    return found


def of_row(row: dict[str, Any], quotes: Sequence[str], *, held_out: bool = False) -> Iterator[Claim]:
    """The claims of one group, which may cite only quotes that there are."""
    numbered = dict(enumerate(quotes, start=1))
    for kind, written in {"": row["faithful"], **row["false"]}.items():
        for each in written:
            text, citations = next(iter(sentences(each)))
            if citations and set(citations) <= numbered.keys():
                yield Claim(text, tuple(citations), numbered, kind, row.get("question", ""), held_out)
