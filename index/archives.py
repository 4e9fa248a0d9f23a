"""Files that are zip archives of parts: Word, Excel, PowerPoint, OpenDocument, EPUB."""

from __future__ import annotations

import io
import zipfile

from index.errors import DocumentError
from index.said import say

LARGEST_UNPACKED = 400_000_000
"""Bytes that the parts of a file may hold together, so that a zip bomb is refused unopened."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def checked_archive(path: str, data: bytes, extension: str) -> io.BytesIO:
    """The bytes of an archive, to be opened by the library that reads it.

    Raises:
        DocumentError: It is encrypted, of an old kind, no archive, or unpacks to too much.
    """
    if data.startswith(_OLD_OFFICE):
        reason = say(
            "is encrypted or an old {old} file; save it as {new} without a password",
            old=extension[:-1],
            new=extension,
        )
        raise DocumentError(path, reason)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
                most = str(LARGEST_UNPACKED // 1_000_000)
                raise DocumentError(path, say("unpacks to more than {most} MB", most=most))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        reason = say("is damaged or no {kind} file at all", kind=extension)
        raise DocumentError(path, reason) from error
    return io.BytesIO(data)
