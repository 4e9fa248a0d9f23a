"""A segment of an index: some documents, whole, with all that a search reads of them. Written once.

Segments keep a build's memory at what one of them takes, and let a document be added or removed without
writing the others anew. An index of up to a segment's passages is one segment.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from index.asked import asked_by_headings
from index.catalog import FILE as CATALOG
from index.catalog import Catalog, quotable, write_catalog
from index.checked_rows import CheckedRows, sums_of
from index.cosine_distribution import CosineDistribution
from index.embed import Embedded, passage_text, sentence_texts
from index.generation import Generation
from index.known import FILE as TEXTS
from index.known import KnownTexts
from index.lexical import FOLDER as WORDS
from index.lexical import LARGE_FILES, SMALL_FILES, Postings
from index.sentence_vectors import FIRST_ROWS, SentenceVectors
from index.sentence_vectors import VECTORS as SENTENCES
from index.token_vectors import PLACES as WORD_PLACES
from index.token_vectors import WORDS as WORD_VECTORS
from index.token_vectors import TokenVectors
from index.types import Asked, Document, Passage
from index.vectors import EXACT_ROWS, VectorIndex
from index.vectors import FILE as VECTORS

SEGMENTS = "segments"
PASSAGE_COSINES, SENTENCE_COSINES = "moments-passages.npy", "moments-sentences.npy"
HEADINGS = "headings-that-ask.json"

MOST_PASSAGES = 25_000
"""Passages after which the next document begins a new segment: a build then takes some 600 MB."""

SMALL = 2_000
"""Passages up to which a last segment is written anew together with what is added, in a second or two."""

WITH_WORDS = 10_000
"""Passages up to which a segment keeps the vectors of all words, some 60 KB a passage; the sentences of
larger ones are read when a question brings them."""


def write_segment(
    folder: Path, documents: Sequence[Document], passages: Sequence[Passage], embedded: Embedded
) -> None:
    """Write the files of a segment, but for the word vectors, which `embed` wrote.

    Args:
        folder: Of the segment.
        documents: In order.
        passages: Of these documents, in order.
        embedded: Their vectors, and those of their sentences.
    """
    write_catalog(folder, documents, passages)
    Postings.build((quotable(passage) for passage in passages), folder)
    VectorIndex.build(embedded.passages).save(folder)
    SentenceVectors.build(embedded.sentences, [len(passage.sentences) for passage in passages]).save(folder)
    CosineDistribution.build(embedded.passages).save(folder / PASSAGE_COSINES)
    CosineDistribution.build(embedded.sentences).save(folder / SENTENCE_COSINES)
    KnownTexts.build(
        [text for passage in passages for text in sentence_texts(passage)],
        [passage_text(passage) for passage in passages],
        folder,
    )
    first = passages[0].id
    asking = [
        [each.question, [[(id - first, at) for id, at in place] for place in each.places]]
        for each in asked_by_headings(passages)
    ]
    (folder / HEADINGS).write_text(json.dumps(asking, ensure_ascii=False), encoding="utf-8")


def asking_headings(file: Path, base: int) -> list[Asked]:
    """The headings of a segment that ask, answered by what stands below them.

    Args:
        file: HEADINGS of the segment.
        base: Number of its first passage in the whole index.
    """
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [
        Asked(question, tuple(tuple((id + base, at) for id, at in place) for place in places), True)
        for question, places in rows
    ]


class Segment:
    """An open segment. Passages are numbered through the whole index, from `base` on.

    Attributes:
        name: Of its folder.
        base, passages, sentences: Number of its first passage; how many of both it holds.
        catalog, vectors, words, of_sentences: Its parts; rows count from 0.
        tokens: Vectors of the words of its sentences, where it keeps them.
        passage_cosines, sentence_cosines: Of its vectors.
    """

    def __init__(self, generation: Generation, told: dict[str, Any], base: int) -> None:
        self.name: str = told["name"]
        self.base = base
        self.passages: int = told["passages"]
        self.sentences: int = told["sentences"]
        self._generation = generation
        self._folder = f"{SEGMENTS}/{self.name}"
        files = generation.manifest["files"]
        self._file(HEADINGS)  # only builds read it, but what is opened is whole
        self._texts = generation.later(f"{self._folder}/{TEXTS}")
        verify = generation.later(f"{self._folder}/{CATALOG}")
        self.catalog = Catalog(generation.folder / self._folder / CATALOG, base, verify)
        exact: CheckedRows | None = None
        if f"{self._folder}/{EXACT_ROWS}" in files:
            exact = CheckedRows.load(*self._rows(EXACT_ROWS))
        self.vectors = VectorIndex.load(self._file(VECTORS), exact)
        self.words = self._postings()
        sentences, whole = self._rows(SENTENCES)
        self.of_sentences = SentenceVectors.load(sentences, self._file(FIRST_ROWS), whole)
        self.passage_cosines = CosineDistribution.load(self._file(PASSAGE_COSINES))
        self.sentence_cosines = CosineDistribution.load(self._file(SENTENCE_COSINES))
        self.tokens: TokenVectors | None = None
        if f"{self._folder}/{WORD_PLACES}" in files:
            # Too many bytes to read them all: each sentence's are checked when they are read.
            places = self._file(WORD_PLACES)
            self.tokens = TokenVectors(generation.folder / self._folder / WORD_VECTORS, np.load(places))

    def known(self) -> KnownTexts:
        """The texts that were embedded for it, for a build that takes them over."""
        return KnownTexts.load(self._texts())

    def contents(self, without: frozenset[str]) -> tuple[list[Document], list[Passage]]:
        """Its documents but for those of some paths, and their passages, numbered from 0."""
        paths = [path for path in self.catalog.paths() if path not in without]
        documents = [document for path in paths if (document := self.catalog.document(path))]
        passages = [passage for document in documents for passage in self.catalog.passages_of(document.path)]
        return documents, [replace(passage, id=id) for id, passage in enumerate(passages)]

    def _rows(self, name: str) -> tuple[Path, bool]:
        """A file of rows, and whether it was checked; else its rows are, when they are read."""
        whole = self._generation.is_checked(f"{self._folder}/{name}")
        if whole:
            self._file(sums_of(Path(name)).name)
        return self._generation.folder / self._folder / name, whole

    def _postings(self) -> Postings:
        for name in SMALL_FILES:
            self._file(f"{WORDS}/{name}.npy")
        words = f"{self._folder}/{WORDS}"
        whole = all(self._generation.is_checked(f"{words}/{name}.npy") for name in LARGE_FILES)
        return Postings(self._generation.folder / words, whole)

    def _file(self, name: str) -> Path:
        return self._generation.file(f"{self._folder}/{name}")
