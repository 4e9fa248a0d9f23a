"""The way of a question to its reply, readable in a minute."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from index.search import PassageIndex, Ranking
from index.types import Hit
from qa.evidence import Evidence, Weights, read, shipped_weights
from qa.signals import Candidate
from qa.types import Answer, Citation, Note, QuotedSentence, Refusal, Reply

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
        hits = self.index.search(question, PASSAGES_READ, ranking=self._ranking)
        evidence = read(question, hits, self.index, self.weights)
        if evidence.confidence < self.weights.threshold:
            return _refusal(question, hits, evidence)
        citations = _citations(evidence.chosen)
        return Answer(
            question=question,
            sentences=tuple(QuotedSentence(citation.quote, citation.number) for citation in citations),
            citations=citations,
            confidence=evidence.confidence,
        )


def _citations(chosen: Sequence[Candidate]) -> tuple[Citation, ...]:
    """Citations for the chosen sentences: the best one first, the others in reading order."""
    first, *others = chosen
    others.sort(key=lambda candidate: (candidate.passage.id, candidate.sentence.start))
    return tuple(
        Citation(
            number=number,
            document=candidate.passage.document,
            title=candidate.passage.title,
            section=candidate.passage.section,
            page=candidate.passage.page,
            source_kind=candidate.passage.kind,
            start=candidate.sentence.start,
            end=candidate.sentence.end,
            quote=candidate.sentence.text,
        )
        for number, candidate in enumerate([first, *others], start=1)
    )


def _refusal(question: str, hits: Sequence[Hit], evidence: Evidence) -> Refusal:
    """Say that the documents do not answer, what they lack, and what they do speak of."""
    topics = list(
        dict.fromkeys((hit.passage.section or hit.passage.title, hit.passage.title) for hit in hits)
    )[:3]
    spoken = "; ".join(dict.fromkeys(topic for topic, _ in topics))
    reason = "The documents do not answer this question."
    if evidence.unmet and topics:
        reason += f" The nearest that they speak of is: {spoken}; not of: {', '.join(evidence.unmet[:3])}."
    return Refusal(
        question=question,
        notes=(Note("refusal", reason),),
        suggestions=tuple(f"What do the documents say about: {topic}?" for topic, _ in topics),
        confidence=evidence.confidence,
    )
