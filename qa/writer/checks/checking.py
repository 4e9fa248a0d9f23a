"""All checks of a written sentence, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.search import PassageIndex
from qa.pack import Pack
from qa.packs import pack_named
from qa.said import Value, say
from qa.vocabulary import forms
from qa.writer.checks.absolutes import absolutes, planted
from qa.writer.checks.claim import Claim, EncodeTokens
from qa.writer.checks.doubts import doubts, population
from qa.writer.checks.figures import figures
from qa.writer.checks.names import names
from qa.writer.checks.new_words import new_words
from qa.writer.checks.places import places
from qa.writer.checks.polarity import denials, opposites
from qa.writer.checks.statement import statement_of
from qa.writer.checks.weighing import shipped_weighing
from qa.writer.claim_reader import ClaimReader, shipped_claim_reader

Check = Callable[[Claim], Value]
"""Why a sentence may not stand, in words for people; empty where it may."""

CHECKS: Mapping[str, Check] = {
    "planted": planted,
    "figure": figures,
    "name": names,
    "absolute": absolutes,
    "opposite": opposites,
    "denial": denials,
    "doubt": doubts,
    "whom it was seen in": population,
    "new word": new_words,
    "place": places,
}
"""By name, the cheapest first."""

SURE = frozenset({"planted"})
"""Checks whose faults are never outweighed."""
UNCITED = say("it cites no quote")
UNSAID = say("the cited quotes do not seem to say it")


@dataclass(frozen=True)
class Checker:
    """Holds written sentences to quotes. Threads may share it.

    Attributes:
        tokens: The encoder of the index: n texts to the spans and unit vectors of their tokens.
        pack: The words of the index's field.
        reader: Says how well quotes bear a sentence out.
    """

    tokens: EncodeTokens
    pack: Pack
    reader: ClaimReader

    def fault(
        self, sentence: str, citations: Sequence[int], quotes: Mapping[int, str], asked: str = ""
    ) -> tuple[str, Value]:
        """The name of the first check that finds fault, and why in words; empty where the sentence stands.

        What the checks find is weighed beside what the reader of claims makes of it (`Weighing`).

        Args:
            sentence: Without its citations.
            citations: Numbers that it cites.
            quotes: All that the writer saw, by number.
            asked: The question and the titles of the documents, whose words a sentence may use too.
        """
        if not citations:
            return "citation", UNCITED
        if unknown := [number for number in citations if number not in quotes]:
            return "citation", say("it cites [{number}], and there is no such quote", number=str(unknown[0]))
        read = self.read(sentence, citations, quotes, asked)
        faults = {name: reason for name, check in CHECKS.items() if (reason := check(read))}
        cited = [quotes[number] for number in dict.fromkeys(citations)]
        if faults.keys().isdisjoint(SURE) and shipped_weighing().stands(
            self.reader.says(sentence, cited), faults
        ):
            return "", ""
        return next(iter(faults.items()), ("unsaid", UNSAID))

    def read(
        self, sentence: str, citations: Sequence[int], quotes: Mapping[int, str], asked: str = ""
    ) -> Claim:
        """What the checks are asked of."""
        return Claim(
            statement_of(sentence),
            tuple(statement_of(quotes[number]) for number in dict.fromkeys(citations)),
            tuple(statement_of(quote) for number, quote in quotes.items() if number not in citations),
            frozenset(form.text for form in forms(asked)),
            self.tokens,
            self.pack,
        )


def checker_of(index: PassageIndex) -> Checker:
    """What holds written sentences to quotes of an index."""
    encoder = index.encoder
    return Checker(encoder.encode_tokens, pack_named(index.pack_name), shipped_claim_reader(encoder.lower))
