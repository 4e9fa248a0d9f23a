"""One thing of a kind that a question names and no document does, where others of the kind are told of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.readable import in_full
from qa.evidence.support import Candidate
from qa.words import content_words

_NAMED = re.compile(r"(?<![.?!]\s)(?<!^)\b(?P<name>[A-Z][a-z][\w'’]+)[ -](?P<kind>[A-Za-z][a-z]{2,})\b")
"""A name before what it is of: "the Birch Room"."""


def another_of_its_kind(question: str, chosen: Candidate, vocabulary: Mapping[str, int]) -> str:
    """What a question asks about, where what would answer it is told of another thing of that kind; else "".

    Args:
        question: As understood.
        chosen: What would be said first.
        vocabulary: The words of all documents, in lower case.
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
