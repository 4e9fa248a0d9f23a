"""A new generation from its first file to the moment at which it is in force."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.asked_index import AskedIndex
from index.change_over import put_in_force
from index.embed import embed_questions
from index.errors import AskedError
from index.opened import NOT_READ
from index.said import Said
from index.search import PassageIndex
from index.segment_writer import SegmentWriter
from index.split import NO_PROSE

DEFAULT_PACK = "health"


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths of documents that are new, other or gone, against the generation before."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildReport(Changes):
    """What a build did.

    Attributes:
        documents, passages, sentences: How many the new generation holds.
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
    without_prose: tuple[str, ...]
    asked: int
    asked_errors: tuple[AskedError, ...]
    quarantined: int
    encoded: int
    reused: int
    encoder: str
    seconds: float
    fingerprint: str


def finish(
    folder: Path,
    writer: SegmentWriter,
    before: PassageIndex | None,
    reader: str,
    changes: Changes,
    not_read: Sequence[tuple[str, Said]],
    began: float,
    pack: str | None = None,
) -> BuildReport:
    """Write what stands beside the segments, and put the generation in force.

    Args:
        folder: The index.
        writer: Has written all segments and is closed.
        before: The index in force until now; None where there is none. It is closed.
        reader: Its name.
        changes: Against the generation before.
        not_read, pack: As `index.build.build` has them.
        began: When the build began, by `time.perf_counter`.
    """
    encoder, generation = writer.encoder, writer.generation
    in_advance = writer.asked()
    asked = in_advance.questions
    same = before is not None and before.encoder.fingerprint == encoder.fingerprint
    known = before.asked.embedded() if before is not None and same else {}
    vectors, taken_over = embed_questions([each.question for each in asked], encoder, known, writer.progress)
    AskedIndex.build(asked, vectors, generation)
    if before:
        before.close()
    counts = {name: writer.count(name) for name in ("documents", "passages", "sentences")}
    manifest: dict[str, Any] = {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "encoder": {
            "name": encoder.name,
            "fingerprint": encoder.fingerprint,
            "dimension": encoder.dimension,
        },
        "reader": reader,
        "pack": pack or (before.pack_name if before else DEFAULT_PACK),
        "settings": {"passage_characters": writer.passage_characters},
        NOT_READ: [
            (path, reason.as_json())
            for path, reason in (*not_read, *((path, NO_PROSE) for path in writer.without_prose))
        ],
        "counts": {**counts, "asked": len(asked), "collected": in_advance.collected},
    }
    fingerprint = put_in_force(folder, generation, manifest | writer.manifest(), writer.linked)
    writer.in_force()
    return BuildReport(
        documents=counts["documents"],
        passages=counts["passages"],
        sentences=counts["sentences"],
        added=tuple(path for path in changes.added if path not in writer.without_prose),
        changed=changes.changed,
        removed=changes.removed,
        without_prose=tuple(writer.without_prose),
        asked=len(asked),
        asked_errors=tuple(in_advance.errors),
        quarantined=writer.quarantined,
        encoded=writer.encoded + len(asked) - taken_over,
        reused=writer.reused + taken_over,
        encoder=encoder.name,
        seconds=time.perf_counter() - began,
        fingerprint=fingerprint,
    )
