"""Rows and fields: which of a table's rows are asked for, and what is left empty of what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from index.readable import TO_FILL_IN, cells, in_full, readable
from index.structure import FIELD
from index.types import Passage, Sentence
from qa.evidence.expected import expected_answer, holds
from qa.evidence.row_units import header_of, unit_of, with_units
from qa.evidence.support import Candidate, Matrix
from qa.phrases import is_verb, tokens_of
from qa.words import ENGLISH, Word, content_words, language_spoken, stem_set

_TELLING = 3.0
"""Rarity of the words of an empty field from which it is what is asked for: "Phone:", not "Name:"."""

_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_OF_PEOPLE = re.compile(
    r"\b(?:by|who|persons?|responsible|in charge|staff|owner|contact|initials)\b", re.IGNORECASE
)
"""How a question asks for a person, and how the column is called that has them."""

_NAME_AND_ENTRY = 2
"""Cells of a field of a form."""

_NAMES, _FAR = 2.6, 0.4
"""Rarity from which a word names what is looked up in a table, and nearness to the nearest row or column
below which none is it: "salt" is 0.28 near to a table of flour and water, "borrow" 0.64 to "Loan period"."""


def forms_in(passages: Iterable[Passage]) -> dict[str, str]:
    """The fields of the forms among some passages, by document: whom one field names, all tell of."""
    fields: dict[str, list[str]] = {}
    for passage in passages:
        rows = [row.text for row in passage.sentences if _is_field(row)]
        fields.setdefault(passage.document, []).extend(rows)
    return {document: "\n".join(rows) for document, rows in fields.items()}


def around(candidate: Candidate, forms: Mapping[str, str]) -> str:
    """The passage around a sentence, with all fields of its form where it is one."""
    passage = candidate.passage
    own = forms.get(passage.document, "") if _is_field(candidate.sentence) else ""
    return f"{passage.text}\n{own}" if own else passage.text


def _is_field(row: Sentence) -> bool:
    return row.role == "row" and not header_of(row) and len(cells(row.text)) == _NAME_AND_ENTRY


def left_empty(question: str, chosen: Candidate) -> str:
    """What is named beside an answer, all of whose words a question has, with nothing entered; else "".

    It is the header of a row's empty cell, or a field of the form around a sentence that does not name it.
    """
    asked = stem_set([question])
    header = header_of(chosen.sentence)
    if chosen.sentence.role == "row":
        name, *entries = cells(chosen.sentence.text) or [""]
        is_empty = not any(entries) and chosen.sentence.text.rstrip().endswith("|")
        if is_empty and stem_set([name]) and stem_set([name]) <= asked:
            return name
    if chosen.sentence.role == "row" and header:
        for name, cell in zip_longest(cells(header), cells(chosen.sentence.text), fillvalue=""):
            if name and not cell and (stem_set([name]) <= asked or _would_answer(question, name, chosen)):
                return name
    told = stem_set([in_full(chosen.sentence)])
    before = chosen.passage.text[: chosen.sentence.end - chosen.passage.start]
    for field in _empty_fields(chosen.passage.text, len(before.splitlines())):
        words = content_words(field)
        stems = {word.stem for word in words}
        if stems <= asked and not stems <= told and sum(word.rarity for word in words) >= _TELLING:
            return field
    return ""


def _would_answer(question: str, column: str, row: Candidate) -> bool:
    """Whether a column holds by its name what a question asks for, as who did it or how long it takes, and
    the row says it nowhere else."""
    if _WHO.search(question):
        return _OF_PEOPLE.search(column) is not None
    expected = expected_answer(question)
    unit = unit_of(column)
    if expected is None or not unit or not holds(expected, f"2 {unit}"):
        return False
    return not holds(expected, with_units(row.sentence))


def row_named(question: str, candidates: Sequence[Candidate], best_first: Sequence[int]) -> list[int]:
    """With the one row of the best one's table first that begins with a rare word of the question.

    Where the best one's table has a line for just what is asked for, no other line answers.

    Args:
        question: As understood.
        candidates: Sentences.
        best_first: Numbers of those that may be quoted; at least one.
    """
    best = candidates[best_first[0]]
    if not (header := header_of(best.sentence)):
        return list(best_first)
    asked = {word.stem for word in content_words(question) if word.rarity >= _TELLING} - stem_set([header])
    if asked & stem_set(cells(best.sentence.text)):
        return list(best_first)
    named = [
        number
        for number, each in enumerate(candidates)
        if each.passage.document == best.passage.document
        and header_of(each.sentence) == header
        and asked & stem_set(cells(each.sentence.text)[:1])
    ]
    first = named if len(named) == 1 else []
    return [*first, *(number for number in best_first if number not in first)]


def not_in_table(question: str, chosen: Candidate, words: Sequence[Word], support: Matrix) -> str:
    """What a question looks up in a table that neither names a row nor a column of it; else "".

    Args:
        question: As understood.
        chosen: The sentence that answers best.
        words: Content words of the question.
        support: (words, candidates), 0 to 1, how far each sentence speaks of each.

    Where the row itself has a telling word of the question, it is looked up there, whatever else is told.
    """
    if chosen.sentence.role != "row" or not header_of(chosen.sentence) or language_spoken() != ENGLISH:
        return ""  # how near words are is known of English ones alone
    nearest = support.max(axis=1, initial=0.0)
    own = stem_set(cells(chosen.sentence.text))
    if any(word.rarity >= _NAMES and word.stem in own for word in words):
        return ""
    tokens = tokens_of(question)
    verbs = {token.start for at, token in enumerate(tokens) if is_verb(tokens, at)}
    unknown = [
        word
        for word, near in zip(words, nearest, strict=True)
        if word.rarity >= _NAMES and near < _FAR and word.start not in verbs
    ]
    return question[unknown[0].start : unknown[-1].end] if unknown else ""


def rows_asked_for(question: str, candidates: Sequence[Candidate], best_first: Sequence[int]) -> list[int]:
    """Without the rows of the best one's table that have of the question's words only some of those it has.

    Args:
        question: As understood.
        candidates: Sentences.
        best_first: Numbers of those that may be quoted.
    """
    if not best_first or not (header := header_of(candidates[best_first[0]].sentence)):
        return list(best_first)
    asked = {word.stem for word in content_words(question)}

    def named(number: int) -> frozenset[str]:
        return stem_set(cells(candidates[number].sentence.text)) & asked

    best = named(best_first[0])
    return [
        number
        for number in best_first
        if header_of(candidates[number].sentence) != header or not named(number) < best
    ]


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
