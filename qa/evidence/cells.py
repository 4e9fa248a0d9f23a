"""Rows of a table that leave empty what is asked for: they name the item, and give no answer."""

from __future__ import annotations

from itertools import zip_longest

from index.readable import cells
from index.types import Sentence
from qa.words import stem_set


def left_empty(question: str, sentence: Sentence) -> str:
    """The header, all of whose words a question has, under which a row has no entry; else ""."""
    header = next((part.text for part in sentence.companions if part.role == "header"), "")
    if sentence.role != "row" or not header:
        return ""
    asked = stem_set([question])
    for name, cell in zip_longest(cells(header), cells(sentence.text), fillvalue=""):
        if name and not cell and stem_set([name]) <= asked:
            return name
    return ""
