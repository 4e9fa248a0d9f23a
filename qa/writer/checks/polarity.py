"""Denials and opposites: what a quote denies is denied, and what it says is more is not said to be less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.writer.checks.claim import Claim
from qa.writer.checks.figures import UNITS_OF_TIME
from qa.writer.checks.said import Said, Word
from qa.writer.checks.table import Phrases, table

TURNS = frozenset("but while wherea although though howev yet".split())
"""Words after which the other side is told."""

MOST_OF_IT = 0.6
"""Share of a clause's words, by rarity, that a clause of a quote must have to be held against it."""


def denials(claim: Claim) -> str:
    """What the quotes deny is denied, and nothing else is."""
    sentence = claim.sentence
    nearest = {clause[0].clause: _nearest(claim, clause) for clause in sentence.clauses if _total(clause) > 0}
    aligned = [(at, word, _said_by(claim, at)) for at, word in enumerate(sentence.words) if word.content]
    # Where the sentence denies what a clause of a quote denies, how far the denial reaches is not weighed.
    settled = {
        (id(quote), other.clause)
        for _, word, theirs in aligned
        if word.denied
        for quote, other in theirs
        if other.denied
    }
    for _, word, theirs in aligned:
        if word.form in UNITS_OF_TIME or not theirs:
            continue
        near = nearest.get(word.clause)
        here = [each for each in theirs if near and near == (id(each[0]), each[1].clause)]
        theirs = here or theirs
        if any(other.denied == word.denied for _, other in theirs):
            continue
        if any((id(quote), other.clause) in settled for quote, other in theirs):
            continue
        if word.denied and not any(_denied_before(quote, other) for quote, other in theirs):
            return f"“{word.text}” is denied here, and not in the cited quotes"
        if not word.denied and not _denies(sentence, word):
            return f"“{word.text}” is denied in the cited quotes, and not here"
    return ""


def _denied_before(text: Said, word: Word) -> bool:
    """Whether anything is denied in the clause of a word, or further ahead without a "but" in between."""
    at = text.words.index(word)
    for each in reversed(text.words[:at]):
        if each.form in TURNS:
            break
        if each.denied:
            return True
    return _denies(text, word)


def _said_by(claim: Claim, at: int) -> list[tuple[Said, Word]]:
    """The words of the quotes for one of the sentence; the same words, where there are any."""
    word = claim.sentence.words[at]
    theirs = [
        (quote, quote.words[place])
        for quote, places in zip(claim.cited, claim.places, strict=True)
        for place in places.get(at, ())
        if not quote.words[place].denies
    ]
    return [each for each in theirs if each[1].form == word.form] or theirs


def _total(clause: Sequence[Word]) -> float:
    return sum(word.rarity for word in clause if word.content)


def _nearest(claim: Claim, clause: Sequence[Word]) -> tuple[int, int] | None:
    """The clause of a quote that has most of a clause of the sentence, where one has most of it."""
    rows = [(quote, row) for quote in claim.cited for row in quote.clauses]
    quote, best = max(rows, key=lambda row: claim.overlap(clause, row[1]))
    if claim.overlap(clause, best) < MOST_OF_IT * _total(clause):
        return None
    return id(quote), best[0].clause


def _denies(text: Said, word: Word) -> bool:
    """Whether anything is denied in the clause of a word."""
    return any(each.denied for each in text.words if each.clause == word.clause)


def opposites(claim: Claim) -> str:
    """No word stands in the sentence of which the quotes have only the opposite."""
    for one, other in table().opposites:
        for mine, against in ((one, other), (other, one)):
            for place in claim.sentence.found(mine):
                if _also_against(claim.sentence, place, against):
                    continue
                same = list(_found(claim, mine))
                turned = [each for each in _found(claim, against) if each not in same]
                if not turned or _meets(claim, place, turned, same):
                    continue
                return f"“{claim.sentence.written(place)}” is the opposite of what the cited quotes say"
    return ""


_MORE = Phrases("more, better, greater, superior, further, faster, longer".split(", "))
_LESS = Phrases("less, fewer, worse, inferior, slower, shorter".split(", "))
_THAN = Phrases(["than"])
_DOWN = Phrases("ease, eased, reduce, lower, relieve, relieved, cut, lessen, decrease".split(", "))


def comparisons(claim: Claim) -> str:
    """More than something is not said to be less than it."""
    sentence = claim.sentence
    if not sentence.has(_THAN):
        return ""
    for mine, against in ((_MORE, _LESS), (_LESS, _MORE)):
        if not sentence.has(mine) or sentence.has(against):
            continue
        quotes = [quote for quote in claim.cited if quote.has(_THAN)]
        turned = [q for q in quotes if q.has(against) and not q.has(mine)]
        # "eased pain more" is "less pain", but not "eased pain less".
        if quotes and len(turned) == len(quotes) and sentence.has(_DOWN) == turned[0].has(_DOWN):
            sides = ((sentence, mine), (turned[0], against))
            denied = [_denied(text, text.found(of)[0]) for text, of in sides]
            if denied[0] == denied[1]:
                written = sentence.written(sentence.found(mine)[0])
                return f"“{written}” is the opposite of what the cited quotes say"
    return ""


Found = tuple[Said, tuple[int, int]]


def _found(claim: Claim, phrases: Phrases) -> Iterator[Found]:
    for quote in claim.cited:
        for place in quote.found(phrases):
            yield quote, place


def _also_against(sentence: Said, place: tuple[int, int], against: Phrases) -> bool:
    """Whether a word stands on both sides ("low")."""
    return place in sentence.found(against)


def _denied(text: Said, place: tuple[int, int]) -> bool:
    return any(word.denied for word in text.words[place[0] : place[1]])


def _meets(claim: Claim, place: tuple[int, int], turned: list[Found], same: list[Found]) -> bool:
    """Whether a side is said by the quotes of the same thing, or is the denial of its opposite."""
    mine = _around(claim.sentence, place)
    denied = _denied(claim.sentence, place)
    agree = [len(mine & _around(quote, other)) for quote, other in same if _denied(quote, other) == denied]
    agree += [len(mine & _around(quote, other)) for quote, other in turned if _denied(quote, other) != denied]
    oppose = [len(mine & _around(quote, other)) for quote, other in turned if _denied(quote, other) == denied]
    if not oppose:
        return True
    if not agree:
        return max(oppose) == 0 and not _same_subject(claim, place, turned)
    return max(agree) >= max(oppose)


def _same_subject(claim: Claim, place: tuple[int, int], turned: list[Found]) -> bool:
    """Whether the sentence shares most of its words with a clause that says the opposite."""
    clause = [word for word in claim.sentence.words if word.content]
    total = sum(word.rarity for word in clause)
    for quote, other in turned:
        row = [word for word in quote.words if word.clause == quote.words[other[0]].clause]
        if total and claim.overlap(clause, row) >= 0.3 * total:
            return True
    return False


def _around(text: Said, place: tuple[int, int], width: int = 4) -> set[str]:
    words = [*text.words[max(0, place[0] - width) : place[0]], *text.words[place[1] : place[1] + width]]
    return {word.form for word in words if word.content and word.clause == text.words[place[0]].clause}
