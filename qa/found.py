"""What one step of `qa.ask` leaves for the next: what was searched, and what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.evidence.choose import Evidence
from qa.evidence.gather import Gathered
from qa.evidence.honesty import Caution
from qa.in_parts import PartFound


@dataclass(frozen=True, slots=True)
class Searched:
    """What the index brought.

    Attributes:
        ways: For each question that is searched for: a follow-up alone and with the words of what was asked
            before; one that stands alone as typed, and with a doubted word put right.
        parts: For every way of asking each of its parts, where it asks several things.
        before: What was found for the question before, where this one goes on from it.
    """

    ways: tuple[Gathered, ...]
    parts: tuple[tuple[Gathered, ...], ...]
    before: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of it.

    Attributes:
        parts: What was found for each part, where at least one is answered by itself; else empty.
        whole: The evidence for the question as a whole; None where it is answered in parts.
        way: Number of the question in `Searched.ways` that led to it.
        cautions: What must be said beside what is quoted.
        suggestions: Questions that are answered, to ask instead of one that is not.
    """

    parts: tuple[PartFound, ...] = ()
    whole: Evidence | None = None
    way: int = 0
    cautions: tuple[Caution, ...] = ()
    suggestions: tuple[str, ...] = ()
