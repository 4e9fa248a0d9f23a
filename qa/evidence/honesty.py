"""Claims that must not stand alone: absolute or promotional ones, and ones that another source disputes."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.evidence.choose import Evidence
from qa.evidence.references import without_references
from qa.evidence.support import Candidate
from qa.pack import pack_in_force
from qa.sources import sells

SAME_POINT = 5.0
"""How far below the best sentence's score another source still speaks of the same point. Chosen on the
`dev` rows of kind disagreement and no_disagreement; see DECISIONS.md."""

OTHER_SIDE = 12.0
"""The same for a sentence that comes first, or nearly so, when only sources of the other kind are asked."""

NEARLY_FIRST = 3.0
"""How far below the best sentence of the other kind of source that may be."""

NEARLY_ANSWERS = 0.5
"""How much of the threshold the other kind of source has to reach: what it does not meet of the question
("in people") may be what it is disputed for."""

COMPARED = 8
"""Pairs of sentences that differ, of which the one nearest in meaning is told."""

TOGETHER = 0.9
"""Cosine between claim and reply, plus that of the farther one to the question, from which they are about
one thing. On the `dev` questions it lets all marked disagreements pass, and 14 of 25 that were none."""


Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Gives unit vectors of texts, (texts, dimension)."""
Pair = tuple[Candidate, Candidate]
"""A claim, and what replies to it."""
Together = Callable[[Sequence[Pair]], NDArray[np.float32]]
"""Gives how far each claim and its reply are about one thing, and that the one asked about."""


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a quoted claim does not stand alone.

    Attributes:
        kind: "disagreement" or "unsupported".
        claim: The sentence that claims.
        other: The sentence of another source that says otherwise, if one was found.
        words: The absolute words, as they stand in the claim; empty for a plain disagreement.
    """

    kind: str
    claim: Candidate
    other: Candidate | None
    words: str


def absolute_words(candidate: Candidate) -> str:
    """The absolute or promotional words of a sentence, as they stand there; empty where there are none.

    A source that quotes such words to deny them makes no such claim; an advertisement that adds a word
    of doubt about itself still does.
    """
    claims = pack_in_force().claims
    if not _promotes(candidate) and claims.denies_claim(candidate.sentence.text):
        return ""
    return claims.absolute_claim(candidate.sentence.text)


def other_side_wanted(question: str, evidence: Evidence) -> bool | None:
    """Which sources are to be read alone, because what is about as near as the first of the chosen, of which
    there is one, is all of the other kind.

    True for those that have something to sell, False for the others; None where neither is needed.
    """
    promotional = _promotes(evidence.chosen[0])
    one_kind = all(_promotes(candidate) == promotional for candidate in evidence.about_as_near)
    disputable = pack_in_force().claims.may_be_disputed(question)
    return not promotional if disputable and one_kind and _telling(evidence) else None


def cautions(
    question: str,
    evidence: Evidence,
    others: Evidence | None,
    encode: Encode,
    threshold: float,
) -> list[Caution]:
    """What has to be said beside the chosen sentences, at most one disagreement.

    Args:
        question: As understood.
        evidence: With at least one chosen sentence.
        others: What the sources that `other_side_wanted` names say on the same question, read alone.
        encode: n texts to (n, dimension) unit vectors.
        threshold: Confidence below which sources are held not to answer.
    """
    found: list[Caution] = []
    nearby = [
        candidate for candidate, score in evidence.ranked if score >= evidence.ranked[0][1] - SAME_POINT
    ]
    disputable = pack_in_force().claims.may_be_disputed(question)
    together = functools.partial(_together, question, encode)
    pair = None
    if disputable:
        pair = _other_side(evidence, others, threshold, together)
        # What is quoted already comes before what is only near the point.
        pair = pair or _dispute(evidence.chosen, evidence.chosen, together)
        pair = pair or _dispute(evidence.chosen, nearby, together)
        if pair is not None and together([pair])[0] < TOGETHER:
            pair = None
    for claim in evidence.chosen:
        words = absolute_words(claim)
        if not words:
            continue
        other = pair[1] if pair is not None and pair[0].place == claim.place else None
        if pair is None:
            ranked = [candidate for candidate, _ in evidence.ranked]
            pair = _dispute([claim], ranked, together)
            other = pair[1] if pair else None
        found.append(Caution("unsupported", claim, other, words))
    # What is claimed absolutely and what answers it are told to disagree however far apart they are.
    if pair is not None and disputable:
        found.insert(0, Caution("disagreement", pair[0], pair[1], ""))
    return found


def _together(question: str, encode: Encode, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    # Without references, which say nothing of the matter and are half of what would be encoded.
    texts = (" ".join(without_references(each.sentence.text).split()) for pair in pairs for each in pair)
    asked, *said = encode([question, *texts])
    vectors = np.stack(said)
    between = (vectors[::2] * vectors[1::2]).sum(axis=1)
    result: NDArray[np.float32] = between + (vectors @ asked).reshape(-1, 2).min(axis=1)
    return result


def _telling(evidence: Evidence) -> list[Candidate]:
    """The chosen sentences that claim, where they have something to sell; else those that dispute."""
    claims = pack_in_force().claims
    tells = claims.claims_effect if _promotes(evidence.chosen[0]) else claims.disputes
    return [candidate for candidate in evidence.chosen if tells(candidate.sentence.text)]


def _other_side(
    evidence: Evidence, others: Evidence | None, threshold: float, together: Together
) -> Pair | None:
    """Claim and reply, where all chosen sentences are of one kind of source and the other kind differs.

    Read alone, the other kind of source must nearly answer the question itself.
    """
    if others is None or not others.ranked or others.confidence < NEARLY_ANSWERS * threshold:
        return None
    least = max(evidence.ranked[0][1] - OTHER_SIDE, others.ranked[0][1] - NEARLY_FIRST)
    near = [other for other, score in others.ranked if score >= least]
    promotional = _promotes(evidence.chosen[0])
    pairs = [
        (mine, other) if promotional else (other, mine)
        for mine in _telling(evidence)
        for other in near
        if mine != other
    ]
    differing = [pair for pair in pairs if _differ(*pair)]
    # The best reply stands; of the claims that it answers, the one nearest in meaning is told.
    return _nearest((pair for pair in differing if pair[1] is differing[0][1]), together)


def _dispute(chosen: Sequence[Candidate], nearby: Sequence[Candidate], together: Together) -> Pair | None:
    """The first chosen sentence and one of another source that say different things of one matter.

    Where both speak outright of side effects, that one; else the one that is most about what is asked.
    """
    for mine in chosen:
        pairs = [
            (other, mine) if _asserts(other) and not _asserts(mine) else (mine, other)
            for other in nearby
            if _may_differ(mine, other)
        ]
        names = pack_in_force().claims.names_effects
        outright = (pair for pair in pairs if all(names(each.sentence.text) for each in pair))
        first = next((pair for pair in outright if _differ(*pair)), None)
        if pair := first or _nearest(pairs, together):
            return pair
    return None


def _nearest(pairs: Iterable[Pair], together: Together) -> Pair | None:
    """Of the first pairs that differ, the one that is most about what is asked; None where none differs."""
    differing = list(itertools.islice((pair for pair in pairs if _differ(*pair)), COMPARED))
    return differing[int(np.argmax(together(differing)))] if differing else None


def _may_differ(mine: Candidate, other: Candidate) -> bool:
    """Sentences of two documents, of which at least one asserts more than it shows."""
    return mine.passage.document != other.passage.document and (_asserts(mine) or _asserts(other))


def _asserts(candidate: Candidate) -> bool:
    """Whether a sentence stands in a source that sells something, or claims absolutely, whoever says it."""
    return _promotes(candidate) or bool(absolute_words(candidate))


def _promotes(candidate: Candidate) -> bool:
    return sells(candidate.passage.kind)


def _differ(claim: Candidate, reply: Candidate) -> bool:
    """Whether two sentences put harm on different steps, or one disputes what the other claims."""
    claims = pack_in_force().claims
    mine, theirs = claims.harm_step(claim.sentence.text), claims.harm_step(reply.sentence.text)
    if not claims.one_matter(claim.sentence.text, reply.sentence.text):
        return False
    if mine is not None and theirs is not None:
        return mine != theirs
    both_promote = _promotes(claim) and _promotes(reply)
    return (
        not both_promote
        and claims.claims_effect(claim.sentence.text)
        and claims.disputes(reply.sentence.text)
    )
