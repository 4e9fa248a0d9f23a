"""Finds what answers a question in its conversation: it is understood, searched for, and read."""

from __future__ import annotations

import functools
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from index.search import PassageIndex, Ranking
from qa.conversation.spelling import Corrector
from qa.conversation.understand import TURNS_KEPT, Understood, last_asked, understand
from qa.evidence.choose import NOTHING, Evidence, Further, read, scored
from qa.evidence.follow_up import WAYS, in_turn
from qa.evidence.gather import Gathered, gather
from qa.evidence.units import units_in
from qa.evidence.weights import Weights, weights_for
from qa.in_parts import MOSTLY, PartFound
from qa.pack import Pack
from qa.question_text import with_question_mark
from qa.words import ENGLISH, content_words, spoken_in


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
    """

    parts: tuple[PartFound, ...] = ()
    whole: Evidence | None = None
    way: int = 0


TURNS_REMEMBERED = 64
"""Earlier turns whose evidence is kept, of all conversations: the next question goes on from them."""


_Turn = tuple[str, tuple[str, ...], str | None]
"""A question, those before it, and the only document it is asked of."""


class Finder:
    """Finds what answers questions, from one index.

    Args:
        index: The documents.
        pack: What their field needs.
        threshold: Confidence below which nothing is held to answer, 0 to 1; None for the one that was fitted.
        ranking: How passages are ranked; others than "hybrid" are for the evaluation.
    """

    def __init__(self, index: PassageIndex, pack: Pack, threshold: float | None, ranking: Ranking) -> None:
        self._index = index
        self._pack = pack
        self._threshold = threshold
        self._ranking: Ranking = ranking
        self._turns: dict[_Turn, Evidence] = {}
        self._remembering = threading.Lock()

    @property
    def weights(self) -> Weights:
        """What answers are chosen by, in the language that is spoken."""
        weights = weights_for(self._index)
        return weights if self._threshold is None else replace(weights, threshold=self._threshold)

    @functools.cached_property
    def corrector(self) -> Corrector:
        """Knows the words of the index."""
        return Corrector(self._index.vocabulary, units_in(ENGLISH))

    def understand(self, question: str, earlier: Sequence[str]) -> Understood:
        """A question in its conversation, oldest question first."""
        return understand(question, earlier, self.corrector)

    def last_asked(self, earlier: Sequence[str]) -> int | None:
        """Number of the earlier turn that was a question of its own; None where there was none."""
        return last_asked(earlier, self.corrector)

    def search(self, understood: Understood, earlier: Sequence[str], within: str | None = None) -> Searched:
        """Search for all that a question is understood as."""
        before = None
        if len(understood.ways) == len(WAYS) and understood.last is not None:
            at = understood.last
            before = self._found_before(earlier[at], earlier[:at], within)
        beside = {candidate.passage.id for candidate in before.chosen} if before else set()
        # A word that is rightly doubted is looked for as well, where nothing else tells what is meant.
        doubted = (understood.doubted,) if understood.doubted and before is None else ()
        return Searched(
            ways=self._each_once((*understood.ways, *doubted), within, beside),
            parts=tuple(self._each_once(part.ways, within) for part in understood.parts),
            before=before,
        )

    def read(self, understood: Understood, searched: Searched, further: Further | None = None) -> Found:
        """Read what was found for a question; with `further`, what goes on from what was quoted for it."""
        parts: list[PartFound] = []
        for part, ways in zip(understood.parts, searched.parts, strict=True):
            before = parts[-1].evidence if parts else searched.before
            at, evidence = self._leading(ways, before, self.unknown(part.asked))
            parts.append(PartFound(part.asked, ways[at], evidence, self._pack.declines(part.ways[-1])))
        if any(part.answered(self.of_parts) for part in parts) and further is None:
            return Found(parts=tuple(parts))
        way, meant = self._leading(searched.ways, searched.before, self.unknown(understood.question))
        return Found(whole=meant if further is None else meant.beyond(further), way=way)

    def gather(self, question: str, within: str | None = None, beside: Collection[int] = ()) -> Gathered:
        """One search of the index."""
        asked = with_question_mark(question)
        return gather(asked, self._index, self._ranking, within=within, beside=beside)

    def _each_once(
        self, ways: Sequence[str], within: str | None, beside: Collection[int] = ()
    ) -> tuple[Gathered, ...]:
        """A search for each, and one for those that are the same, as are the last and the latest of one."""
        found = {way: self.gather(way, within, beside) for way in dict.fromkeys(ways)}
        return tuple(found[way] for way in ways)

    def evidence(self, gathered: Gathered) -> Evidence:
        """What of it answers, and how surely."""
        return read(gathered, self._index, self.weights)

    def answers(self, evidence: Evidence) -> bool:
        """Whether that is surely enough."""
        return evidence.answers(self.weights.threshold)

    @property
    def of_parts(self) -> float:
        """Confidence from which one of several parts is answered."""
        return max(self.weights.threshold, MOSTLY)

    def unknown(self, question: str) -> int:
        """How many of its words the documents do not have."""
        return sum(not self.corrector.knows(word.text) for word in content_words(question))

    def _leading(
        self, ways: Sequence[Gathered], before: Evidence | None, unknown: int
    ) -> tuple[int, Evidence]:
        """What answers a question that is searched for in several ways, and the number of the one that led.

        Args:
            ways: What each of them brought.
            before: What was found for the question that it goes on from; None where it stands alone.
            unknown: How many of its own words the documents do not have.
        """
        if before is not None and len(ways) == len(WAYS):
            each = {way.question: way for way in ways}
            read_of = {asked: scored(way, self._index, self.weights) for asked, way in each.items()}
            return in_turn([read_of[way.question] for way in ways], before, unknown, self.weights)
        found = list(map(self.evidence, ways))
        at = max(range(len(found)), key=lambda at: found[at].confidence)
        return at, found[at]

    def _found_before(self, question: str, earlier: Sequence[str], within: str | None) -> Evidence:
        """What was found for an earlier question, as the conversation stood then; read again if forgotten."""
        remembered = self._turns.get(_turn(question, earlier, within))
        if remembered is not None:
            return remembered
        with spoken_in(self.corrector.spoken(question)):
            understood = self.understand(question, earlier)
            if not understood.ways:
                return NOTHING
            found = self.read(understood, self.search(understood, earlier, within))
        return self.remember(question, earlier, within, found)

    def remember(self, question: str, earlier: Sequence[str], within: str | None, found: Found) -> Evidence:
        """Keep what was found for a question in its conversation, for the next one to go on from.

        Returns:
            All of it as one: of a question of several parts what is quoted for each.
        """
        evidence = found.whole
        if evidence is None:
            answered = [part.evidence for part in found.parts if part.answered(self.of_parts)]
            chosen = tuple(dict.fromkeys(each for part in answered for each in part.chosen))
            evidence = replace(answered[0], chosen=chosen)
        with self._remembering:
            self._turns[_turn(question, earlier, within)] = evidence
            while len(self._turns) > TURNS_REMEMBERED:
                del self._turns[next(iter(self._turns))]
        return evidence


def _turn(question: str, earlier: Sequence[str], within: str | None) -> _Turn:
    """A turn as it is remembered: in a long conversation, by the turns before it that can still matter."""
    return question, tuple(earlier[-TURNS_KEPT:]), within
