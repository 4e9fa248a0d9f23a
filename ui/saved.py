"""Replies as the browser kept them: their JSON back into values, with everything checked."""

from __future__ import annotations

from typing import Any

from index.errors import LightqaError
from qa.said import said_from_json
from qa.types import Answer, Citation, Emergency, Gloss, Note, QuotedSentence, Refusal, Reply, Source
from qa.written import written_from_json

LONGEST_QUESTION = 2000
"""Characters. A question is a few sentences; more would be a document."""

LONGEST_UNDERSTOOD = 3 * LONGEST_QUESTION
"""Characters: a question behind the one before that it goes on from, both corrected."""

_KINDS: dict[str, type[Answer] | type[Refusal] | type[Emergency]] = {
    kind.kind: kind for kind in (Answer, Refusal, Emergency)
}


class SavedReplyError(LightqaError):
    """A reply that is not in the form in which lightqa gives replies out."""


def reply_from_json(saved: Any) -> Reply:
    """The inverse of `reply.as_json()`.

    Raises:
        SavedReplyError: It is not the JSON of a reply, a sentence has no citation, or its question is longer
            than can be asked.
    """
    try:
        citations = tuple(_citation(c) for c in saved["citations"])
        sentences = tuple(
            QuotedSentence(
                _text(s["text"]),
                _number(s["citation"]),
                # What browsers kept before these fields was all one list.
                _text(s.get("place", "in short")),
                _text(s.get("under", "")),
            )
            for s in saved["sentences"]
        )
        if not {s.citation for s in sentences} <= {c.number for c in citations}:
            raise SavedReplyError("A saved answer lacks a citation; ask the question again.")
        kind = _KINDS[saved["kind"]]
        # What browsers kept before these fields were has none of them.
        share = saved.get("how_often", saved["confidence"])
        told = {
            "category": _text(saved.get("category", "")),
            "urgency": _text(saved.get("urgency", "")),
            "language": _text(saved.get("language", "en")),
            "country": _text(saved.get("country", "")),
            "lines": tuple(_text(line) for line in saved.get("lines", ())),
        }
        return kind(
            question=_question(saved["question"], LONGEST_QUESTION),
            understood_as=None
            if saved["understood_as"] is None
            else _question(saved["understood_as"], LONGEST_UNDERSTOOD),
            sentences=sentences,
            citations=citations,
            notes=tuple(
                Note(
                    _text(n["kind"]),
                    _text(n["text"]),
                    tuple(_number(c) for c in n["citations"]),
                    tuple(said_from_json(each) for each in n.get("said", ())),
                )
                for n in saved["notes"]
            ),
            glosses=tuple(_gloss(gloss) for gloss in saved.get("glosses", ())),
            suggestions=tuple(_text(question) for question in saved["suggestions"]),
            confidence=_share(saved["confidence"]),
            how_often=None if share is None else _share(share),
            seconds=float(saved["seconds"]),
            written=written_from_json(saved.get("written")),
            **(told if kind is Emergency else {}),  # type: ignore[arg-type]
        )
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise SavedReplyError("A saved answer cannot be read; ask the question again.") from error


def _citation(saved: Any) -> Citation:
    return Citation(
        number=_number(saved["number"]),
        **_place(saved),
        quote=_text(saved["quote"]),
        # What browsers kept before these fields were has none of them.
        role=_text(saved.get("role", "prose")),
        read_with=tuple(_number(number) for number in saved.get("read_with", ())),
        page_label=_text(saved.get("page_label", "")),
        recognised=bool(saved.get("recognised", False)),
        also=tuple(Source(**_place(source)) for source in saved.get("also", ())),
    )


def _place(saved: Any) -> dict[str, Any]:
    return {
        **{name: _text(saved[name]) for name in ("document", "title", "section", "source_kind")},
        "page": None if saved["page"] is None else _number(saved["page"]),
        "start": _number(saved["start"]),
        "end": _number(saved["end"]),
    }


def _gloss(saved: Any) -> Gloss:
    return Gloss(
        **{name: _text(saved[name]) for name in ("term", "text", "document", "title")},
        start=_number(saved["start"]),
        end=_number(saved["end"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode()  # half a character, which JSON may hold and no page can be sent, raises
    return value


def _question(value: Any, longest: int) -> str:
    if len(question := _text(value)) > longest:
        raise ValueError(question)
    return question


def _share(value: Any) -> float:
    if not 0 <= (share := float(value)) <= 1:
        raise ValueError(share)
    return share


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value
