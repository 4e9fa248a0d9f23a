"""Documents to a new generation of an index."""

from __future__ import annotations

import hashlib
import shutil
import socket
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.asked_index import AskedIndex
from index.cross_encoder import FILES as READER_FILES
from index.embed import Progress, embed_questions
from index.embedded import EmbeddedIndex
from index.encoder import Encoder
from index.errors import AskedError, IndexDamaged, IndexMissing, LightqaError, StoreError
from index.export import FILES as ENCODER_FILES
from index.export import SHIPPED_MODEL, export_encoder, model_fingerprint, model_folder
from index.export_reader import (
    NO_READER,
    SHIPPED_READER,
    Judged,
    export_reader,
    reader_fingerprint,
)
from index.generation import building, put_in_force
from index.local_model import copy_files
from index.milvus import STORE
from index.milvus_collections import Server
from index.milvus_writer import MilvusWriter
from index.opened import ENCODER, READER
from index.said import Said, said_from_json
from index.search import PassageIndex
from index.segment import SMALL, Segment
from index.segment_writer import SegmentWriter
from index.split import NO_PROSE, PASSAGE_CHARACTERS
from index.types import Document

DEFAULT_PACK = "health"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        documents, passages, sentences: How many the new generation holds.
        added, changed, removed: Paths of documents, against the generation before.
        without_prose: Paths of documents in which there was nothing to quote; they are not indexed.
        asked: Questions asked in advance, of sidecars and of headings.
        asked_errors: Those that cannot be used, and why; they are left out.
        quarantined: Spans set aside because they give orders to a program or hide from the reader.
        encoded, reused: Texts that were embedded, and texts whose vectors were taken over.
        encoder: Name of the model.
        seconds: Wall-clock time.
        fingerprint: Of the new generation.
    """

    documents: int
    passages: int
    sentences: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    without_prose: tuple[str, ...]
    asked: int
    asked_errors: tuple[AskedError, ...]
    quarantined: int
    encoded: int
    reused: int
    encoder: str
    seconds: float
    fingerprint: str


def build(
    documents: Iterable[Document],
    folder: str | Path,
    *,
    model: str | None = None,
    reader: str | None = None,
    pack: str | None = None,
    judged: Callable[[], Sequence[Judged]] = list,
    store: str | None = None,
    like: PassageIndex | None = None,
    passage_characters: int = PASSAGE_CHARACTERS,
    left_out: Sequence[tuple[str, Said]] = (),
    progress: Progress = lambda doing, done, total: None,
) -> BuildReport:
    """Build a new generation that holds exactly these documents, and put it in force.

    Vectors of texts that the generation before had already, under the same encoder, are taken over.
    Until the last step the old generation answers; a kill leaves it as it was. Documents are read one by
    one and may be a stream; what is held at once is a segment.

    Args:
        documents: All documents of the index, each path once.
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
        passage_characters: Longest passage.
        left_out: Files that could not be read, each with the reason: the index keeps the account. It is read
            when the documents have come to their end.
        progress: Called as the work goes on.

    Raises:
        IndexFolderError: There is nothing to index, or the folder is no index. IndexBusy: another
            process builds here. EncoderError, ReaderError: the model, the reader cannot be had. StoreError:
            the server does not answer.
    """
    began = time.perf_counter()
    folder = Path(folder)
    with _new_generation(folder) as generation:
        before = _index_before(folder)
        encoder = _encoder(before or like, model, generation / ENCODER, progress)
        reads = _reader(before or like, reader, judged, generation / READER, progress)
        old = before.digests() if before else {}
        address = store or (before.manifest.get(STORE) if before else None)
        writer: SegmentWriter
        if address:
            writer = MilvusWriter(
                generation, encoder, passage_characters, progress, Server(address), _owner(folder, before)
            )
        else:
            embedded = before if isinstance(before, EmbeddedIndex) else None
            writer = SegmentWriter(generation, encoder, embedded, passage_characters, progress)
        writer.write_all(documents)
        outcome = _finish(folder, writer, before, reads, left_out, pack)
    added = tuple(path for path in writer.digests if path not in old)
    changed = tuple(path for path, digest in writer.digests.items() if old.get(path, digest) != digest)
    removed = tuple(path for path in old if path not in writer.digests)
    return outcome.report(added, changed, removed, began)


def update(
    folder: str | Path,
    *,
    add: Sequence[Document] = (),
    remove: Collection[str] = (),
    left_out: Sequence[tuple[str, Said]] = (),
    progress: Progress = lambda doing, done, total: None,
) -> BuildReport:
    """Add documents to an index, or take some out, and put the new generation in force.

    Only the segments that hold what changes are written anew: what was removed is in no file any more, and
    the rest is neither copied nor read. Encoder, reader and settings stay.

    Args:
        folder: An index.
        add: Documents; one whose path is in the index already takes the other's place.
        remove: Paths of documents; LightqaError where one is not in the index.
        left_out: Further files that could not be read, each with the reason.
        progress: Called as the work goes on.

    Raises:
        IndexMissing, IndexDamaged: There is no index that can be trusted. IndexBusy: another process builds
            here. IndexFolderError: Nothing would be left.
    """
    began = time.perf_counter()
    folder = Path(folder)
    with _new_generation(folder) as generation:
        before = PassageIndex.open(folder)
        if not isinstance(before, EmbeddedIndex):
            raise StoreError(
                "An index whose passages lie in Milvus is built whole: lightqa index with all its files."
            )
        if missing := sorted(path for path in remove if not before.holds(path)):
            raise LightqaError(f"{missing[0]} is not in the index. What is, lists: lightqa index --report")
        encoder = _encoder(before, None, generation / ENCODER, progress)
        reads = _reader(before, None, list, generation / READER, progress)
        changed = tuple(document.path for document in add if before.holds(document.path))
        gone = frozenset([*remove, *changed])
        size: int = before.manifest["settings"]["passage_characters"]
        writer = SegmentWriter(generation, encoder, before, size, progress)
        segments = list(before.segments)
        fresh = [(document, writer.split(document)) for document in add]
        count = sum(len(passages) for _, passages in fresh)
        # A last segment that is small, or no larger than twice what comes after it, is written with that: few
        # segments stay, and each passage is written again but a few times however much is added.
        tail: list[Segment] = []
        while segments and segments[-1].passages <= max(SMALL, 2 * count):
            tail.insert(0, segments.pop())
            count += tail[0].passages
        if not add and not any(segment.catalog.holds(path) for segment in tail for path in gone):
            segments, tail = [*segments, *tail], []
        for segment in segments:
            if any(segment.catalog.holds(path) for path in gone):
                writer.write_again(segment, gone)
            else:
                writer.link(before.generation, segment)
        for segment in tail:
            writer.take(*segment.contents(gone))
        for document, passages in fresh:
            if passages:
                writer.take([document], passages)
        renewed = {document.path for document in add}
        left_before = ((path, said_from_json(reason)) for path, reason in before.manifest["left_out"])
        told = [(path, reason) for path, reason in left_before if path not in renewed]
        outcome = _finish(folder, writer, before, reads, [*told, *left_out])
    added = tuple(document.path for document in add if document.path not in changed)
    return outcome.report(added, changed, tuple(remove), began)


@contextmanager
def _new_generation(folder: Path) -> Iterator[Path]:
    """The empty folder of a new generation, gone again where its build fails."""
    with building(folder) as generation:
        try:
            yield generation
        except BaseException:
            shutil.rmtree(generation, ignore_errors=True)
            raise


@dataclass(frozen=True, slots=True)
class _Outcome:
    writer: SegmentWriter
    fingerprint: str
    asked: int
    asked_errors: tuple[AskedError, ...]
    asked_before: int

    def report(
        self, added: tuple[str, ...], changed: tuple[str, ...], removed: tuple[str, ...], began: float
    ) -> BuildReport:
        writer = self.writer
        return BuildReport(
            documents=writer.count("documents"),
            passages=writer.count("passages"),
            sentences=writer.count("sentences"),
            added=tuple(path for path in added if path not in set(writer.without_prose)),
            changed=changed,
            removed=removed,
            without_prose=tuple(writer.without_prose),
            asked=self.asked,
            asked_errors=self.asked_errors,
            quarantined=writer.quarantined,
            encoded=writer.encoded + self.asked - self.asked_before,
            reused=writer.reused + self.asked_before,
            encoder=writer.encoder.name,
            seconds=time.perf_counter() - began,
            fingerprint=self.fingerprint,
        )


def _finish(
    folder: Path,
    writer: SegmentWriter,
    before: PassageIndex | None,
    reads: str,
    left_out: Sequence[tuple[str, Said]],
    pack: str | None = None,
) -> _Outcome:
    """Write what stands beside the segments, and put the generation in force."""
    writer.close()
    encoder, generation = writer.encoder, writer.generation
    asked, errors = writer.asked()
    same = before is not None and before.encoder.fingerprint == encoder.fingerprint
    known = before.asked.embedded() if before is not None and same else {}
    vectors, taken_over = embed_questions([each.question for each in asked], encoder, known, writer.progress)
    AskedIndex.build(asked, vectors, generation)
    if before:
        before.close()
    not_read = [*left_out, *((path, NO_PROSE) for path in writer.without_prose)]
    counts = {name: writer.count(name) for name in ("documents", "passages", "sentences")}
    manifest: dict[str, Any] = {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "encoder": {
            "name": encoder.name,
            "fingerprint": encoder.fingerprint,
            "dimension": encoder.dimension,
        },
        "reader": reads,
        "pack": pack or (before.pack_name if before else DEFAULT_PACK),
        "settings": {"passage_characters": writer.passage_characters},
        "left_out": [(path, reason.as_json()) for path, reason in not_read],
        "counts": {**counts, "asked": len(asked)},
    }
    if isinstance(writer, MilvusWriter):
        manifest |= {
            STORE: writer.address,
            "owner": writer.owner,
            "collection": writer.collection,
        }
    else:
        manifest["segments"] = writer.segments
    fingerprint = put_in_force(folder, generation, manifest, writer.linked)
    if isinstance(writer, MilvusWriter):
        writer.name_newest()
        writer.remove_all_but(writer.collection)
    return _Outcome(writer, fingerprint, len(asked), tuple(errors), taken_over)


def _index_before(folder: Path) -> PassageIndex | None:
    """The index in force, or None; nothing is taken over from a damaged one."""
    try:
        return PassageIndex.open(folder)
    except (IndexMissing, IndexDamaged):
        return None


def _owner(folder: Path, before: PassageIndex | None) -> str:
    """Stands for an index in the names of its collections, wherever its folder is moved to."""
    if before is not None and "owner" in before.manifest:
        return str(before.manifest["owner"])
    return hashlib.blake2b(f"{socket.gethostname()}:{folder.resolve()}".encode(), digest_size=4).hexdigest()


def _encoder(before: PassageIndex | None, model: str | None, target: Path, progress: Progress) -> Encoder:
    if before is not None and (model is None or _is_same_model(before, model)):
        copy_files(ENCODER_FILES, before.folder / ENCODER, target)
    else:
        progress("Converting the encoder", 0, 1)
        export_encoder(None if model == SHIPPED_MODEL else model, target)
        progress("Converting the encoder", 1, 1)
    return Encoder(target)


def _is_same_model(before: PassageIndex, model: str) -> bool:
    folder = model_folder(None if model == SHIPPED_MODEL else model)
    return before.encoder.fingerprint == model_fingerprint(folder)


def _reader(
    before: PassageIndex | None,
    reader: str | None,
    judged: Callable[[], Sequence[Judged]],
    target: Path,
    progress: Progress,
) -> str:
    """Put a named reader's files in place, and give its name for the manifest."""
    wanted = reader or (before.reader_name if before is not None else SHIPPED_READER)
    if wanted in (SHIPPED_READER, NO_READER):
        return wanted
    carried = before.cross_encoder if before is not None else None
    # What the index carries may be gone from where it was converted: it is looked for only when named anew.
    if (
        before is not None
        and carried is not None
        and (reader is None or carried.fingerprint == reader_fingerprint(reader))
    ):
        copy_files(READER_FILES, before.folder / READER, target)
    else:
        progress("Converting the reader", 0, 1)
        export_reader(wanted, target, judged())
        progress("Converting the reader", 1, 1)
    return wanted
