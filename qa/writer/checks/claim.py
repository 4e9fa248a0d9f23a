"""A written sentence beside the quotes that it cites, with all that the checks ask of both."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa.writer.checks.near import Nearness
from qa.writer.checks.said import Said, Word, said
from qa.writer.checks.table import Phrases


@dataclass(frozen=True)
class Claim:
    """What is checked.

    Attributes:
        sentence: What was written, without its citations.
        cited: The quotes that it cites.
        others: The quotes that it does not cite.
        near: Compares words.
    """

    sentence: Said
    cited: tuple[Said, ...]
    others: tuple[Said, ...]
    near: Nearness = field(compare=False)

    def __hash__(self) -> int:
        return id(self)

    @functools.cached_property
    def places(self) -> list[dict[int, list[int]]]:
        """For each cited quote, where it has the content words of the sentence."""
        return [self.near.places(self.sentence, quote) for quote in self.cited]

    def quotes_have(self, phrases: Phrases) -> bool:
        return any(quote.has(phrases) for quote in self.cited)

    def covered(self, at: int) -> bool:
        """Whether any cited quote has this content word of the sentence."""
        return any(places.get(at) for places in self.places)

    def used(self, quote: int) -> set[int]:
        """The words of a cited quote that the sentence says again."""
        return {place for places in self.places[quote].values() for place in places}

    def overlap(self, words: Sequence[Word], clause: Sequence[Word]) -> float:
        """How much of some words of the sentence a clause of a quote has, by rarity."""
        theirs = {word.form for word in clause}
        return sum(word.rarity for word in words if word.content and word.form in theirs)


def claim(sentence: str, quotes: Mapping[int, str], citations: Sequence[int], near: Nearness) -> Claim:
    """Read a sentence and quotes.

    Args:
        sentence: Without its citations.
        quotes: All that the writer saw, by number.
        citations: Numbers that the sentence cites, each among the quotes.
        near: Compares words.
    """
    return Claim(
        said(sentence),
        tuple(said(quotes[number]) for number in citations),
        tuple(said(quote) for number, quote in quotes.items() if number not in citations),
        near,
    )
