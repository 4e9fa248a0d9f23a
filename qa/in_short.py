"""How an answer is laid out: what is read in short, what else is said, and what is only claimed.

On effect, safety and proof the verdict of the strongest source stands first, whatever sells a therapy is
folded away as its claim, and where sources disagree both sides stand next to each other. Any other question
is answered by the sentence that answers it best, whoever says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.evidence.choose import Evidence
from qa.evidence.conditions import find_conditions
from qa.evidence.honesty import Caution
from qa.evidence.order import ABOUT_AS_NEAR, MAY_LEAD, MOST_SENTENCES
from qa.evidence.speaks_of import is_met
from qa.evidence.support import Candidate
from qa.pack import pack_in_force
from qa.sources import INFORMED, of_one_source, sells, standing

IN_SHORT, MORE, CLAIMED = "in short", "more", "claimed"
"""The places of a quoted sentence. What is claimed is folded on the page."""

AS_GOOD = 0.25
"""Difference of scores up to which a second sentence answers as well as the first, and is read in short too.
On `dev` such a second one is right about as often as a first one; see DECISIONS.md."""


LIMIT_NEAR = 4.0
"""How far below the best score what limits for an illness that somebody tells of may be, and still lead."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence, where it is read, and under which heading, if any."""

    candidate: Candidate
    place: str
    under: str = ""


def lay_out(question: str, evidence: Evidence, cautions: Sequence[Caution]) -> list[Placed]:
    """The sentences of an answer, at most MOST_SENTENCES, in the order to be read.

    Args:
        question: As understood.
        evidence: With at least one chosen sentence.
        cautions: What has to be said beside the chosen ones; what they name is quoted too.
    """
    scores = dict(evidence.ranked)
    disputable = pack_in_force().claims.may_be_disputed(question) or _begins_with_claim(
        question, evidence, cautions
    )
    sides = next((caution for caution in cautions if caution.kind == "disagreement"), None)
    first = [_verdict(question, evidence) if disputable else evidence.chosen[0]]
    if sides is not None and sides.other is not None:
        if not only_claims(first[0]):
            # A verdict on something else than the claim is no side of it, and stands before both.
            one_side = _disputes(first[0], sides.claim)
            first = list(dict.fromkeys([*first, *([] if one_side else [sides.other]), sides.claim]))
        elif not of_one_source(question) and _leads(sides.other, evidence):
            first = [sides.other, sides.claim]
        else:
            # What does not answer the question is no other side of it.
            cautions = [caution for caution in cautions if caution is not sides]
            sides = None
    if (limit := _limit(question, evidence, scores)) is not None:
        first = list(dict.fromkeys([limit, *first]))
    replies = [caution.other for caution in cautions if caution.other is not None]
    claims = [caution.claim for caution in cautions]
    sentences = list(dict.fromkeys([*first, *claims, *replies, *evidence.chosen]))[:MOST_SENTENCES]
    claimed_ones = {each for each in sentences if disputable and only_claims(each)}
    if sides is None:
        weighing = [each for each in sentences[1:] if each not in claimed_ones]
        least = scores.get(first[0], 0.0) - AS_GOOD
        first += [each for each in weighing[:1] if scores.get(each, 0.0) >= least]
    placed = []
    for sentence in sentences:
        # One side of a disagreement is read beside the other one; alone, a claim stays one.
        claimed = sentence in claimed_ones and (sides is None or sentence not in first)
        placed.append(Placed(sentence, CLAIMED if claimed else IN_SHORT if sentence in first else MORE))
    order = (CLAIMED, IN_SHORT, MORE) if placed[0].place == CLAIMED else (IN_SHORT, MORE, CLAIMED)
    return sorted(placed, key=lambda each: order.index(each.place))


def _begins_with_claim(question: str, evidence: Evidence, cautions: Sequence[Caution]) -> bool:
    """Whether the best sentence claims an effect without support, however the question is put."""
    claims = {caution.claim for caution in cautions}
    return evidence.chosen[0] in claims and not of_one_source(question)


def only_claims(candidate: Candidate) -> bool:
    """Whether a sentence is the claim of a source that sells something, and not what it lacks."""
    return sells(candidate.passage.kind) and not pack_in_force().claims.gives_none(candidate.sentence.text)


def nearest_that_weighs(question: str, nearest: Candidate, evidence: Evidence) -> Candidate:
    """What is shown as nearest to a question that is not answered: what weighs most of what is as near."""
    if of_one_source(question):
        return nearest
    scores = dict(evidence.ranked)
    least = scores.get(nearest, max(scores.values(), default=0.0)) - ABOUT_AS_NEAR
    near = [nearest, *(each for each, score in evidence.ranked if score >= least)]
    return max(near, key=lambda each: (not only_claims(each), standing(each.passage.kind)))


def sides_as_read(placed: Sequence[Placed], cautions: Sequence[Caution]) -> list[Caution]:
    """What has to be said of the sentences as they are laid out: of a disagreement, the two that are read.

    Beside a claim the verdict is read, which may be another sentence than the one that was found first.
    """
    read = [each.candidate for each in placed if each.place == IN_SHORT]

    def as_read(caution: Caution) -> Caution:
        if caution.kind != "disagreement" or caution.other in read or caution.claim not in read:
            return caution
        other = next((each for each in read if _disputes(each, caution.claim)), caution.other)
        return replace(caution, other=other)

    return [as_read(caution) for caution in cautions]


def _disputes(candidate: Candidate, claim: Candidate) -> bool:
    """Whether a sentence says otherwise than a claim on one matter."""
    claims = pack_in_force().claims
    own, claimed = candidate.sentence.text, claim.sentence.text
    return candidate != claim and claims.disputes(own) and claims.one_matter(claimed, own)


def _verdict(question: str, evidence: Evidence) -> Candidate:
    """Of what is about as near as the best, the first that claims nothing, by who weighs or informs.

    That an article offers no proof is no verdict on a therapy, unless the article is what is asked of; nor is
    what a glossary says of a word.
    """
    asked_of = of_one_source(question)

    def weighs(each: Candidate) -> bool:
        return bool(asked_of) or standing(each.passage.kind) >= INFORMED

    return max(
        evidence.about_as_near,
        key=lambda each: (not only_claims(each), weighs(each), not sells(each.passage.kind)),
    )


def _limit(question: str, evidence: Evidence, scores: dict[Candidate, float]) -> Candidate | None:
    """What forbids or limits, where somebody asks whether they may: it is read before what reassures.

    Somebody who tells of an illness or a pregnancy asks whether they may with it, however much else they
    tell: what limits for just that is read first, where what is nearest to all the words passes over it or
    speaks of it without a limit.
    """
    claims = pack_in_force().claims
    best = evidence.chosen[0]
    conditions = find_conditions(question)
    told = [each for each in conditions if each.of_the_person]
    # "Does it help my back with a pacemaker?" asks that too.
    if not claims.asks_leave(question) and not any(each.kind == "implant" for each in told):
        return None
    spoken_of = [each for each in conditions if is_met(each, best.sentence.text)]

    def limits(each: Candidate, within: float) -> bool:
        near = scores.get(each, 0.0) >= scores.get(best, 0.0) - within
        return near and not only_claims(each) and claims.limits(each.sentence.text)

    def speaks_of_it(each: Candidate) -> bool:
        return any(is_met(condition, each.sentence.text) for condition in told)

    if told and not (speaks_of_it(best) and limits(best, 0.0)):
        own = (each for each, _ in evidence.ranked if speaks_of_it(each) and limits(each, LIMIT_NEAR))
        if (found := next(own, None)) is not None:
            return found
    # What limits another thing ("class 4 lasers") limits nothing here.
    alike = (
        each for each in evidence.chosen if all(is_met(known, each.sentence.text) for known in spoken_of)
    )
    return next((each for each in alike if limits(each, ABOUT_AS_NEAR)), None)


def _leads(reply: Candidate, evidence: Evidence) -> bool:
    """Whether what disputes a claim answers well enough to be read before it."""
    least = evidence.ranked[0][1] - MAY_LEAD
    return reply in evidence.chosen or dict(evidence.ranked).get(reply, least - 1) >= least
