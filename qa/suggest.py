"""Questions to offer, in words that a person would use: those asked in advance, else made of a heading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from index.search import PassageIndex
from index.types import Passage
from qa.evidence.gather import Gathered
from qa.question_text import asks

LONGEST = 70
"""Characters of a question that is offered."""

NEAR_ENOUGH = 0.3
"""Least cosine between a question and one that is offered instead of it."""

NEAR = 64
"""Questions asked in advance that are looked at for one heading."""

_INTERROGATIVE = frozenset("what who which when where why how".split())
_OF_ANY_DOCUMENT = frozenset(
    ("in short", "in brief", "summary", "overview", "introduction", "background", "conclusion", "references")
)
"""Sections that say nothing of what they are about."""


def topic_of(passage: Passage) -> str:
    """The heading that tells best what a passage is about: its section's, or its document's title."""
    section = passage.section
    return passage.title if section.lower().rstrip(".:") in _OF_ANY_DOCUMENT else section or passage.title


def reads_well(question: str) -> bool:
    """Whether a question can be offered as it was written: whole, with a capital, of one thing, no story."""
    one = "," not in question and ". " not in question
    whole = question[:1].isupper() and question.endswith("?") and asks(question)
    return one and whole and len(question) <= LONGEST


def instead_of(
    gathered: Gathered,
    to_begin_with: Iterable[str],
    may_be_offered: Callable[[str], bool],
    is_answered: Callable[[Gathered], bool],
) -> Iterator[str]:
    """Questions to ask instead of one that is not answered, from what was found for it: no further search.

    Args:
        gathered: What was found.
        to_begin_with: Answered questions that anyone may ask first, for where none is near.
        may_be_offered: Whether documents are asked such a question at all.
        is_answered: Whether what was gathered answers its question.

    Yields:
        Those asked in advance that are near, nearest first, else those to begin with; then one about each
        section that was found, best first.
    """
    told = {gathered.question}
    places: set[object] = set()
    for hit in gathered.answered:
        # Many ask for the same words; one that is written with care stands for all of them.
        question, place = hit.asked.question, hit.asked.places[0]
        if hit.similarity < NEAR_ENOUGH:
            break
        if place not in places and reads_well(question) and may_be_offered(question):
            places.add(place)
            if question not in told:
                told.add(question)
                yield question
    if not told - {gathered.question}:
        yield from to_begin_with
    for heading in dict.fromkeys(topic_of(hit.passage) for hit in gathered.hits):
        question = topic_question(heading)
        asked = replace(gathered, question=question, asked=())
        if question not in told and is_answered(asked) and may_be_offered(question):
            told.add(question)
            yield question


def question_on(heading: str, passages: Collection[int], index: PassageIndex) -> str:
    """A question about what stands in some passages, under a heading, or the title of their document."""
    for hit in index.asked_in_advance(heading, NEAR):
        asked = hit.asked
        if asked.answered and asked.places[0][0][0] in passages and reads_well(asked.question):
            return asked.question
    return topic_question(heading)


def topic_question(heading: str) -> str:
    """A heading of a document as a question about it."""
    if heading.endswith("?"):
        return heading
    # "Cauda equina syndrome: emergency department now" is about what stands before the colon.
    first, *rest = (heading.partition(": ")[0].strip() or heading.strip(": ")).split(maxsplit=1)
    if first.lower() in _INTERROGATIVE and rest:
        return f"Can you tell me {' '.join([first.lower(), *rest]).rstrip('.:')}?"
    # "Side effects" becomes "side effects"; "LLLT" and titles Written Like This stay as they are.
    if (first[1:].islower() or first == "A") and not (rest and rest[0][:1].isupper()):
        first = first.lower()
    return f"What is said about {' '.join([first, *rest]).rstrip('.:')}?"
