"""What is read for a question: passages that search brings, of every standing, and where asked ones point."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from index.search import PassageIndex, Ranking
from index.types import AskedHit, Hit
from qa.evidence.support import Candidate
from qa.sources import standing
from qa.things_asked import asks_several

PASSAGES_READ = 8
"""Best passages in which evidence is sought; the cost of an answer does not grow with the corpus."""

OWN_SHARE = 4
"""Passages of each standing that are read at least, where as many are among the SIFTED best: what sells
a therapy has all the words of a question, what weighs it has fewer."""

SIFTED = 40

ASKED_NEAR = 64
"""Questions asked in advance that are looked at: the nearest that are answered, and that are not."""

ASKED_POINTING = 8
"""Of the answered ones, those whose places are read."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one search of an index brought for a question.

    Attributes:
        question: As it was searched for.
        hits: Passages to be read, best first.
        asked: Questions asked in advance, nearest first.
    """

    question: str
    hits: tuple[Hit, ...]
    asked: tuple[AskedHit, ...]

    @property
    def answered(self) -> tuple[AskedHit, ...]:
        """The nearest questions that the documents answer."""
        return tuple(hit for hit in self.asked if hit.asked.answered)

    @property
    def unanswered(self) -> AskedHit | None:
        """The nearest question of all, where it is one that the documents do not answer."""
        return self.asked[0] if self.asked and not self.asked[0].asked.answered else None

    def candidates_at(self, place: Sequence[tuple[int, int]]) -> list[Candidate]:
        """The sentences of a place, by passage and position, as far as their passages are read."""
        passages = {hit.passage.id: hit.passage for hit in self.hits}
        return [
            Candidate(passages[passage], passages[passage].sentences[at], at)
            for passage, at in place
            if passage in passages
        ]

    def only(self, wanted: Callable[[str], bool]) -> Gathered:
        """What was found in sources of some kinds alone, without what was asked in advance."""
        return replace(self, hits=tuple(hit for hit in self.hits if wanted(hit.passage.kind)), asked=())


def gather(
    question: str,
    index: PassageIndex,
    ranking: Ranking = "hybrid",
    *,
    with_asked: bool = True,
    within: str | None = None,
    beside: Collection[int] = (),
) -> Gathered:
    """Search an index once for everything that is read for a question.

    Args:
        question: As understood.
        index: What is searched.
        ranking: How passages are ranked.
        with_asked: Whether to look at what was asked in advance; not, to see what the documents give alone.
        within: Path of the only document to read; None for all.
        beside: Passages that are read whatever search brings.
    """
    own = {passage.id for passage in index.passages(within)} if within else set()
    asked = index.asked_in_advance(question, ASKED_NEAR) if with_asked else []
    if not asks_several(question):
        # One that asks several things vouches for none alone: the documents may answer only the others.
        asked = [hit for hit in asked if not asks_several(hit.asked.question)]
    if within:
        asked = [hit for hit in asked if hit.asked.places and hit.asked.places[0][0][0] in own]
    pointing = [hit.asked for hit in asked if hit.asked.answered][:ASKED_POINTING]
    pointing += [hit.asked for hit in asked[:1] if not hit.asked.answered]
    pointed = {passage for each in pointing for place in each.places for passage, _ in place}
    pointed.update(beside)
    hits = index.search(question, SIFTED, ranking=ranking, including=sorted(pointed | own))
    if within:
        hits = [hit for hit in hits if hit.passage.document == within][:SIFTED]
    return Gathered(question, tuple(_read(hits, pointed)), tuple(asked))


def _read(hits: Sequence[Hit], pointed: set[int]) -> list[Hit]:
    """The best passages, some of each standing, and those that are pointed at."""
    kept = []
    of_standing: dict[int, int] = {}
    for at, hit in enumerate(hits):
        own = standing(hit.passage.kind)
        of_standing[own] = of_standing.get(own, 0) + 1
        if at < PASSAGES_READ or of_standing[own] <= OWN_SHARE or hit.passage.id in pointed:
            kept.append(hit)
    return kept
