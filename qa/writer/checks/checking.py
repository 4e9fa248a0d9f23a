"""All checks of a written sentence, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from index.search import PassageIndex
from qa.pack import Pack
from qa.packs import pack_named
from qa.writer.checks.absolutes import absolutes, addresses, advice
from qa.writer.checks.claim import Claim, claim
from qa.writer.checks.figures import bare_figures, figures, fractions, units_of_time
from qa.writer.checks.hedges import amounts, conditions, degrees, hedges, not_always, population
from qa.writer.checks.meaning import alike, cited_nearest, coverage, in_its_place, new_words
from qa.writer.checks.names import bound_names, names
from qa.writer.checks.near import Encode, Nearness
from qa.writer.checks.polarity import comparisons, denials, opposites

Check = Callable[[Claim], str]
"""Why a sentence may not stand, in words for people; empty where it may."""

CHECKS: Mapping[str, Check] = {
    "address": addresses,
    "advice": advice,
    "figure": bare_figures,
    "figure and unit": figures,
    "fraction": fractions,
    "unit": units_of_time,
    "name": names,
    "absolute": absolutes,
    "opposite": opposites,
    "comparison": comparisons,
    "denial": denials,
    "doubt": hedges,
    "how much": degrees,
    "not always": not_always,
    "amount": amounts,
    "condition": conditions,
    "whom it was seen in": population,
    "whose name": bound_names,
    "new word": new_words,
    "other word": in_its_place,
    "words": coverage,
    "another quote": cited_nearest,
    "meaning": alike,
}
"""By name, the cheapest first."""

UNCITED = "it cites no quote"


class Checker:
    """Holds written sentences to quotes. Threads may share it.

    Args:
        encode: The encoder of the index: n texts to (n, dimension) unit vectors.
        pack: The words of the index's field.
    """

    def __init__(self, encode: Encode, pack: Pack) -> None:
        self._near = Nearness(encode, pack)

    def fault(self, sentence: str, citations: Sequence[int], quotes: Mapping[int, str]) -> tuple[str, str]:
        """The name of the first check that a sentence fails, and why in words; empty where it stands.

        Args:
            sentence: Without its citations.
            citations: Numbers that it cites.
            quotes: All that the writer saw, by number.
        """
        if not citations:
            return "citation", UNCITED
        if unknown := [number for number in citations if number not in quotes]:
            return "citation", f"it cites [{unknown[0]}], and there is no such quote"
        read = claim(sentence, quotes, list(dict.fromkeys(citations)), self._near)
        for name, check in CHECKS.items():
            if reason := check(read):
                return name, reason
        return "", ""


def checker_of(index: PassageIndex) -> Checker:
    """What holds written sentences to quotes of an index."""
    return Checker(index.encoder.encode, pack_named(index.pack_name))
