"""The way of a question to its reply: guard, understand, search, read, compose.

Each is entered once and left with a frozen value, from which alone the next one goes on.
"""

from __future__ import annotations

import functools
import itertools
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.search import PassageIndex, Ranking
from qa import compose
from qa.conversation.phrasing import with_question_mark
from qa.conversation.requests import request_of
from qa.conversation.small_talk import small_talk
from qa.conversation.spelling import Corrector
from qa.conversation.topics import Topics
from qa.conversation.understand import Understood, understand
from qa.evidence.choose import Evidence, Weights, read, shipped_weights
from qa.evidence.gather import Gathered, gather
from qa.evidence.honesty import Caution, cautions, other_side_wanted, promotes
from qa.glossary import Glossary
from qa.pack import in_force
from qa.packs import pack_named
from qa.requested import Desk, requested
from qa.types import Answer, Refusal, Reply


@dataclass(frozen=True, slots=True)
class Searched:
    """What the index brought.

    Attributes:
        whole: For the question as a whole.
        parts: For every way of asking each of its parts, where it asks several things.
    """

    whole: Gathered
    parts: tuple[tuple[Gathered, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of it.

    Attributes:
        parts: The evidence for each part, where at least one is answered by itself; else empty.
        whole: The evidence for the question as a whole; None where it is answered in parts.
        cautions: What must be said beside what is quoted.
        suggestions: Questions that are answered, to ask instead of one that is not.
    """

    parts: tuple[Evidence, ...] = ()
    whole: Evidence | None = None
    cautions: tuple[Caution, ...] = ()
    suggestions: tuple[str, ...] = ()


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
        self.pack = pack_named(index.pack_name)
        self.country = country or os.environ.get("LIGHTQA_COUNTRY")
        self._guard = self.pack.guard(index.encoder, self.country)
        self._topics = Topics(index)
        self._is_answered = functools.lru_cache(maxsize=1024)(self._is_answered_uncached)

    def ask(self, question: str, earlier: Sequence[str] = (), within: str | None = None) -> Reply:
        """Reply to a question.

        Args:
            question: What the person asks.
            earlier: What the person asked before in this conversation, oldest first.
            within: Path of the only document to answer from; None for all.

        Returns:
            An Answer of one to four quoted sentences, a Refusal or an Emergency.
        """
        began = time.perf_counter()
        with in_force(self.pack):
            reply = self._reply(question, earlier, within)
            reply = replace(reply, glosses=self._glossary.glosses(reply))
        return replace(reply, seconds=time.perf_counter() - began, disclaimer=self.pack.notice)

    def _reply(self, question: str, earlier: Sequence[str], within: str | None) -> Reply:
        if alarm := self._guard.alarm(question, earlier, self._meant):
            return alarm
        request = request_of(question)
        if request and (done := requested(request, question, self._desk(earlier, within))):
            return done
        understood = understand(question, earlier, self._corrector, self._topics)
        if understood.is_small_talk:
            return self._small_talk(question)
        if understood.about_previous_answer and understood.previous:
            return compose.about_sources(question, self._reply(understood.previous, (), within))
        searched = self._search(understood, within)
        found = self._read(understood, searched)
        reply = self._compose(understood, searched, found)
        rewritten = understood.question if understood.changed else None
        reply = replace(reply, question=question, understood_as=rewritten)
        return compose.with_personal_note(reply, self.pack.note(understood.question))

    def _search(self, understood: Understood, within: str | None) -> Searched:
        parts = tuple(tuple(self._gather(way, within) for way in part.ways) for part in understood.parts)
        return Searched(self._gather(understood.question, within), parts)

    def _read(self, understood: Understood, searched: Searched) -> Found:
        # Of a part, the way of asking it that is answered most surely.
        parts = tuple(
            max(map(self._evidence, ways), key=lambda evidence: evidence.confidence)
            for ways in searched.parts
        )
        if any(map(self._answers, parts)):
            return Found(parts=parts)
        whole = self._evidence(searched.whole)
        if understood.more:
            whole = whole.beyond_chosen()
        if not self._answers(whole):
            offered = itertools.islice(self._suggestions(searched.whole), compose.MOST_SUGGESTIONS)
            return Found(whole=whole, suggestions=tuple(offered))
        question = searched.whole.question
        wanted = other_side_wanted(question, whole)
        others = None
        if wanted is not None:
            # The one further reading, of what was found already in the other kind of source.
            others = self._evidence(searched.whole.only(lambda kind: promotes(kind) == wanted))
        beside = cautions(question, whole, others, self.index.encoder.encode, self.weights.threshold)
        return Found(whole=whole, cautions=tuple(beside))

    def _compose(self, understood: Understood, searched: Searched, found: Found) -> Answer | Refusal:
        threshold = self.weights.threshold
        if found.whole is None:
            asked = [part.asked for part in understood.parts]
            return compose.answer_in_parts(understood.question, asked, found.parts, threshold)
        if not self._answers(found.whole):
            return compose.refusal(searched.whole, found.whole, threshold, found.suggestions)
        return compose.answer(searched.whole.question, found.whole, found.cautions)

    def _desk(self, earlier: Sequence[str], within: str | None) -> Desk:
        """What replies to requests are made with."""
        return Desk(
            self.index,
            self._glossary,
            find=lambda asked: self._evidence(self._gather(asked, within)),
            threshold=self.weights.threshold,
            before=lambda: self._reply(earlier[-1], earlier[:-1], within) if earlier else None,
        )

    @functools.cached_property
    def _glossary(self) -> Glossary:
        return Glossary(self.index)

    @functools.cached_property
    def _corrector(self) -> Corrector:
        return Corrector(self.index.vocabulary, self.index.nearness)

    def _meant(self, text: str) -> str:
        return self._corrector.correct(text).text

    def _small_talk(self, question: str) -> Refusal:
        titles = [self.index.document(path).title for path in self.index.paths()]
        suggestions = (compose.topic_question(title) for title in titles)
        reply = small_talk(question, titles) or ""
        return compose.small_talk_reply(question, reply, filter(self._is_answered, suggestions))

    def _gather(self, question: str, within: str | None = None) -> Gathered:
        return gather(with_question_mark(question), self.index, self._ranking, within=within)

    def _evidence(self, gathered: Gathered) -> Evidence:
        return read(gathered, self.index, self.weights)

    def _answers(self, evidence: Evidence) -> bool:
        return bool(evidence.chosen) and evidence.confidence >= self.weights.threshold

    def _suggestions(self, gathered: Gathered) -> Iterator[str]:
        """Questions that are answered, to ask instead: asked in advance, else of the nearest sections."""
        told = {gathered.question}
        places: set[object] = set()
        for hit in gathered.answered:
            # Many ask for the same words; one that is written with care stands for all of them.
            question, place = hit.asked.question, hit.asked.places[0]
            if place not in places and compose.reads_well(question):
                places.add(place)
                if question not in told:
                    told.add(question)
                    yield question
        for heading in dict.fromkeys(compose.topic_of(hit.passage) for hit in gathered.hits):
            question = compose.topic_question(heading)
            about = replace(gathered, question=question, asked=())
            if question not in told and self._answers(self._evidence(about)):
                told.add(question)
                yield question

    def _is_answered_uncached(self, question: str) -> bool:
        return self._answers(self._evidence(self._gather(question)))
