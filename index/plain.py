"""Text files, plain or Markdown: decoded character by character, so that offsets count in the file."""

from __future__ import annotations

import re

from index.encodings import BYTE_ORDER_MARK, decode
from index.errors import DocumentError
from index.said import say
from index.tables_in_text import tables_in_place
from index.types import UNSTATED_KIND, Document

_FOREIGN_STARTS = ((b"%PDF-", "a PDF"), (b"PK\x03\x04", "a zip archive, perhaps a Word document"))
_LARGEST_SHARE_OF_CONTROL_CHARACTERS = 0.02
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_OPENING_FENCE = re.compile(r"---[ \t]*\r?\n")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$[\r\n]*", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_TITLE_BLOCK = re.compile(
    r"%[ \t]+(?P<title>\S[^\n]*)\n(?:%(?P<author>[^\n]*)\n(?:%(?P<date>[^\n]*)\n)?)?[\r\n]*"
)
"""The lines of title, authors and date that Pandoc's Markdown begins with."""
_TOLD = ("title", "kind")
"""Fields that are told of a document."""
_FIELDS_BEGIN = re.compile(r"(?:#[^\n]*\n)*[\"']?[^\W\d][\w .-]*[\"']?:(?=\s|$)")
"""How front matter begins, perhaps below comments: with a name and a colon, as few texts between rules do."""


def read_text(path: str, data: bytes) -> Document:
    """A .txt file, without a title: the text is the file's, newlines and byte order mark included.

    Raises:
        DocumentError: The file is empty or not text.
    """
    text = _decode(path, data)
    body = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    if not text.strip():
        raise DocumentError(path, say("is empty"))
    return Document(path=path, title="", text=text, body=body)


def read_markdown(path: str, data: bytes) -> Document:
    """A .md file: `read_text`, with title, kind and metadata from its YAML front matter, and its tables of
    HTML as ones of Markdown, of the same length.

    Raises:
        DocumentError: The file is empty, not text, or its front matter is no YAML mapping, or its
            title or kind no text.
    """
    document = read_text(path, data)
    text = tables_in_place(document.text)
    fields, body = _front_matter(path, text, document.body)
    title = " ".join(fields.pop("title", "").split())
    kind = " ".join(fields.pop("kind", "").split()) or UNSTATED_KIND
    return Document(path=path, title=title, text=text, kind=kind, body=body, metadata=fields)


def _decode(path: str, data: bytes) -> str:
    for start, name in _FOREIGN_STARTS:
        if data.startswith(start):
            reason = say("is not text but {kind}; give it the right file extension", kind=name)
            raise DocumentError(path, reason)
    text = decode(path, data)
    controls = len(_CONTROL_CHARACTER.findall(text))
    if "\x00" in text or controls > _LARGEST_SHARE_OF_CONTROL_CHARACTERS * len(text):
        raise DocumentError(path, say("is binary, not text; save it as plain text in UTF-8"))
    return text


def _front_matter(path: str, text: str, start: int) -> tuple[dict[str, str], int]:
    """The fields at the head of the file, between fences or in Pandoc's way, and where the body begins."""
    if block := _TITLE_BLOCK.match(text, start):
        told = {name: value.strip() for name, value in block.groupdict().items() if value}
        return told, block.end()
    opening = _OPENING_FENCE.match(text, start)
    if opening is None or not _FIELDS_BEGIN.match(text, opening.end()):
        return {}, start
    inside = opening.end()
    closing = _CLOSING_FENCE.search(text, inside)
    if closing is None:
        reason = say("line 1: front matter is opened by --- and never closed; add a line ---")
        raise DocumentError(path, reason)
    fields = _parse_front_matter(path, text[inside : closing.start()])
    return ({}, start) if fields is None else (fields, closing.end())


def _parse_front_matter(path: str, source: str) -> dict[str, str] | None:
    """The fields as strings, None where the fences are mere rules around a text."""
    import yaml

    try:
        # BaseLoader leaves every value as it is written: a date stays the text that a person typed.
        loaded = yaml.load(source, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        if _BLANK_LINE.search(source):
            return None
        mark = getattr(error, "problem_mark", None)
        line = 1 if mark is None else mark.line + 2
        problem = getattr(error, "problem", None) or "not YAML"
        reason = say("line {line}: broken front matter ({fault})", line=str(line), fault=problem)
        raise DocumentError(path, reason) from error
    except RecursionError as error:
        raise DocumentError(path, say("line 2: broken front matter (nested too deeply)")) from error
    told = {str(name): _as_text(value) for name, value in loaded.items()}
    for name in _TOLD:
        if name in told and told[name] is None:
            reason = say("front matter: '{name}' must be a text or a list of texts", name=name)
            raise DocumentError(path, reason)
    # What programs that make web sites keep there beside ("cover: {image: …}") says nothing of a document.
    return {name: value for name, value in told.items() if value is not None}


def _as_text(value: object) -> str | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, str) else None
