"""How the sentences of a passage, and what a document says of itself, are written into the catalogue.

A sentence is `[start, end]`, and where there is more to say of it `[start, end, {…}]`. Texts are cut out of
the passage again when it is read; only what lies outside of the passage is stored with its words.
"""

from __future__ import annotations

import json
from typing import Any

from index.said import said_from_json
from index.types import Document, Part, Passage, Sentence


def sentences_as_text(passage: Passage) -> str:
    """The sentences of a passage as JSON."""
    return json.dumps([_as_list(passage, sentence) for sentence in passage.sentences], ensure_ascii=False)


def sentences_from(stored: str, start: int, text: str) -> tuple[Sentence, ...]:
    """The sentences of a passage, from what `sentences_as_text` gave.

    Args:
        stored: The JSON.
        start, text: Of the passage.
    """
    return tuple(_sentence(row, start, text) for row in json.loads(stored))


def _as_list(passage: Passage, sentence: Sentence) -> list[Any]:
    more = {
        "role": sentence.role if sentence.role != "prose" else None,
        "page": sentence.page,
        "label": sentence.label,
        "recognised": sentence.recognised,
        "companions": [_part(passage, part) for part in sentence.companions],
        "whole": _part(passage, sentence.whole) if sentence.whole else None,
    }
    said = {name: value for name, value in more.items() if value}
    return [sentence.start, sentence.end, *([said] if said else [])]


def _part(passage: Passage, part: Part) -> list[Any]:
    inside = passage.start <= part.start and part.end <= passage.end
    return [part.role, part.start, part.end, *([] if inside else [part.text])]


def _sentence(row: list[Any], at: int, text: str) -> Sentence:
    start, end, *rest = row
    more = rest[0] if rest else {}

    def part(role: str, first: int, last: int, words: str | None = None) -> Part:
        return Part(role, first, last, text[first - at : last - at] if words is None else words)

    return Sentence(
        start,
        end,
        text[start - at : end - at],
        role=more.get("role", "prose"),
        page=more.get("page"),
        label=more.get("label", ""),
        recognised=more.get("recognised", False),
        companions=tuple(part(*each) for each in more.get("companions", ())),
        whole=part(*more["whole"]) if "whole" in more else None,
    )


def further(document: Document) -> str:
    """What a document says of its pages, and what of its file was not read, as JSON."""
    unread = [reason.as_json() for reason in document.unread]
    told = {"labels": document.labels, "unread": unread, "recognised": document.recognised}
    return json.dumps({name: values for name, values in told.items() if values}, ensure_ascii=False)


def document_from(row: tuple[Any, ...]) -> Document:
    """A document from its row: path, title, text, kind, body, pages, metadata, further."""
    path, title, text, kind, body, pages, metadata, told = row
    more = {name: tuple(values) for name, values in json.loads(told).items()}
    more["unread"] = tuple(map(said_from_json, more.get("unread", ())))
    return Document(path, title, text, kind, body, tuple(json.loads(pages)), json.loads(metadata), **more)
