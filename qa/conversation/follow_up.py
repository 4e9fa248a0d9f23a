"""A follow-up, or a part of a question, as what is searched for together: alone, and with words before it.

Nothing is parsed and nothing is written out: what "it" stands for is not decided. Each sentence that is found
is judged by all of the questions (`qa.evidence.follow_up`), so that what stands alone is answered alone, and
what goes on from the turns before by what it goes on from. Only what "and the neck?" takes the place of, the
back that was asked about before, is not searched for again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.pack import pack_in_force
from qa.question_text import NEUTRAL, asks, tokens_of
from qa.things_asked import told_and_asked
from qa.vocabulary import forms
from qa.words import Word, content_words

LATEST, WORDS = 3, 8
"""Earlier questions whose words a follow-up is searched with: people go back to what they asked two turns
before ("and is that the same for the laser?"), and further where they have said little since ("and aetna"):
until there are so many words."""
REPLACED = frozenset({"person", "illness", "body_part", "treatment", "device"})
"""Kinds of things of which one takes the place of another in what is asked."""
FEW = 3
"""Words of a turn, at most, that only names what is asked about next."""
_ABOUT = re.compile(r"\W*(?:(?:and|or|but|so|ok)\b\W*)*(?:what|how) about\b", re.IGNORECASE)
MOST_PARTS = 4
"""Things that are answered at once, of a question that asks more."""


def ways_of(question: str, earlier: Sequence[str]) -> tuple[str, ...]:
    """The questions to search for together: as typed, with the words of the last one, and of the LATEST.

    With no earlier ones it stands alone.
    """
    if not earlier:
        return (question,)
    turns = LATEST
    while turns < len(earlier) and sum(len(content_words(each)) for each in earlier[-turns:]) < WORDS:
        turns += 1
    return question, with_words(question, earlier[-1:]), with_words(question, earlier[-turns:])


def with_words(question: str, others: Sequence[str]) -> str:
    """A question with the words of others behind it that carry meaning, each once, and not its own.

    Without those of what it takes the place of: "and the neck?" after "does it help the back" is of no back.
    """
    own = {word.stem for word in content_words(question)}
    replaced = _kinds(question) if _only_names(question) else frozenset()
    added = {word.stem: word.text for other in others for word in _without(replaced, other)}
    added = {stem: text for stem, text in added.items() if stem not in own}
    return f"{question.rstrip(' ?.!')}, {' '.join(added.values())}?" if added else question


def _only_names(turn: str) -> bool:
    """Whether a turn asks nothing itself and only names what is asked about: "and the neck?"."""
    names = _ABOUT.match(turn) is not None or not asks(turn)
    # "Better than for the back?" compares, "that's a cold laser, right?" tells: neither takes a place.
    others = {"than", *NEUTRAL}.isdisjoint(token.plain for token in tokens_of(turn))
    return names and others and len(content_words(turn)) <= FEW


def _kinds(text: str) -> frozenset[str]:
    """Which of the kinds REPLACED a text names things of."""
    known = pack_in_force().conditions
    return frozenset(known.kind(name) for *_, name in known.find(forms(text))) & REPLACED


def _without(kinds: frozenset[str], text: str) -> list[Word]:
    """The words of a text that carry meaning, without those that name things of some kinds."""
    known, written = pack_in_force().conditions, forms(text)
    spans = [
        (written[first].start, written[end - 1].end)
        for first, end, name in known.find(written)
        if known.kind(name) in kinds
    ]
    return [
        word for word in content_words(text) if not any(start <= word.start < end for start, end in spans)
    ]


def goes_on_from(earlier: Sequence[str]) -> str:
    """The last of the questions before that says what it is on; empty where none does."""
    return next((question for question in reversed(earlier) if content_words(question)), "")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks.

    Attributes:
        asked: The part as it was typed.
        ways: The questions to search for together, as for a follow-up on the parts before ("and is it safe"),
            each with what the person told before asking.
    """

    asked: str
    ways: tuple[str, ...]


def parts_of(question: str, earlier: Sequence[str]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts of a question, and those beyond MOST_PARTS; none where it asks one thing."""
    told, pieces = told_and_asked(question)
    if len(pieces) < 2:
        return (), ()
    parts = []
    for number, piece in enumerate(pieces[:MOST_PARTS]):
        ways = ways_of(piece, [*earlier, *pieces[:number]])
        parts.append(Part(_asked(piece), tuple(" ".join([*told, _asked(way)]) for way in ways)))
    return tuple(parts), tuple(map(_asked, pieces[MOST_PARTS:]))


def _asked(piece: str) -> str:
    return piece if piece.endswith("?") else f"{piece}?"
