"""Documents to the segments of a new generation, one segment at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import length_hint
from pathlib import Path
from typing import Any

from index.asked import AskedInAdvance, Places, asked_by_sidecars, place
from index.catalog import FILE as CATALOG
from index.catalog import Catalog, document_digest
from index.change_over import link_folder
from index.embed import Embedded, Embedder, Here, Progress, embed
from index.embedded import EmbeddedIndex
from index.encoder import Encoder
from index.errors import IndexFolderError
from index.generation import Generation
from index.segment import (
    HEADINGS,
    MOST_PASSAGES,
    SEGMENTS,
    WITH_WORDS,
    Segment,
    asking_headings,
    write_segment,
)
from index.sidecar import Entry
from index.split import SplitDocument, split_document
from index.taken_over import TakenOver
from index.types import Document, Passage

HOME = "home"
"""In the manifest, with each segment: the folder from which the relative paths of documents were seen."""


class SegmentWriter:
    """Writes segments in order.

    Args:
        generation: Folder of the new generation.
        encoder: Of the new generation.
        before: The index in force; where its encoder is the same, vectors are taken over from it.
        passage_characters: Longest passage.
        progress: Called with "Splitting", "Embedding".
        embedder: What embeds; None for this process.

    Attributes:
        segments: What the manifest says of each.
        linked: What it says of files that were linked; see `index.change_over.link_folder`.
        digests: Of the documents that were written.
        without_prose: Paths of documents in which there was nothing to quote.
        quarantined, encoded, reused: As `index.build.BuildReport` has them.
        home: Folder from which the documents' relative paths are seen; "" is where we are.
        asked_before: Questions of the generation before whose sidecars cannot be read from here.
    """

    def __init__(
        self,
        generation: Path,
        encoder: Encoder,
        before: EmbeddedIndex | None,
        passage_characters: int,
        progress: Progress,
        embedder: Embedder | None = None,
    ) -> None:
        self.embedder = embedder or Here(encoder)
        self.generation, self.encoder = generation, encoder
        self.passage_characters, self.progress = passage_characters, progress
        self.segments: list[dict[str, Any]] = []
        self.linked: dict[str, Any] = {}
        self.digests: dict[str, bytes] = {}
        self.without_prose: list[str] = []
        self.quarantined = self.encoded = self.reused = 0
        self.home = ""
        self.asked_before: Sequence[Entry] = ()
        same = before is not None and before.encoder.fingerprint == encoder.fingerprint
        self._taken_over = TakenOver(before.segments if before is not None and same else ())
        self._number = int(generation.name)
        self._linked: list[Segment] = []
        self._documents: list[Document] = []
        self._passages: list[Passage] = []

    def count(self, what: str) -> int:
        """How many documents, passages or sentences there are in all segments."""
        return sum(segment[what] for segment in self.segments)

    def write_all(self, documents: Iterable[Document | SplitDocument]) -> None:
        """Split documents that are not split yet, and write a segment whenever there is enough for one."""
        total = length_hint(documents)
        for done, document in enumerate(documents, start=1):
            if found := self.split(document):
                self.take([document.document if isinstance(document, SplitDocument) else document], found)
            self.progress("Splitting", done, max(done, total))

    def split(self, document: Document | SplitDocument) -> list[Passage]:
        """The passages of a document; none where there is nothing to quote, of which the account is kept."""
        if not isinstance(document, SplitDocument):
            document = split_document(document, self.passage_characters)
        self.quarantined += document.set_aside
        if not document.passages:
            self.without_prose.append(document.document.path)
        return document.passages

    def take(self, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        """Add documents with their passages, whose numbers are given anew."""
        first = len(self._passages)
        self._documents += documents
        self._passages += (replace(passage, id=first + at) for at, passage in enumerate(passages))
        if len(self._passages) >= MOST_PASSAGES:
            self._write()

    def write_again(self, segment: Segment, without: frozenset[str]) -> None:
        """Write a segment without the documents of some paths."""
        self._write()
        self._taken_over.look_first(segment)
        self.take(*segment.contents(without))
        self._write()

    def link(self, source: Generation, segment: Segment) -> None:
        """Take a segment over as it is."""
        self._write()
        told = next(each for each in source.manifest["segments"] if each["name"] == segment.name)
        self.linked |= link_folder(source, f"{SEGMENTS}/{segment.name}", self.generation)
        self.segments.append({**told, HOME: self._seen_from()})
        self._linked.append(segment)

    def close(self) -> None:
        """Write what is left.

        Raises:
            IndexFolderError: There is nothing at all.
        """
        self._write()
        if not self.segments:
            raise IndexFolderError(
                "There is nothing to index: no document holds a sentence that can be quoted. "
                "The index was left as it was."
            )

    def asked(self) -> AskedInAdvance:
        """All questions asked in advance: of the sidecars of all documents, then of their headings.

        What was asked before beside a file that is not there is asked still.
        """
        for segment in self._linked:
            segment.catalog.verify()
        bases = accumulate((segment["passages"] for segment in self.segments), initial=0)
        folders = [self.generation / SEGMENTS / segment["name"] for segment in self.segments]
        parts = list(zip(folders, bases, strict=False))
        catalogs = [Catalog(folder / CATALOG, base) for folder, base in parts]

        def lookup(path: str) -> tuple[Document, list[Passage]] | None:
            for catalog in catalogs:
                if (document := catalog.document(path)) is not None:
                    return document, catalog.passages_of(path)
            return None

        paths = [path for catalog in catalogs for path in catalog.paths()]
        places = Places.looked_up(paths, lookup, self.home)
        found, errors = asked_by_sidecars(paths, places)
        read = {each.question for each in found}
        still, lost = place((each for each in self.asked_before if each.question not in read), places)
        headings = [each for folder, base in parts for each in asking_headings(folder / HEADINGS, base)]
        for catalog in catalogs:
            catalog.close()
        return AskedInAdvance.of(found + still, headings, errors + lost)

    def manifest(self) -> dict[str, Any]:
        """What the manifest says of where the passages are."""
        return {"segments": self.segments}

    def in_force(self) -> None:
        """Called when the generation is."""

    def _seen_from(self) -> str:
        return self.home or os.getcwd()

    def _write(self) -> None:
        if not self._passages:
            return
        # Named by the generation that wrote it, so that a name never means two things.
        name = f"{self._number:06d}-{len(self.segments) + 1:06d}"
        embedded = self._write_segment(name)
        self.encoded += embedded.encoded
        self.reused += embedded.reused
        self.digests.update((document.path, document_digest(document)) for document in self._documents)
        self.segments.append(
            {
                "name": name,
                "documents": len(self._documents),
                "passages": len(self._passages),
                "sentences": len(embedded.sentences),
                HOME: self._seen_from(),
            }
        )
        self._documents, self._passages = [], []

    def _write_segment(self, name: str) -> Embedded:
        """Embed and write what was taken."""
        folder = self.generation / SEGMENTS / name
        folder.mkdir(parents=True)
        embedded = self._embed(folder, with_words=len(self._passages) <= WITH_WORDS)
        write_segment(folder, self._documents, self._passages, embedded)
        return embedded

    def _embed(self, folder: Path, with_words: bool) -> Embedded:
        passages, before = self._passages, self._taken_over
        return embed(passages, self.embedder, before, folder, self.progress, with_words=with_words)
