"""Rows and fields: which of a table's rows are asked for, and what is left empty of what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import numpy as np

from index.readable import cells, in_full, readable
from index.structure import FIELD
from index.types import Sentence
from qa.evidence.quantities import LONGEST_SIGN, quantities, unit_named
from qa.evidence.support import Candidate, Matrix
from qa.phrases import is_verb, tokens_of
from qa.words import ENGLISH, Word, content_words, language_spoken, stem_set

_UNIT = re.compile(r"[(\[]\s*([^()\[\]]{1,20}?)\s*[)\]]\W*$")
"""What a header has in brackets at its end."""
_BARE = re.compile(r"[~≈<>≤≥±-]?\s*\d[\d.,]*(?:\s*(?:-|–|to)\s*\d[\d.,]*)?")
_TO_FILL_IN = " \t_.…·"
_TELLING = 3.0
"""Rarity of the words of an empty field from which it is what is asked for: "Phone:", not "Name:"."""

_NAMES, _FAR = 2.6, 0.4
"""Rarity from which a word names what is looked up in a table, and nearness to the nearest row or column
below which none is it: "salt" is 0.28 near to a table of flour and water, "borrow" 0.64 to "Loan period"."""


def with_units(sentence: Sentence) -> str:
    """A sentence in full; behind a row, its bare figures in the units of the header ("Length (m)")."""
    told = in_full(sentence)
    header = _header(sentence) if sentence.role == "row" else ""
    units = [_unit_of(name) for name in cells(header)] if header else []
    figures = [
        f"{cell} {unit}"
        for unit, cell in zip(units, cells(sentence.text), strict=False)
        if unit and _BARE.fullmatch(cell)
    ]
    return "; ".join([told, *figures])


def in_units(words: Sequence[Word], candidates: Sequence[Candidate]) -> Matrix:
    """(words, candidates): 1 where the word is a unit ("kilograms") and the sentence has a figure in it."""
    found = np.zeros((len(words), len(candidates)), np.float32)
    units = [unit_named(word.text) for word in words]
    if any(units):  # Few questions name one, and all figures of all candidates are read for it.
        told = [{figure.unit for figure in quantities(with_units(each.sentence))} for each in candidates]
        for row, unit in enumerate(units):
            found[row] = [unit != "" and unit in own for own in told]
    return found


def _unit_of(header: str) -> str:
    """The unit of the figures below a header: in brackets at its end, or all that it says ("Minutes")."""
    bracketed = _UNIT.search(header)
    if bracketed:
        return bracketed[1]
    figures = quantities(f"2 {header}")
    whole = bool(figures) and bool(figures[0].unit) and figures[0].end == len(header) + 2
    # "Year" has years below it, not how many.
    return header if whole and (len(header) <= LONGEST_SIGN or header[-1] in "sn") else ""


def left_empty(question: str, chosen: Candidate) -> str:
    """What is named beside an answer, all of whose words a question has, with nothing entered; else "".

    It is the header of a row's empty cell, or a field of the form around a sentence that does not name it.
    """
    asked = stem_set([question])
    header = _header(chosen.sentence)
    if chosen.sentence.role == "row" and header:
        for name, cell in zip_longest(cells(header), cells(chosen.sentence.text), fillvalue=""):
            if name and not cell and stem_set([name]) <= asked:
                return name
    told = stem_set([in_full(chosen.sentence)])
    before = chosen.passage.text[: chosen.sentence.end - chosen.passage.start]
    for field in _empty_fields(chosen.passage.text, len(before.splitlines())):
        words = content_words(field)
        stems = {word.stem for word in words}
        if stems <= asked and not stems <= told and sum(word.rarity for word in words) >= _TELLING:
            return field
    return ""


def not_in_table(question: str, chosen: Candidate, words: Sequence[Word], support: Matrix) -> str:
    """What a question looks up in a table that neither names a row nor a column of it; else "".

    Args:
        question: As understood.
        chosen: The sentence that answers best.
        words: Content words of the question.
        support: (words, candidates), 0 to 1, how far each sentence speaks of each.

    Where the row itself has a telling word of the question, it is looked up there, whatever else is told.
    """
    if chosen.sentence.role != "row" or not _header(chosen.sentence) or language_spoken() != ENGLISH:
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
    if not best_first or not (header := _header(candidates[best_first[0]].sentence)):
        return list(best_first)
    asked = {word.stem for word in content_words(question)}

    def named(number: int) -> frozenset[str]:
        return stem_set(cells(candidates[number].sentence.text)) & asked

    best = named(best_first[0])
    return [
        number
        for number in best_first
        if _header(candidates[number].sentence) != header or not named(number) < best
    ]


def _header(sentence: Sentence) -> str:
    return next((part.text for part in sentence.companions if part.role == "header"), "")


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
        name = line.rstrip(_TO_FILL_IN)
        field = FIELD.match(name)
        if field is None or field.end() != len(name) or (below and not FIELD.match(below)):
            continue
        if number > quoted or name != line:
            yield name.rstrip(":")
