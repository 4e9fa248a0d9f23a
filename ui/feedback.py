"""Judgements of answers, written as rows of a question file: a thumbs-down becomes a test case.

Off unless the operator names a file. Nothing is written but what the person chose to send.
"""

from __future__ import annotations

import json
import secrets
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import LightqaError
from index.search import PassageIndex
from qa.evidence.gather import PASSAGES_READ
from qa.types import Answer, Reply

LONGEST_REMARK = 1000
"""Characters of a remark, and of the words that should have been quoted."""

REASONS = {
    "good": "the reply is good",
    "other_words": "other words of the documents answer it better",
    "not_answered": "the documents do not answer it",
    "should_answer": "the documents do answer it",
    "wrong_source": "a quote is out of place or misleading",
    "no_emergency": "it is no emergency",
    "emergency": "it is an emergency",
    "other": "another reason",
}
"""What a person may say of a reply; the wording of the page is in web/judging.js."""

_SAY_ANSWERABLE = ("other_words", "should_answer", "wrong_source")

_lock = threading.Lock()


class FeedbackError(LightqaError):
    """A judgement that cannot be kept."""


def row(
    reply: Reply, earlier: list[str], reason: str, remark: str, better: str, index: PassageIndex
) -> dict[str, Any]:
    """The judgement as a row for `seeds/questions.jsonl`.

    Args:
        reply: What was judged.
        earlier: The earlier questions of the conversation, oldest first.
        reason: A key of `REASONS`.
        remark: The person's own words; may be empty.
        better: The words that should have been quoted; they are gold only where they are a document's.
        index: The documents that answered.

    Raises:
        FeedbackError: There is no such reason.
    """
    if reason not in REASONS:
        raise FeedbackError(f"{reason!r} is not a reason that can be given; reload the page and try again.")
    answered = isinstance(reply, Answer)
    answerable = reason in _SAY_ANSWERABLE or (answered and reason in ("good", "other"))
    gold: list[str] = []
    if answered and reason == "good":
        quotes = {citation.number: citation.quote for citation in reply.citations}
        gold = [quotes[sentence.citation] for sentence in reply.sentences]
    note = [REASONS[reason], remark.strip()[:LONGEST_REMARK]]
    wanted = better.strip()[:LONGEST_REMARK]
    if answerable and wanted:
        near = {hit.passage.document for hit in index.search(wanted, PASSAGES_READ)}
        if any(wanted in index.document(path).text for path in near):
            gold = [wanted]
        else:
            note.append(f"wanted, but not word for word in a document: {wanted}")
    asked: dict[str, Any] = {"turns": [*earlier, reply.question]} if earlier else {"question": reply.question}
    now = datetime.now(UTC)
    return {
        "id": f"feedback-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
        "kind": "emergency" if reason == "emergency" else "feedback",
        **asked,
        "answerable": answerable,
        "gold": gold,
        "note": "; ".join(part for part in note if part),
        "split": "dev",
    }


def append(path: str, judged: dict[str, Any]) -> None:
    """Adds a row to the file of judgements, which is made when missing.

    Raises:
        FeedbackError: The file cannot be written.
    """
    line = json.dumps(judged, ensure_ascii=False) + "\n"
    try:
        with _lock, Path(path).open("a", encoding="utf-8") as file:
            file.write(line)
    except OSError as error:
        raise FeedbackError(f"The judgement could not be kept: {error.strerror or error}.") from error
