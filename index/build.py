"""Documents to a new generation of an index."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.account import NO_PROSE
from index.asked import asked_of
from index.asked_index import AskedIndex
from index.catalog import quotable, write_catalog
from index.clean import examine
from index.cosine_moments import CosineMoments
from index.embed import Progress, embed, embed_questions
from index.encoder import Encoder
from index.errors import AskedError, IndexDamaged, IndexFolderError, IndexMissing
from index.export import SHIPPED_MODEL, copy_encoder, export_encoder, model_fingerprint, model_folder
from index.export_reader import (
    NO_READER,
    SHIPPED_READER,
    Judged,
    copy_reader,
    export_reader,
    reader_fingerprint,
)
from index.generation import building, put_in_force, verify_generation
from index.lexical import LexicalIndex
from index.search import ENCODER, PASSAGE_MOMENTS, READER, SENTENCE_MOMENTS, PassageIndex
from index.sentence_vectors import SentenceVectors
from index.split import PASSAGE_CHARACTERS, split
from index.types import Document, Passage
from index.vectors import VectorIndex

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
    documents: Sequence[Document],
    folder: str | Path,
    *,
    model: str | None = None,
    reader: str | None = None,
    pack: str | None = None,
    judged: Callable[[], Sequence[Judged]] = list,
    passage_characters: int = PASSAGE_CHARACTERS,
    left_out: Sequence[tuple[str, str]] = (),
    progress: Progress = lambda doing, done, total: None,
) -> BuildReport:
    """Build a new generation that holds exactly these documents, and put it in force.

    Vectors of texts that the generation before had already, under the same encoder, are taken over.
    Until the last step the old generation answers; a kill leaves it as it was.

    Args:
        documents: All documents of the index, each path once.
        folder: The index; made when missing.
        model: A sentence-transformers folder or name; None keeps the encoder that the index
            carries, or takes the shipped one for a new index.
        reader: A CrossEncoder's folder or name, "shipped" or "none"; None keeps the index's own, or takes
            the shipped one for a new index.
        pack: Name of the field of the documents; None keeps the index's own, or takes "health" for a new one.
        judged: Gives questions with texts that do and do not answer, on which a named reader is calibrated.
        passage_characters: Longest passage.
        left_out: Files that could not be read, each with the reason: the index keeps the account.
        progress: Called as the work goes on.

    Raises:
        IndexFolderError: There is nothing to index, or the folder is no index. IndexBusy: another
            process builds here. EncoderError, ReaderError: the model, the reader cannot be had.
    """
    began = time.perf_counter()
    folder = Path(folder)
    with building(folder) as generation:
        try:
            before = _index_before(folder)
            encoder = _encoder(before, model, generation / ENCODER, progress)
            reads = _reader(before, reader, judged, generation / READER, progress)

            passages: list[Passage] = []
            without_prose = []
            quarantined = 0
            for done, document in enumerate(documents, start=1):
                structure, suspicions = examine(document)
                quarantined += len(suspicions)
                found = split(document, structure, len(passages), passage_characters)
                if not found:
                    without_prose.append(document.path)
                passages.extend(found)
                progress("Splitting", done, len(documents))
            if not passages:
                raise IndexFolderError(
                    "There is nothing to index: no document holds a sentence that can be quoted. "
                    "The index was left as it was."
                )
            kept = [document for document in documents if document.path not in set(without_prose)]
            counts = [len(passage.sentences) for passage in passages]
            vectors = embed(passages, encoder, before, generation, progress)
            asked, asked_errors = asked_of(kept, passages)
            questions = [each.question for each in asked]
            of_asked, asked_before = embed_questions(questions, encoder, before, progress)

            write_catalog(generation, kept, passages)
            LexicalIndex.build([quotable(passage) for passage in passages], generation)
            VectorIndex.build(vectors.passages).save(generation)
            SentenceVectors.build(vectors.sentences, counts).save(generation)
            AskedIndex.build(asked, of_asked, generation)
            CosineMoments.build(vectors.passages).save(generation / PASSAGE_MOMENTS)
            CosineMoments.build(vectors.sentences).save(generation / SENTENCE_MOMENTS)
            old = {path: before.document(path) for path in before.paths()} if before else {}
            if before:
                before.close()
            manifest = {
                "built": datetime.now(UTC).isoformat(timespec="seconds"),
                "encoder": {
                    "name": encoder.name,
                    "fingerprint": encoder.fingerprint,
                    "dimension": encoder.dimension,
                },
                "reader": reads,
                "pack": pack or (before.pack_name if before else DEFAULT_PACK),
                "settings": {"passage_characters": passage_characters},
                "left_out": [*left_out, *((path, NO_PROSE) for path in without_prose)],
                "counts": {
                    "documents": len(kept),
                    "passages": len(passages),
                    "sentences": sum(counts),
                    "asked": len(asked),
                },
            }
            fingerprint = put_in_force(folder, generation, manifest)
        except BaseException:
            shutil.rmtree(generation, ignore_errors=True)
            raise
    new = {document.path: document for document in kept}
    return BuildReport(
        documents=len(kept),
        passages=len(passages),
        sentences=sum(counts),
        added=tuple(path for path in new if path not in old),
        changed=tuple(path for path in new if path in old and new[path] != old[path]),
        removed=tuple(path for path in old if path not in new),
        without_prose=tuple(without_prose),
        asked=len(asked),
        asked_errors=tuple(asked_errors),
        quarantined=quarantined,
        encoded=vectors.encoded + len(questions) - asked_before,
        reused=vectors.reused + asked_before,
        encoder=encoder.name,
        seconds=time.perf_counter() - began,
        fingerprint=fingerprint,
    )


def _index_before(folder: Path) -> PassageIndex | None:
    """The index in force, or None; nothing is taken over from a damaged one."""
    try:
        verify_generation(folder)
        return PassageIndex.open(folder)
    except (IndexMissing, IndexDamaged):
        return None


def _encoder(before: PassageIndex | None, model: str | None, target: Path, progress: Progress) -> Encoder:
    if before is not None and (model is None or _is_same_model(before, model)):
        copy_encoder(before.folder / ENCODER, target)
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
        copy_reader(before.folder / READER, target)
    else:
        progress("Converting the reader", 0, 1)
        export_reader(wanted, target, judged())
        progress("Converting the reader", 1, 1)
    return wanted
