"""The way of a question to its reply, readable in a minute."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.lexical import stem
from index.search import PassageIndex, Ranking
from qa import compose
from qa.conversation.follow_up import Way
from qa.conversation.language import ENGLISH, declined_in
from qa.conversation.parts import Part, parts_of
from qa.conversation.phrases import with_question_mark
from qa.conversation.small_talk import small_talk
from qa.conversation.spelling import Corrector
from qa.conversation.understand import Understood, understand
from qa.evidence.choose import Evidence, Weights, read, shipped_weights
from qa.evidence.gather import Gathered, gather
from qa.evidence.honesty import cautions, promotes
from qa.health.personal import personal_note
from qa.health.safety.emergency import emergency_reply, ended, folded, thanked
from qa.health.safety.red_flags import Alarm, RedFlags
from qa.health.safety.standing import questions_in, standing
from qa.suggest import question_on, reads_well, topic_of
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
        self.weights: Weights = shipped_weights()
        if threshold is not None:
            self.weights = replace(self.weights, threshold=threshold)
        self._ranking: Ranking = ranking
        self._country = country or os.environ.get("LIGHTQA_COUNTRY")
        self._red_flags = RedFlags(index.encoder)
        self._stems = frozenset(map(stem, index.vocabulary))
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
        stands = standing(self._alarm, earlier, question)
        if stands.alarm is None:
            return self._answered(question, stands.calm)
        if stands.turn == "whole":
            return self._emergency(question, stands.alarm)
        if stands.turn == "over":
            asked = questions_in(question)
            return (
                replace(self._answered(asked, stands.calm), question=question) if asked else ended(question)
            )
        thanks = stands.turn == "thanks"
        reply = thanked(question) if thanks else self._answered(question, stands.calm)
        return replace(reply, notes=(*reply.notes, folded(stands.alarm, self._country)))

    def _answered(self, question: str, earlier: Sequence[str]) -> Answer | Refusal:
        """The reply to a question that is no emergency."""
        if small_talk(question, ()) is not None:
            return self._small_talk(question)
        if (language := self._corrector.language(question)) != ENGLISH:
            return self._small_talk(question, language)
        understood = understand(question, earlier, self._corrector, self._knows)
        if understood.back and understood.last is not None:
            at = understood.last
            before = understand(earlier[at], earlier[:at], self._corrector, self._knows)
            if understood.back == "sources":
                return compose.about_sources(question, self._from_documents(before))
            reply = self._from_documents(before, more=understood.back == "more")
            return replace(reply, question=question, understood_as=before.question)
        return replace(self._from_documents(understood), question=question)

    def _alarm(self, text: str) -> Alarm | None:
        """The red flag in what was typed, or in what was meant by it."""
        return self._red_flags.check(text) or self._red_flags.check(self._corrector.correct(text).text)

    def _emergency(self, question: str, alarm: Alarm) -> Emergency:
        reply = emergency_reply(question, alarm, self._country)
        meant = self._corrector.correct(question).text
        misspelt = meant != question and not self._red_flags.check(question) and self._red_flags.check(meant)
        return replace(reply, understood_as=meant if misspelt else None)

    def _from_documents(self, understood: Understood, *, more: bool = False) -> Answer | Refusal:
        parts = parts_of(understood.question, self._knows, understood.subject)
        if len(parts) > 1 and not more:
            read = [self._read_part(part) for part in parts]
            if any(map(self._answers, read)):
                asked = [part.asked for part in parts]
                whole = compose.answer_in_parts(understood.question, asked, read, self.weights.threshold)
                return compose.with_personal_note(whole, personal_note(understood.question))
        way, gathered, evidence = self._surest(understood.ways)
        if more:
            evidence = evidence.beyond_chosen()
        reply = self._quoted(gathered, evidence)
        return compose.with_personal_note(
            replace(reply, understood_as=understood.shown(way)), personal_note(way.question)
        )

    def _surest(self, ways: Sequence[Way]) -> tuple[Way, Gathered, Evidence]:
        """The way of meaning a question that is answered most surely; where none is, one that can be read."""
        read = [
            (way, gathered, self._read(gathered)) for way in ways for gathered in [self._gather(way.question)]
        ]
        best = max(read, key=lambda each: each[2].confidence)
        if self._answers(best[2]):
            return best
        return max(
            (each for each in read if each[0].readable), key=lambda each: each[2].confidence, default=best
        )

    def _quoted(self, gathered: Gathered, evidence: Evidence) -> Answer | Refusal:
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

    def _knows(self, word: str) -> bool:
        """Whether a word stands in the documents, in any of its forms."""
        return stem(word) in self._stems

    @functools.cached_property
    def _corrector(self) -> Corrector:
        return Corrector(self.index.vocabulary)

    def _small_talk(self, question: str, language: str = ENGLISH) -> Refusal:
        """The reply to what is no question, or to one in a language that the documents are not written in."""
        paths = self.index.paths()
        titles = [self.index.document(path).title for path in paths]
        under = ({passage.id for passage in self.index.passages(path)} for path in paths)
        suggestions = (question_on(*each, self.index) for each in zip(titles, under, strict=True))
        reply = declined_in(language, titles) if language != ENGLISH else small_talk(question, titles)
        return compose.small_talk_reply(question, reply or "", filter(self._is_answered, suggestions))

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
            if hit.asked.places[0] not in told and reads_well(hit.asked.question):
                told.add(hit.asked.places[0])
                yield hit.asked.question
        for heading in dict.fromkeys(topic_of(hit.passage) for hit in gathered.hits):
            passages = {hit.passage.id for hit in gathered.hits if topic_of(hit.passage) == heading}
            question = question_on(heading, passages, self.index)
            if self._answers(self._read(replace(gathered, question=question, asked=()))):
                yield question

    def _is_answered_uncached(self, question: str) -> bool:
        return self._answers(self._read(self._gather(question)))
