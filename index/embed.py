"""Vectors for all that a new segment holds: taken over where an index before has them, else encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


class EmbeddedBefore(Protocol):
    """What an index before has of texts under the same encoder."""

    def passage_vector(self, text: str) -> Vectors | None:
        """Vector of a passage in context, (dimension,), in full precision where it was kept so."""

    def sentence_vector(self, text: str) -> Vectors | None:
        """Vector of a sentence in context, (dimension,)."""

    def sentence_words(self, text: str) -> NDArray[np.void] | None:
        """The stored words of a sentence in context; None where they were not kept, or were damaged."""


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
    encoder: Encoder,
    before: EmbeddedBefore | None,
    folder: Path,
    progress: Progress,
    *,
    with_words: bool = True,
) -> Embedded:
    """Embed passages and sentences, and write the vectors of the sentences' words.

    Args:
        passages: In reading order; a text that occurs twice is encoded once.
        encoder: Of the new generation.
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
    vectors = np.zeros((len(passages), encoder.dimension), np.float32)
    sentences = np.zeros((count, encoder.dimension), np.float32)
    writer = TokenWriter(folder, count) if with_words else None

    reused = 0
    fresh: list[str] = []
    for text, rows in of_sentences.items():
        known = _before(before, text)
        words = before.sentence_words(text) if before is not None and writer is not None else None
        if known is None or (writer is not None and words is None):
            fresh.append(text)
            continue
        reused += len(rows)
        sentences[rows] = known
        if writer is not None and words is not None:
            writer.write(rows, words)
    whole: dict[str, list[int]] = {}
    for row, text in enumerate(of_passages):
        if (known := _before(before, text)) is not None:
            vectors[row] = known
            reused += 1
        else:
            whole.setdefault(text, []).append(row)
    alone = [text for text in whole if text not in of_sentences]
    done, total = 0, len(fresh) + len(alone)

    def advance(texts: int) -> None:
        nonlocal done
        done += texts
        progress("Embedding", done, total)

    for number, reading in encoder.read(fresh):
        text = fresh[number]
        sentences[of_sentences[text]] = reading.vector
        if writer is not None:
            writer.write(of_sentences[text], words_of(reading, text))
        advance(1)
    if writer is not None:
        writer.close()
    for text, vector in zip(alone, encoder.encode(alone, advance), strict=True):
        vectors[whole[text]] = vector
    for text in whole.keys() - alone:
        vectors[whole[text]] = sentences[of_sentences[text][0]]
    return Embedded(vectors, sentences, count + len(passages) - reused, reused)


def _before(before: EmbeddedBefore | None, text: str) -> Vectors | None:
    if before is None:
        return None
    # Passages first: theirs are kept in full precision.
    known = before.passage_vector(text)
    return before.sentence_vector(text) if known is None else known


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
