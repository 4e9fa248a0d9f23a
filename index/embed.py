"""Vectors for all that a new generation holds: taken over where the one before has them, else encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.catalog import in_context, quotable
from index.encoder import Encoder, Vectors
from index.readable import in_full
from index.search import PassageIndex
from index.token_vectors import TokenWriter, words_of
from index.types import Passage

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


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


def embed(
    passages: Sequence[Passage],
    encoder: Encoder,
    before: PassageIndex | None,
    folder: Path,
    progress: Progress,
) -> Embedded:
    """Embed passages and sentences, and write the vectors of the sentences' words.

    Args:
        passages: In reading order; a text that occurs twice is encoded once.
        encoder: Of the new generation.
        before: The index in force; under another encoder nothing is taken over from it.
        folder: Of the new generation.
        progress: Called with "Embedding".
    """
    if before is not None and before.encoder.fingerprint != encoder.fingerprint:
        before = None
    known = before.embedded_texts() if before else {}
    stored = before.sentence_numbers() if before else {}
    of_sentences: dict[str, list[int]] = {}
    for row, text in enumerate(in_context(p, in_full(one)) for p in passages for one in p.sentences):
        of_sentences.setdefault(text, []).append(row)
    count = sum(len(rows) for rows in of_sentences.values())
    of_passages = [in_context(passage, quotable(passage)) for passage in passages]
    reused = sum(len(rows) for text, rows in of_sentences.items() if text in stored)
    reused += sum(text in known for text in of_passages)

    fresh = [text for text in of_sentences if text not in stored]
    whole = [text for text in dict.fromkeys(of_passages) if text not in known and text not in of_sentences]
    done, total = 0, len(fresh) + len(whole)

    def advance(texts: int) -> None:
        nonlocal done
        done += texts
        progress("Embedding", done, total)

    sentences = np.zeros((count, encoder.dimension), np.float32)
    writer = TokenWriter(folder, count)
    for text, rows in of_sentences.items():
        if before is not None and text in stored:
            sentences[rows] = known[text]
            writer.write(rows, before.sentence_words(stored[text]))
    for number, reading in encoder.read(fresh):
        text = fresh[number]
        sentences[of_sentences[text]] = reading.vector
        writer.write(of_sentences[text], words_of(reading, text))
        advance(1)
    writer.close()
    encoded = dict(zip(whole, encoder.encode(whole, advance), strict=True))
    vectors = np.zeros((len(passages), encoder.dimension), np.float32)
    for row, text in enumerate(of_passages):
        if text in known:
            vectors[row] = known[text]
        else:
            vectors[row] = encoded[text] if text in encoded else sentences[of_sentences[text][0]]
    return Embedded(vectors, sentences, count + len(passages) - reused, reused)


def embed_questions(
    questions: Sequence[str], encoder: Encoder, before: PassageIndex | None, progress: Progress
) -> tuple[Vectors, int]:
    """A unit vector for every question asked in advance, (n, dimension), and how many were taken over.

    Args:
        questions, encoder, before, progress: As for `embed`; one that is asked twice is encoded once.
    """
    known = before.asked.embedded() if before and before.encoder.fingerprint == encoder.fingerprint else {}
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
