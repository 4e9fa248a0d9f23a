"""What a question asks for that the sentence to be said first does not give, however near it is.

Its row or its form leaves it empty, or it is told of another thing of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from index.readable import TO_FILL_IN, cells, in_full, readable
from index.structure import FIELD
from qa.evidence.row_units import header_of
from qa.evidence.support import Candidate
from qa.words import content_words, stem_set

_TELLING = 3.0
"""Rarity of the words of an empty field from which it is what is asked for: "Phone:", not "Name:"."""

_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    r"\b(?:by|who|persons?|responsible|in charge|staff|owner|contact|initials)\b", re.IGNORECASE
)
"""How a question asks for a person, and how the column is called that has them."""


def left_empty(question: str, chosen: Candidate) -> str:
    """What is named beside an answer, all of whose words a question has, with nothing entered; else "".

    It is the header of a row's empty cell, or a field of the form around a sentence that does not name it.
    """
    asked = stem_set([question])
    header = header_of(chosen.sentence)
    if chosen.sentence.role == "row":
        name, *entries = cells(chosen.sentence.text) or [""]
        is_empty = not any(entries) and chosen.sentence.text.rstrip().endswith("|")
        if is_empty and _is_asked_for(name, asked):
            return name
    if chosen.sentence.role == "row" and header:
        for name, cell in zip_longest(cells(header), cells(chosen.sentence.text), fillvalue=""):
            if name and not cell and (_is_asked_for(name, asked) or _names_who(question, name)):
                return name
    told = stem_set([in_full(chosen.sentence)])
    before = chosen.passage.text[: chosen.sentence.end - chosen.passage.start]
    for field in _empty_fields(chosen.passage.text, len(before.splitlines())):
        words = content_words(field)
        stems = {word.stem for word in words}
        if stems <= asked and not stems <= told and sum(word.rarity for word in words) >= _TELLING:
            return field
    return ""


def _is_asked_for(name: str, asked: frozenset[str]) -> bool:
    """Whether all words of a column are in a question; "From" and "To" say nothing."""
    return bool(content_words(name)) and stem_set([name]) <= asked


def _names_who(question: str, column: str) -> bool:
    """Whether a question asks who, and a column has people in it by its name."""
    return _WHO.search(question) is not None and _OF_PEOPLE.search(column) is not None


def _empty_fields(text: str, quoted: int) -> Iterator[str]:
    """The names of the fields of a form with nothing behind them, and nothing below but another field.

    One above what is quoted may be its heading ("Opening hours:" over "Monday: 9 to 12"), unless it has a
    line to write on.

    Args:
        text: Of a passage.
        quoted: Lines up to the end of what is quoted of it.
    """
    lines = [(number, line.strip()) for number, line in enumerate(map(readable, text.splitlines()), 1)]
    lines = [(number, line) for number, line in lines if line]
    for (number, line), (_, below) in zip(lines, [*lines[1:], (0, "")], strict=True):
        name = line.rstrip(TO_FILL_IN)
        field = FIELD.match(name)
        if field is None or field.end() != len(name) or (below and not FIELD.match(below)):
            continue
        if number > quoted or name != line:
            yield name.rstrip(":")


_NAMED = re.compile(r"(?<![.?!]\s)(?<!^)\b(?P<name>[A-Z][a-z][\w'’]+)[ -](?P<kind>[A-Za-z][a-z]{2,})\b")
"""A name before what it is of: "the Birch Room"."""


def another_of_its_kind(question: str, chosen: Candidate, vocabulary: Mapping[str, int]) -> str:
    """What a question asks about, where what would answer it is told of another thing of that kind; else "".

    The words of all documents are in lower case.
    """
    passage = chosen.passage
    told = ". ".join([passage.title, passage.section, in_full(chosen.sentence)])
    for asked in _NAMED.finditer(question):
        # Words of titles stand in no vocabulary.
        if asked["name"].lower() in vocabulary or asked["name"] in told:
            continue
        others = re.findall(rf"\b([A-Z][\w'’]+)[ -](?i:{re.escape(asked['kind'])})\b", told)
        if any(content_words(other) for other in others):
            return asked[0]
    return ""
