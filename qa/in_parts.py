"""The reply to a question of several parts: each is answered by itself, or it is said that it is not."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.readable import in_full
from qa.cite import Cited, cite
from qa.compose import UNSURE, caution_notes, only_claimed, quoted_sentences
from qa.evidence.choose import Evidence
from qa.evidence.gather import Gathered
from qa.evidence.honesty import Caution
from qa.evidence.order import MOST_SENTENCES, asks_how_done
from qa.evidence.repeats import ALIKE, says_the_same
from qa.evidence.support import Candidate
from qa.in_short import CLAIMED, IN_SHORT, MORE, Placed, lay_out, sides_as_read
from qa.said import either, say
from qa.types import Answer, Note

MOSTLY = 0.5
"""Confidence below which one of several parts is not answered, where the threshold is lower."""


@dataclass(frozen=True, slots=True)
class PartFound:
    """What was found for one of the things that a question asks.

    Attributes:
        asked: The part as it was typed.
        gathered: What search brought for it, by the way of asking it that led.
        evidence: What was read of that.
        declined: Why no document may answer it for one person; None where they may.
        cautions: What must be said beside what is quoted of it.
    """

    asked: str
    gathered: Gathered
    evidence: Evidence
    declined: str | None = None
    cautions: tuple[Caution, ...] = ()

    def answered(self, threshold: float) -> bool:
        """Whether the documents answer it, at a confidence from which that is held to be so."""
        return self.evidence.answers(threshold) and self.declined is None

    def unsure(self, threshold: float) -> bool:
        """Whether they may answer it all the same."""
        return self.answered(UNSURE * threshold) and not self.answered(threshold)


def answer_in_parts(
    question: str, parts: Sequence[PartFound], left: Sequence[str], threshold: float
) -> Answer:
    """An answer to a question of several parts: the best sentence of each, then what else there is room for.

    Args:
        question: The whole question.
        parts: What was found for each; at least one is answered.
        left: Parts that were not looked for, as so many are answered at once.
        threshold: Confidence below which a part is held not to be answered.
    """
    answered = [part for part in parts if part.answered(threshold)]
    unsure = [part for part in parts if part.unsure(threshold)]
    laid_out = [lay_out(part.asked, part.evidence, part.cautions) for part in answered]
    placed = _each_once(answered, laid_out)[: max(MOST_SENTENCES - len(unsure), len(answered))]
    known = {each.candidate for each in placed}
    nearest = [Placed(part.evidence.chosen[0], MORE, part.asked) for part in unsure]
    placed += [each for each in nearest if each.candidate not in known]
    # What answers one part is read together, in the order of the parts; what may answer one stands last.
    order = [part.asked for part in (*answered, *unsure)]
    first = {own[0].candidate for own in laid_out}
    places = (IN_SHORT, MORE, CLAIMED)
    placed.sort(
        key=lambda each: (
            order.index(each.under),
            each.candidate not in first and places.index(each.place),
        )
    )
    steps = any(asks_how_done(part.asked) for part in answered)
    cited = cite([each.candidate for each in placed], None, whole_steps=steps)
    told = {each.under for each in placed}
    return Answer(
        question=question,
        sentences=quoted_sentences(cited, placed),
        citations=cited.citations,
        notes=(
            # Parts that are answered by one claim have one caution.
            *dict.fromkeys(
                note for part, own in zip(answered, laid_out, strict=True) for note in _told(part, own, cited)
            ),
            *_unanswered(parts, threshold),
            *_left(left),
            *(_may_be_answered(part, cited) for part in unsure),
            *(
                _nothing_more(part, cited.number(own[0].candidate))
                for part, own in zip(answered, laid_out, strict=True)
                if part.asked not in told
            ),
        ),
        confidence=min(part.evidence.confidence for part in answered),
    )


def _each_once(answered: Sequence[PartFound], laid_out: Sequence[Sequence[Placed]]) -> list[Placed]:
    """What answers each part in turn, the best of each first, each thing once.

    A sentence stands under one part alone; what goes on from the best of a part repeats nothing that is said.
    """
    of_parts = [
        [
            replace(each, place=each.place if each.place == CLAIMED or not at else MORE, under=part.asked)
            for at, each in enumerate(own)
        ]
        for part, own in zip(answered, laid_out, strict=True)
    ]
    once: dict[Candidate, Placed] = {}
    for each in filter(None, itertools.chain.from_iterable(itertools.zip_longest(*of_parts))):
        text = in_full(each.candidate.sentence)
        if each.place != IN_SHORT and any(
            says_the_same(text, in_full(kept.sentence), ALIKE) for kept in once
        ):
            continue
        once.setdefault(each.candidate, each)
    return list(once.values())


def _told(part: PartFound, own: Sequence[Placed], cited: Cited) -> Iterator[Note]:
    """What has to be said beside what is quoted for a part, as if it were asked alone."""
    numbers = (cited.find(each.candidate) for each in own if each.place == CLAIMED)
    if (note := only_claimed(own, tuple(number for number in numbers if number is not None))) is not None:
        yield note
    yield from caution_notes(sides_as_read(own, part.cautions), cited)


def _unanswered(parts: Sequence[PartFound], threshold: float) -> Iterator[Note]:
    """What of the question the documents do not answer, and what they may not answer for one person."""
    for part in parts:
        if not (part.answered(threshold) or part.unsure(threshold)):
            told = [say("The documents do not answer {parts}.", parts=either([part.asked]))]
            yield Note.of("unanswered", *told, *([say(part.declined)] if part.declined else []))


def _left(parts: Sequence[str]) -> Iterator[Note]:
    if parts:
        told = say("So many things are not answered at once; ask again for {parts}.", parts=either(parts))
        yield Note.of("unanswered", told)


def _may_be_answered(part: PartFound, cited: Cited) -> Note:
    number = cited.number(part.evidence.chosen[0])
    told = say(
        "The documents may not answer “{part}”; nearest to it is {number}.",
        part=part.asked,
        number=f"[{number}]",
    )
    return Note.of("unanswered", told, citations=(number,))


def _nothing_more(part: PartFound, number: int) -> Note:
    """Where all that is near to a part is quoted for another one: it may answer both, or but the other."""
    told = say("For “{part}” nothing was found beyond {number}.", part=part.asked, number=f"[{number}]")
    return Note.of("unanswered", told, citations=(number,))
