"""The way of a question to its reply, readable in a minute."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.export_reader import NO_READER
from index.search import PassageIndex, Ranking
from qa import compose
from qa.conversation.parts import Part, parts_of
from qa.conversation.phrasing import with_question_mark
from qa.conversation.small_talk import small_talk
from qa.conversation.spelling import Corrector
from qa.conversation.topics import Topics
from qa.conversation.understand import Understood, understand
from qa.evidence.choose import Evidence, Weights, read, shipped_weights
from qa.evidence.gather import Gathered, gather
from qa.evidence.honesty import cautions, promotes
from qa.health.personal import personal_note
from qa.health.safety.emergency import emergency_reply
from qa.health.safety.red_flags import RedFlags
from qa.types import Answer, Emergency, Refusal, Reply


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
        self.weights: Weights = shipped_weights(reads=index.reader_name != NO_READER)
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
        parts = parts_of(understood.question, self._topics)
        if len(parts) > 1 and not understood.more:
            read = [self._read_part(part) for part in parts]
            if any(map(self._answers, read)):
                asked = [part.asked for part in parts]
                return compose.answer_in_parts(understood.question, asked, read, self.weights.threshold)
        gathered = self._gather(understood.question)
        evidence = self._read(gathered)
        if understood.more:
            evidence = evidence.beyond_chosen()
        if not self._answers(evidence):
            return compose.refusal(gathered, evidence, self.weights.threshold, self._suggestions(gathered))
        beside = cautions(
            gathered.question,
            evidence,
            ask_only=lambda wanted: self._read(gathered.only(lambda kind: promotes(kind) == wanted)),
            encode=self.index.encoder.encode,
            threshold=self.weights.threshold,
        )
        return compose.answer(gathered.question, evidence, beside)

    @functools.cached_property
    def _corrector(self) -> Corrector:
        return Corrector(self.index.vocabulary, self.index.nearness)

    def _small_talk(self, question: str) -> Refusal:
        titles = [self.index.document(path).title for path in self.index.paths()]
        suggestions = (compose.topic_question(title) for title in titles)
        reply = small_talk(question, titles) or ""
        return compose.small_talk_reply(question, reply, filter(self._is_answered, suggestions))

    def _gather(self, question: str) -> Gathered:
        return gather(with_question_mark(question), self.index, self._ranking)

    def _read(self, gathered: Gathered) -> Evidence:
        return read(gathered, self.index, self.weights)

    def _read_part(self, part: Part) -> Evidence:
        """What was found for a part of a question, by the way of asking it that is answered most surely."""
        ways = [self._read(self._gather(way)) for way in part.ways]
        return max(ways, key=lambda evidence: evidence.confidence)

    def _answers(self, evidence: Evidence) -> bool:
        return bool(evidence.chosen) and evidence.confidence >= self.weights.threshold

    def _suggestions(self, gathered: Gathered) -> Iterator[str]:
        """Questions that are answered, to ask instead: asked in advance, else of the nearest sections."""
        told: set[object] = set()
        for hit in gathered.answered:
            # Many ask for the same words; one that is written with care stands for all of them.
            if hit.asked.places[0] not in told and compose.reads_well(hit.asked.question):
                told.add(hit.asked.places[0])
                yield hit.asked.question
        for heading in dict.fromkeys(compose.topic_of(hit.passage) for hit in gathered.hits):
            question = compose.topic_question(heading)
            if self._answers(self._read(replace(gathered, question=question, asked=()))):
                yield question

    def _is_answered_uncached(self, question: str) -> bool:
        return self._answers(self._read(self._gather(question)))
