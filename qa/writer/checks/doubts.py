"""Doubts, amounts and conditions: what a source says with one of these is not said without."""

from __future__ import annotations

from collections.abc import Mapping

from qa.said import Value, say
from qa.writer.checks.claim import Claim
from qa.writer.checks.statement import Statement
from qa.writer.checks.table import Phrases, phrases

REACH = 6
"""Content words on either side of a doubt that it is about."""

AT_THE_FRONT = 8
"""Words from the front of a quote in which an attribution holds for the whole."""

KEPT_BY: Mapping[str, tuple[str, ...]] = {
    "hedge.modal": ("hedge.modal", "hedge.attribution", "hedge.attributes", "hedge.frequency"),
    "hedge.frequency": ("hedge.frequency", "hedge.modal", "hedge.also", "amount.some", "amount.many"),
    "hedge.attribution": ("hedge.attribution", "hedge.attributes", "hedge.modal"),
    "hedge.not_all": ("hedge.not_all", "hedge.modal", "hedge.frequency"),
    "hedge.degree": ("hedge.degree", "hedge.also", "amount.some"),
    "amount.some": ("amount.some", "amount.many", "hedge.frequency", "hedge.also"),
    "amount.many": ("amount.some", "amount.many", "hedge.frequency", "hedge.also"),
    "condition.words": ("condition.words", "condition.kept", "hedge.frequency"),
}
"""What weakens a quote, and what a sentence must have one of to say it again."""


def doubts(claim: Claim) -> Value:
    """What weakens the quotes about what the sentence says again stands in the sentence too."""
    for kind, kept_by in KEPT_BY.items():
        if _weakening(claim.sentence, phrases(*kept_by)):
            continue
        for number, quote in enumerate(claim.cited):
            for place in _weakening(quote, phrases(kind)):
                if kind == "hedge.attribution" and place[0] >= AT_THE_FRONT:
                    continue
                if _about(quote, place, claim.used(number), kind):
                    words = quote.written(place)
                    return say("the cited quotes weaken this by “{words}”, which is left out", words=words)
    return ""


def _weakening(text: Statement, weak: Phrases) -> list[tuple[int, int]]:
    """Where phrases stand that weaken, without those that only look so ("more likely", "like")."""
    innocent = phrases("hedge.no_doubt").on(text.forms)
    return [
        place
        for place in text.found(weak)
        if place[0] not in innocent and text.words[place[0]].text.lower() != "like"
    ]


def _about(quote: Statement, place: tuple[int, int], used: set[int], kind: str) -> bool:
    """Whether a sentence says again at least half of the words that a doubt of a quote is about."""
    clause = quote.words[place[0]].clause
    after = [at for at in range(place[1], len(quote.words)) if quote.words[at].content]
    before = [at for at in range(place[0] - 1, -1, -1) if quote.words[at].content]
    rows = [[at for at in row[:REACH] if quote.words[at].clause == clause] for row in (after, before)]
    if kind == "hedge.degree":
        rows = [rows[0][:2] + rows[1][:2]]
    elif kind == "condition.words":  # what holds is told, and not under which condition
        rows = [[] if any(at in used for at in rows[0]) else before[:REACH], []]
        after = []
    near = next(filter(None, [*rows, after[:REACH]]), [])
    return bool(near) and sum(at in used for at in near) >= 0.5 * len(near)


def population(claim: Claim) -> Value:
    """What was seen in animals or dishes is not said of people, nor of nobody in particular."""
    animals = phrases("population.words")
    of_animals = [quote.has(animals) for quote in claim.cited]
    if all(of_animals) and not claim.sentence.has(animals):
        return say("the cited quotes tell of animals or of the laboratory, and the sentence does not say so")
    if claim.sentence.has(animals) and not any(of_animals):
        return say("it tells of animals or of the laboratory, and the cited quotes do not")
    return ""
