"""What every reply owes to the person who asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from shares import Share

from index.search import PassageIndex
from qa.ask import Assistant
from qa.compose import _distinct
from qa.suggest import reads_well, topic_question
from qa.types import DISCLAIMER, Answer, Emergency, Refusal
from qa.verify import verify_reply

ROOT = Path(__file__).parent.parent
QUESTIONS = [
    json.loads(line) for line in (ROOT / "seeds" / "questions.jsonl").read_text("utf-8").splitlines()
]


def test_a_plain_question_is_answered_in_the_documents_words(assistant: Assistant) -> None:
    reply = assistant.ask("How long does a session of cold laser therapy last?")
    assert isinstance(reply, Answer)
    assert "10 to 20 minutes" in reply.sentences[0].text
    first = reply.citations[0]
    assert (first.number, first.source_kind) == (1, "promotional article")
    assert first.document == "seeds/articles/cold-laser-therapy-for-back-pain.md"
    text = (ROOT / first.document).read_bytes().decode("utf-8")
    assert text[first.start : first.end] == first.quote == reply.sentences[0].text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("who shouldn't have it", "burn|rules out|must not"),
        ("how much is it", r"\$|price|cost"),
        ("is it a scam", "do not work better than sham|no worthwhile benefit|advertis"),
    ],
)
def test_a_first_question_that_names_nothing_is_about_the_documents(
    assistant: Assistant, question: str, told: str
) -> None:
    """None of its words stands in a document; what people ask first was asked in advance."""
    reply = assistant.ask(question)
    assert isinstance(reply, Answer)
    assert re.search(told, reply.sentences[0].text)


@pytest.mark.parametrize(
    ("before", "question", "answered"),
    [
        ("does cold laser help neck pain", "can i get it on the bus pass", False),
        (
            "how long till I know if the laser is doing my neck any good",
            "can i use it if i take blood thinners and have a stent",
            False,
        ),
        ("does infrared help with burning feet", "can i use it with a pacemaker", True),
        ("Is the 2017 back pain guideline of the American College of Physicians on laser?", "valid?", True),
    ],
)
def test_what_was_asked_before_does_not_answer_a_follow_up_by_itself(
    assistant: Assistant, before: str, question: str, answered: bool
) -> None:
    assert isinstance(assistant.ask(question, [before]), Answer) == answered


@pytest.mark.parametrize(
    ("before", "question", "again"),
    [
        ("what does the ACP say about laser for low back pain", "is that still current", False),
        ("Is there an agreed dose of light therapy?", "more is better surely", False),
        ("How many sessions did the big back pain trial give?", "is that per week?", True),
        ("Can I have light therapy after a steroid injection?", "how long do i wait", True),
    ],
)
def test_what_was_just_said_does_not_lead_again_where_something_else_is_about_as_near(
    assistant: Assistant, before: str, question: str, again: bool
) -> None:
    first, then = assistant.ask(before), assistant.ask(question, [before])
    assert isinstance(first, Answer) and isinstance(then, Answer)
    assert (first.sentences[0].text == then.sentences[0].text) == again


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Brother-in-law swears by the laser for a bad back. Any truth in it?", "Reviews disagree"),
        ("Does laser loosen a stiff old back", "mostly no benefit"),
    ],
)
def test_what_sells_does_not_lead_where_the_questions_like_it_are_answered_from_evidence(
    assistant: Assistant, question: str, told: str
) -> None:
    """Words that ask after an effect are many; the questions asked in advance have them."""
    assert told in assistant.ask(question).sentences[0].text


def test_a_refusal_names_what_is_missing_quotes_nothing_and_offers_what_is_answered(
    assistant: Assistant,
) -> None:
    reply = assistant.ask("What is the best recipe for banana bread?")
    assert isinstance(reply, Refusal)
    assert reply.sentences == () and reply.citations == ()
    assert reply.notes[0].kind == "refusal"
    assert reply.suggestions
    for suggestion in reply.suggestions:
        assert isinstance(assistant.ask(suggestion), Answer)


def test_what_is_offered_instead_comes_from_what_was_found(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One search and one look at what was asked in advance, however many of its questions are offered."""
    index, sought = assistant.index, []

    def listened(find: Callable[..., object]) -> Callable[..., object]:
        return lambda *of, **how: sought.append(of[0]) or find(*of, **how)

    for way in ("search", "asked_in_advance"):
        monkeypatch.setattr(index, way, listened(getattr(index, way)))
    question = "How many years does a home infrared pad last before it needs replacing?"
    assert len(assistant.ask(question).suggestions) == 3
    assert sought == [question, question]


def test_what_is_offered_instead_is_near_and_whole_else_one_to_begin_with(assistant: Assistant) -> None:
    far = assistant.ask("Which mountain is the highest in Bolivia?").suggestions
    assert far and set(far) <= set(assistant.pack.examples)
    near = assistant.ask("Does it help migraine?").suggestions
    assert near and not set(near) <= set(assistant.pack.examples)
    assert reads_well("Is it safe?")
    assert not reads_well("PEDro score of the Guimaraes trial?") and not reads_well("LLLT?")


def test_every_quote_of_many_replies_is_verbatim(
    assistant: Assistant, shipped_index: PassageIndex, share: Share
) -> None:
    """Questions of `dev`: the notice in every reply, one to four sentences in every answer.

    The gate (test_evaluate_gate.py) looks up every quote of every `test` question.
    """
    answers = 0
    for row in share([row for row in QUESTIONS if row["split"] == "dev"])[::2]:
        *earlier, question = row.get("turns") or [row["question"]]
        reply = assistant.ask(question, earlier)
        as_json = reply.as_json(id=row["id"])
        assert verify_reply(as_json, shipped_index) is None
        assert as_json["disclaimer"] == DISCLAIMER
        assert 0 <= as_json["confidence"] <= 1
        if isinstance(reply, Answer):
            answers += 1
            # A comparison or a summary has as many for each side or document.
            on_request = any(note.kind == "requested" for note in reply.notes)
            assert 1 <= len(reply.sentences) <= (16 if on_request else 4)
            assert [citation.number for citation in reply.citations] == list(
                range(1, len(reply.citations) + 1)
            )
            assert len({(c.document, c.start) for c in reply.citations}) == len(reply.citations)
    assert answers > 15


def test_the_same_question_gets_the_same_reply(assistant: Assistant, shipped_index: PassageIndex) -> None:
    question = "Does infrared therapy have side effects?"
    first, again = assistant.ask(question).as_json(), Assistant(shipped_index).ask(question).as_json()
    assert {**first, "seconds": 0} == {**again, "seconds": 0}


def test_the_threshold_decides(shipped_index: PassageIndex) -> None:
    question = "How long does a session of cold laser therapy last?"
    assert isinstance(Assistant(shipped_index, threshold=1.01).ask(question), Refusal)
    assert isinstance(Assistant(shipped_index, threshold=0.0).ask("Who won the cup?"), Answer)


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Side effects and safety", "What is said about side effects and safety?"),
        ("LLLT", "What is said about LLLT?"),
        ("How does it work?", "How does it work?"),
        ("What guidelines say", "Can you tell me what guidelines say?"),
        ("A dose table for clinicians", "What is said about a dose table for clinicians?"),
        ("Stroke: emergency department now", "What is said about stroke?"),
        (": Overview", "What is said about overview?"),
        ("Mechanism Of Action", "What is said about Mechanism Of Action?"),
    ],
)
def test_a_heading_becomes_a_question(heading: str, question: str) -> None:
    assert topic_question(heading) == question


def test_what_is_missing_is_named_once() -> None:
    """The form of the answer ("a price") and the word of the question ("cost") are one thing."""
    assert _distinct(("Belgium", "cost", "a price")) == ["Belgium", "cost"]


def test_a_sentence_is_no_other_side_of_itself(assistant: Assistant) -> None:
    """Of two kinds of source that are quoted, one sentence was claim and reply at once."""
    reply = assistant.ask("How it works, the laser, inside of the body? Please explain me simple")
    assert isinstance(reply, Answer)
    assert all(len(set(note.citations)) == 2 for note in reply.notes if note.kind == "disagreement")


def test_a_misspelt_emergency_is_one(assistant: Assistant) -> None:
    """The flag is sought in what was typed and in what was meant; the reply tells how it was read."""
    reply = assistant.ask("mi toe is blak and smels")
    assert isinstance(reply, Emergency)
    assert reply.understood_as == "mi toe is black and smell"
    typed = assistant.ask("downed a bottle of vodka with a box of paracetamol")
    assert isinstance(typed, Emergency)
    assert typed.understood_as is None


def test_a_word_that_alarms_are_heard_by_is_no_slip_for_another(assistant: Assistant) -> None:
    """The documents have "green" and not "gran", whose feet are not gangrenous."""
    assert not isinstance(assistant.ask("my gran has a pacemaker and numb feet, is laser ok"), Emergency)
