"""What is said of the sentences that are near, and in what order: evidence first, each thing once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.readable import in_full
from qa.evidence.ages import age_asked, ages
from qa.evidence.conditions import find_conditions
from qa.evidence.gather import Gathered
from qa.evidence.repeats import says_the_same
from qa.evidence.signals import Signals
from qa.evidence.speaks_of import is_met
from qa.evidence.votes import votes
from qa.pack import pack_in_force
from qa.sources import INFORMED, PROMOTIONAL, of_one_source, standing

MOST_SENTENCES = 4

ABOUT_AS_NEAR = 1.0
"""Difference of scores up to which a source that sells nothing is read before one that does. On the typed
questions of `dev` it put the right sentence first 1 time in 100 more often, on the well-formed ones less."""

ASKED_ALIKE, ASKED_VERDICT, MAY_LEAD = 0.92, 0.85, 2.5
"""Cosine from which the words that are to be said first for a question asked in advance lead the answer, the
same where a document concludes with them, and how far below the best score the former may be. Of the `dev`
questions whose first sentence changed at 2.0, 4 of 5 changed for the better; 2.5 changes two more, neither
for better nor worse."""

OF_THESE_ALONE = 0.9
"""Share of the nearest questions asked in advance, by nearness, that are to be answered first from sources
that sell nothing: then one of these leads. Of questions read 3 changed for the better and 1 for the worse."""

CONCLUDED = 4.0
"""How far below the best score what a document concludes may be, and still be said beside it, or first where
it is to be said first for nearly the same question."""

STEPS_BELOW = 8.0
"""How far below what is said above them the first of some steps may be, and still be told where it is asked
how something is done: "Turn off the tap" has none of the words of "How do I change the filter?"."""

_HOW_DONE = re.compile(
    r"^\W*(?:and |so |but )?(?:how (?:to|(?:do|can|should|would|must|shall|could) (?:i|you|we|one|people)"
    r"|(?:is|are|was|were) (?:the |an? |my |our )?\w+)\b(?!.*\b(?:long|often|much|many|big|large)\b)"
    r"|(?:what|which) (?:are |is )?(?:the )?steps?\b)"
    r"|\b(?:procedure|instructions|step by step|walk me through)\b",
    re.IGNORECASE,
)


def asks_how_done(question: str) -> bool:
    """Whether a question asks for steps, which then are told whole: "How do I change the filter?"."""
    return _HOW_DONE.search(question) is not None


def in_order(near: list[int], gathered: Gathered, signals: Signals, scores: NDArray[np.float32]) -> list[int]:
    """Which sentences to quote, in order, of those that answer about as well as the best.

    Args:
        near: Rows of `signals.candidates`, best first; at least one.
        gathered, signals: What was brought and measured.
        scores: (candidates,): of each, higher when it answers better.

    Returns:
        One to MOST_SENTENCES rows.
    """
    near = _evidence_first(near, gathered, signals, scores)
    near = _as_asked_in_advance(near, gathered, signals, scores)
    near = _of_the_age(near, gathered.question, signals, scores)
    near = _with_steps(near, gathered.question, signals, scores)
    near = _with_conclusion(near, gathered.question, signals, scores)
    return _each_once(near, signals)


def _evidence_first(
    near: list[int], gathered: Gathered, signals: Signals, scores: NDArray[np.float32]
) -> list[int]:
    """On effect, harm and proof, what weighs a therapy before what sells it, where it is about as near.

    Whether a question is one of these its words tell ("does it help"), or the questions asked in advance that
    are like it ("my brother-in-law swears by it, any truth in that?").
    """

    def worth(row: int) -> int:
        return standing(signals.candidates[row].passage.kind)

    if worth(near[0]) != PROMOTIONAL or of_one_source(gathered.question):
        return near
    best = scores[near[0]]
    weighing = [row for row in near if worth(row) >= INFORMED and scores[row] >= best - ABOUT_AS_NEAR]
    if weighing:
        # What a document concludes may be a little farther.
        reach = scores[weighing[0]] - ABOUT_AS_NEAR
        weighing = [row for row in near if worth(row) >= INFORMED and scores[row] >= reach]
    if not weighing or not pack_in_force().claims.may_be_disputed(gathered.question):
        said = votes(gathered.answered, signals.candidates, first=True)
        informed = [row for row in np.flatnonzero(said).tolist() if worth(row) >= INFORMED]
        alone = said[informed].sum() >= OF_THESE_ALONE * said.sum()
        weighing = [row for row in informed if alone and scores[row] >= best - MAY_LEAD]
    # Of those that may lead, what a document concludes.
    weighing.sort(key=lambda row: (not signals.candidates[row].passage.concludes, -scores[row]))
    return [*weighing[:1], *(row for row in near if row not in weighing[:1])]


def _as_asked_in_advance(
    near: list[int], gathered: Gathered, signals: Signals, scores: NDArray[np.float32]
) -> list[int]:
    """First what somebody wrote to be said first for nearly the same question, where it is about as near."""
    if not gathered.answered or gathered.unanswered is not None or of_one_source(gathered.question):
        return near
    nearest = gathered.answered[0]
    place = nearest.asked.places[0][0]
    for row, candidate in enumerate(signals.candidates):
        if candidate.place == place:
            concludes = candidate.passage.concludes
            least, below = (ASKED_VERDICT, CONCLUDED) if concludes else (ASKED_ALIKE, MAY_LEAD)
            if nearest.similarity >= least and scores[row] >= scores.max() - below:
                return [row, *(other for other in near if other != row)]
    return near


def _of_the_age(near: list[int], question: str, signals: Signals, scores: NDArray[np.float32]) -> list[int]:
    """Asked for somebody of an age, not what is said of others, where something is said for that age."""
    asked = age_asked(question)
    if asked is None:
        return near
    told = {row: ages(in_full(candidate.sentence)) for row, candidate in enumerate(signals.candidates)}
    own = [row for row, said in told.items() if any(low <= asked < high for low, high in said)]
    own = sorted(own, key=lambda row: -scores[row])
    if not own or scores[own[0]] < scores[near[0]] - 2 * MAY_LEAD:
        return near
    others = [row for row in near if not told[row]]
    first = [row for row in own if row in near] or own[:1]
    return [*first, *others] if told[near[0]] else [row for row in near if row in first or row in others]


def _with_steps(near: list[int], question: str, signals: Signals, scores: NDArray[np.float32]) -> list[int]:
    """Asked how something is done, first the steps that stand below what is said of it, under one heading."""
    if not asks_how_done(question):
        return near
    best = signals.candidates[near[0]]
    if best.sentence.role != "prose":
        return near

    def is_step_below(row: int) -> bool:
        step, passage = signals.candidates[row].sentence, signals.candidates[row].passage
        return step.is_step and passage.id == best.passage.id and step.start > best.sentence.start

    steps = filter(is_step_below, range(len(signals.candidates)))
    first = min(steps, key=lambda row: signals.candidates[row].sentence.start, default=None)
    if first is None or scores[first] < scores[near[0]] - STEPS_BELOW:
        return near
    return [first, *(row for row in near if row != first)]


def _with_conclusion(
    near: list[int], question: str, signals: Signals, scores: NDArray[np.float32]
) -> list[int]:
    """On effect, harm and proof, also what a document concludes on just that, if nothing near concludes.

    A guideline that makes no statement, or one trial, may be nearer to the words than the verdict.
    """
    if not pack_in_force().claims.may_be_disputed(question):
        return near
    asked = [each for each in find_conditions(question) if each.weight == 1]

    def concludes(row: int) -> bool:
        passage = signals.candidates[row].passage
        return passage.concludes and standing(passage.kind) >= INFORMED

    def on_just_that(row: int) -> bool:
        text = in_full(signals.candidates[row].sentence)
        return bool(asked) and all(is_met(each, text) for each in asked)

    if any(concludes(row) for row in near[:MOST_SENTENCES]):
        return near
    for row in np.argsort(-scores, kind="stable").tolist():
        if scores[row] < scores[near[0]] - CONCLUDED:
            break
        if row not in near and concludes(row) and on_just_that(row):
            return [near[0], row, *near[1:]]
    return near


def _each_once(rows: Sequence[int], signals: Signals) -> list[int]:
    """Rows of candidates, best first, without those that repeat what a better one says."""
    kept: list[int] = []
    for row in rows:
        text = in_full(signals.candidates[row].sentence)
        if not any(
            says_the_same(
                text,
                in_full(signals.candidates[better].sentence),
                float(signals.meanings[row] @ signals.meanings[better]),
            )
            for better in kept
        ):
            kept.append(row)
        if len(kept) == MOST_SENTENCES:
            break
    return kept
