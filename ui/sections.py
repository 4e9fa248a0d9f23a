"""The parts in which an answer is read: what it says in short, what else is said, what is only claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qa.in_short import CLAIMED, IN_SHORT
from qa.types import Note, Reply
from ui.quotes import Shown, shown
from ui.texts import t

BEFORE_QUOTES = (
    "alarm",
    "warning",
    "change_nothing",
    "sources",
    "only_claimed",
    "disagreement",
    "requested",
)
"""Notes that are read before anything is quoted, the line of an alarm that stands before all."""


@dataclass(frozen=True, slots=True)
class Section:
    """Quotes that are read under one heading.

    Attributes:
        place: Where they are read; see qa.types.QuotedSentence.
        heading: Empty for what needs none.
        quotes: In the order to be read.
        notes: What is said of these quotes alone.
        beside: Whether it stands beside others of its kind, as the sides of a comparison do.
        folded: Whether it is shown only when somebody opens it: claims, unless they come first.
    """

    place: str
    heading: str
    quotes: tuple[Shown, ...]
    notes: tuple[Note, ...] = ()
    beside: bool = False
    folded: bool = False


def sections(reply: Reply) -> list[Section]:
    """The sections of a reply; a single one, with nothing to be told apart from, has no heading."""
    grouped = [
        (key, tuple(group)) for key, group in groupby(shown(reply), lambda each: (each.place, each.under))
    ]
    several = len(grouped) > 1
    unders = {under for (_, under), _ in grouped if under}
    made: list[Section] = []
    begun: set[str] = set()
    for (_, under), quotes in grouped:
        place = quotes[0].place
        heading = under[:1].upper() + under[1:]
        begins = heading not in begun
        begun.add(heading)
        if not heading or not begins:
            heading = _heading(place, quotes) if several else ""
        claimed = {citation.number for each in quotes for citation in each.citations}
        notes = tuple(note for note in _of_claims(reply) if place == CLAIMED and note.citations[0] in claimed)
        beside = bool(under) and len(unders) > 1
        folded = place == CLAIMED and bool(made) and not (under and begins)
        made.append(Section(place, heading, quotes, notes, beside, folded=folded))
    return made


def first_notes(reply: Reply) -> list[Note]:
    """What is read before the quotes."""
    within = {note for section in sections(reply) for note in section.notes}
    first = [note for note in reply.notes if note.kind in BEFORE_QUOTES and note not in within]
    return sorted(first, key=lambda note: note.kind != "alarm")


def last_notes(reply: Reply) -> list[Note]:
    """What is read after the quotes."""
    within = {note for section in sections(reply) for note in section.notes}
    differ = [set(note.citations) for note in reply.notes if note.kind == "disagreement"]
    return [
        note
        for note in reply.notes
        if note.kind not in BEFORE_QUOTES
        and note not in within
        # That one side lacks support is what the other side says already.
        and not (note.kind == "unsupported" and set(note.citations) in differ)
    ]


def _of_claims(reply: Reply) -> Sequence[Note]:
    return [note for note in reply.notes if note.kind in ("unsupported", "only_claimed") and note.citations]


def _heading(place: str, quotes: Sequence[Shown]) -> str:
    if place == CLAIMED:
        kinds = {each.main.source_kind for each in quotes}
        if len(kinds) > 1:
            return t("What is claimed")
        return t("What the {kind} claims", kind=t(kinds.pop().split()[-1]))
    return t("In short") if place == IN_SHORT else t("What else is said")
