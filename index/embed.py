"""Vectors for all that a new segment holds: taken over where an index before has them, else encoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.catalog import in_context, quotable
from index.encoder import Encoder, Vectors
from index.readable import in_full
from index.token_vectors import TokenWriter, words_of
from index.types import Passage

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


Read = tuple[int, Vectors, NDArray[np.void] | None]
"""Number of a text among those that are embedded, its unit vector, and its words where they are asked for."""


class EmbeddedBefore(Protocol):
    """What an index before has of texts under the same encoder."""

    def fill(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.bool_]:
        """Set the rows of the texts in context that are known, and tell which these are, (n,)."""

    def words(self, texts: Sequence[str]) -> Iterator[NDArray[np.void] | None]:
        """The stored words of each sentence in context; None where they were not kept, or were damaged."""


class Embedder(Protocol):
    """What makes vectors: this process (`Here`), or workers that Ray runs (`index.on_ray`)."""

    dimension: int

    def read(self, texts: Sequence[str], with_words: bool) -> Iterator[Read]:
        """What comes of each of many texts, in the order they are done."""


class Here:
    """Embeds in this process."""

    def __init__(self, encoder: Encoder) -> None:
        self.dimension = encoder.dimension
        self._read = encoder.read

    def read(self, texts: Sequence[str], with_words: bool) -> Iterator[Read]:
        for number, reading in self._read(texts):
            yield number, reading.vector, words_of(reading, texts[number]) if with_words else None


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of passages and of their sentences.

    Attributes:
        passages, sentences: (n, dimension) float32 unit rows, in reading order.
        encoded, reused: Texts that were encoded, and texts whose vectors were taken over.
    """

    passages: Vectors
    sentences: Vectors
    encoded: int
    reused: int


def passage_text(passage: Passage) -> str:
    """A passage as the encoder sees it."""
    return in_context(passage, quotable(passage))


def sentence_texts(passage: Passage) -> list[str]:
    """The sentences of a passage as the encoder sees them."""
    return [in_context(passage, in_full(sentence)) for sentence in passage.sentences]


def embed(
    passages: Sequence[Passage],
    embedder: Embedder,
    before: EmbeddedBefore,
    folder: Path,
    progress: Progress,
    *,
    with_words: bool = True,
) -> Embedded:
    """Embed passages and sentences, and write the vectors of the sentences' words.

    Args:
        passages: In reading order; a text that occurs twice is encoded once.
        embedder: With the encoder of the new generation.
        before: What vectors are taken over from; made by the same encoder.
        folder: Of the new segment.
        progress: Called with "Embedding".
        with_words: Whether the vectors of words are written.
    """
    of_sentences: dict[str, list[int]] = {}
    for row, text in enumerate(text for passage in passages for text in sentence_texts(passage)):
        of_sentences.setdefault(text, []).append(row)
    count = sum(len(rows) for rows in of_sentences.values())
    of_passages = [passage_text(passage) for passage in passages]
    vectors = np.zeros((len(passages), embedder.dimension), np.float32)
    sentences = np.zeros((count, embedder.dimension), np.float32)
    writer = TokenWriter(folder, count) if with_words else None

    def keep(text: str, vector: Vectors, words: NDArray[np.void] | None) -> int:
        rows = of_sentences[text]
        sentences[rows] = vector
        if writer is not None and words is not None:
            writer.write(rows, words)
        return len(rows)

    texts = list(of_sentences)
    taken = np.zeros((len(texts), embedder.dimension), np.float32)
    known = before.fill(texts, taken)
    words = before.words(texts) if with_words else repeat(None)
    reused, fresh = 0, []
    for text, there, vector, own in zip(texts, known, taken, words, strict=False):
        if there and (own is not None or not with_words):
            reused += keep(text, vector, own)
        else:
            fresh.append(text)
    del taken
    known = before.fill(of_passages, vectors)
    reused += int(known.sum())
    whole: dict[str, list[int]] = {}
    for row in np.flatnonzero(~known).tolist():
        whole.setdefault(of_passages[row], []).append(row)
    alone = [text for text in whole if text not in of_sentences]
    total = len(fresh) + len(alone)
    for done, (number, vector, own) in enumerate(embedder.read(fresh, with_words), start=1):
        keep(fresh[number], vector, own)
        progress("Embedding", done, total)
    if writer is not None:
        writer.close()
    for done, (number, vector, _) in enumerate(embedder.read(alone, False), start=len(fresh) + 1):
        vectors[whole[alone[number]]] = vector
        progress("Embedding", done, total)
    for text in whole.keys() - alone:
        vectors[whole[text]] = sentences[of_sentences[text][0]]
    return Embedded(vectors, sentences, count + len(passages) - reused, reused)


def embed_questions(
    questions: Sequence[str], encoder: Encoder, known: dict[str, Vectors], progress: Progress
) -> tuple[Vectors, int]:
    """A unit vector for every question asked in advance, (n, dimension), and how many were taken over.

    Args:
        questions: One that is asked twice is encoded once.
        encoder: Of the new generation.
        known: Vectors of questions that the same encoder made before.
        progress: Called with "Embedding questions".
    """
    fresh = [question for question in dict.fromkeys(questions) if question not in known]
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        progress("Embedding questions", done, len(fresh))

    encoded = dict(zip(fresh, encoder.encode_questions(fresh, advance), strict=True))
    rows = [known[question] if question in known else encoded[question] for question in questions]
    vectors = np.array(rows, np.float32).reshape(-1, encoder.dimension)
    return vectors, sum(question in known for question in questions)
