"""The encoder and the reader that a new generation carries: the ones of the index before, or new ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from index.embed import Progress
from index.encoder import Encoder
from index.export import export_encoder, model_fingerprint, model_folder
from index.export_reader import NO_READER, SHIPPED_READER, Judged, export_reader, reader_fingerprint
from index.opened import ENCODER, READER
from index.search import PassageIndex


def carry_encoder(
    before: PassageIndex | None, model: str | None, generation: Path, progress: Progress
) -> Encoder:
    """Put the encoder's files in their place in a new generation.

    Args:
        before: The index whose encoder is kept where it is the one that is asked for.
        model, progress: As `index.build.build` has them.
        generation: Folder of the new generation.
    """
    target = generation / ENCODER
    if before and (model is None or before.encoder.fingerprint == model_fingerprint(model_folder(model))):
        shutil.copytree(before.folder / ENCODER, target)
    else:
        progress("Converting the encoder", 0, 1)
        export_encoder(model, target)
        progress("Converting the encoder", 1, 1)
    return Encoder(target)


def carry_reader(
    before: PassageIndex | None,
    reader: str | None,
    judged: Callable[[], Sequence[Judged]],
    generation: Path,
    progress: Progress,
) -> str:
    """Put a named reader's files in their place in a new generation.

    Args:
        before: The index whose reader is kept where it is the one that is asked for.
        reader, judged, progress: As `index.build.build` has them.
        generation: Folder of the new generation.

    Returns:
        The reader's name, for the manifest.
    """
    target = generation / READER
    wanted = reader or (before.reader_name if before else SHIPPED_READER)
    if wanted in (SHIPPED_READER, NO_READER):
        return wanted
    carried = before and before.cross_encoder
    # What the index carries may be gone from where it was converted: it is looked for only when named anew.
    if before and carried and (reader is None or carried.fingerprint == reader_fingerprint(reader)):
        shutil.copytree(before.folder / READER, target)
    else:
        progress("Converting the reader", 0, 1)
        export_reader(wanted, target, judged())
        progress("Converting the reader", 1, 1)
    return wanted
