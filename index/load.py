"""Paths -> documents. A file that cannot be read is named with the reason, and the rest goes on."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from index.books import read_book
from index.errors import DocumentError
from index.mail import read_mail, read_outlook, read_saved_page
from index.open_document import read_open_document
from index.pdf import read_pdf
from index.plain import read_markdown, read_text
from index.records import read_csv, read_json_lines
from index.rich_text import read_rich_text
from index.said import say
from index.sheets import read_workbook
from index.sidecar import SUFFIX
from index.slides import read_slides
from index.titles import title_of
from index.types import Document
from index.web import read_web_page
from index.word import read_word

LARGEST_FILE = 50_000_000
"""Bytes of the largest file that is read."""

_READERS: dict[str, Callable[[str, bytes], Document]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".xhtml": read_web_page,
    ".mhtml": read_saved_page,
    ".mht": read_saved_page,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".odt": read_open_document,
    ".rtf": read_rich_text,
    ".xlsx": read_workbook,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_json_lines,
    ".pptx": read_slides,
    ".epub": read_book,
    ".eml": lambda path, data: read_mail(path, data, _read),
    ".msg": lambda path, data: read_outlook(path, data, _read),
}
KINDS = tuple(_READERS)
"""Extensions of the files that are read, in lower case."""

_KNOWN = ", ".join(_READERS)
_ADVICE = {
    ".doc": ".docx",
    ".xls": ".xlsx",
    ".ppt": ".pptx",
    ".odp": ".pdf",
    ".ods": ".xlsx",
    ".pages": ".docx",
}
"""What to save as, for kinds that are not read."""
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MOST_NAMED = 5
"""Files of other kinds in a folder up to which each is named; of more, the kinds are counted."""


class FilesOfOtherKinds(DocumentError):
    """Files of a folder whose extension is of no document: one summary for the whole folder."""


def load_document(path: str) -> Document:
    """The document in a file.

    Args:
        path: A file with one of the extensions `KINDS`; becomes `Document.path` as it is.

    Raises:
        DocumentError: The file is missing, no document, too large, unreadable, encrypted, empty or binary.
    """
    _check(path)
    _extension(path)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise _unreadable(path, error) from error
    return _read(path, data)


def _extension(path: str) -> str:
    """The extension of a file of a kind that is read; raises DocumentError where it is of another one."""
    extension = os.path.splitext(path)[1].lower()
    if extension in _ADVICE:
        reason = say("is of a kind that is not read; save it as {kind}", kind=_ADVICE[extension])
        raise DocumentError(path, reason)
    if extension not in _READERS:
        raise DocumentError(path, say("is of no known kind; lightqa reads {kinds}", kinds=_KNOWN))
    return extension


def _read(path: str, data: bytes) -> Document:
    """The document in the bytes of a file, or of what is attached to a mail, by the extension of its name.

    Raises:
        DocumentError: It is of no known kind, cannot be read, or holds no text.
    """
    extension = _extension(path)
    try:
        document = _READERS[extension](path, data)
        if not document.text[document.body :].strip():
            raise DocumentError(path, say("holds no text; nothing can be quoted from it"))
        text = storable(document.text)
        # Readers give texts whose offsets count; only what no catalogue can hold is replaced, one for one.
        return replace(document, text=text, title=title_of(replace(document, text=text)))
    except DocumentError:
        raise
    except Exception as error:  # libraries raise whatever a damaged file leads them to
        fault = type(error).__name__
        reason = say("is damaged or no readable {kind} file ({fault})", kind=extension, fault=fault)
        raise DocumentError(path, reason) from error


def storable(text: str) -> str:
    """The text with what no catalogue can hold, lone surrogates and zeros, replaced one for one."""
    return _UNSTORABLE.sub("\ufffd", text)


def load_paths(paths: Iterable[str]) -> tuple[list[Document], list[DocumentError]]:
    """The documents in files and folders, each file once, and an error for every one that is left out.

    Args:
        paths: Files, and folders that are walked in order of name. Hidden files and folders inside
            them are skipped; files of other kinds make one `FilesOfOtherKinds` for each folder given.

    Returns:
        Documents in the order of the paths, and errors in the same order.
    """
    errors: list[DocumentError] = []
    return list(each_document(paths, errors)), errors


def each_document(paths: Iterable[str], errors: list[DocumentError]) -> Iterator[Document]:
    """As `load_paths`, one document at a time: many files need no more memory than few.

    Args:
        paths: Files and folders.
        errors: Gets an error for every file that is left out, when it is come to.
    """
    for file in each_file(paths):
        try:
            if isinstance(file, DocumentError):
                raise file
            yield load_document(file)
        except DocumentError as error:
            errors.append(error)


def each_file(paths: Iterable[str]) -> Iterator[str | DocumentError]:
    """The files that `each_document` reads, in its order; an error in the place of what is left out."""
    seen: set[str] = set()
    for path in paths:
        errors: list[DocumentError] = []
        try:
            files = _walk(path, errors) if os.path.isdir(path) else [path]
        except OSError as error:
            yield _unreadable(path, error)
            continue
        yield from errors
        for file in files:
            identity = os.path.realpath(file)
            if identity in seen:
                continue
            seen.add(identity)
            yield file


def _walk(folder: str, errors: list[DocumentError]) -> list[str]:
    """The documents in a folder, by name; adds to `errors` what is unreadable or left out."""
    found: list[str] = []
    others: list[str] = []
    visited = {os.path.realpath(folder)}

    def unreadable(error: OSError) -> None:
        errors.append(_unreadable(str(error.filename), error))

    for parent, folders, files in os.walk(folder, onerror=unreadable, followlinks=True):
        visible = []
        for name in sorted(folders):
            real = os.path.realpath(os.path.join(parent, name))
            # A link to a folder above it would go round for ever.
            if not name.startswith(".") and real not in visited:
                visited.add(real)
                visible.append(name)
        folders[:] = visible
        for name in files:
            extension = os.path.splitext(name)[1].lower()
            if name.startswith(".") or name.endswith(SUFFIX):
                continue
            if extension in _READERS or extension in _ADVICE:  # a document all the same, to be named
                found.append(os.path.join(parent, name))
            else:
                others.append(os.path.relpath(os.path.join(parent, name), folder))
    if others:
        counts = Counter(os.path.splitext(name)[1].lower() or "no extension" for name in others)
        counted = (f"{count} {kind}" for kind, count in sorted(counts.items()))
        kinds = ", ".join(map(_shown, sorted(others)) if len(others) <= _MOST_NAMED else counted)
        reason = say("left out files that are no documents ({kinds})", kinds=kinds)
        errors.append(FilesOfOtherKinds(_shown(folder), reason))
    if not found:
        reason = say("is a folder without documents; lightqa reads {kinds}", kinds=_KNOWN)
        errors.append(DocumentError(_shown(folder), reason))
    return sorted(found, key=lambda file: os.path.relpath(file, folder).split(os.sep))


def _check(path: str) -> None:
    """Refuses a path that is no ordinary file of a bearable size."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(_shown(path), say("has a name that is not valid UTF-8; rename it")) from error
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise DocumentError(path, say("is a folder, not a file"))
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(path, say("is not a regular file"))
        if status.st_size > LARGEST_FILE:
            size, most = (str(round(size / 1_000_000)) for size in (status.st_size, LARGEST_FILE))
            reason = say("is too large ({size} MB; the limit is {most} MB)", size=size, most=most)
            raise DocumentError(path, reason)
        if not status.st_size:
            raise DocumentError(path, say("is empty"))
    except FileNotFoundError as error:
        raise DocumentError(path, say("does not exist; check the spelling of the path")) from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str, error: OSError | ValueError) -> DocumentError:
    fault = str(getattr(error, "strerror", "") or error)
    return DocumentError(_shown(path), say("cannot be read ({fault})", fault=fault))


def _shown(path: str) -> str:
    """A path that can be printed, whatever bytes its name is made of."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
