"""Patterns of the red-flag table: terms of it that stand together, and what must hold beside.

The terms of a part stand close together in one sentence, and all parts hold:

    NUMB + SADDLE                  both, in any order, at most 6 words between (+8: at most 8)
    CANNOT > URINATE               in this order, at most 4 words between (>2: at most 2)
    BACK WITH FEVER                both, anywhere in the question
    TOE + BLACK GIVEN DIABETES     the second is background, which may lie in the past
    LEAK WITH BACK UNLESS SNEEZE   not where the question has the last, itself one or more terms
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.health.safety.terms import Found, Span, Term, Terms
from qa.health.safety.wording import Word

_JOIN = re.compile(r"\s+([+>])(\d*)\s+")
_WINDOW = {"+": 6, ">": 4}


@dataclass(frozen=True, slots=True)
class Part:
    """Terms that stand close together, with the kind and width of each joint between them."""

    terms: tuple[Term, ...]
    joints: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that must hold, background that must be there, and terms that must not.

    Attributes:
        text: As the table writes it.
        parts, given, unless: What it says.
        needed: All terms of the parts and of the background.
    """

    text: str
    parts: tuple[Part, ...]
    given: tuple[Part, ...]
    unless: tuple[Part, ...]
    needed: tuple[Term, ...]


def parse_pattern(text: str, terms: Terms) -> Pattern:
    """A pattern of the table, its terms compiled.

    Raises:
        TableError: It names a group that the table does not have.
    """
    first, *rest = re.split(r" (WITH|GIVEN|UNLESS) ", text)
    pieces = [("WITH", first), *zip(rest[::2], rest[1::2], strict=True)]
    parts = tuple(_parse_part(piece, terms) for word, piece in pieces if word == "WITH")
    given = tuple(_parse_part(piece, terms) for word, piece in pieces if word == "GIVEN")
    unless = tuple(_parse_part(piece, terms) for word, piece in pieces if word == "UNLESS")
    needed = tuple(term for part in (*parts, *given) for term in part.terms)
    return Pattern(text, parts, given, unless, needed)


def _parse_part(text: str, terms: Terms) -> Part:
    pieces = _JOIN.split(text.strip())
    joints = [
        (kind, int(width or _WINDOW[kind])) for kind, width in zip(pieces[1::3], pieces[2::3], strict=True)
    ]
    return Part(tuple(terms.term(piece) for piece in pieces[0::3]), tuple(joints))


def occurrences(part: Part, found: Found, words: Sequence[Word]) -> Iterator[tuple[Span, ...]]:
    """Every way in which the terms of a part stand close together in one sentence, earliest first."""
    if all(found.spans(term) for term in part.terms):
        for span in found.spans(part.terms[0]):
            yield from _extend((span,), part, found, words)


def _extend(
    spans: tuple[Span, ...], part: Part, found: Found, words: Sequence[Word]
) -> Iterator[tuple[Span, ...]]:
    if len(spans) == len(part.terms):
        yield spans
        return
    kind, width = part.joints[len(spans) - 1]
    before = spans[-1]
    for after in found.spans(part.terms[len(spans)]):
        if (
            _joined(before, after, kind, width)
            and words[after.first].sentence == words[before.first].sentence
        ):
            yield from _extend((*spans, after), part, found, words)


def _joined(before: Span, after: Span, kind: str, width: int) -> bool:
    if after.first > before.last:
        return after.first - before.last - 1 <= width
    return kind == "+" and before.first > after.last and before.first - after.last - 1 <= width
