"""The way of a question to its reply, readable in a minute."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.search import PassageIndex, Ranking
from index.types import Hit
from qa import compose
from qa.evidence import Evidence, Weights, read, shipped_weights
from qa.honesty import cautions
from qa.types import Refusal, Reply

PASSAGES_READ = 8
"""Passages in which evidence is sought; the cost of an answer does not grow with the corpus."""


class Assistant:
    """Answers questions from one index. Holds no conversation: that is passed in with each question.

    Args:
        index: The documents to answer from.
        threshold: Confidence below which it declines, 0 to 1; None for the one that was fitted.
        ranking: How passages are ranked; others than "hybrid" are for the evaluation.
    """

    def __init__(
        self, index: PassageIndex, *, threshold: float | None = None, ranking: Ranking = "hybrid"
    ) -> None:
        self.index = index
        self.weights: Weights = shipped_weights()
        if threshold is not None:
            self.weights = replace(self.weights, threshold=threshold)
        self._ranking: Ranking = ranking
        self._is_answered = functools.lru_cache(maxsize=1024)(self._is_answered_uncached)

    def ask(self, question: str, earlier: Sequence[str] = ()) -> Reply:
        """Reply to a question.

        Args:
            question: What the person asks.
            earlier: What the person asked before in this conversation, oldest first.

        Returns:
            An Answer of one to four quoted sentences, a Refusal or an Emergency.
        """
        began = time.perf_counter()
        reply = self._reply(question, earlier)
        return replace(reply, seconds=time.perf_counter() - began)

    def _reply(self, question: str, earlier: Sequence[str]) -> Reply:
        hits = self._search(question)
        evidence = self._read(question, hits)
        if evidence.confidence < self.weights.threshold or not evidence.chosen:
            return self._refusal(question, hits, evidence)
        beside = cautions(evidence, lambda claim: self._read(claim, self._search(claim)))
        return compose.answer(question, evidence, beside, evidence.confidence)

    def _search(self, question: str) -> list[Hit]:
        return self.index.search(question, PASSAGES_READ, ranking=self._ranking)

    def _read(self, question: str, hits: Sequence[Hit]) -> Evidence:
        return read(question, hits, self.index, self.weights)

    def _refusal(self, question: str, hits: Sequence[Hit], evidence: Evidence) -> Refusal:
        return compose.refusal(question, hits, evidence.lacking, self._suggestions(hits), evidence.confidence)

    def _suggestions(self, hits: Sequence[Hit]) -> Iterator[str]:
        """Questions about the nearest sections that, when asked, are answered."""
        for heading in dict.fromkeys(hit.passage.section or hit.passage.title for hit in hits):
            question = compose.topic_question(heading)
            if self._is_answered(question):
                yield question

    def _is_answered_uncached(self, question: str) -> bool:
        return self._read(question, self._search(question)).confidence >= self.weights.threshold
