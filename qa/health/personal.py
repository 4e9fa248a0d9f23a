"""Questions about one person: whom to ask, from personal.toml. Never whether to do something."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.health.words import conditions
from qa.tables import table_of_patterns
from qa.vocabulary import forms

NEAR = 45
"""Characters within which a verb is held to be about a medicine ("stop taking all of my gabapentin")."""

MOST_BETWEEN = 2
"""Words from which on what stands before a medicine that is taken tells more of it than whose it is."""

MOST_NAMED = 2
"""Whom to ask, of how many circumstances: more than two would not be read."""


_THERAPIES = frozenset({"treatment", "device", "medicine", "procedure"})
_POINTS = re.compile(r"\b(?:it|this|that)\b")


@dataclass(frozen=True, slots=True)
class _Row:
    """A circumstance, how it is told of, and whom to ask."""

    ask: str
    says: re.Pattern[str]
    unless: re.Pattern[str] | None
    asks: bool
    otherwise: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """personal.toml, compiled."""

    opening: str
    change: str
    declined: str
    which: re.Pattern[str]
    beside: re.Pattern[str]
    circumstance: re.Pattern[str]
    names: re.Pattern[str]
    changes: re.Pattern[str]
    apart: re.Pattern[str]
    asking: re.Pattern[str]
    how_much: re.Pattern[str]
    someone: re.Pattern[str]
    may: re.Pattern[str]
    taken: re.Pattern[str]
    takes: str
    rows: tuple[_Row, ...]


def personal_note(question: str) -> tuple[str, ...]:
    """Whom to ask about a question that speaks of one person, by sentence; none for a question in general.

    Args:
        question: As understood.
    """
    table = _table()
    plain = " ".join(question.lower().replace("’", "'").split())
    medicines = _medicines(question, plain, table)
    if _changes_medicine(plain, medicines, table):
        return (table.change,)
    if not table.someone.search(plain):
        return ()
    may = table.may.search(plain) is not None
    rows = [
        row
        for row in table.rows
        if (may or not row.asks) and row.says.search(plain) and not (row.unless and row.unless.search(plain))
    ]
    asks = [row.ask for row in rows if not row.otherwise]
    if any(table.taken.search(plain[max(0, start - NEAR) : start]) for start, _ in medicines):
        asks.append(table.takes)
    if rows and not asks and (_names_therapy(plain) or _POINTS.search(plain)):
        asks = [row.ask for row in rows]
    return (table.opening, *asks[:MOST_NAMED]) if asks else ()


def is_about_changing(note: Sequence[str]) -> bool:
    """Whether a personal note is the advice to change no medicine without the prescriber."""
    return tuple(note) == (_table().change,)


def which_medicine(question: str) -> str | None:
    """Why it is not answered which medicine to take, or how much of one, and whom to ask; None for the rest.

    A medicine beside a therapy that the documents treat is a matter for them, and so is what a medicine holds
    or was tried at where nobody asks to take it, and what else may be done while one is taken.
    """
    table = _table()
    plain = " ".join(question.lower().replace("’", "'").split())
    plain = table.circumstance.sub(" ", plain)
    if table.beside.search(plain) or not _medicines(question, plain, table):
        return None
    return table.declined if table.which.search(plain) and table.someone.search(plain) else None


def _changes_medicine(plain: str, medicines: list[tuple[int, int]], table: _Table) -> bool:
    """Whether it asks to take, stop or change a medicine, or how much of one to take."""
    if medicines and table.how_much.search(plain):
        return True
    asked = [match.span() for match in table.asking.finditer(plain)]
    if not asked or not table.someone.search(plain):
        return False
    told = [match.span() for match in table.taken.finditer(plain) if not _overlaps(match.span(), asked)]

    def changes(verb: re.Match[str], start: int) -> bool:
        between = plain[verb.end() : start]
        # "I take warfarin" tells; "can I take warfarin" asks, and so does "I take too much warfarin".
        only_tells = _overlaps(verb.span(), told) and len(between.split()) < MOST_BETWEEN
        return start - verb.end() in range(NEAR + 1) and not table.apart.search(between) and not only_tells

    return any(changes(verb, start) for verb in table.changes.finditer(plain) for start, _ in medicines)


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _medicines(question: str, plain: str, table: _Table) -> list[tuple[int, int]]:
    """Spans of the medicines that a question names, in their own or in people's words."""
    spans = [match.span() for match in table.names.finditer(plain)]
    words = forms(plain)
    for first, end, name in conditions().find(words):
        if conditions().kind(name) == "medicine":
            spans.append((words[first].start, words[end - 1].end))
    return spans


def _names_therapy(plain: str) -> bool:
    return any(conditions().kind(name) in _THERAPIES for _, _, name in conditions().find(forms(plain)))


@functools.lru_cache(maxsize=1)
def _table() -> _Table:
    table = table_of_patterns("qa.health", "personal.toml")
    medicine, someone = table["medicine"], table["someone"]
    return _Table(
        opening=table["opening"],
        change=medicine["ask"].strip(),
        declined=medicine["declined"].strip(),
        which=re.compile(medicine["which"]),
        beside=re.compile(medicine["beside"]),
        circumstance=re.compile(medicine["circumstance"]),
        names=re.compile(medicine["names"]),
        changes=re.compile(medicine["changes"]),
        apart=re.compile(medicine["apart"]),
        asking=re.compile(medicine["asking"]),
        how_much=re.compile(medicine["how_much"]),
        taken=re.compile(medicine["taken"]),
        takes=medicine["takes"],
        someone=re.compile(someone["says"]),
        may=re.compile(someone["asks"]),
        rows=tuple(
            _Row(
                row["ask"],
                re.compile(row["says"]),
                re.compile(row["unless"]) if "unless" in row else None,
                row.get("asks", False),
                row.get("otherwise", False),
            )
            for row in table["row"]
        ),
    )
