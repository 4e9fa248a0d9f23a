"""Documents that people add in the browser: kept in a folder of their own, read within limits, then indexed.

Off unless the operator allows it. A file is first taken in and read (`take`), which changes nothing in the
index; `index` then puts all that were read into one new generation, and `remove` takes one of them out of it.
What was read and never indexed is listed as such, to be added again or removed.
"""

from __future__ import annotations

import asyncio
import filecmp
import itertools
import os
import re
import secrets
import shutil
import threading
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from index.embed import Progress
from index.errors import DocumentError
from index.load import KINDS
from index.sidecar import SUFFIX
from index.types import Document
from index.update import update
from qa.said import say
from ui.library import Edition, Library
from ui.reading import read
from ui.texts import SaidError

LARGEST_FILE = 20_000_000
"""Bytes."""

MOST_FILES = 100

LONGEST_NAME = 200
"""Bytes, in UTF-8: file systems allow 255, and the build may need a few of them."""


class UploadError(SaidError):
    """A file that cannot be added or removed."""


class Uploads:
    """The documents that were added to a library in the browser.

    Args:
        library: What they are added to; its index is built anew.

    Attributes:
        folder: Where their files lie.
        changing: Held by who calls `index` or `remove`. Who waits for it needs no thread meanwhile: there
            are 40 for everything that is asked of the server.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.folder = Path(f"{library.folder}.uploads")
        self._coming: list[str] = []
        self._read: dict[str, Document] = {}
        self._reading = threading.Lock()
        self.changing = asyncio.Lock()
        shutil.rmtree(self.folder / ".incoming", ignore_errors=True)

    def added(self) -> list[str]:
        """Paths of the documents that were added here and may be removed again, not yet indexed ones last."""
        here = [
            path for path in self.library.edition.index.paths() if Path(path).parent.name == self.folder.name
        ]
        # When they were indexed, the folder may have been named from elsewhere.
        names = {Path(path).name for path in here}
        # Beside them may lie what the operator wrote: questions asked in advance.
        others = [
            str(file)
            for file in sorted(self.folder.glob("*.*"))
            if file.is_file() and file.name not in names and not file.name.endswith(SUFFIX)
        ]
        indexed = [path for path in here if Path(path).parent == self.folder]
        return list(dict.fromkeys([*indexed, *self._read, *others]))

    async def take(self, name: str, contents: AsyncIterator[bytes]) -> Document:
        """Takes a file in and reads it; it is not indexed yet.

        Args:
            name: As the browser gives it; only its last part is used. Where another file has it already, a
                number is added to it.
            contents: The bytes of the file.

        Raises:
            UploadError: The file is too large, of another kind, or one too many.
            DocumentError: It cannot be read as a document.
        """
        name = safe_name(name)
        path = str(self.folder / name)
        self._check_room(path)
        incoming = self.folder / ".incoming" / secrets.token_hex(8)
        incoming.mkdir(parents=True)
        self._coming.append(path)  # it counts from here on, for others come while it is sent and read
        try:
            size = 0
            with (incoming / name).open("xb") as file:
                async for chunk in contents:
                    size += len(chunk)
                    if size > LARGEST_FILE:
                        most = str(LARGEST_FILE // 1_000_000)
                        large = say(
                            "{name}: is larger than {most} MB; it was not added.", name=name, most=most
                        )
                        raise UploadError(large)
                    file.write(chunk)
            document = await run_in_threadpool(self._checked, incoming / name)
            # Nothing is waited for from here on, so that nobody else takes the name.
            kept = str(_free(self.folder / name, incoming / name))
            if kept != path:
                self._check_room(kept)
            document = replace(document, path=kept)
            os.replace(incoming / name, kept)
            self._read[kept] = document
            return document
        finally:
            self._coming.remove(path)
            shutil.rmtree(incoming, ignore_errors=True)

    def index(self, progress: Progress) -> Edition:
        """Puts everything that was read into a new generation, and the new generation in force.

        Returns:
            What is in force then; what was before, where everything is indexed already.

        Raises:
            LightqaError: The index cannot be built; the old one answers on.
        """
        if fresh := dict(self._read):
            update(self.library.folder, add=list(fresh.values()), progress=progress)
        for path, document in fresh.items():
            if self._read.get(path) is document:
                del self._read[path]
        return self.library.edition

    def remove(self, path: str) -> None:
        """Takes a document that was added here out of the index, if it is there yet, and deletes its file.

        Raises:
            UploadError: It was not added here.
            LightqaError: The index cannot be built; the old one answers on.
        """
        if path not in self.added():
            name = Path(path).name
            raise UploadError(say("{name} was not added here, so it cannot be removed here.", name=name))
        if self.library.edition.index.holds(path):
            update(self.library.folder, remove=[path])
        self._read.pop(path, None)
        Path(path).unlink(missing_ok=True)

    def _check_room(self, path: str) -> None:
        """Refuses what is one too many; a file that is there already is none."""
        taken = {*self.added(), *self._coming}
        if path not in taken and len(taken) >= MOST_FILES:
            full = say(
                "{name}: is one too many; {most} documents are added already. Remove one first.",
                name=Path(path).name,
                most=str(MOST_FILES),
            )
            raise UploadError(full)

    def _checked(self, file: Path) -> Document:
        # One file at a time: the limits of a reading hold for each, and two cores have to answer too.
        with self._reading:
            try:
                return read(str(file))
            except DocumentError as error:
                raise DocumentError(file.name, error.reason) from None


def _free(path: Path, incoming: Path) -> Path:
    """Where a file is kept: at its path, or beside other bytes of the same name: "scan (2).pdf"."""
    tried = path
    for number in itertools.count(2):
        if not tried.exists() or filecmp.cmp(tried, incoming, shallow=False):
            break
        tried = path.with_stem(f"{path.stem} ({number})")
    return tried


def safe_name(given: str) -> str:
    """The name under which a file is kept: the name of a file in one folder, on any system.

    Raises:
        UploadError: The file is of no kind that can be added, or nothing of the name is left, or it would be
            taken for the questions asked in advance of another document.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    kept = "".join(
        character
        for character in last
        if unicodedata.category(character)[0] != "C" and character not in '<>:"|?*'
    )
    stem, extension = os.path.splitext(kept.strip(" ."))
    if extension.lower() not in KINDS:
        unknown = say(
            "{name}: is of no kind that can be added, which are {kinds}.",
            name=kept or say("A file"),
            kinds=", ".join(KINDS),
        )
        raise UploadError(unknown)
    while len((stem + extension).encode()) > LONGEST_NAME:
        stem = stem[:-1]
    if not stem.strip(" ."):
        raise UploadError(say("{name}: the file has no name; give it one and add it again.", name=kept))
    name = stem.strip(" .") + extension.lower()
    if name.casefold().endswith(SUFFIX):
        raise UploadError(
            say("{name}: has the name of a file of questions asked in advance; give it another.", name=name)
        )
    return name
