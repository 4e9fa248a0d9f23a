"""Finds what must be helped before anything is quoted: emergencies and words of despair.

The table red_flags.toml says what they look like. A question raises an alarm by its words (patterns, and the
ideas of triage.toml); negation, the past, questions in general and the like (qa/health/safety/scope.py) take
it back. What a message weighs (qa/health/safety/weighed.py) raises an alarm that no rule hears, and takes
back what a rule heard in words that are surely calm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.health.safety.cues import Cues, Scope, load_scope
from qa.health.safety.ideas import Language, language
from qa.health.safety.lookalikes import lookalike_test
from qa.health.safety.patterns import Part, Pattern, occurrences
from qa.health.safety.red_flag_table import Category, load_table
from qa.health.safety.scope import EXCUSES, excuse
from qa.health.safety.terms import Found, Span, as_typed
from qa.health.safety.triage import Finding, doubtful, spoken, triage_in
from qa.health.safety.weighed import Weighed, Weight
from qa.health.safety.wording import Reading, Vocabulary, targets


@dataclass(frozen=True, slots=True)
class Alarm:
    """A red flag that a question raised.

    Attributes:
        category, title, urgency, advice, source, lines: Of the table.
        matched: The words that raised it, as the person typed them.
        by: "pattern", "ideas" of triage.toml, or "weight".
        because: The pattern, the rule, or the weight.
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
        weighed: What messages weigh; None for the rules alone.

    Attributes:
        words: Every word that the table hears by.

    Raises:
        TableError: The table cannot be used.
    """

    def __init__(self, weighed: Weighed | None = None) -> None:
        table = load_table()
        scope = load_scope()
        self._scope = Scope(scope["words"])
        self._terms = table.terms
        self._unsaid = table.unsaid
        self._categories = table.categories
        self.words = table.terms.words | self._scope.terms.words
        self._vocabulary = Vocabulary(self.words, scope["spelling"], lookalike_test(targets(self.words)))
        self._weighed = weighed

    def check(self, question: str) -> Alarm | None:
        """The alarm that a question raises; the most urgent one where it raises several."""
        codes = spoken(question)
        weight = self._weight(language(codes[0]), question)
        for code in codes:
            alarm = self._in_english(question) if code == "en" else self._in(language(code), question)
            # What the documents say has to be seen is not surely calm, however it is told.
            if alarm and not (weight and weight.is_calm and doubtful(question) is None):
                return alarm
        return self._by_weight(weight, codes[0]) if weight and weight.is_alarming else None

    def _weight(self, spoken_in: Language, question: str) -> Weight | None:
        """What a question weighs; None without weights."""
        return self._weighed.weight(question, spoken_in) if self._weighed else None

    def _in_english(self, question: str) -> Alarm | None:
        heard = self._hear(question)
        return self._by_pattern(heard) or self._by_ideas(heard)

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
            "patterns", "patterns without scope", for which nothing takes an alarm back, and "weights".
        """
        heard = self._hear(question)
        weight = self._weight(language("en"), question)
        return {
            "patterns": self._by_pattern(heard),
            "patterns without scope": self._by_pattern(heard, frozenset(EXCUSES)),
            "weights": self._by_weight(weight, "en") if weight and weight.is_alarming else None,
        }

    def _hear(self, question: str) -> _Heard:
        reading = self._vocabulary.read(question)
        found = self._terms.find(reading.words, self._scope.masked(reading))
        return _Heard(reading, found, Cues(self._scope, reading, found.all_spans()))

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

    def _by_weight(self, weight: Weight, code: str) -> Alarm:
        """An alarm of the likeliest kind; what was heard is the sentence that weighs most."""
        category = next(each for each in self._categories if each.name == weight.kind)
        return replace(_alarm(category, (weight.heaviest,), "weight", f"{weight.total:.1f}"), language=code)


_ALL_BUT_NEGATED = frozenset(EXCUSES) - {"negated"}


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
