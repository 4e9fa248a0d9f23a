"""Denials and opposites: what a quote denies is denied, and what it says is more is not said to be less."""

from __future__ import annotations

from qa.said import Value, say
from qa.writer.checks.claim import Claim
from qa.writer.checks.figures import UNITS_OF_TIME
from qa.writer.checks.statement import Statement, Word
from qa.writer.checks.table import Phrases, phrases, sides


def denials(claim: Claim) -> Value:
    """What the quotes deny is denied, and nothing else is.

    Each denial is held against the words that it is surely said of: one of them must be denied on the other
    side too, where the denial may stand further off.
    """
    sentence = claim.sentence
    doubly = any(denial.short for denial in sentence.denials)
    for denial in sentence.denials:
        theirs = [each for at in denial.words for each in _said_by(claim, at)]
        # "cannot be used without": a "without" on the other side answers for the second denial alone.
        long = doubly and not denial.short
        if theirs and not any(quote.denies(other, long) for quote, other in theirs):
            words = sentence.words[min(denial.words)].text
            return say("“{words}” is denied here, and not in the cited quotes", words=words)
    spoken = sentence.long_denying_parts | sentence.only_parts
    for number, quote in enumerate(claim.cited):
        for denial in quote.denials:
            mine = [at for at, places in claim.places[number].items() if not denial.words.isdisjoint(places)]
            if any(sentence.words[at].denied or sentence.words[at].part in spoken for at in mine):
                continue
            for at in mine:
                theirs = _said_by(claim, at)
                if theirs and all(other.denied for _, other in theirs):
                    words = sentence.words[at].text
                    return say("“{words}” is denied in the cited quotes, and not here", words=words)
    return ""


def _said_by(claim: Claim, at: int) -> list[tuple[Statement, Word]]:
    """The words of the quotes for one of the sentence; the same words, where there are any."""
    word = claim.sentence.words[at]
    theirs = [
        (quote, quote.words[place])
        for quote, places in zip(claim.cited, claim.places, strict=True)
        for place in places.get(at, ())
        if not quote.words[place].denies and word.form not in UNITS_OF_TIME
    ]
    return [each for each in theirs if each[1].form == word.form] or theirs


def opposites(claim: Claim) -> Value:
    """No word stands in the sentence where the quotes have its opposite."""
    sentence = claim.sentence
    pairs = [(False, pair) for pair in sides("opposite")] + [(True, pair) for pair in sides("converse")]
    for converse, pair in pairs:
        for mine, against in (pair, pair[::-1]):
            for place in _of_side(sentence, mine):
                if place not in sentence.found(against) and _turned(claim, place, mine, against, converse):
                    words = sentence.written(place)
                    return say("“{words}” is the opposite of what the cited quotes say", words=words)
    return ""


def _turned(claim: Claim, place: tuple[int, int], mine: Phrases, against: Phrases, converse: bool) -> bool:
    """Whether the quotes have the other side of a word, and the more words around it with that side.

    Of converse words only what follows them counts: "rest after a run" is "a run before rest".
    """
    denied = _denied(claim.sentence, place)
    around = _around(claim.sentence, place, converse)
    agree, oppose = list[int](), list[int]()
    for quote in claim.cited:
        agree += [len(around & _around(quote, other, converse)) for other in _of_side(quote, mine)]
        for other in set(_of_side(quote, against)) - set(quote.found(mine)):
            same = _denied(quote, other) == denied
            (oppose if same else agree).append(len(around & _around(quote, other, converse)))
    return bool(oppose) and max(agree, default=0 if converse else -1) < max(oppose)


def _of_side(text: Statement, side: Phrases) -> list[tuple[int, int]]:
    """Where phrases stand, without those that only look so ("low back", "or more")."""
    innocent = phrases("opposite.neither").on(text.forms)
    return [place for place in text.found(side) if place[0] not in innocent]


def _denied(text: Statement, place: tuple[int, int]) -> bool:
    return any(word.denied for word in text.words[place[0] : place[1]])


def _around(text: Statement, place: tuple[int, int], after: bool, width: int = 4) -> set[str]:
    words = text.words[place[1] : place[1] + width]
    if not after:
        words = (*text.words[max(0, place[0] - width) : place[0]], *words)
    return {word.form for word in words if word.content and word.clause == text.words[place[0]].clause}
