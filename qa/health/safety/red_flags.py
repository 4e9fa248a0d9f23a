"""The red flag that a message raises: what somebody must be helped with before anything is quoted.

Three hear it, and what they hear is summed: how much its words and ideas weigh, what a trained reader makes
of it, and whether a rule of triage.toml finds signs that belong together. None of them is right often enough
alone (DECISIONS.md, "Emergencies are heard by what was learnt").
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.halves import Lower
from qa.health.safety.ideas import language
from qa.health.safety.message_reader import MessageReader, MessageReading, shipped_message_reader
from qa.health.safety.red_flag_table import load_categories
from qa.health.safety.triage import Finding, findings, signs_of, spoken
from qa.health.safety.weighed import Weighed, Weight, shipped

OF_READER, OF_RULE = 0.5, 1.0
"""What the reader's logit counts against what a message weighs, and what the finding of a rule does."""
ALARMING, ALARMING_IN_ENGLISH = -0.5, -0.8
"""Least sums that raise an alarm. The reader knows English best, and is surer there of what is calm."""
FEWEST = 3
"""Words that a message has to have to raise an alarm without a rule: "and 4?" tells nothing."""
UNCLEAR, LIKELY = "unclear", 0.7
"""The kind of an alarm that no rule found, whose likeliest kind is less likely than this."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Alarm:
    """A red flag that was raised.

    Attributes:
        category, urgency, lines: Of red_flags.toml.
        matched: Words of the message that it was raised by, as they were typed.
        by: "rule" where a rule of triage.toml found it; else "weight".
        because: The rule, or what was summed.
        language: Code of the language that the message was read in.
    """

    category: str
    urgency: str
    lines: tuple[str, ...]
    matched: tuple[str, ...]
    by: Literal["rule", "weight"]
    because: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Heard:
    """What each of the three hears in a message.

    Attributes:
        language: Code of the language that it is likeliest in.
        weight: What it weighs.
        reading: What the reader makes of it.
        finding: Of the first rule that finds something.
    """

    language: str
    weight: Weight
    reading: MessageReading
    finding: Finding | None

    @property
    def alarming(self) -> float:
        """How alarming the message is by all of them."""
        by_rule = OF_RULE if self.finding else 0.0
        return self.weight.total + OF_READER * self.reading.alarming + by_rule

    def words_in(self, message: str) -> tuple[str, ...]:
        """The signs of its category in the sentences in which a rule found some; without a rule the sentence
        that weighs most."""
        if self.finding is None:
            return (self.weight.heaviest,)
        told = language(self.finding.language).read(message)
        begins = {start for start, _ in self.finding.spans}
        sentences = {token.sentence for token in told.tokens if token.start in begins}
        spans = sorted(
            (told.tokens[place.first].start, told.tokens[place.last].end)
            for idea in told.signs & signs_of(self.finding.category)
            for place in told.of(idea)
            if told.sentence(place) in sentences
        )
        apart: list[tuple[int, int]] = []
        for start, end in spans:
            if not apart or start >= apart[-1][1]:
                apart.append((start, end))
        return tuple(message[start:end] for start, end in apart)

    @property
    def is_alarm(self) -> bool:
        """Whether that is enough."""
        return self.alarming > (ALARMING_IN_ENGLISH if self.language == "en" else ALARMING)


class RedFlags:
    """Hears emergencies. Threads may share it.

    Args:
        weighed: What messages weigh.
        reader: Reads them.

    Raises:
        TableError: A table cannot be used.
    """

    def __init__(self, weighed: Weighed, reader: MessageReader) -> None:
        self._categories = {category.name: category for category in load_categories()}
        self._weighed = weighed
        self._reader = reader

    @property
    def words(self) -> frozenset[str]:
        """English words that emergencies are told in."""
        return language("en").words

    def hear(self, message: str) -> Heard:
        """What each of the three hears in a message."""
        code = spoken(message)[0]
        weight = self._weighed.weight(message, language(code))
        return Heard(code, weight, self._reader.read(message), next(findings(message), None))

    def check(self, message: str) -> Alarm | None:
        """The alarm that a message raises; None for most."""
        return self.alarm(message, self.hear(message))

    def alarm(self, message: str, heard: Heard) -> Alarm | None:
        """The same, of what was heard in the message already."""
        found = heard.finding
        if not heard.is_alarm or (found is None and len(_WORD.findall(message)) < FEWEST):
            return None
        category = self._categories[self._kind(heard)]
        return Alarm(
            category=category.name,
            urgency=category.urgency,
            lines=category.lines,
            matched=heard.words_in(message),
            by="rule" if found else "weight",
            because=found.rule if found else f"{heard.alarming:.1f}",
            language=found.language if found else heard.language,
        )

    def _kind(self, heard: Heard) -> str:
        """The likeliest kind, where it is likely enough; else what a rule says."""
        logits = heard.weight.kinds + heard.reading.kinds
        likely = np.exp(logits - logits.max())
        best = int(likely.argmax())
        if likely[best] >= LIKELY * likely.sum():
            return self._weighed.kinds[best]
        return heard.finding.category if heard.finding else UNCLEAR


@functools.cache
def shipped_red_flags(lower: Lower | None = None) -> RedFlags:
    """Those that ship with lightqa, loaded once; with the layers of an encoder, or else the reader's own."""
    return RedFlags(shipped(), shipped_message_reader(lower))
