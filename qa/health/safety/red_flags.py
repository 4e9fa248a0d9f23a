"""Finds what must be helped before anything is quoted: emergencies and words of despair.

The table red_flags.toml says what they look like. A question raises an alarm by its words
(patterns), or by the likeness of a sentence to the example phrasings; negation, the past, questions
in general and the like (qa/health/safety/scope.py) take an alarm back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.health.safety.cues import Cues, Scope, load_scope
from qa.health.safety.ideas import Language, language
from qa.health.safety.likeness import Likeness, SentenceEncoder
from qa.health.safety.lookalikes import lookalike_test
from qa.health.safety.patterns import Part, Pattern, occurrences
from qa.health.safety.red_flag_table import Category, load_table
from qa.health.safety.scope import EXCUSES, excuse, sentence_excuse
from qa.health.safety.terms import Found, Span, as_typed
from qa.health.safety.triage import Finding, spoken, triage_in
from qa.health.safety.wording import Reading, Vocabulary, targets

ALIKE = 0.4
"""Score of a sentence (`qa.health.safety.likeness`) from which likeness alone raises an alarm.

Beside patterns and ideas it found 5 more of 140 fresh emergencies, with 2 more of 220 look-alikes alarmed at;
from 0.2 on it was 6 and 8.
"""
ALIKE_AT_LEAST = 0.45
"""Cosine to the nearest example below which a sentence is about something else altogether."""
SENTENCES = 8
"""Sentences of a question whose likeness is looked at, the last ones; people come to the point late."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A red flag that a question raised.

    Attributes:
        category, title, urgency, advice, source, lines: Of the table.
        matched: The words that raised it, as the person typed them.
        by: "pattern", "ideas" of triage.toml, or "similarity" to example phrasings.
        because: The pattern, the rule, or the most similar example.
        language: Code of the language that it was told in.
    """

    category: str
    title: str
    urgency: str
    advice: str
    matched: tuple[str, ...]
    source: str
    lines: tuple[str, ...]
    by: str
    because: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class _Heard:
    """A question as words, with the terms and cues found in it."""

    reading: Reading
    found: Found
    cues: Cues


class RedFlags:
    """The table, ready to check questions.

    Args:
        encoder: For likeness; None for patterns alone.

    Attributes:
        words: Every word that the table hears by.

    Raises:
        TableError: The table cannot be used.
    """

    def __init__(self, encoder: SentenceEncoder | None = None) -> None:
        table = load_table()
        scope = load_scope()
        self._scope = Scope(scope["words"])
        self._terms = table.terms
        self._unsaid = table.unsaid
        self._bare = table.bare
        self._categories = table.categories
        self.words = table.terms.words | self._scope.terms.words
        self._vocabulary = Vocabulary(self.words, scope["spelling"], lookalike_test(targets(self.words)))
        self._examples = table.examples()
        self._likeness = (
            Likeness([text for _, text in self._examples], table.calm, encoder) if encoder else None
        )

    def check(self, question: str) -> Alarm | None:
        """The alarm that a question raises; the most urgent one where it raises several."""
        for code in spoken(question):
            if alarm := self._in_english(question) if code == "en" else self._in(language(code), question):
                return alarm
        return None

    def _in_english(self, question: str) -> Alarm | None:
        heard = self._hear(question)
        return self._by_pattern(heard) or self._by_ideas(heard) or self._by_similarity(heard)

    def _in(self, spoken_in: Language, question: str) -> Alarm | None:
        for finding in triage_in(spoken_in, question):
            return self._alarm_of(finding, question)
        return None

    def _alarm_of(self, finding: Finding, question: str) -> Alarm:
        category = next(each for each in self._categories if each.name == finding.category)
        matched = tuple(question[start:end] for start, end in finding.spans)
        return replace(_alarm(category, matched, "ideas", finding.rule), language=finding.language)

    def parts(self, question: str) -> dict[str, Alarm | None]:
        """What each part alone makes of a question, for the evaluation.

        Returns:
            "patterns" and "similarity", each with scope, and "patterns without scope" and
            "similarity without scope", for which nothing takes an alarm back.
        """
        heard = self._hear(question)
        return {
            "patterns": self._by_pattern(heard),
            "similarity": self._by_similarity(heard),
            "patterns without scope": self._by_pattern(heard, frozenset(EXCUSES)),
            "similarity without scope": self._by_similarity(heard, frozenset(EXCUSES)),
        }

    def _hear(self, question: str) -> _Heard:
        reading = self._vocabulary.read(question)
        found = self._terms.find(reading.words, self._scope.masked(reading))
        return _Heard(
            reading, found, Cues(self._scope, reading, found.all_spans(), found.all_spans(self._bare))
        )

    def _by_pattern(self, heard: _Heard, ignored: frozenset[str] = frozenset()) -> Alarm | None:
        """The most urgent alarm; what was heard is each sign that was told, also those of another alarm."""
        fired = self._fired(heard, ignored)
        first = next(fired, None)
        if first is None:
            return None
        category, pattern, spans = first
        signs = [*spans, *(span for _, _, others in fired for span in others)]
        return _alarm(category, as_typed(signs, heard.reading), "pattern", pattern.text)

    def _fired(
        self, heard: _Heard, ignored: frozenset[str]
    ) -> Iterator[tuple[Category, Pattern, list[Span]]]:
        """The patterns that fire, those of the most urgent category first, with their telling words."""
        for category in self._categories:
            excused = category.ignores | ignored
            always = excused | {"general", "hypothetical", "at work"}
            for patterns, taken in ((category.patterns, excused), (category.always, always)):
                for pattern in patterns:
                    if spans := self._match(pattern, heard, taken):
                        yield category, pattern, spans

    def _match(self, pattern: Pattern, heard: _Heard, ignored: frozenset[str]) -> list[Span]:
        """The telling words of a pattern where all its parts are found and none is taken back; else none."""
        if not heard.found.has_all(pattern.needed):
            return []
        if any(True for part in pattern.unless for _ in occurrences(part, heard.found, heard.reading.words)):
            return []
        matched: list[tuple[list[Span], list[Span]]] = []
        background = ignored | _ALL_BUT_NEGATED
        for part, excused in (
            *((part, ignored) for part in pattern.parts),
            *((p, background) for p in pattern.given),
        ):
            spans = next(self._unexcused(part, heard, excused), None)
            if spans is None:
                return []
            matched.append(spans)
        return [span for telling, _ in matched for span in telling] or [
            span for _, all_ in matched for span in all_
        ]

    def _unexcused(
        self, part: Part, heard: _Heard, ignored: frozenset[str]
    ) -> Iterator[tuple[list[Span], list[Span]]]:
        """The telling words of a part, and all of them, wherever it is found and not taken back."""
        for spans in occurrences(part, heard.found, heard.reading.words):
            telling = sorted(
                span for span, term in zip(spans, part.terms, strict=True) if self._unsaid.isdisjoint(term)
            )
            negated = "negated" not in ignored and excuse(heard.cues, sorted(spans), _ALL_BUT_NEGATED)
            if not negated and excuse(heard.cues, telling or sorted(spans), ignored) is None:
                yield telling, sorted(spans)

    def _by_ideas(self, heard: _Heard) -> Alarm | None:
        """By the rules that all languages share, unless the finer excuses of English take them back."""
        text = heard.reading.text
        for finding in triage_in(language("en"), text):
            ignored = next(each.ignores for each in self._categories if each.name == finding.category)
            words = [
                Span(at, at)
                for at, word in enumerate(heard.reading.words)
                if any(start <= word.start < end for start, end in finding.spans)
            ]
            if not words:
                continue
            if excuse(heard.cues, words, ignored) is None:
                return self._alarm_of(finding, text)
        return None

    def _by_similarity(self, heard: _Heard, ignored: frozenset[str] = frozenset()) -> Alarm | None:
        if self._likeness is None:
            return None
        sentences = [
            (number, text)
            for number, text in heard.reading.sentences()
            if sentence_excuse(heard.cues, number, _EXCUSED_LATER | ignored) is None
        ][-SENTENCES:]
        if not sentences:
            return None
        likings = self._likeness.of([text for _, text in sentences])
        for (number, text), liking in sorted(
            zip(sentences, likings, strict=True), key=lambda pair: -pair[1].score
        ):
            category, example = self._examples[liking.nearest]
            alike = liking.score >= ALIKE and liking.similarity >= ALIKE_AT_LEAST
            about = not category.likeness_needs or heard.found.spans(category.likeness_needs)
            if alike and about and sentence_excuse(heard.cues, number, category.ignores | ignored) is None:
                return _alarm(category, (text,), "similarity", example)
        return None


_ALL_BUT_NEGATED = frozenset(EXCUSES) - {"negated"}
_EXCUSED_LATER = frozenset(EXCUSES) - {"negated", "general", "news"}
"""What takes a sentence back only in some categories, so that it has to be placed first."""


def _alarm(category: Category, matched: tuple[str, ...], by: str, because: str) -> Alarm:
    return Alarm(
        category=category.name,
        title=category.title,
        urgency=category.urgency,
        advice=category.advice,
        matched=matched,
        source=category.source,
        lines=category.lines,
        by=by,
        because=because,
    )
