"""Re-checks a reply's quotes against the documents, trusting nothing that the reply says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.errors import LightqaError
from index.readable import as_shown
from index.search import PassageIndex
from qa.cite import as_read


def verify_reply(reply: Mapping[str, Any], index: PassageIndex) -> str | None:
    """The first fault of a reply in its JSON form, in words; None where every quote stands in its place.

    Checked are: each citation's quote is its document's text from start to end, and so are the same words in
    its other places; each sentence is the quote of the citation that it names, but for invisible characters
    inside its words; no citation number is used twice or refers to nothing; an answer quotes at least one
    sentence; a refusal or an emergency quotes none.
    """
    try:
        return (
            _fault_in_citations(reply["citations"], index)
            or _fault_in_sentences(reply["kind"], reply["sentences"], reply["citations"])
            or _fault_in_notes(reply["notes"], reply["citations"])
        )
    except (KeyError, TypeError, ValueError) as error:
        return f"is not a reply of lightqa: {error} is missing or of the wrong type"


def _fault_in_citations(citations: Any, index: PassageIndex) -> str | None:
    numbers = [citation["number"] for citation in citations]
    if len(set(numbers)) != len(numbers):
        return "two citations have the same number"
    for citation in citations:
        name = f"citation {citation['number']}"
        try:
            text = _text_of(citation["document"], index)
        except LightqaError:
            return f"{name}: {citation['document']} is not in the index"
        start, end = citation["start"], citation["end"]
        if not 0 <= start < end <= len(text):
            return f"{name}: {start} to {end} is outside {citation['document']}"
        if text[start:end] != citation["quote"]:
            return (
                f"{name}: {citation['quote']!r} does not stand at {start} to {end} of {citation['document']}"
            )
        # Replies that were kept from before these fields have none of them.
        for number in citation.get("read_with", ()):
            if number not in numbers:
                return f"{name} is read with citation {number}, which is not there"
        for other in citation.get("also", ()):
            if fault := _fault_in_double(citation, other, index):
                return f"{name}: {fault}"
    return None


def _fault_in_double(citation: Any, other: Any, index: PassageIndex) -> str | None:
    try:
        text = _text_of(other["document"], index)
    except LightqaError:
        return f"{other['document']} is not in the index"
    words = text[other["start"] : other["end"]]
    if as_read(words) != as_read(citation["quote"]):
        return f"its words do not stand at {other['start']} to {other['end']} of {other['document']}"
    return None


def _text_of(document: Any, index: PassageIndex) -> str:
    if not isinstance(document, str):
        raise TypeError(f"the name of document {document!r}")
    return index.document(document).text


def _fault_in_sentences(kind: str, sentences: Any, citations: Any) -> str | None:
    if kind == "answer" and not sentences:
        return "an answer without a sentence"
    if kind != "answer" and sentences:
        return f"a reply of kind {kind!r} quotes sentences"
    quotes = {each["number"]: as_shown(each["quote"], each.get("role", "prose")) for each in citations}
    for sentence in sentences:
        if sentence["citation"] not in quotes:
            return (
                f"the sentence {sentence['text']!r} names citation {sentence['citation']}, which is not there"
            )
        if sentence["text"] != quotes[sentence["citation"]]:
            return f"the sentence {sentence['text']!r} is not the quote of citation {sentence['citation']}"
    return None


def _fault_in_notes(notes: Any, citations: Any) -> str | None:
    numbers = {citation["number"] for citation in citations}
    for note in notes:
        for number in note["citations"]:
            if number not in numbers:
                return f"a note of kind {note['kind']!r} names citation {number}, which is not there"
    return None
