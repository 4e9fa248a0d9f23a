"""The small words of a question that decide what its other words mean: scope.toml, found in a text."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.health.safety.terms import Span, Terms
from qa.health.safety.wording import Reading, Word, stem

_SUBJECTS = frozenset("i my he his she her it we our the there they their you your".split())
JOINING = frozenset("and so because then".split())
_OPENING = frozenset("and so because but although though while now then today yesterday suddenly".split())


def load_scope() -> dict[str, Any]:
    """The shipped cues: `spelling` and `words`."""
    return tomllib.loads(Path(__file__).with_name("scope.toml").read_text(encoding="utf-8"))


class Scope:
    """The cues of scope.toml, compiled.

    Args:
        words: Its groups.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self.carriers = frozenset(map(stem, words["CARRIER"].replace(",", " ").split()))
        self.terms = Terms({group: terms for group, terms in words.items() if group != "CARRIER"})

    def masked(self, reading: Reading) -> frozenset[int]:
        """Numbers of the words that belong to an idiom, or that say nothing in a compound."""
        found = self.terms.find(reading.words)
        idioms = {
            at
            for span in found.spans(("IDIOM", "OTHER_SENSE"))
            # "28 weeks, back pain" was not weeks back.
            if reading.words[span.first].clause == reading.words[span.last].clause
            for at in range(span.first, span.last + 1)
        }
        looking_into = {at for span in found.spans(("RESEARCH",)) for at in (span.first, span.first + 1)}
        compounds = {at for span in found.spans(("COMPOUND",)) for at in range(span.first, span.last)}
        return frozenset(idioms | looking_into | compounds)


class Cues:
    """The cues that stand in one question.

    Args:
        scope: The compiled cues.
        reading: The question.
        triggers: Spans of all terms of the red-flag table in the question; a "not" inside one of
            them ("cannot feel") is part of the symptom and takes nothing back.

    Attributes:
        words: The question's words.
        asked: Its sentences that end with a question mark.
        negations: Numbers of the words that take something back.
    """

    def __init__(self, scope: Scope, reading: Reading, triggers: Iterable[Span]) -> None:
        self.words: Sequence[Word] = reading.words
        self.asked = reading.asked
        self._carriers = scope.carriers
        self._found = scope.terms.find(reading.words)
        inside = {at for span in triggers for at in self._own_negations(span)}
        self.negations = {
            span.last
            for span in self.of("NEGATION")
            if span.first not in inside and not self._is_inability(span.first)
        }

    def _own_negations(self, trigger: Span) -> Iterator[int]:
        """Words of a trigger that belong to the symptom: "no feeling", "not want to live"; not "has not"."""
        for at in range(trigger.first, trigger.last):
            after = self.words[at + 1 : trigger.last + 1]
            if self.words[at].text == "no" or any(stem(word.text) not in self._carriers for word in after):
                yield at

    def _is_inability(self, at: int) -> bool:
        return at > 0 and self.words[at - 1].text in {"can", "could"}

    def of(self, group: str) -> list[Span]:
        """Where the cues of a group stand."""
        return self._found.spans((group,))

    def within(self, group: str, sentence: int) -> list[Span]:
        """Where the cues of a group stand in one sentence."""
        return [span for span in self.of(group) if self.words[span.first].sentence == sentence]

    def sentence(self, spans: Sequence[Span]) -> int:
        """The sentence of the first of some spans."""
        return self.words[spans[0].first].sentence

    def clauses(self, spans: Sequence[Span]) -> set[int]:
        """The clauses that some spans lie in."""
        return {self.words[at].clause for span in spans for at in range(span.first, span.last + 1)}

    def opens_anew(self, at: int) -> bool:
        """Whether a clause begins at a word that no "and" joins to the clause before."""
        if at == 0 or self.words[at - 1].sentence != self.words[at].sentence:
            return True
        return self.words[at - 1].clause != self.words[at].clause and self.words[at].text != "and"

    def turns(self, first: int, last: int) -> bool:
        """Whether a clause with a subject of its own begins after the word `first`, up to the word `last`."""
        for at in range(first + 1, last + 1):
            before, word = self.words[at - 1], self.words[at]
            opening = at
            while opening + 1 < len(self.words) and self.words[opening].text in _OPENING:
                opening += 1
            if before.clause != word.clause and self.words[opening].text in _SUBJECTS:
                return True
        return False

    def negation_of(self, first: int, own: Collection[int] = ()) -> int | None:
        """The negation that reaches the word `first` over carrying words, and words of one's own, alone."""
        for at in range(first - 1, -1, -1):
            word, following = self.words[at], self.words[at + 1]
            turns = word.clause != following.clause or word.text in JOINING
            if word.sentence != following.sentence or (turns and following.text in _SUBJECTS):
                return None
            if at in self.negations and at not in own:
                lifted = any(cue.first > at for cue in self.within("UNTIL_NOW", word.sentence))
                return None if lifted else at
            if stem(word.text) not in self._carriers and at not in own:
                return None
        return None

    def asks(self, sentence: int, before: int) -> bool:
        """Whether a question begins in a sentence before the word `before`, at its start or at a clause."""
        for cue in self.within("GENERAL", sentence):
            if cue.first > before:
                return False
            previous = self.words[cue.first - 1] if cue.first else None
            following = self.words[cue.last + 1].text if cue.last + 1 < len(self.words) else ""
            starts = previous is None or previous.sentence != sentence
            starts_clause = previous is not None and previous.clause != self.words[cue.first].clause
            if following != "not" and (starts or (starts_clause and sentence in self.asked)):
                return True
        return False

    def personal(self, sentence: int) -> bool:
        """Whether a sentence tells of the speaker or of someone named, beyond the asking itself."""
        if self.within("ACTION", sentence):
            return True
        asking = self.covered(("ASKER",), sentence)
        return any(span.first not in asking for span in self.within("PERSONAL", sentence))

    def covered(self, groups: Iterable[str], sentence: int) -> set[int]:
        """Numbers of the words that the cues of some groups are made of, in one sentence."""
        spans = (span for group in groups for span in self.within(group, sentence))
        return {at for span in spans for at in range(span.first, span.last + 1)}
