"""How alarming a message is: weights of how it is worded and of what it tells, fitted to thousands of them.

Two logistic regressions, fitted to messages of many voices that are and are no emergencies, weigh a message:
one its words and signs, alone and two together, and runs of letters, in whatever language; one the ideas of
triage.toml, alone and two in a sentence, which all languages share. What is weighed is hashed into buckets
(Weinberger et al., 2009), so that weighed.npz needs no list of words; `python -m qa.train.fit_red_flags`
writes it.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.health.safety.ideas import Language, Told
from qa.health.safety.phrase_lists import folded, unstretched
from qa.question_text import sentences

SHIPPED = Path(__file__).with_name("weighed.npz")
BUCKETS, BUCKETS_OF_IDEAS, BUCKETS_OF_KINDS = 1 << 20, 1 << 16, 1 << 13
"""Of wording four for each thing that is met: with fewer what was never met is heard as something else."""
WORDS, LETTERS = (1, 2), (3, 4, 5, 6)
"""How many words and signs stand together, and how many letters of a word, its ends counted."""
TOGETHER = 0.5
"""What two ideas in one sentence count against one alone."""
OF_IDEAS = 0.3
"""What the ideas count against the wording."""
ALONE = 3.0
"""What is taken off the weight of one sentence alone, which lacks what the others say to it."""

_IN_STEPS = ("wording", "ideas", "of_kinds")
"""Rows of weights that are stored in steps."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_WORD_OR_SIGN = re.compile(_WORD.pattern + r"|[^\w\s]+")

Counts = Mapping[int, float]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weight:
    """What a message weighs.

    Attributes:
        total: As a whole or by its heaviest sentence, in log-odds as fitted.
        heaviest: That sentence.
        kinds: (kinds,): of each kind of emergency a logit that it is the one, as `Weighed.kinds` names them.
    """

    total: float
    heaviest: str
    kinds: Weights


@dataclass(frozen=True, slots=True)
class Weighed:
    """The fitted weights.

    Attributes:
        wording: (`BUCKETS`,), for a message whose wording is scaled to length 1.
        ideas: (`BUCKETS_OF_IDEAS`,).
        offset: Added to what is summed.
        kinds: Of emergencies, as red_flags.toml names them.
        of_kinds: (`BUCKETS_OF_KINDS`, kinds).
        of_kind: (kinds,), added.
    """

    wording: Weights
    ideas: Weights
    offset: float
    kinds: tuple[str, ...]
    of_kinds: Weights
    of_kind: Weights

    def weight(self, message: str, spoken_in: Language) -> Weight:
        """What a message weighs, read in a language."""
        told = spoken_in.read(message)
        parts = {part: self.alarming(part, spoken_in.read(part)) for part in sentences(message)}
        heaviest = max(parts, key=parts.__getitem__, default=message)
        total = max([self.alarming(message, told), *(part - ALONE for part in parts.values())])
        return Weight(total, heaviest, self.of_kind_each(message, told))

    def alarming(self, message: str, told: Told) -> float:
        """How alarming a message is, in log-odds as fitted.

        Args:
            message: As typed.
            told: The same, read in its language.
        """
        meant = sum(value * float(self.ideas[at]) for at, value in ideas_of(told).items())
        return self.offset + worded(message, self.wording) + OF_IDEAS * meant

    def of_kind_each(self, message: str, told: Told) -> Weights:
        """(kinds,): of each kind of emergency a logit that a message tells of it."""
        counts = kind_of(message, told)
        weights = np.array(list(counts.values())) @ self.of_kinds[list(counts)] if counts else 0.0
        return np.asarray(weights + self.of_kind, dtype=np.float32)


def worded(message: str, wording: Weights) -> float:
    """What the wording of a message weighs: its words and its runs of letters, each of length 1."""
    return sum(_length_1(counts, wording) for counts in (words_of(message), letters_of(message)))


def words_of(message: str) -> Counts:
    """How often each word or sign, and every two together, stand in a message, by bucket."""
    words = _WORD_OR_SIGN.findall(_plain(message))
    return _counted(f"w {' '.join(words[at : at + n])}" for n in WORDS for at in range(len(words) - n + 1))


def letters_of(message: str) -> Counts:
    """The same of runs of letters."""
    ended = [f" {word} " for word in _WORD.findall(_plain(message))]
    return _counted(
        f"c{word[at : at + n]}" for word in ended for n in LETTERS for at in range(len(word) - n + 1)
    )


def ideas_of(told: Told) -> Counts:
    """The ideas of a message, and every two that stand in one sentence, by bucket."""
    found = {_of_idea(name): 1.0 for name, places in told.places.items() if places}
    by_sentence: defaultdict[int, set[str]] = defaultdict(set)
    for name, places in told.places.items():
        for place in places:
            by_sentence[told.sentence(place)].add(name)
    for names in by_sentence.values():
        for one, other in combinations(sorted(names), 2):
            found[_of_idea(f"{one} {other}")] = TOGETHER
    return found


def _of_idea(name: str) -> int:
    return bucket(f"i {name}") % BUCKETS_OF_IDEAS


def kind_of(message: str, told: Told) -> Counts:
    """By what kinds of emergencies are told apart: words, fours of letters and ideas, by bucket."""
    words = _WORD.findall(_plain(message))
    fours = (f"c{word[at : at + 4]}" for word in words for at in range(max(1, len(word) - 3)))
    things = {f"w {word}": 1.0 for word in words} | dict.fromkeys(fours, 0.4)
    things |= dict.fromkeys((f"i {name}" for name in told.places), 1.5)
    return {bucket(thing) % BUCKETS_OF_KINDS: value for thing, value in things.items()}


def bucket(thing: str) -> int:
    """Where the weights of a thing stand."""
    return zlib.crc32(thing.encode()) % BUCKETS


@functools.cache
def shipped(path: Path = SHIPPED) -> Weighed:
    """The weights that were fitted last."""
    with np.load(path, allow_pickle=False) as kept:
        wording, ideas, of_kinds = (from_steps(name, kept) for name in _IN_STEPS)
        kinds = tuple(map(str, kept["kinds"]))
        return Weighed(wording, ideas, float(kept["offset"]), kinds, of_kinds, kept["of_kind"])


def store(weighed: Weighed, made_of: str, path: Path = SHIPPED) -> None:
    """Write weights, each long row in steps.

    Args:
        weighed: As fitted.
        made_of: Fingerprint of what they were fitted to.
        path: The file.
    """
    rows: dict[str, Any] = {}
    for name in _IN_STEPS:
        rows |= in_steps(name, getattr(weighed, name))
    np.savez_compressed(
        path,
        **rows,
        made_of=np.array(made_of),
        offset=np.array(weighed.offset),
        kinds=np.array(weighed.kinds),
        of_kind=weighed.of_kind,
    )


def in_steps(name: str, row: Weights) -> dict[str, Any]:
    """A row of weights as it is stored, in 127 steps on each side of 0."""
    step = np.float32(np.abs(row).max() / 127)
    return {name: np.round(row / step).astype(np.int8), f"{name}_step": np.array(step)}


def from_steps(name: str, kept: Mapping[str, Any]) -> Weights:
    """The row that was stored so."""
    row: Weights = kept[name].astype(np.float32) * kept[f"{name}_step"]
    return row


def _length_1(counts: Counts, wording: Weights) -> float:
    """What counted things weigh, as a vector of length 1."""
    values = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
    return float(values @ wording[list(counts)] / np.linalg.norm(values)) if counts else 0.0


def _plain(message: str) -> str:
    return folded(unstretched(message.replace("’", "'")), "en")


def _counted(things: Iterable[str]) -> Counts:
    return Counter(map(bucket, things))
