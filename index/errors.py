"""Everything that can go wrong with documents and indexes, in words that may be shown to a user."""

from __future__ import annotations

from pathlib import Path

from index.said import Said


class LightqaError(Exception):
    """Base of every error whose message is written for the user: one sentence, with what to do next."""


class DocumentError(LightqaError):
    """A file that cannot be turned into a document.

    Args:
        path: The file, as the user named it.
        reason: Why, as half a sentence without a full stop ("is empty", "is encrypted; …").
    """

    def __init__(self, path: str, reason: Said) -> None:
        super().__init__(path, reason)  # so that it can be sent to another process
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}."


class AskedError(LightqaError):
    """A row of a sidecar, or a whole sidecar, that cannot be used.

    Args:
        place: "file:line", or the file.
        reason: Why, as half a sentence without a full stop.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}.")
        self.place = place
        self.reason = reason


class EncoderError(LightqaError):
    """A sentence-transformers model that cannot be found, trusted or converted."""


class ReaderError(LightqaError):
    """A CrossEncoder that cannot be found or converted."""


class WorkersError(LightqaError):
    """Workers on which an index is to be built that cannot be had, or that died over and over."""


class IndexFolderError(LightqaError):
    """An index that cannot be opened or built."""


class IndexMissing(IndexFolderError):
    """No index was ever put in force in this folder."""


class IndexDamaged(IndexFolderError):
    """A file of the index differs from its checksum, is missing, or is of another format version."""


def damaged(path: Path, what: str) -> IndexDamaged:
    """The error for a file of an index that cannot be trusted.

    Args:
        path: The file.
        what: What is wrong with it, as half a sentence without a full stop ("is missing").
    """
    return IndexDamaged(f"{path} {what}. Build the index again: lightqa index FILES… --index FOLDER")


class StoreError(IndexFolderError):
    """The server that keeps the passages of an index does not answer, refuses, or holds other ones."""


class IndexBusy(IndexFolderError):
    """Another process holds the build lock of this folder."""
