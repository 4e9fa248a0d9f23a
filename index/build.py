"""Documents to a new generation of an index."""

from __future__ import annotations

import hashlib
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from index.carried_models import carry_encoder, carry_reader
from index.change_over import new_generation
from index.embed import Progress
from index.embedded import EmbeddedIndex
from index.errors import IndexDamaged, IndexMissing
from index.export_reader import Judged
from index.milvus_server import BUILDING_SECONDS, Server
from index.milvus_writer import MilvusWriter
from index.new_generation import BuildReport, Changes, finish
from index.on_ray import OnRay, RayWorkers
from index.opened import ENCODER, STORE
from index.said import Said
from index.search import PassageIndex
from index.segment_writer import SegmentWriter
from index.split import PASSAGE_CHARACTERS, SplitDocument
from index.types import Document


def build(
    documents: Iterable[Document | SplitDocument],
    folder: str | Path,
    *,
    model: str | None = None,
    reader: str | None = None,
    pack: str | None = None,
    judged: Callable[[], Sequence[Judged]] = list,
    store: str | None = None,
    like: PassageIndex | None = None,
    workers: RayWorkers | None = None,
    passage_characters: int = PASSAGE_CHARACTERS,
    not_read: Sequence[tuple[str, Said]] = (),
    progress: Progress = lambda doing, done, total: None,
) -> BuildReport:
    """Build a new generation that holds exactly these documents, and put it in force.

    Vectors of texts that the generation before had already, under the same encoder, are taken over.
    Until the last step the old generation answers; a kill leaves it as it was. Documents are read one by
    one and may be a stream; what is held at once is a segment.

    Args:
        documents: All documents of the index, each path once; what is split already, as `passage_characters`
            says, is not split again.
        folder: The index; made when missing.
        model: A sentence-transformers folder or name; None keeps the encoder that the index
            carries, or takes the shipped one for a new index.
        reader: A CrossEncoder's folder or name, "shipped" or "none"; None keeps the index's own, or takes
            the shipped one for a new index.
        pack: Name of the field of the documents; None keeps the index's own, or takes "health" for a new one.
        judged: Gives questions with texts that do and do not answer, on which a named reader is calibrated.
        store: Address of a Milvus server that is to keep the passages, "milvus+http://HOST:PORT/NAME"; None
            keeps the index's own, or the folder for a new index.
        like: An index whose encoder and reader a new one takes over, which saves converting them.
        workers: Embed the texts, the same to the last bit; None for this process.
        passage_characters: Longest passage.
        not_read: Files that could not be read, each with the reason: the index keeps the account. It is read
            when the documents have come to their end.
        progress: Called as the work goes on.

    Raises:
        IndexFolderError: There is nothing to index, or the folder is no index. IndexBusy: another
            process builds here. EncoderError, ReaderError: the model, the reader cannot be had. StoreError:
            the server does not answer. WorkersError: the workers died over and over.
    """
    began = time.perf_counter()
    folder = Path(folder)
    with new_generation(folder) as generation:
        before = _index_before(folder)
        encoder = carry_encoder(before or like, model, generation, progress)
        reader = carry_reader(before or like, reader, judged, generation, progress)
        old = _digests(before)
        address = store or (before.manifest.get(STORE) if before else None)
        embedder = OnRay(workers, generation / ENCODER, encoder) if workers else None
        writer: SegmentWriter
        if address:
            writer = MilvusWriter(
                generation,
                encoder,
                passage_characters,
                progress,
                Server(address, BUILDING_SECONDS),
                _owner(folder, before),
                embedder,
            )
        else:
            embedded = before if isinstance(before, EmbeddedIndex) else None
            writer = SegmentWriter(generation, encoder, embedded, passage_characters, progress, embedder)
        writer.write_all(documents)
        writer.close()
        changes = Changes(
            added=tuple(path for path in writer.digests if path not in old),
            changed=tuple(path for path, digest in writer.digests.items() if old.get(path, digest) != digest),
            removed=tuple(path for path in old if path not in writer.digests),
        )
        return finish(folder, writer, before, reader, changes, not_read, began, pack)


def _index_before(folder: Path) -> PassageIndex | None:
    """The index in force, or None; nothing is taken over from a damaged one."""
    try:
        return PassageIndex.open(folder)
    except (IndexMissing, IndexDamaged):
        return None


def _digests(before: PassageIndex | None) -> dict[str, bytes]:
    """What the index before holds; nothing where its documents cannot be read: all are new then."""
    try:
        return before.digests() if before else {}
    except IndexDamaged:
        return {}


def _owner(folder: Path, before: PassageIndex | None) -> str:
    """Stands for an index in the names of its collections, wherever its folder is moved to."""
    if before is not None and "owner" in before.manifest:
        return str(before.manifest["owner"])
    return hashlib.blake2b(f"{socket.gethostname()}:{folder.resolve()}".encode(), digest_size=4).hexdigest()
