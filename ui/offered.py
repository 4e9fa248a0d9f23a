"""Questions asked in advance that the page offers: while one types, to start from, and after an answer.

Each of them is one that the documents answer, and that is written so that it can be offered as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest

from index.search import PassageIndex
from index.types import Asked
from qa.suggest import reads_well
from qa.types import Reply

NEXT = 3
"""Questions offered after an answer."""

NEAR_ENOUGH = 0.45
"""Least cosine between a question and one that is offered after its answer."""

_LOOKED_AT = 64


def offered(index: PassageIndex) -> list[tuple[str, str]]:
    """Every question that may be offered, and a name for the place that answers it.

    Questions with the same place are one question in other words; one of them is enough.
    """
    return [(asked.question, "{}.{}".format(*asked.places[0][0])) for asked in _readable(index)]


def next_questions(index: PassageIndex, reply: Reply, k: int = NEXT) -> list[str]:
    """What to ask after an answer: near to its question, and answered by other words than it quotes.

    Args:
        index: What is asked.
        reply: The answer.
        k: How many at most.
    """
    question = reply.understood_as or reply.question
    told = {(citation.document, citation.start) for citation in reply.citations}
    found: list[str] = []
    for hit in index.asked_in_advance(question, _LOOKED_AT):
        asked = hit.asked
        if hit.similarity < NEAR_ENOUGH or len(found) == k:
            break
        if not (asked.answered and reads_well(asked.question)):
            continue
        id, at = asked.places[0][0]
        passage = index.passages_by_id([id])[0]
        place = passage.document, passage.sentences[at].start
        if place not in told:
            told.add(place)
            found.append(asked.question)
    return found


def to_start_from(index: PassageIndex) -> Iterator[str]:
    """A question of each document in turn, as its writer put them, best first."""
    first: dict[str, list[str]] = {}
    seen: set[tuple[int, int]] = set()
    answered = _readable(index)
    ids = sorted({asked.places[0][0][0] for asked in answered})
    document = {passage.id: passage.document for passage in index.passages_by_id(ids)}
    for asked in answered:
        place = asked.places[0][0]
        if place not in seen:
            seen.add(place)
            first.setdefault(document[place[0]], []).append(asked.question)
    yield from filter(None, chain.from_iterable(zip_longest(*first.values())))


def _readable(index: PassageIndex) -> list[Asked]:
    return [asked for asked in index.asked.answered() if reads_well(asked.question)]
