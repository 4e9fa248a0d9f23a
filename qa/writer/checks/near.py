"""Which words of a sentence its quotes have, by word or near meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from qa.pack import Pack
from qa.writer.checks.said import Said, Word
from qa.writer.checks.table import table

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""n texts to (n, dimension) unit vectors."""

NEAR = 0.65
"""Cosine of two words, each read by itself, from which they mean nearly the same. Not asked of names."""

ROOT = 5
"""Letters with which words of one family begin alike: "effective", "effectiveness"."""


def family(one: str, other: str) -> bool:
    """Whether two forms are of one family, by how they begin."""
    shorter = min(len(one), len(other))
    common = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return common >= ROOT and common >= 0.6 * max(len(one), len(other))


def in_group(form: str, quote: Said) -> bool:
    """Whether a quote has a word or one that words.toml says is alike."""
    mine = table().groups.get(form, frozenset())
    return any(word.form == form or mine & table().groups.get(word.form, frozenset()) for word in quote.words)


class Nearness:
    """Compares words of sentences with those of quotes.

    Args:
        encode: The encoder of the index.
        pack: Its words: what is said in other words, and the kinds of names.
    """

    def __init__(self, encode: Encode, pack: Pack) -> None:
        self._encode = encode
        self._other_words = pack.other_words
        self.conditions = pack.conditions
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        new = list(dict.fromkeys(word for word in words if word not in self._vectors))
        if new:
            if len(self._vectors) > 20000:
                self._vectors.clear()
                new = list(dict.fromkeys(words))
            self._vectors |= dict(zip(new, self._encode(new), strict=True))
        return np.stack([self._vectors[word] for word in words])

    def cosine(self, one: str, others: Sequence[str]) -> float:
        """The best cosine of a text to some others."""
        rows = self.vectors([one, *others])
        return float((rows[1:] @ rows[0]).max(initial=0.0))

    def places(self, sentence: Said, quote: Said) -> dict[int, list[int]]:
        """For each content word of the sentence, the words of the quote that say the same."""
        groups = table().groups
        theirs = [at for at, word in enumerate(quote.words) if word.content or word.form in groups]
        ours = [at for at, word in enumerate(sentence.words) if word.content]
        found: dict[int, list[int]] = {}
        for at in ours:
            word = sentence.words[at]
            mine = groups.get(word.form, frozenset())
            found[at] = [
                other
                for other in theirs
                if quote.words[other].form == word.form
                or mine & groups.get(quote.words[other].form, frozenset())
                or family(word.form, quote.words[other].form)
            ]
        phrases = list(self._other_words.find(quote.forms))
        for first, end, phrase in self._other_words.find(sentence.forms):
            alike = self._other_words.met_by(phrase)
            also = [place for a, b, other in phrases if other in alike for place in range(a, b)]
            for at in range(first, end):
                if at in found:
                    found[at] = found[at] or also
        rest = [at for at in ours if not found[at] and not is_name(sentence.words[at])]
        others = [at for at in theirs if not is_name(quote.words[at])]
        if rest and others:
            rows = self.vectors([sentence.words[at].text.lower() for at in rest])
            columns = self.vectors([quote.words[at].text.lower() for at in others])
            for line, at in zip(rows @ columns.T, rest, strict=True):
                found[at] = [others[column] for column in np.flatnonzero(line >= NEAR)]
        return found


def is_name(word: Word) -> bool:
    """Whether a word is written as a name inside a sentence: capitals, or capitals with figures."""
    return word.start > 0 and word.text[:1].isupper()
