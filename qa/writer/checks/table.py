"""The words of words.toml, by what they do to a claim, in the form in which words are compared."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from qa.vocabulary import Form, phrase


class Phrases:
    """A set of phrases, to be found in a row of forms."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._all = frozenset(filter(None, map(phrase, phrases)))
        self._longest = max((name.count(" ") + 1 for name in self._all), default=0)

    def find(self, words: Sequence[Form]) -> list[tuple[int, int]]:
        """Where phrases stand, as first word and end, the longest first at each place."""
        found, at = [], 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                if " ".join(word.text for word in words[at : at + length]) in self._all:
                    found.append((at, at + length))
                    at += length - 1
                    break
            at += 1
        return found

    def __contains__(self, name: str) -> bool:
        return name in self._all


@dataclass(frozen=True)
class Table:
    """words.toml as it is looked up.

    Attributes:
        negation, not_denied, ends: What denies, what only looks so, and where a denial ends.
        negative: Form of a word that denies what it is made of, with that.
        modal, frequency, attribution, also: What weakens.
        no_doubt: What only looks so.
        degree: What says that it is little.
        amounts: Phrases of each amount, the smallest first.
        attributes: What also says whose words they are.
        absolutes: For each group what claims too much, and what a quote must have for that.
        opposites: Pairs of the two sides.
        animals, people: Of whom something was seen.
        conditions: Under what a claim holds.
        advice: How somebody speaks who gives advice.
        groups: Numbers of the groups of alike words, by word.
    """

    negation: Phrases
    not_denied: Phrases
    ends: Phrases
    negative: dict[str, str]
    modal: Phrases
    frequency: Phrases
    attribution: Phrases
    attributes: Phrases
    also: Phrases
    no_doubt: Phrases
    degree: Phrases
    amounts: tuple[Phrases, ...]
    absolutes: tuple[tuple[Phrases, Phrases], ...]
    opposites: tuple[tuple[Phrases, Phrases], ...]
    animals: Phrases
    people: Phrases
    conditions: Phrases
    advice: Phrases
    groups: dict[str, frozenset[int]]


@functools.cache
def table() -> Table:
    """The table that ships with lightqa, read on first use."""
    raw = tomllib.loads(files("qa.writer.checks").joinpath("words.toml").read_text(encoding="utf-8"))

    def row(words: str) -> list[str]:
        return words.replace("\n", ",").split(",")

    negation, hedge = raw["negation"], raw["hedge"]
    groups: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(raw["alike"]["groups"].splitlines()):
        for name in line.split(","):
            groups[phrase(name)].add(number)
    pairs = [line.split("|") for line in raw["opposite"]["pairs"].splitlines()]
    return Table(
        negation=Phrases(row(negation["words"])),
        not_denied=Phrases(row(negation["not_denied"])),
        ends=Phrases(negation["ends"].split()),
        negative={
            phrase(one): phrase(other)
            for one, other in (pair.split() for pair in row(negation["negative"]) if pair.strip())
        },
        modal=Phrases(row(hedge["modal"])),
        frequency=Phrases(row(hedge["frequency"])),
        attribution=Phrases(row(hedge["attribution"])),
        attributes=Phrases(row(hedge["attributes"])),
        also=Phrases(hedge["also"].split()),
        degree=Phrases(hedge["degree"].split(",")),
        no_doubt=Phrases(hedge["no_doubt"].split(",")),
        amounts=tuple(Phrases(row(raw["amount"][name])) for name in ("some", "many", "all")),
        absolutes=tuple(
            (Phrases(line.partition("|")[0].split(",")), Phrases(row(line.replace("|", ","))))
            for line in raw["absolute"]["groups"].splitlines()
            if line
        ),
        opposites=tuple((Phrases(row(one)), Phrases(row(other))) for one, other in pairs),
        animals=Phrases(row(raw["population"]["words"])),
        people=Phrases(row(raw["population"]["people"])),
        conditions=Phrases(row(raw["condition"]["words"])),
        advice=Phrases(row(raw["advice"]["words"])),
        groups={name: frozenset(numbers) for name, numbers in groups.items() if name},
    )
