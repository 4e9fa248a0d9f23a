"""A written sentence beside the quotes that it cites, and which of its words those have."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from qa.pack import Pack
from qa.writer.checks.statement import Statement, Word
from qa.writer.checks.table import Phrases, groups

EncodeTokens = Callable[[Sequence[str]], list[tuple[list[tuple[int, int]], NDArray[np.float32]]]]
"""n texts to the spans and unit vectors of the tokens of each."""

ROOT = 5
"""Letters with which words of one family begin alike: "effective", "effectiveness"."""

SAME = 0.65
"""Cosine of two words, each in its context, from which one is taken for the other."""

TERM = 4.0
"""Rarity from which a word is a term of its field, and what is near it another: "astrocyte", "fibroblast"."""


@dataclass(frozen=True, eq=False)
class Claim:
    """What is checked.

    Attributes:
        sentence: What was written, without its citations.
        cited: The quotes that it cites.
        others: The quotes that it does not cite.
        question: What was asked, and what the documents are called: its words bring in nothing new.
        tokens: The encoder.
        pack: The kinds of names.
    """

    sentence: Statement
    cited: tuple[Statement, ...]
    others: tuple[Statement, ...]
    question: frozenset[str]
    tokens: EncodeTokens = field(repr=False)
    pack: Pack = field(repr=False)

    @functools.cached_property
    def places(self) -> list[dict[int, list[int]]]:
        """For each cited quote, where it says the content words of the sentence, by word or alike."""
        return [self._places(quote, near) for quote, near in zip(self.cited, self._nearness, strict=True)]

    def _places(self, quote: Statement, near: NDArray[np.float32]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at in (at for at, word in enumerate(self.sentence.words) if word.content):
            form = self.sentence.words[at].form
            same = [n for n, word in enumerate(quote.words) if word.form == form]
            found[at] = same or [n for n, word in enumerate(quote.words) if alike(form, word.form)]
        for at, places in found.items():
            word = self.sentence.words[at]
            if not places and near.size and word.rarity < TERM and not is_name(word):
                best = int(near[at].argmax())
                if near[at, best] >= SAME:
                    places.append(best)
        return found

    @functools.cached_property
    def _nearness(self) -> list[NDArray[np.float32]]:
        """For each cited quote, the cosine of each word of the sentence with each content word of it."""
        texts = [self.sentence.text, *(quote.text for quote in self.cited)]
        read = self.tokens(texts)
        mine, *theirs = (
            _of_words(each, *tokens) for each, tokens in zip((self.sentence, *self.cited), read, strict=True)
        )
        content = ([word.content and not is_name(word) for word in quote.words] for quote in self.cited)
        return [np.where(mask, mine @ rows.T, -1.0) for mask, rows in zip(content, theirs, strict=True)]

    def nearness(self, at: int) -> float:
        """How near a word of the sentence is, where it stands, to the nearest of the cited quotes."""
        return max((float(near[at].max(initial=0.0)) for near in self._nearness), default=0.0)

    def nearness_to(self, at: int, quote: int, other: int) -> float:
        """How near a word of the sentence is to one of a cited quote."""
        return float(self._nearness[quote][at, other])

    def covered(self, at: int) -> bool:
        """Whether any cited quote has this content word of the sentence."""
        return any(places.get(at) for places in self.places)

    def used(self, quote: int) -> set[int]:
        """The words of a cited quote that the sentence says again."""
        return {place for places in self.places[quote].values() for place in places}

    @functools.cached_property
    def cited_forms(self) -> frozenset[str]:
        """The words of the cited quotes, as they are compared."""
        return frozenset(word.form for quote in self.cited for word in quote.words)

    def quotes_have(self, *phrases: Phrases) -> bool:
        return any(quote.has(each) for quote in self.cited for each in phrases)

    @functools.cached_property
    def short_forms(self) -> frozenset[str]:
        """Words of the sentence that stand for capitals of the quotes, or the reverse ("FDA")."""
        whole = " ".join(quote.whole for quote in (*self.cited, *self.others))
        return frozenset(spelt_out(self.sentence.text, whole) | spelt_out(whole, self.sentence.text))


_CAPITALS = re.compile(r"\b[A-Z]{2,7}s?\b")
_SMALL = frozenset("of and the for in on to a".split())


def spelt_out(text: str, other: str) -> set[str]:
    """The capitals of a text whose letters begin words that stand together in another, and those words.

    As Schwartz and Hearst (2003) find the long form of an abbreviation, without their brackets; small words
    between ("of", "and") may be passed over.
    """
    found: set[str] = set()
    words = re.findall(r"[A-Za-z]+", other.replace("-", " "))
    for short in {match[0].rstrip("s") for match in _CAPITALS.finditer(text)}:
        for first in range(len(words)):
            at, run = first, list[str]()
            for letter in short:
                while at < len(words) and run and words[at] in _SMALL and words[at][0].upper() != letter:
                    at += 1
                if at == len(words) or words[at][0].upper() != letter:
                    break
                run.append(words[at].lower())
                at += 1
            else:
                found |= {short.lower(), *run}
                break
    return found


def alike(one: str, other: str) -> bool:
    """Whether two forms are of one family, by how they begin, or in one group of words.toml."""
    shorter = min(len(one), len(other))
    common = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    if common >= ROOT and common >= 0.6 * max(len(one), len(other)):
        return True
    return bool(groups().get(one, frozenset()) & groups().get(other, frozenset()))


def is_name(word: Word) -> bool:
    """Whether a word is written as a name inside a sentence: capitals, or capitals with figures."""
    return word.start > 0 and word.text[:1].isupper()


def _of_words(
    text: Statement, spans: Sequence[tuple[int, int]], states: NDArray[np.float32]
) -> NDArray[np.float32]:
    """(words, width) unit vectors: of each word the mean of its tokens, zeros where none is left."""
    rows = np.zeros((len(text.words), states.shape[1] if states.ndim == 2 else 0), np.float32)
    for at, word in enumerate(text.words):
        own = [n for n, (start, end) in enumerate(spans) if start < word.end and word.start < end]
        if own:
            rows[at] = states[own].mean(axis=0)
            rows[at] /= np.linalg.norm(rows[at]) or 1.0
    return rows
