"""Another item of the kind that the documents speak of: soles of clay, where they know cork and felt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from qa.words import Word, content_words, stem_set

_LEAST_RARE = 2.7
"""Rarity from which a word says what something is made of or made for; "new" and "good" are of none."""

_HOW = ("ing", "ed", "ly", "er", "est")


def another_item(question: str, texts: Sequence[str]) -> Iterable[Word]:
    """Words of a question before a noun that the texts have only with other words before it.

    Args:
        question: As understood.
        texts: Sentences that may answer, and the headings over them.
    """
    words = content_words(question)
    known = stem_set(texts)
    for word, noun in pairwise(words):
        if min(word.rarity, noun.rarity) < _LEAST_RARE or word.text.endswith(_HOW):
            continue
        if question[word.end : noun.start] != " " or word.stem in known:
            continue
        before = [kind for text in texts for kind in _before(noun.stem, text)]
        if before and all(before):
            yield word


def _before(noun: str, text: str) -> list[str]:
    """Of each time that a noun stands in a text, the stem of the content word right before it, or ""."""
    words = content_words(text)
    found = []
    for at, word in enumerate(words):
        if word.stem == noun:
            beside = at > 0 and text[words[at - 1].end : word.start] == " "
            found.append(words[at - 1].stem if beside else "")
    return found
