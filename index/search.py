"""The only door to an index, wherever its passages lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from index.asked_index import AskedIndex
from index.cross_encoder import CrossEncoder
from index.embedded import EmbeddedIndex
from index.encoder import Encoder, Vectors
from index.errors import IndexDamaged
from index.generation import name_and_fingerprint, open_generation
from index.kept import Kept, KeptQuestions
from index.milvus import STORE, MilvusIndex
from index.opened import Ranking
from index.said import Said
from index.sidecar import Quote
from index.token_vectors import Tokens
from index.types import AskedHit, Document, Hit, Passage, Sentence

__all__ = ["PassageIndex", "Ranking"]


class PassageIndex(Protocol):
    """An index in force, made by `open`.

    Two stores keep one: `EmbeddedIndex` in the index's own folder, `MilvusIndex` in a Milvus server. What
    stands above an index knows neither; what is said of the attributes stands at `index.opened.OpenedIndex`.
    """

    folder: Path
    manifest: dict[str, Any]
    fingerprint: str
    encoder: Encoder
    asked: AskedIndex
    reader_name: str
    pack_name: str
    not_read: Sequence[tuple[str, Said]]
    kept: KeptQuestions

    @staticmethod
    def open(folder: str | Path) -> PassageIndex:
        """Open the generation in force, wherever its passages lie.

        Raises:
            IndexMissing: Nothing was ever built in this folder.
            IndexDamaged: A file differs from its checksum; the message names it.
            StoreError: The server that keeps the passages does not answer, or has others.
        """
        while True:
            generation = open_generation(Path(folder))
            try:
                return MilvusIndex(generation) if STORE in generation.manifest else EmbeddedIndex(generation)
            except (FileNotFoundError, IndexDamaged):
                # A build that ended meanwhile took this generation away: the new one is opened.
                if name_and_fingerprint(Path(folder))[0] == generation.folder.name:
                    raise

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        ranking: Ranking = "hybrid",
        including: Sequence[int] = (),
    ) -> list[Hit]:
        """The k best passages for a question, best first."""

    @property
    def question_vector(self) -> Callable[[str], Vectors]:
        """Gives the unit vector of a question, (dimension,); those asked last are remembered."""

    def asked_in_advance(self, question: str, k: int) -> list[AskedHit]:
        """The k questions asked in advance, or kept, that are nearest to a question, nearest first."""

    def keep(self, question: str, quote: Quote) -> Kept:
        """Keep a question with the quote that answered it; AskedError where that stands nowhere."""

    def passages_by_id(self, ids: Sequence[int]) -> list[Passage]:
        """Passages by number, in the order asked for."""

    def paths(self) -> list[str]:
        """Paths of all documents, in the order in which they were indexed."""

    def digests(self) -> dict[str, bytes]:
        """Path of every document, with what stands for its contents: two that are alike have the same."""

    def holds(self, path: str) -> bool:
        """Whether a document of this path is indexed."""

    def titles(self) -> dict[str, str]:
        """Title of every document, by its path."""

    def kinds(self) -> dict[str, str]:
        """Kind of source of every document, by its path."""

    def document(self, path: str) -> Document:
        """A document with its text. Raises LightqaError where no such document is indexed."""

    def passages(self, path: str) -> list[Passage]:
        """All passages of a document, in reading order."""

    def sentence_vectors(self, passage: Passage) -> Vectors:
        """Unit vectors of a passage's sentences, each embedded with title and section: (n, dimension)."""

    def sentence_tokens(self, sentences: Sequence[tuple[Passage, Sentence]]) -> list[Tokens]:
        """Unit vectors of the words of sentences of this index, each seen with title and section in front."""

    @property
    def cross_encoder(self) -> CrossEncoder | None:
        """The reader that was named when the index was built; None for the shipped one and for none."""

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word of the documents' passages, in lower case, with how often it occurs."""

    def close(self) -> None:
        """Let go of what is kept open."""
