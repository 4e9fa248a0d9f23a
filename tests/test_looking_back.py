"""The best of an answer alone, with nothing cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.ask import Assistant
from qa.looking_back import shortened
from qa.types import Answer, Citation, Note, QuotedSentence, Refusal


def answer(*quotes: QuotedSentence, read_with: dict[int, tuple[int, ...]] | None = None) -> Answer:
    """Of sentences whose text is what they are in their document."""
    citations = tuple(
        Citation(
            each.citation, "a.md", "A", "", None, "", each.citation, each.citation + 1, ".", each.text,
            (read_with or {}).get(each.citation, ()),
        )
        for each in quotes
    )  # fmt: skip
    return Answer(question="Is it?", sentences=quotes, citations=citations, confidence=1.0)


def numbers(reply: Answer | Refusal) -> list[int]:
    return [each.number for each in reply.citations]


def test_the_first_sentence_is_kept() -> None:
    short = shortened(answer(QuotedSentence("prose", 1), QuotedSentence("prose", 2, "more")))
    assert numbers(short) == [1] and [each.citation for each in short.sentences] == [1]
    assert short.notes[-1].text == "This is the best of it; sentences are quoted whole."


def test_a_list_stays_whole() -> None:
    items = [QuotedSentence("intro", 1), QuotedSentence("item", 2), QuotedSentence("item", 3)]
    long = answer(*items, QuotedSentence("prose", 4, "more"), read_with={2: (1,), 3: (1,)})
    assert numbers(shortened(long)) == [1, 2, 3]


def test_of_each_part_the_best_is_kept() -> None:
    parts = [QuotedSentence("prose", n, "in short", under) for n, under in enumerate("aabb", 1)]
    assert numbers(shortened(answer(*parts))) == [1, 3]


def test_a_refusal_is_not_shortened() -> None:
    refusal = Refusal(question="Is it?", notes=(Note("refusal", "No."),))
    assert shortened(refusal) is refusal


@pytest.mark.parametrize("said", ["shorter", "in one sentence please"])
def test_where_sources_differ_both_sides_are_kept(assistant: Assistant, said: str) -> None:
    asked = "Does cold laser work for back pain?"
    whole, short = assistant.ask(asked), assistant.ask(said, [asked])
    assert isinstance(short, Answer)
    assert set(short.citations) <= set(whole.citations)
    assert {each.source_kind for each in short.citations} == {"evidence note", "promotional article"}
    assert short.notes[0].kind == "disagreement"


def test_more_says_not_that_only_claims_were_found(assistant: Assistant) -> None:
    asked = "how does cold laser work on cells and is it a risk-free alternative to surgery"
    more = assistant.ask("more", [asked])
    assert isinstance(more, Answer) and more.sentences[0].place == "claimed"
    told = {note.kind: note.text for note in more.notes}
    assert told["only_claimed"] == "What else is said on this are claims of a promotional article."


def test_what_warns_and_what_is_said_of_a_claim_stays() -> None:
    claim, other = QuotedSentence("prose", 1, "claimed"), QuotedSentence("prose", 2, "more")
    told = answer(claim, other, QuotedSentence("prose", 3, "claimed"), QuotedSentence("prose", 4))
    notes = (
        Note("only_claimed", "Claims.", (1, 3)),
        Note("unsupported", "No support.", (1, 2)),
        Note("warning", "Get help.", (4,)),
    )
    short = shortened(replace(told, sentences=told.sentences[:3], notes=notes))
    assert numbers(short) == [1, 2, 4]
    assert [(note.kind, note.citations) for note in short.notes[:3]] == [
        ("only_claimed", (1,)),
        ("unsupported", (1, 2)),
        ("warning", (4,)),
    ]
