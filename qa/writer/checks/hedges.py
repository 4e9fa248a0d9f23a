"""Doubts, amounts and conditions: what a source says with one of these is not said without."""

from __future__ import annotations

from collections.abc import Sequence

from qa.writer.checks.claim import Claim
from qa.writer.checks.said import Said, Word
from qa.writer.checks.table import Phrases, table

REACH = 6
"""Content words after a doubt that it is about."""


def hedges(claim: Claim) -> str:
    """A doubt of the quotes about what the sentence says again stands in the sentence too."""
    known = table()
    kinds: tuple[tuple[Phrases, tuple[Phrases, ...], str], ...] = (
        (
            known.modal,
            (known.modal, known.attribution, known.attributes, known.frequency),
            "a doubt",
        ),
        (known.frequency, (known.frequency, known.modal, known.also, *known.amounts[:2]), "how often"),
        (known.attribution, (known.attribution, known.attributes, known.modal), "whose words they are"),
    )
    for phrases, kept_by, what in kinds:
        kept = any(doubts(claim.sentence, each) for each in kept_by)
        if kept:
            continue
        for quote, place in _reaching(claim, phrases):
            if phrases is known.attribution and not _opens(quote, place):
                continue
            return f"the cited quotes say this with {what} (“{quote.written(place)}”), which is left out"
    return ""


def degrees(claim: Claim) -> str:
    """What is a little in the quotes is a little in the sentence."""
    known = table()
    if claim.sentence.has(known.degree) or claim.sentence.has(known.also):
        return ""
    for number, quote in enumerate(claim.cited):
        used = claim.used(number)
        for place in quote.found(known.degree):
            clause = [
                at
                for at, word in enumerate(quote.words)
                if word.content
                and word.clause == quote.words[place[0]].clause
                and not place[0] <= at < place[1]
            ]
            beside = [at for at in clause if abs(at - place[0]) <= 3]
            if beside and sum(at in used for at in beside) >= 0.5 * len(beside):
                return f"the cited quotes say how little (“{quote.written(place)}”), which is left out"
    return ""


def not_always(claim: Claim) -> str:
    """What a quote denies of all alone is not denied outright."""
    known = table()
    every = known.amounts[2]
    sentence = claim.sentence
    if not any(word.denied for word in sentence.words) or sentence.has(every) or sentence.has(known.modal):
        return ""
    for number, quote in enumerate(claim.cited):
        used = claim.used(number)
        for place in quote.found(every):
            word = quote.words[place[0]]
            after = [at for at in range(place[1], len(quote.words)) if quote.words[at].content][:3]
            if word.denied and not word.denies and any(at in used for at in after):
                return f"the cited quotes deny it of “{quote.written(place)}” alone"
    return ""


def doubts(text: Said, phrases: Phrases) -> list[tuple[int, int]]:
    """Where phrases stand that weaken, without those that only look so ("more likely")."""
    innocent = {at for first, end in text.found(table().no_doubt) for at in range(first, end)}
    return [place for place in text.found(phrases) if place[0] not in innocent]


def _opens(quote: Said, place: tuple[int, int]) -> bool:
    """Whether an attribution stands at the front, where it holds for the whole."""
    return place[0] < 8


def _reaching(claim: Claim, phrases: Phrases) -> list[tuple[Said, tuple[int, int]]]:
    """Where a doubt stands in a cited quote and is about words that the sentence says again."""
    found = []
    for number, quote in enumerate(claim.cited):
        used = claim.used(number)
        for place in doubts(quote, phrases):
            after = [at for at in range(place[1], len(quote.words)) if quote.words[at].content][:REACH]
            clause = [at for at in after if quote.words[at].clause == quote.words[place[0]].clause] or after
            if clause and sum(at in used for at in clause) >= 0.5 * len(clause):
                found.append((quote, place))
    return found


def amounts(claim: Claim) -> str:
    """What holds of some or many is not said of more."""
    known = table()
    some, many, every = known.amounts
    mine = max(
        (level for level, phrases in enumerate(known.amounts) if claim.sentence.has(phrases)), default=-1
    )
    weak = claim.sentence.has(known.frequency) or claim.sentence.has(known.also)
    more = claim.quotes_have(many) or claim.quotes_have(every)
    if mine == 1 and claim.quotes_have(some) and not more:
        return "it says of many or most what the cited quotes say of some"
    for place in claim.sentence.found(every):
        said_of = {word.form for word in claim.sentence.words[place[1] : place[1] + 3] if word.content}
        for quote in claim.cited:
            for other in [*quote.found(some), *quote.found(many)]:
                if said_of & {word.form for word in quote.words[other[1] : other[1] + 3]}:
                    return f"the cited quotes say it of “{quote.written(other)}”, and not of all"
    if mine == -1 and not weak:
        for phrases in (some, many):
            for number, quote in enumerate(claim.cited):
                used = claim.used(number)
                for place in quote.found(phrases):
                    if _superlative(quote, place):
                        continue
                    after = range(place[1], min(place[1] + 3, len(quote.words)))
                    if any(at in used or quote.words[at].form in known.people for at in after):
                        whom = quote.written((place[0], after[:1].stop))
                        return f"the cited quotes say it of “{whom}” alone"
    return ""


def _superlative(text: Said, place: tuple[int, int]) -> bool:
    """Whether "most" is said of how, and not of how many: "the most common"."""
    after = text.words[place[1]].text.lower() if place[1] < len(text.words) else ""
    counted = after.endswith("s") or after in ("people", "of", "children", "women", "men")
    return text.written(place).lower() == "most" and not counted


def conditions(claim: Claim) -> str:
    """What a quote says under a condition is not said without it."""
    known = table()
    for number, quote in enumerate(claim.cited):
        used = claim.used(number)
        for place in quote.found(known.conditions):
            after = [at for at in range(place[1], len(quote.words)) if quote.words[at].content][:4]
            before = [at for at in range(place[0]) if quote.words[at].content]
            # The sentence tells what holds, and leaves out when.
            told = sum(at in used for at in before) >= 0.5 * len(before) if before else bool(used)
            kept = any(claim.sentence.has(each) for each in (known.conditions, known.modal, known.also))
            if after and told and not kept and not any(at in used for at in after):
                words = quote.written((place[0], place[1] + 1))
                return f"the cited quotes say it under a condition (“{words} …”)"
    return ""


def population(claim: Claim) -> str:
    """What was seen in animals or dishes is not said of people, nor of nobody in particular."""
    known = table()
    animals = [quote for quote in claim.cited if quote.has(known.animals)]
    if animals and len(animals) == len(claim.cited) and not claim.sentence.has(known.animals):
        return "the cited quotes tell of animals or of the laboratory, and the sentence does not say so"
    if claim.sentence.has(known.animals) and not animals:
        return "it tells of animals or of the laboratory, and the cited quotes do not"
    return _swapped(claim) if animals else ""


def _swapped(claim: Claim) -> str:
    """Whether a clause says of animals or the laboratory what the quotes say of people, or the reverse."""
    known = table()
    rows = [
        (quote, clause)
        for quote in claim.cited
        for clause in quote.clauses
        if _whom(quote, clause, known.animals) != _whom(quote, clause, known.people)
    ]
    for clause in claim.sentence.clauses:
        of_animals = _whom(claim.sentence, clause, known.animals)
        if of_animals == _whom(claim.sentence, clause, known.people) or not rows:
            continue
        own = max(
            (claim.overlap(clause, row) for q, row in rows if _whom(q, row, known.animals) == of_animals),
            default=0,
        )
        other = max(
            (claim.overlap(clause, row) for q, row in rows if _whom(q, row, known.animals) != of_animals),
            default=0,
        )
        if other > own:
            return (
                "the cited quotes say this of others than the sentence does (people, animals, the laboratory)"
            )
    return ""


def _whom(text: Said, clause: Sequence[Word], phrases: Phrases) -> bool:
    numbers = {text.words.index(word) for word in clause}
    return any(numbers & set(range(*place)) for place in text.found(phrases))
