"""Whether a sentence means what it names: negated, long past, asked in general, told of others, ruled out.

Every excuse is a rule over the cues of scope.toml, so that it can be said which one was heard.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from qa.triggers import Span, Terms
from qa.wording import Reading, stem

EXCUSES = ("negated", "past", "long standing", "resolved", "ruled out", "general", "hypothetical", "news")
"""What can take back an alarm, in the order in which it is looked for."""

_SUBJECTS = frozenset("i my he his she her it we our the there they their you your".split())
_JOINING = frozenset("and so because then".split())
_TURNING = frozenset("but however yet although though except".split())


def load_scope() -> dict[str, Any]:
    """The shipped cues: `spelling` and `words`."""
    return tomllib.loads(Path(__file__).with_name("scope.toml").read_text(encoding="utf-8"))


class Scope:
    """The cues of scope.toml, compiled.

    Args:
        words: Its groups.
    """

    def __init__(self, words: dict[str, str]) -> None:
        self.carriers = frozenset(map(stem, words["CARRIER"].replace(",", " ").split()))
        self.terms = Terms({group: terms for group, terms in words.items() if group != "CARRIER"})

    def masked(self, reading: Reading) -> frozenset[int]:
        """Numbers of the words that belong to an idiom, or say nothing in a compound."""
        found = self.terms.find(reading.words)
        idioms = {at for span in found.spans(("IDIOM", "RESEARCH")) for at in range(span.first, span.last + 1)}
        compounds = {at for span in found.spans(("COMPOUND",)) for at in range(span.first, span.last)}
        return frozenset(idioms | compounds)


class Cues:
    """The cues that stand in one question.

    Args:
        scope: The compiled cues.
        reading: The question.
        triggers: Spans of all terms of the red-flag table in the question; a "not" inside one of
            them ("cannot feel") is part of the symptom and takes nothing back.
        telling: Those of them that name a symptom.
    """

    def __init__(
        self, scope: Scope, reading: Reading, triggers: Iterable[Span], telling: Iterable[Span]
    ) -> None:
        self._carriers = scope.carriers
        self._words = reading.words
        self._asked = reading.asked
        self._found = scope.terms.find(reading.words)
        self._telling = list(telling)
        inside = {
            at for span in triggers for at in range(span.first, span.last + 1) if span.last > span.first
        }
        self.negations = {span.last for span in self._of("NEGATION") if span.first not in inside}

    def excuse(self, spans: Sequence[Span], ignored: Collection[str] = ()) -> str | None:
        """The first of `EXCUSES` that holds for matched spans, all of one sentence; None where none does."""
        rules = {
            "negated": self._negated,
            "past": lambda spans: self._dated(spans, "PAST"),
            "long standing": lambda spans: self._dated(spans, "LONG_STANDING"),
            "resolved": self._resolved,
            "ruled out": self._ruled_out,
            "general": self._general,
            "hypothetical": self._hypothetical,
            "news": self._news,
        }
        return next((name for name in EXCUSES if name not in ignored and rules[name](spans)), None)

    def _of(self, group: str) -> list[Span]:
        return self._found.spans((group,))

    def _in_sentence(self, group: str, sentence: int) -> list[Span]:
        return [span for span in self._of(group) if self._words[span.first].sentence == sentence]

    def _sentence(self, spans: Sequence[Span]) -> int:
        return self._words[spans[0].first].sentence

    def _clauses(self, spans: Sequence[Span]) -> set[int]:
        return {self._words[at].clause for span in spans for at in range(span.first, span.last + 1)}

    def _negated(self, spans: Sequence[Span]) -> bool:
        own = {at for span in spans for at in range(span.first, span.last + 1)}
        last, sentence = max(own), self._sentence(spans)
        if any(
            cue.first > last and self._words[cue.first].sentence <= sentence + 1
            for cue in self._of("NONE_OF_THAT")
        ):
            return True
        after = self._words[last + 1 : last + 3]
        if after and after[0].text in {"no", "none", "negative", "absent", "nil"}:
            if len(after) == 1 or after[1].clause != after[0].clause:
                return True
        return any(self._negation_of(span.first, own) is not None for span in spans)

    def _negation_of(self, first: int, own: Collection[int] = ()) -> int | None:
        """The negation that reaches the word `first` over carrying words, and words of one's own, alone."""
        for at in range(first - 1, -1, -1):
            word, following = self._words[at], self._words[at + 1]
            turns = word.clause != following.clause or word.text in _JOINING
            if word.sentence != following.sentence or (turns and following.text in _SUBJECTS):
                return None
            if at in self.negations:
                lifted = any(cue.first > at for cue in self._in_sentence("UNTIL_NOW", word.sentence))
                return None if lifted else at
            if stem(word.text) not in self._carriers and at not in own:
                return None
        return None

    def _dated(self, spans: Sequence[Span], group: str) -> bool:
        clauses = self._clauses(spans)
        for cue in self._in_sentence(group, self._sentence(spans)):
            now = [
                other
                for other in self._of("NOW")
                if self._words[other.first].clause in clauses
                and (other.last < cue.first or cue.last < other.first)
            ]
            same_clause = self._words[cue.first].clause in clauses
            present = any(self._words[other.first].clause in clauses for other in self._of("PRESENT"))
            if not now and (same_clause or not present):
                return True
        return False

    def _resolved(self, spans: Sequence[Span]) -> bool:
        return any(cue.first > spans[-1].last and not self._taken_back(cue) for cue in self._of("RESOLVED"))

    def _taken_back(self, cue: Span) -> bool:
        before = range(max(0, cue.first - 3), cue.first)
        return any(self._words[at].text in {"not", "never", "no", "until"} for at in before)

    def _ruled_out(self, spans: Sequence[Span]) -> bool:
        sentence, clauses = self._sentence(spans), self._clauses(spans)
        now = any(self._words[other.first].clause in clauses for other in self._of("NOW"))
        for cue in self._of("RULED_OUT"):
            if self._taken_back(cue):
                continue
            if cue.first > spans[-1].last:
                return True
            if self._words[cue.first].sentence == sentence and not now:
                between = self._words[cue.last + 1 : spans[0].first]
                if not any(word.text in _TURNING for word in between):
                    return True
        return False

    def _general(self, spans: Sequence[Span]) -> bool:
        sentence = self._sentence(spans)
        about = any(cue.first < spans[0].first for cue in self._in_sentence("ABOUT_SIGNS", sentence))
        people = bool(self._in_sentence("GENERIC_PEOPLE", sentence))
        if self._asks_for_a_cause(spans, sentence):
            return True
        if self._personal(sentence):
            return False
        if about or people:
            return True
        return self._asks(sentence, spans[-1].last) and not self._in_sentence("HELPS", sentence)

    def _asks(self, sentence: int, before: int) -> bool:
        """Whether a question begins in the sentence before the word `before`: at its start, or at a clause of it."""
        for cue in self._in_sentence("GENERAL", sentence):
            previous = self._words[cue.first - 1] if cue.first else None
            starts = previous is None or previous.sentence != sentence
            starts_clause = previous is not None and previous.clause != self._words[cue.first].clause
            following = self._words[cue.last + 1].text if cue.last + 1 < len(self._words) else ""
            if cue.first <= before and (starts or (starts_clause and sentence in self._asked)) and following != "not":
                return True
        return False

    def _personal(self, sentence: int) -> bool:
        """Whether a sentence tells of the speaker or of someone named, beyond the asking itself."""
        asking = {
            at for span in self._in_sentence("ASKER", sentence) for at in range(span.first, span.last + 1)
        }
        return any(span.first not in asking for span in self._in_sentence("PERSONAL", sentence))

    def _asks_for_a_cause(self, spans: Sequence[Span], sentence: int) -> bool:
        """ "Can the lamp make my legs go numb?" asks what could be, not what is."""
        if sentence not in self._asked or self._in_sentence("NOW", sentence):
            return False
        for cue in self._in_sentence("MODAL_QUESTION", sentence):
            starts = cue.first == 0 or self._words[cue.first - 1].clause != self._words[cue.first].clause
            subject = self._words[cue.first + 1].text if cue.first + 1 < len(self._words) else ""
            if starts and subject not in {"i", "we", "he", "she", "my", "his", "her"}:
                return any(
                    cue.first < cause.first <= spans[-1].first and self._words[cause.first - 1].text != "have"
                    for cause in self._in_sentence("CAUSES", sentence)
                )
        return False

    def _hypothetical(self, spans: Sequence[Span]) -> bool:
        sentence, first = self._sentence(spans), spans[0].first
        if any(0 <= first - cue.last <= 8 for cue in self._in_sentence("RISK", sentence)):
            return True
        for cue in self._unreal_ifs(sentence):
            between = self._words[cue.last + 1 : first + 1]
            left = any(
                after.clause != before.clause and after.text not in _JOINING
                for before, after in zip(self._words[cue.last : first], between, strict=True)
            )
            if cue.first <= first and not left:
                return True
        return False

    def _unreal_ifs(self, sentence: int) -> list[Span]:
        """Each "if I get", "if someone", "in case of": what follows is not so."""
        real = [range(cue.first, cue.last + 1) for cue in self._in_sentence("NOT_IF", sentence)]
        unreal = [cue.first for cue in self._in_sentence("UNREAL", sentence)]
        return [
            cue
            for cue in self._in_sentence("IF", sentence)
            if not any(cue.first in span for span in real) and any(0 <= at - cue.first <= 4 for at in unreal)
        ]

    def _news(self, spans: Sequence[Span]) -> bool:
        for cue in self._in_sentence("NEWS", self._sentence(spans)):
            between = range(cue.last + 1, spans[-1].last + 1)
            own = any(span.first in between for span in self._of("FIRST_PERSON"))
            if cue.last < spans[0].first and not own:
                return True
        return False

    def sentence_excuse(self, sentence: int, ignored: Collection[str] = ()) -> str | None:
        """What takes a sentence back as a whole: any excuse, a negated symptom, a question about nobody."""
        own = [at for at, word in enumerate(self._words) if word.sentence == sentence]
        named = [span for span in self._telling if self._words[span.first].sentence == sentence]
        functions = {cue.first for cue in self._in_sentence("FUNCTION", sentence)}
        negations = {self._negation_of(span.first) for span in named} - {None}
        if "negated" not in ignored and any(not functions & {at + 1, at + 2} for at in negations if at is not None):
            return "negated"
        if excuse := self.excuse([Span(own[0], own[-1])], {*ignored, "negated"}):
            return excuse
        if "hypothetical" not in ignored and self._unreal_ifs(sentence):
            return "hypothetical"
        if self._in_sentence("IDIOM", sentence):
            return "idiom"
        asks = sentence in self._asked or self._asks(sentence, own[-1])
        if "general" not in ignored and not self._personal(sentence) and (asks or not named):
            return "general"
        return None

    def deals_with_it(self) -> bool:
        """Whether the person says that an earlier alarm has been dealt with."""
        return any(
            not any(
                other.first < cue.first
                and self._words[other.first].sentence == self._words[cue.first].sentence
                for other in self._of("NOT_DEALT_WITH")
            )
            for cue in self._of("DEALT_WITH")
        )
