"""The way of a question to its reply, readable in a minute."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.search import PassageIndex, Ranking
from index.types import Hit
from qa import compose
from qa.conversation.personal import personal_note
from qa.conversation.phrasing import with_question_mark
from qa.conversation.small_talk import small_talk
from qa.conversation.spelling import Corrector
from qa.conversation.topics import Topics
from qa.conversation.understand import Understood, understand
from qa.evidence.choose import Evidence, Weights, read, shipped_weights
from qa.evidence.honesty import cautions, promotes
from qa.evidence.lay_words import words_of_documents
from qa.safety.emergency import emergency_reply
from qa.safety.red_flags import RedFlags
from qa.types import Answer, Emergency, Refusal, Reply

PASSAGES_READ = 8
"""Passages in which evidence is sought; the cost of an answer does not grow with the corpus."""

PASSAGES_SIFTED = 40
"""Passages among which those of one kind of source are sought."""


class Assistant:
    """Answers questions from one index. Holds no conversation: that is passed in with each question.

    Args:
        index: The documents to answer from.
        threshold: Confidence below which it declines, 0 to 1; None for the one that was fitted.
        ranking: How passages are ranked; others than "hybrid" are for the evaluation.
        country: ISO code for emergency and crisis numbers; None for the environment's LIGHTQA_COUNTRY.
    """

    def __init__(
        self,
        index: PassageIndex,
        *,
        threshold: float | None = None,
        ranking: Ranking = "hybrid",
        country: str | None = None,
    ) -> None:
        self.index = index
        self.weights: Weights = shipped_weights()
        if threshold is not None:
            self.weights = replace(self.weights, threshold=threshold)
        self._ranking: Ranking = ranking
        self._country = country or os.environ.get("LIGHTQA_COUNTRY")
        self._red_flags = RedFlags(index.encoder)
        self._topics = Topics(index)
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
        if alarm := self._emergency(question, earlier):
            return alarm
        if small_talk(question, ()) is not None:
            return self._small_talk(question)
        understood = understand(question, earlier, self._corrector, self._topics)
        if understood.about_previous_answer and understood.previous:
            return compose.about_sources(question, self._reply(understood.previous, ()))
        reply = self._from_documents(understood)
        return compose.with_personal_note(
            replace(
                reply,
                question=question,
                understood_as=understood.question if understood.changed else None,
            ),
            personal_note(understood.question),
        )

    def _emergency(self, question: str, earlier: Sequence[str]) -> Emergency | None:
        """What to do now, where a red flag stands in what was typed, or in what was meant by it."""
        typed = [*earlier, question]
        meant = [self._corrector.correct(text).text for text in typed]
        for said in (typed, meant) if meant != typed else (typed,):
            alarm = self._red_flags.standing(said[:-1], said[-1])
            if alarm is not None:
                reply = emergency_reply(question, alarm, self._country)
                return replace(reply, understood_as=None if said[-1] == question else said[-1])
        return None

    def _from_documents(self, understood: Understood) -> Answer | Refusal:
        question = with_question_mark(understood.question)
        hits = self._search(question)
        evidence = self._read(question, hits)
        if understood.more:
            evidence = evidence.beyond_chosen()
        if evidence.confidence < self.weights.threshold or not evidence.chosen:
            return compose.refusal(
                question, hits, evidence.lacking, self._suggestions(hits), evidence.confidence
            )
        beside = cautions(
            question,
            evidence,
            seek=lambda claim: self._read(claim, self._search(claim)),
            ask_only=lambda sells: self._read(question, self._search_only(question, sells)),
            encode=self.index.encoder.encode,
            threshold=self.weights.threshold,
        )
        return compose.answer(question, evidence, beside)

    @functools.cached_property
    def _corrector(self) -> Corrector:
        return Corrector(self.index.vocabulary, self._nearness)

    def _nearness(self, question: str) -> float:
        """Cosine of a question to the nearest passage; 0 where there is none."""
        return max((hit.similarity for hit in self._search(question)), default=0.0)

    def _small_talk(self, question: str) -> Refusal:
        titles = [self.index.document(path).title for path in self.index.paths()]
        suggestions = (compose.topic_question(title) for title in titles)
        reply = small_talk(question, titles) or ""
        return compose.small_talk_reply(question, reply, filter(self._is_answered, suggestions))

    def _search(self, question: str) -> list[Hit]:
        also = words_of_documents(question, self.index.vocabulary)
        return self.index.search(question, PASSAGES_READ, ranking=self._ranking, also=also)

    def _search_only(self, question: str, sells: bool) -> list[Hit]:
        """The best passages of those sources that have something to sell, or of the others."""
        hits = self.index.search(question, PASSAGES_SIFTED, ranking=self._ranking)
        return [hit for hit in hits if promotes(hit.passage.kind) == sells][:PASSAGES_READ]

    def _read(self, question: str, hits: Sequence[Hit]) -> Evidence:
        return read(question, hits, self.index, self.weights)

    def _suggestions(self, hits: Sequence[Hit]) -> Iterator[str]:
        """Questions about the nearest sections that, when asked, are answered."""
        for heading in dict.fromkeys(compose.topic_of(hit.passage) for hit in hits):
            question = compose.topic_question(heading)
            if self._is_answered(question):
                yield question

    def _is_answered_uncached(self, question: str) -> bool:
        return self._read(question, self._search(question)).confidence >= self.weights.threshold
