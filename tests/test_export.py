"""Saved conversations: read back exactly, checked against the documents, printed with nothing in force."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import Any

import pytest

from index.search import PassageIndex
from qa.ask import Assistant
from qa.types import DISCLAIMER
from ui import export
from ui.saved import SavedReplyError, reply_from_json

QUESTION = "How long does a cold laser session last?"
PRINTED = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

LOST = "This quote is no longer in the document; it was changed or removed since."


@pytest.fixture(scope="module")
def saved(assistant: Assistant) -> dict[str, Any]:
    """A conversation as a browser keeps it: an answer and a refusal."""
    turns = [
        {"asked": "2026-11-20T18:00:00.000Z", "reply": assistant.ask(question).as_json()}
        for question in (QUESTION, "Which mountain is the highest in Bolivia?")
    ]
    kept: dict[str, Any] = json.loads(json.dumps({"name": "For Dr. Okafor", "turns": turns}))
    return kept


def test_a_saved_reply_comes_back_as_it_was(assistant: Assistant) -> None:
    for question in (QUESTION, "Which mountain is the highest in Bolivia?"):
        reply = assistant.ask(question)
        back = reply_from_json(json.loads(json.dumps(reply.as_json())))
        assert back.as_json() == reply.as_json()
        assert type(back) is type(reply)


def test_a_reply_that_was_saved_before_it_told_how_often_is_read(assistant: Assistant) -> None:
    told = assistant.ask(QUESTION).as_json()
    del told["how_often"]
    assert reply_from_json(told).how_often == told["confidence"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda reply: reply.pop("citations"),
        lambda reply: reply.update(kind="oracle"),
        lambda reply: reply["sentences"][0].update(citation=99),
        lambda reply: reply["citations"][0].update(start="0"),
        lambda reply: reply["citations"][0].update(quote=None),
        lambda reply: reply.update(confidence="sure"),
        lambda reply: reply.update(how_often=float("inf")),
        lambda reply: reply.update(seconds=10**400),
        lambda reply: reply.update(question="x" * 2001),
        lambda reply: reply.update(understood_as="x" * 6001),
        lambda reply: reply.update(notes=[{"kind": "x"}]),
    ],
)
def test_a_damaged_reply_is_refused(saved: dict[str, Any], damage: Any) -> None:
    reply = deepcopy(saved["turns"][0]["reply"])
    damage(reply)
    with pytest.raises(SavedReplyError, match="ask the question again"):
        reply_from_json(reply)


@pytest.mark.parametrize(
    "saved_wrong", [None, [], {}, {"turns": []}, {"turns": [1]}, {"turns": [{"reply": {}}]}]
)
def test_what_is_no_conversation_is_refused(shipped_index: PassageIndex, saved_wrong: Any) -> None:
    with pytest.raises(SavedReplyError):
        export.conversation_from_json(saved_wrong, shipped_index, PRINTED)


def test_the_markdown_has_name_date_notice_questions_quotes_and_sources(
    saved: dict[str, Any], shipped_index: PassageIndex
) -> None:
    conversation = export.conversation_from_json(saved, shipped_index, PRINTED)
    told = export.markdown(conversation)
    assert told.startswith(f"# For Dr. Okafor\n\nPrinted on 21 November 2026.\n\n**{DISCLAIMER}**\n")
    assert re.findall(r"^## (.*)$", told, re.MULTILINE) == [
        QUESTION,
        "Which mountain is the highest in Bolivia?",
        "Sources",
    ]
    assert told.count("Asked on 20 November 2026.") == 2
    quotes = [citation["quote"] for citation in saved["turns"][0]["reply"]["citations"]]
    assert any("10 to 20 minutes" in quote for quote in quotes)
    for number, quote in enumerate(quotes, start=1):
        assert f"\n> {quote} [{number}]\n" in told
    sources = told.partition("## Sources\n")[2]
    assert "Cold laser therapy for back pain · promotional article · reviewed 21 November 2026" in sources
    assert LOST not in told


def test_where_a_document_lies_on_the_machine_is_nobody_elses_business(
    saved: dict[str, Any], shipped_index: PassageIndex
) -> None:
    conversation = export.conversation_from_json(saved, shipped_index, PRINTED)
    for told in (export.markdown(conversation), export.page(conversation)):
        assert "cold-laser-therapy-for-back-pain.md" in told and "seeds/" not in told


def test_the_page_reads_the_same_and_asks_nobody_for_anything(
    saved: dict[str, Any], shipped_index: PassageIndex
) -> None:
    page = export.page(export.conversation_from_json(saved, shipped_index, PRINTED))
    words = unescape(re.sub(r"<[^>]+>", "", page))
    assert DISCLAIMER in words and "Printed on 21 November 2026" in words
    for citation in saved["turns"][0]["reply"]["citations"]:
        assert f"“{citation['quote']}” [{citation['number']}]" in words
    assert re.findall(r'(?:src|href)="([^"]+)"', page) == ["web/print.css", "web/print.js"]


def test_a_question_was_asked_on_the_day_on_which_it_would_have_been_printed(
    saved: dict[str, Any], shipped_index: PassageIndex
) -> None:
    there = PRINTED.astimezone(timezone(timedelta(hours=8)))  # 18:00 is 2:00 of the next day
    told = export.markdown(export.conversation_from_json(saved, shipped_index, there))
    assert told.count("Asked on 21 November 2026.") == 2


def test_a_conversation_without_a_name_is_called_after_its_first_question(
    saved: dict[str, Any], shipped_index: PassageIndex
) -> None:
    conversation = export.conversation_from_json({**saved, "name": ""}, shipped_index, PRINTED)
    assert conversation.title == QUESTION


def test_a_quote_that_is_in_no_document_is_said_to_be_lost(
    saved: dict[str, Any], shipped_index: PassageIndex
) -> None:
    forged = deepcopy(saved)
    citation = forged["turns"][0]["reply"]["citations"][0]
    citation["quote"] = "Cold laser therapy cures everything."
    conversation = export.conversation_from_json(forged, shipped_index, PRINTED)
    assert export.markdown(conversation).count(f"Quote 1: {LOST}") == 1
    for told in (export.markdown(conversation), export.page(conversation)):
        assert "10 to 20 minutes" not in told  # what the browser calls the sentence is not the checked quote
    assert export.page(conversation).count(LOST) == 1
    citation["document"] = "removed.md"
    conversation = export.conversation_from_json(forged, shipped_index, PRINTED)
    assert export.page(conversation).count(LOST) == 1


def test_nothing_that_was_asked_or_quoted_is_in_force_on_the_page(
    saved: dict[str, Any], shipped_index: PassageIndex
) -> None:
    hostile = "</h2><script>alert(1)</script><img src=x onerror='y'>\""
    forged = deepcopy(saved)
    forged["name"] = hostile
    for turn in forged["turns"]:
        turn["asked"] = hostile
        turn["reply"]["question"] = turn["reply"]["understood_as"] = hostile
    reply = forged["turns"][0]["reply"]
    reply["sentences"][0]["text"] = reply["sentences"][0]["place"] = hostile
    reply["citations"][0].update(title=hostile, section=hostile, source_kind=hostile)
    reply["notes"] = [{"kind": hostile, "text": hostile, "citations": []}]
    page = export.page(export.conversation_from_json(forged, shipped_index, PRINTED))
    assert re.findall(r"<script[^>]*>", page) == ['<script type="module" src="web/print.js">']
    assert "<img" not in page
    assert "a day that was not kept" in page
