"""Made-up articles of any number, and a made-up encoder that costs next to nothing.

An article has ten passages whose words follow Zipf's law, and subjects of its own. A text's vector is the sum
of a random vector for each of its words, so that nearness means shared words.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from scipy.sparse import csr_array

from index.encoder import Encoder, Reading, Vectors
from index.search import PassageIndex
from index.types import Document

PASSAGES_OF_A_DOCUMENT = 10
SENTENCES_OF_A_PASSAGE = 5
COMMON_WORDS = 3000
QUESTIONS = 100

_AT_ONCE = 2048
"""Texts whose vectors are summed together."""


class MadeUpEncoder(Encoder):
    """The index's own encoder, but for how a text becomes a vector."""

    def encode(self, texts: Sequence[str], advance: Callable[[int], None] | None = None) -> Vectors:
        if advance is not None and texts:
            advance(len(texts))
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for begin in range(0, len(texts), _AT_ONCE):
            some = [
                text.lower().replace(".", " ").split() or [text] for text in texts[begin : begin + _AT_ONCE]
            ]
            numbers: dict[str, int] = {}
            columns = [numbers.setdefault(word, len(numbers)) for words in some for word in words]
            ends = np.cumsum([0, *(len(words) for words in some)])
            of_words = np.array([_of_word(word, self.dimension) for word in numbers], np.float32)
            counts = csr_array(
                (np.ones(len(columns), np.float32), columns, ends), shape=(len(some), len(numbers))
            )
            vectors[begin : begin + _AT_ONCE] = counts @ of_words
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def encode_questions(
        self, questions: Sequence[str], advance: Callable[[int], None] | None = None
    ) -> Vectors:
        return self.encode(questions, advance)

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        for begin in range(0, len(texts), _AT_ONCE):
            some = texts[begin : begin + _AT_ONCE]
            for number, (text, vector) in enumerate(zip(some, self.encode(some), strict=True), begin):
                spans, at = [], 0
                for word in text.split():
                    spans.append((at, at + len(word)))
                    at += len(word) + 1
                # Its words are not asked for here: each has the vector of all.
                yield number, Reading(vector, spans, np.broadcast_to(vector, (len(spans), len(vector))))


@functools.lru_cache(maxsize=2 * COMMON_WORDS)
def _of_word(word: str, dimension: int) -> Vectors:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
    # A rare word says more than a common one, as in a real encoder; made-up words tell by their number.
    weight = 0.2 + min(1.0, len(word) / 8)
    return (np.random.default_rng(seed).normal(size=dimension) * weight).astype(np.float32)


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """So many made-up articles, one after the other."""
    random = np.random.default_rng(seed)
    common = np.array([f"w{number}" for number in range(COMMON_WORDS)])
    share = 1 / np.arange(1, len(common) + 1)
    share /= share.sum()
    for number in range(count):
        subjects = [f"subject{random.integers(0, count * 3)}x" for _ in range(4)]
        parts = [f"# Article {number} on {subjects[0]}"]
        drawn = random.choice(common, size=(PASSAGES_OF_A_DOCUMENT, SENTENCES_OF_A_PASSAGE, 14), p=share)
        for part, sentences in enumerate(drawn.tolist()):
            parts.append(f"## Section {part} with {subjects[part % 4]}")
            parts.append(
                " ".join(
                    f"The {' '.join(words[:7])} {subjects[random.integers(0, 4)]} {' '.join(words[7:])}."
                    for words in sentences
                )
            )
        text = "\n\n".join(parts)
        yield Document(f"articles/{seed}-{number}.md", parts[0][2:], text)


def questions(index: PassageIndex) -> list[str]:
    """Words of passages spread over the whole index, six each."""
    random = np.random.default_rng(9)
    ids = random.integers(0, index.manifest["counts"]["passages"], QUESTIONS)
    asked = []
    for passage in index.passages_by_id([int(id) for id in ids]):
        words = passage.text.replace(".", "").split()
        asked.append(" ".join([passage.section.split()[-1], *random.choice(words, 5)]) + "?")
    return asked
