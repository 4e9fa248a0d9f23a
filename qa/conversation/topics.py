"""What an index is about, as far as a conversation has to know it."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from index.lexical import STOP_WORDS, stem
from index.search import PassageIndex
from qa.conversation.phrases import Phrase, noun_phrases, role_of, tokens_of

MOST_TITLES = 200
"""Documents whose titles are read; of more, no single one is what a conversation is about."""

PASSAGES_NEAR = 5
"""Passages in which a question without a subject must find its words, to be held a follow-up."""

# Words of titles that tell one document from another in no index.
_EVERYWHERE = frozenset(
    map(stem, "article document guide leaflet note help use say source reliable exactly basic".split())
)


class Topics:
    """The subjects of an index, found from its titles and words; nothing is read before it is needed.

    Args:
        index: The documents that are talked about.
    """

    def __init__(self, index: PassageIndex) -> None:
        self._index = index

    def is_subject(self, phrase: Phrase) -> bool:
        """Whether a noun phrase says what a question is about: a therapy, or a thing that titles name."""
        if phrase.role:
            return phrase.role == "therapy"
        return any(stem(token.plain) in self._title_stems for token in tokens_of(phrase.text))

    def belong_to(self, phrases: Sequence[Phrase], question: str) -> bool:
        """Whether every telling word of some phrases stands in the passages that a question finds."""
        if not phrases:
            return True
        hits = self._index.search(question, PASSAGES_NEAR)
        found = {stem(token.plain) for hit in hits for token in tokens_of(hit.passage.text)}
        words = {token.plain for phrase in phrases for token in tokens_of(phrase.bare)}
        return all(stem(word) in found for word in words - STOP_WORDS)

    def other_than(self, mentioned: Sequence[str]) -> str | None:
        """The therapy that the documents name most often beside those mentioned; None where there is none."""
        told = {stem(token.plain) for text in mentioned for token in tokens_of(text)} - _GENERIC
        for therapy in self._therapies:
            own = {stem(token.plain) for token in tokens_of(therapy)} - _GENERIC
            if own and not own & told:
                return therapy
        return None

    def nearest(self, text: str, others: Sequence[str]) -> int:
        """Number of the text that is nearest in meaning."""
        vectors = self._index.encoder.encode([text, *others])
        return int(np.argmax(vectors[1:] @ vectors[0]))

    @functools.cached_property
    def _titles(self) -> list[str]:
        return [self._index.document(path).title for path in self._index.paths()[:MOST_TITLES]]

    @functools.cached_property
    def _title_stems(self) -> frozenset[str]:
        words = {token.plain for title in self._titles for token in tokens_of(title)}
        return frozenset(stem(word) for word in words - STOP_WORDS) - _EVERYWHERE

    @functools.cached_property
    def _therapies(self) -> list[str]:
        """Therapies of the titles, then single words of the documents that are one, each by frequency."""
        found: dict[str, int] = {}
        for title in self._titles:
            lower = title.lower()
            for phrase in noun_phrases(lower, tokens_of(lower)):
                name = _therapy_in(phrase)
                if name:
                    found[name] = found.get(name, 0) + 1
        named = sorted(found, key=lambda name: -found[name])
        often = [
            word for word, count in self._index.vocabulary.items() if count > 1 and role_of(word) == "therapy"
        ]
        return [*named, *sorted(often, key=lambda word: -self._index.vocabulary[word])]


_GENERIC = frozenset(map(stem, "therapy treatment light device low level laser".split())) - {"laser"}
"""Words that every therapy by light may have in its name."""


def _therapy_in(phrase: Phrase) -> str | None:
    """The words of a phrase up to "therapy" or "treatment", where it names one."""
    if phrase.role != "therapy":
        return None
    words = phrase.bare.split()
    for at, word in enumerate(words):
        if word in ("therapy", "treatment") and at:
            return " ".join(words[: at + 1])
    return phrase.bare
