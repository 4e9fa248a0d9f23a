"""Files that are zip archives of parts: Word, Excel, PowerPoint, OpenDocument, EPUB."""

from __future__ import annotations

import io
import zipfile

from index.errors import DocumentError

LARGEST_UNPACKED = 400_000_000
"""Bytes that the parts of a file may hold together, so that a zip bomb is refused unopened."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def checked_archive(path: str, data: bytes, extension: str) -> io.BytesIO:
    """The bytes of an archive, to be opened by the library that reads it.

    Raises:
        DocumentError: It is encrypted, of an old kind, no archive, or unpacks to too much.
    """
    if data.startswith(_OLD_OFFICE):
        old = extension[:-1]
        raise DocumentError(
            path, f"is encrypted or an old {old} file; save it as {extension} without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                raise DocumentError(path, f"unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError(path, f"is damaged or no {extension} file at all") from error
    return io.BytesIO(data)
