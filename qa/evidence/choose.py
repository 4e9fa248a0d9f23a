"""Which sentences answer a question, and how surely the documents answer it at all."""

from __future__ import annotations

import functools
import itertools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.export_reader import NO_READER
from index.search import PassageIndex
from qa.evidence.cells import left_empty
from qa.evidence.gather import Gathered
from qa.evidence.named_reader import reader_of
from qa.evidence.order import in_order
from qa.evidence.signals import SENTENCE_SIGNALS, Signals, measure, with_readings
from qa.evidence.subjects import unknown_thing
from qa.evidence.support import Candidate

MORE_SENTENCES = 2

NO_PASSAGE_NEAR, NO_WORDS_NEAR = 0.18, 0.6
"""Cosine of the nearest passage and nearness of the nearest sentence below which, both together, a question
is about something else ("how do I stop my shed roof leaking?"), or names no subject ("is it dear"). Of the
answerable `dev` questions that name one, none that would be answered is below. The fit cannot learn it: such
questions are few, and each has other words."""

HARDLY_A_WORD = 1 / 3
"""Nearness of the nearest sentence below which a question is about something else, however near a passage is
("can you write my biology homework about photosynthesis"). Of 742 answered ones that were read, the least has
0.36."""

ASKED_ALMOST_SO = 0.7
"""`AskedNear.balance` from which a question is about the documents whatever words it has: people ask "is it a
scam" or "who shouldn't have it" of what they have just read about. Of the off-topic questions read none has
more than 0.58."""

NOTHING_OF_THE_SORT = 0.3
"""Confidence at most where an answer has a form of its own (a price, how long it lasts) and no sentence has
one of that form. Of 961 answered questions that the documents answer none was such a one, of 132 that they do
not 5."""

OF_BEST = ("votes", "worst_condition", "answer_held", "reading")
"""What counts of the best sentence's signals for confidence; its cosines tell nothing more beside these."""

QUESTION_SIGNALS = (
    *OF_BEST,
    "nearness",
    "worst_condition_anywhere",
    "length",
    "asked_unanswered",
    "asked_balance",
)
"""What confidence is computed from: the best sentence's signals, and those of the question as a whole."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted on the `dev` split by `qa.train.fit_evidence`; the figures are in DECISIONS.md.

    Attributes:
        to_read: Weight of each of SENTENCE_SIGNALS in the score by which sentences are chosen to be read;
            None where nothing reads.
        sentence: Weight of each of them in a sentence's score.
        question, bias: Logistic model of the confidence over QUESTION_SIGNALS.
        means, scales: Of QUESTION_SIGNALS, for standardising.
        threshold: Confidence below which the documents are held not to answer.
        further: A sentence is quoted too when its score is at most this far below the best.
    """

    to_read: NDArray[np.float32] | None
    sentence: NDArray[np.float32]
    question: NDArray[np.float32]
    bias: float
    means: NDArray[np.float32]
    scales: NDArray[np.float32]
    threshold: float
    further: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question.

    Attributes:
        chosen: The sentences to quote, best first; one to four, or none where nothing was found.
        ranked: Every sentence that was read closely, with its score, best first.
        confidence: Calibrated probability, 0 to 1, that the documents answer.
        lacking: What the question asks for and the passages do not give, the most telling first.
    """

    chosen: tuple[Candidate, ...]
    ranked: tuple[tuple[Candidate, float], ...]
    confidence: float
    lacking: tuple[str, ...]

    def beyond_chosen(self) -> Evidence:
        """What there is to quote next, for a person who asks for more."""
        rest = [candidate for candidate, _ in self.ranked if candidate not in self.chosen]
        return replace(self, chosen=tuple(rest[:MORE_SENTENCES]))


THRESHOLD_LITTLE_ASKED = 0.6
"""Confidence below which documents of which little was asked in advance are held not to answer. The same
confidence is worth less there: of answers between the fitted threshold and this one in seven was right."""


def much_asked(index: PassageIndex) -> bool:
    """Whether people's questions were collected for the documents, and not just headings that ask."""
    passages: int = index.manifest["counts"]["passages"]
    return len(index.asked) >= passages


@functools.lru_cache(maxsize=2)
def shipped_weights(*, reads: bool) -> Weights:
    """The weights that ship with lightqa, with a reader and without."""
    stored = json.loads(files("qa.evidence").joinpath("weights.json").read_text(encoding="utf-8"))
    own = stored["read" if reads else "unread"]

    def of_sentences(one: Mapping[str, Mapping[str, float]]) -> NDArray[np.float32]:
        return np.array([one["sentence"][name] for name in SENTENCE_SIGNALS], dtype=np.float32)

    def of_questions(part: str) -> NDArray[np.float32]:
        return np.array([own[part][name] for name in QUESTION_SIGNALS], dtype=np.float32)

    return Weights(
        to_read=of_sentences(stored["unread"]) if reads else None,
        sentence=of_sentences(own),
        question=of_questions("question"),
        bias=own["bias"],
        means=of_questions("means"),
        scales=of_questions("scales"),
        threshold=own["threshold"],
        further=own["further"],
    )


def weights_for(index: PassageIndex) -> Weights:
    """The shipped weights that fit an index."""
    weights = shipped_weights(reads=index.reader_name != NO_READER)
    return weights if much_asked(index) else replace(weights, threshold=THRESHOLD_LITTLE_ASKED)


def read(gathered: Gathered, index: PassageIndex, weights: Weights) -> Evidence:
    """Choose the sentences that answer, and say how surely.

    Args:
        gathered: What search brought for a question.
        index: The index that it was brought from.
        weights: Usually `weights_for` the index.
    """
    signals = measure(gathered, index)
    if not signals.candidates:
        return Evidence((), (), 0.0, ())
    if weights.to_read is not None and (reader := reader_of(index)) is not None:
        signals = with_readings(signals, gathered.question, weights.to_read, reader)
    scores = signals.table @ weights.sentence
    order = np.argsort(-scores, kind="stable")
    near = [int(at) for at in order if scores[at] >= scores[order[0]] - weights.further]
    chosen = in_order(near, gathered, signals, scores)
    missing = left_empty(gathered.question, signals.candidates[chosen[0]]) or unknown_thing(
        gathered.question, signals.words, signals.support
    )
    return Evidence(
        chosen=tuple(signals.candidates[at] for at in chosen),
        ranked=tuple((signals.candidates[at], float(scores[at])) for at in order),
        confidence=0.0 if missing else confidence_of(signals, scores, weights),
        lacking=(missing,) if missing else signals.lacking or _unmet_words(signals),
    )


MOSTLY = 0.5
"""Confidence below which one of several parts is not answered, where the threshold is lower: of two ways of
asking it, each sure of another sentence, neither can reach it."""


def borne_out(readings: Sequence[Evidence]) -> Evidence:
    """Of several ways of asking one thing, what was found for the one that the others bear out best.

    A way that leaves out what it is asked of is near to much ("what is the price?"), and so is one that has
    all that was named before behind it: the surest alone vouches for what the documents do not say. So the
    confidence is the mean of theirs, counting those alone that quote the same first sentence too.

    Args:
        readings: Of each way, at least one.
    """

    def together(one: Evidence) -> float:
        agreeing = [other.confidence for other in readings if set(one.chosen[:1]) & set(other.chosen)]
        return sum(agreeing) / len(readings)

    best = max(readings, key=lambda one: (together(one), one.confidence))
    return replace(best, confidence=together(best))


SURELY = 0.9
"""Confidence from which one way alone of asking a part takes it away from the sentence of another part."""


def apart(parts: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """What was found for each of several parts, from the ways of asking each.

    Two things asked are seldom answered by one sentence: where two parts open with the same, the words of
    one have drawn the other to it, and the later one, or else the earlier, is given what one of its ways
    surely leads to instead.
    """
    found = [borne_out(ways) for ways in parts]
    for earlier, later in itertools.combinations(range(len(found)), 2):
        first = found[earlier].chosen[:1]
        if not first or found[later].chosen[:1] != first:
            continue
        for part in (later, earlier):
            # The last way, as typed, may not say what it is asked of ("and did they get better").
            ways = parts[part][:-1] if part == later else parts[part]
            others = [way for way in ways if way.confidence >= SURELY and way.chosen[:1] != first]
            if others:
                found[part] = max(others, key=lambda way: way.confidence)
                break
    return found


def confidence_of(signals: Signals, scores: NDArray[np.float32], weights: Weights) -> float:
    """Probability, 0 to 1, that the documents answer, given the scores of the sentences."""
    if about_something_else(signals):
        return 0.0
    standardised = (question_signals(signals, scores) - weights.means) / weights.scales
    answers = 1 / (1 + float(np.exp(-(float(standardised @ weights.question) + weights.bias))))
    held = signals.table[:, SENTENCE_SIGNALS.index("answer_held")].any()
    # A slip ("what dose it feel like") asks for a form that a question asked in advance does not.
    vouched = signals.asked.balance > 0
    return answers if held or vouched else min(answers, NOTHING_OF_THE_SORT)


def log_odds(confidence: float) -> float:
    """A confidence as log-odds, so that 0.99 and 0.999 differ as much as 0.5 and 0.9."""
    return math.log(max(confidence, 1e-6) / max(1 - confidence, 1e-6))


def about_something_else(signals: Signals) -> bool:
    """Whether neither a passage nor the words of a sentence come near a question, or hardly a word does.

    Not where people were expected to ask just that.
    """
    if signals.asked.balance >= ASKED_ALMOST_SO:
        return False
    passages = signals.table[:, SENTENCE_SIGNALS.index("passage_similarity")]
    nearest = signals.nearness.max()
    return bool(nearest < HARDLY_A_WORD or (passages.max() < NO_PASSAGE_NEAR and nearest < NO_WORDS_NEAR))


def question_signals(signals: Signals, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The row of QUESTION_SIGNALS for one question, given the scores of its sentences."""
    best = int(np.argmax(scores))

    def of(name: str) -> NDArray[np.float32]:
        return signals.table[:, SENTENCE_SIGNALS.index(name)]

    return np.array(
        [
            *(of(name)[best] for name in OF_BEST),
            signals.nearness[best],
            of("worst_condition").max(),
            len(signals.words),
            signals.asked.unanswered,
            signals.asked.balance,
        ],
        dtype=np.float32,
    )


def _unmet_words(signals: Signals) -> tuple[str, ...]:
    """Words that no sentence meets, by how much meaning is lost with each."""
    lost = [
        (word.rarity * (1 - float(support.max())), word.text)
        for word, support in zip(signals.words, signals.support, strict=True)
        if support.max() < 1
    ]
    return tuple(text for loss, text in sorted(lost, reverse=True) if loss > 1)
