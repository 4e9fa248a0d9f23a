"""The way of a question to its reply: guard, understand, search, read, compose.

Each is entered once and left with a frozen value, from which alone the next one goes on.
"""

from __future__ import annotations

import functools
import itertools
import os
import time
from collections.abc import Sequence
from dataclasses import replace

from index.search import PassageIndex, Ranking
from qa import compose, looking_back
from qa.conversation.language import declined_in, language_of
from qa.conversation.requests import request_of
from qa.conversation.small_talk import invitation, is_small_talk, small_talk
from qa.conversation.understand import Understood
from qa.evidence.choose import Evidence, Further
from qa.evidence.confidence import how_often
from qa.evidence.gather import Gathered
from qa.evidence.honesty import Caution, cautions, other_side_wanted
from qa.evidence.readers import reader_of
from qa.evidence.support import Candidate
from qa.evidence.weights import Weights, much_asked
from qa.finder import Finder, Found, Searched
from qa.glossary import Glossary
from qa.guard import Hearing
from qa.in_parts import answer_in_parts
from qa.pack import in_force
from qa.packs import pack_named
from qa.requested import Desk, requested
from qa.said import say
from qa.sources import sells
from qa.suggest import instead_of, question_on
from qa.types import Answer, Refusal, Reply
from qa.words import ENGLISH, language_spoken, spoken_in

MOST_LOOKED_AT = 12
"""Documents of which it is looked whether they answer a question that is offered to somebody who greets."""


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
        reader_of(index)  # It is compiled while the first question is looked at.
        self.pack = pack_named(index.pack_name)
        self.finder = Finder(index, self.pack, threshold, ranking)
        self.country = country or os.environ.get("LIGHTQA_COUNTRY")
        hearing = Hearing(self._meant, is_small_talk, language_of)
        self._guard = self.pack.guard(index.encoder, self.country, hearing)
        # By the language that is spoken, too: it decides what answers.
        self._is_answered_in = functools.lru_cache(maxsize=1024)(
            lambda language, question: self._gives_answer(self.finder.gather(question))
        )

    @property
    def weights(self) -> Weights:
        """What answers are chosen by, in the language that is spoken."""
        return self.finder.weights

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
        with in_force(self.pack), spoken_in(self.finder.corrector.spoken(question)):
            reply = self._reply(question, earlier, within)
            reply = replace(reply, glosses=self._glossary.glosses(reply))
        return replace(reply, seconds=time.perf_counter() - began, disclaimer=self.pack.notice)

    def _reply(self, question: str, earlier: Sequence[str], within: str | None) -> Reply:
        guarded = self._guard.look(question, earlier)
        if guarded.instead is not None:
            return guarded.instead
        reply = self._answered(guarded.question, guarded.earlier, within)
        return compose.with_note(replace(reply, question=question), guarded.beside)

    def _answered(
        self, question: str, earlier: Sequence[str], within: str | None, further: Further | None = None
    ) -> Answer | Refusal:
        """The reply to a question that needs no help first; with `further`, what goes on from it."""
        request = request_of(question)
        if (
            request
            and further is None
            and not self.pack.declines(question)
            and (done := requested(request, question, self._desk(earlier, within)))
        ):
            return compose.with_note(done, self.pack.note(question))
        understood = self.finder.understand(question, earlier)
        if understood.is_small_talk or understood.language != ENGLISH:
            return self._small_talk(question, understood.language)
        if understood.back and understood.last is not None:
            asked, before = earlier[understood.last], earlier[: understood.last]
            reply = self._answered(asked, before, within)
            if understood.back == "sources":
                return looking_back.about_sources(question, reply, asked)
            if understood.back == "more":
                quoted = frozenset((each.document, each.start) for each in reply.citations)
                beyond = Further(understood.times, quoted)
                reply = looking_back.going_on(self._answered(asked, before, within, beyond))
            if understood.back == "shorter":
                reply = looking_back.shortened(reply)
            return replace(reply, understood_as=reply.understood_as or asked)
        reason = self.pack.declines(understood.question)
        if reason and not understood.parts:
            return compose.declined(question, say(reason))
        searched = self.finder.search(understood, earlier, within)
        found = self.finder.read(understood, searched, further)
        if further is not None and found.whole is not None and not found.whole.chosen:
            return compose.declined(question, say("The documents say no more on this."))
        if further is None:
            self.finder.remember(question, earlier, within, found)
        asked = searched.ways[found.way].question
        # "Should I stop it" says of what only with the words of the question before.
        if not found.parts and (reason := reason or self.pack.declines(asked)):
            return compose.declined(question, say(reason))
        reply = self._compose(understood, searched, found)
        answered = isinstance(reply, Answer)
        share = how_often(reply.confidence, answered=answered, asked=much_asked(self.index))
        doubted = found.way == len(understood.ways)
        shown = understood.doubted if doubted and understood.doubt_told else understood.shown(found.way)
        # What is declined is declined as it was asked.
        whole = answered and not found.parts
        understood_as = shown if whole or doubted else understood.corrected
        reply = replace(reply, understood_as=understood_as, how_often=share)
        if (warning := self._warning(asked)) is not None:
            reply = compose.with_warning(reply, warning)
        return compose.with_note(reply, self.pack.note(asked))

    def _warning(self, question: str) -> Candidate | None:
        """The documents' own warning, where a question tells of what may need one."""
        asked = self.pack.doubt(question)
        evidence = self.finder.evidence(self.finder.gather(asked)) if asked else None
        return evidence.chosen[0] if evidence is not None and self.finder.answers(evidence) else None

    def _cautions(self, gathered: Gathered, evidence: Evidence) -> tuple[Caution, ...]:
        """What must be said beside sentences that answer."""
        wanted = other_side_wanted(gathered.question, evidence)
        others = None
        if wanted is not None:
            # The one further reading, of what was found already in the other kind of source.
            others = self.finder.evidence(gathered.only(lambda kind: sells(kind) == wanted))
        threshold, encode = self.weights.threshold, self.index.encoder.encode
        return tuple(cautions(gathered.question, evidence, others, encode, threshold))

    def _compose(self, understood: Understood, searched: Searched, found: Found) -> Answer | Refusal:
        """The reply, with what belongs beside what was read: cautions, or what may be asked instead."""
        whole, gathered = found.whole, searched.ways[found.way]
        if whole is None:
            parts = [
                replace(part, cautions=self._cautions(part.gathered, part.evidence))
                if part.answered(self.finder.of_parts)
                else part
                for part in found.parts
            ]
            return answer_in_parts(understood.question, parts, understood.parts_left, self.finder.of_parts)
        if self.finder.answers(whole):
            return compose.answer(gathered.question, whole, self._cautions(gathered, whole))
        to_begin_with = filter(self._is_answered, self.pack.examples)
        offered = instead_of(gathered, to_begin_with, self._may_be_offered, self._gives_answer)
        return compose.refusal(gathered, whole, self.weights.threshold, offered)

    def _desk(self, earlier: Sequence[str], within: str | None) -> Desk:
        """What replies to requests are made with."""
        return Desk(
            self.index,
            self._glossary,
            find=lambda asked: self.finder.evidence(self.finder.gather(asked, within)),
            threshold=self.weights.threshold,
            before=lambda: self._reply_before(earlier, within),
            within=within,
        )

    def _reply_before(self, earlier: Sequence[str], within: str | None) -> Reply | None:
        """The reply to the last question; None where there was none."""
        at = self.finder.last_asked(earlier)
        return None if at is None else self._answered(earlier[at], earlier[:at], within)

    @functools.cached_property
    def _glossary(self) -> Glossary:
        return Glossary(self.index)

    def _meant(self, text: str) -> str:
        """What is looked at for an alarm beside what was typed: a slip that is doubtful counts too."""
        return self.finder.corrector.doubted(self.finder.corrector.correct(text).text, self._guard.words).text

    def _small_talk(self, question: str, language: str) -> Refusal:
        """The reply to what is no question, or to one in a language that no document is written in."""
        of_path = self.index.titles()
        titles = list(of_path.values())

        def about(path: str) -> str:
            return question_on(of_path[path], {each.id for each in self.index.passages(path)}, self.index)

        told = small_talk(question, titles) or (invitation(titles),)
        if language != ENGLISH:
            told = (declined_in(language, titles),)
        offered = filter(self._is_answered, map(about, itertools.islice(of_path, MOST_LOOKED_AT)))
        return compose.small_talk_reply(question, told, offered)

    def _may_be_offered(self, question: str) -> bool:
        """Whether documents are asked at all: no alarm, and nothing that is declined whatever they say."""
        return not self.pack.declines(question) and self._guard.look(question, ()).instead is None

    def _gives_answer(self, gathered: Gathered) -> bool:
        return self.finder.answers(self.finder.evidence(gathered))

    def _is_answered(self, question: str) -> bool:
        return self._is_answered_in(language_spoken(), question)
