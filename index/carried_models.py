"""The encoder and the reader that a new generation carries: the ones of the index before, or new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from index.cross_encoder import FILES as READER_FILES
from index.embed import Progress
from index.encoder import Encoder
from index.export import FILES as ENCODER_FILES
from index.export import SHIPPED_MODEL, export_encoder, model_fingerprint, model_folder
from index.export_reader import NO_READER, SHIPPED_READER, Judged, export_reader, reader_fingerprint
from index.local_model import copy_files
from index.opened import ENCODER, READER
from index.search import PassageIndex


def carry_encoder(
    before: PassageIndex | None, model: str | None, generation: Path, progress: Progress
) -> Encoder:
    """Put the encoder's files in their place in a new generation.

    Args:
        before: The index whose encoder is kept where it is the one that is asked for.
        model: A sentence-transformers folder or name; None for that of `before`, or the shipped one.
        generation: Folder of the new generation.
        progress: Called where a model has to be converted.

    Raises:
        EncoderError: The model cannot be had.
    """
    target = generation / ENCODER
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
        reader: A CrossEncoder's folder or name, "shipped" or "none"; None for that of `before`, or "shipped".
        judged: Gives questions with texts that do and do not answer, on which a new one is calibrated.
        generation: Folder of the new generation.
        progress: Called where a model has to be converted.

    Returns:
        The reader's name, for the manifest.

    Raises:
        ReaderError: The reader cannot be had.
    """
    target = generation / READER
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
