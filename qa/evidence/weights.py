"""The weights by which sentences are chosen and confidence is computed, fitted by `qa.train.fit_evidence`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.export_reader import NO_READER, SHIPPED_READER
from index.search import PassageIndex
from qa.evidence.signals import SENTENCE_SIGNALS
from qa.tables import table
from qa.words import ENGLISH, language_spoken

OF_BEST = ("votes", "worst_condition", "reading")
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
        knows_off_topic: Whether questions on other things than the documents were fitted to; where they were
            not, rules tell them (`qa.evidence.confidence`).
    """

    to_read: NDArray[np.float32] | None
    sentence: NDArray[np.float32]
    question: NDArray[np.float32]
    bias: float
    means: NDArray[np.float32]
    scales: NDArray[np.float32]
    threshold: float
    further: float
    knows_off_topic: bool = False


NO_FIELD = "none"
"""The pack of documents that bring no tables of their own: there nothing but the reader tells much."""
THRESHOLD_LITTLE_ASKED = 0.6
"""Confidence below which documents of a field of which little was asked in advance are held not to answer.
The same is worth less there: of answers between the fitted threshold and this one in seven was right."""


def much_asked(index: PassageIndex) -> bool:
    """Whether people's questions were collected, beside what documents ask themselves."""
    counts: dict[str, int] = index.manifest["counts"]
    return counts.get("collected", len(index.asked)) >= counts["passages"]


@functools.lru_cache(maxsize=3)
def shipped_weights(*, reads: bool, any_folder: bool = False) -> Weights:
    """The weights that ship with lightqa.

    Args:
        reads: Whether a reader reads.
        any_folder: Whether they are those for documents of no field of which nobody asked; without a reader
            there are none of their own.
    """
    stored = table("qa.evidence", "weights.json")
    own = stored["unread" if not reads else "any folder" if any_folder else "read"]

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
        knows_off_topic=reads and any_folder,
    )


def weights_for(index: PassageIndex) -> Weights:
    """The shipped weights that fit an index and the language that is spoken: its reader knows English."""
    reads = index.reader_name != NO_READER
    if much_asked(index):
        return shipped_weights(reads=reads)
    # Nothing was fitted there to what a reader that somebody named makes of sentences.
    own_reader = index.reader_name == SHIPPED_READER
    if own_reader and index.pack_name == NO_FIELD and language_spoken() == ENGLISH:
        return shipped_weights(reads=True, any_folder=True)
    return replace(shipped_weights(reads=reads), threshold=THRESHOLD_LITTLE_ASKED)
