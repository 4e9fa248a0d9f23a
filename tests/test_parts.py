"""A question that asks several things is cut where another question begins, and nowhere else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.types import Part as TextPart
from index.types import Passage, Sentence
from qa.ask import Assistant
from qa.conversation.follow_up import Part, parts_of
from qa.evaluate.questions import Question, load_questions
from qa.evidence.choose import Evidence
from qa.evidence.gather import Gathered
from qa.evidence.support import Candidate
from qa.in_parts import MOSTLY, PartFound, answer_in_parts
from qa.things_asked import asks_several
from qa.types import Answer
from ui.sections import first_notes, last_notes, sections

SEVERAL_PARTS = Path(__file__).parent / "data" / "several_parts.jsonl"
SENTENCE = Sentence(0, 9, "It is so.")
GATHERED = Gathered("Is it so?", (), ())
CANDIDATE = Candidate(Passage(0, "a.md", "A", "", "", None, 0, 9, SENTENCE.text, (SENTENCE,)), SENTENCE, 0)


def parts(question: str) -> list[Part]:
    """Those of a question; itself where it asks one thing."""
    return list(parts_of(question, ())[0]) or [Part(question, (question,))]


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        (
            "does cold laser work for back pain and is it safe?",
            [
                ("does cold laser work for back pain?",),
                ("is it safe?", *["is it safe, cold laser work back pain?"] * 2),
            ],
        ),
        (
            "I have numb feet. Is infrared safe and does it work?",
            [
                ("I have numb feet. Is infrared safe?",),
                (
                    "I have numb feet. does it work?",
                    *["I have numb feet. does it work, infrared safe?"] * 2,
                ),
            ],
        ),
    ],
)
def test_a_part_is_a_follow_up_on_those_before_it(question: str, ways: list[tuple[str, ...]]) -> None:
    assert [part.ways for part in parts(question)] == ways


def test_the_first_part_is_a_follow_up_on_the_question_before() -> None:
    (first, _), _ = parts_of("is it safe and what does it cost", ["does cold laser help"])
    assert first.asked == "is it safe?"
    assert first.ways == ("is it safe?", *["is it safe, cold laser?"] * 2)


def test_every_part_is_answered_and_none_is_told_to_be_missing(assistant: Assistant) -> None:
    reply = assistant.ask("what was willow curve selling for and how big was the judgment")
    assert isinstance(reply, Answer)
    assert "$599" in reply.sentences[0].text
    assert "$22 million" in reply.sentences[1].text
    assert [note.kind for note in reply.notes] == []


@pytest.mark.parametrize(
    ("question", "asked", "quoted", "lacking"),
    [
        # What names no subject of its own is near to others who paid; of that trial nothing is said.
        (
            "how many people were in the home infrared trial and who paid for it",
            ["how many people were in the home infrared trial?"],
            ["69 people"],
            "who paid for it?",
        ),
        # What was named before the questions is told, and goes with each of them.
        (
            "willow curve - how much was it and do they give refunds",
            ["how much was it?"],
            ["$599"],
            "refunds",
        ),
        # What no document may answer for one person is declined by itself.
        (
            "Which tablets for nerve pain does nice list, and can I take them along with codeine",
            ["Which tablets for nerve pain does nice list?"],
            ["NICE guideline CG173"],
            "can I take them along with codeine?",
        ),
        # All that is near is said for another part.
        (
            "After chemo my gran has tingly hands: what medicin has proof, could it have been prevented, "
            "and how long till it goes?",
            ["what medicin has proof?", "could it have been prevented?"],
            ["duloxetine", "found nothing that prevents"],
            "For “how long till it goes?” nothing was found beyond",
        ),
    ],
)
def test_a_part_that_is_not_answered_is_named_and_the_others_are_quoted(
    question: str, asked: list[str], quoted: list[str], lacking: str, assistant: Assistant
) -> None:
    reply = assistant.ask(question)
    assert isinstance(reply, Answer)
    assert list(dict.fromkeys(sentence.under for sentence in reply.sentences)) == asked
    for part, words in zip(asked, quoted, strict=True):
        assert words in " ".join(sentence.text for sentence in reply.sentences if sentence.under == part)
    told = [note.text for note in reply.notes if note.kind == "unanswered"]
    assert len(told) == 1
    assert lacking in told[0]


@pytest.mark.parametrize("question", load_questions(SEVERAL_PARTS), ids=lambda each: each.id)
def test_a_question_is_cut_into_as_many_parts_as_it_has(question: Question) -> None:
    assert len(parts(question.text)) == len(question.parts)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("With diabetes, which problems mean hospital, and how quickly?", 1),
        ("Can I have laser over the spot, and how long must I wait?", 2),
        ("For chronic neck pain: does laser help, for how long, and with what side effects?", 3),
        ("Is it ok near the testicles, and on the belly when expecting?", 2),
        ("my feet are numb - are heat pads dangerous for me, and is a laser allowed instead", 2),
        ("Laser for a bad neck: how long does that last, any side effects?", 2),
        ("Mum, 82, has two collapsed vertebrae. Is laser any help?", 1),
        ("I do my stretches for my back, have done for a year. Would laser get me further?", 1),
        ("can i ditch my nerve tablets and have the lamp", 1),
    ],
)
def test_what_is_told_is_no_question_and_what_is_left_out_begins_one(question: str, asked: int) -> None:
    assert len(parts(question)) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Does light therapy help neuropathy and back pain?",
        "does laser work or is it a scam",
        "What are the side effects and risks of laser?",
        "My back hurts, and nothing helps, so is laser worth it?",
        "infrared and neuropathy",
        "",
    ],
)
def test_what_asks_one_thing_stays_whole(question: str) -> None:
    assert parts(question) == [Part(question, (question,))]


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Is it safe, and how long does it take?", True),
        ("is it safe and how long does it take", True),
        ("Is it safe and cheap?", False),
        ("I have a bad back and a cat. Does laser help?", False),
        ("infrared lamp and numb feet", False),
        ("what is a sham what is a cohort", True),
        ("Tell me how long it takes, and whether it hurts.", True),
        ("I'd like to know what it costs plus whether Medicare pays.", True),
        ("tell me whether it burns and how many goes I'd need", True),
        ("I was wondering if it stings, how far it reaches.", True),
        ("Tell me if it helps and heals.", False),
        ("For sciatica does it help. Also how often do I go", True),
        ("For chronic neck pain does laser help", False),
        ("I don't know what is wrong with my feet", False),
        ("is it better than what is used in hospital", False),
        ("At the very least, does the chart want it held?", False),
    ],
)
def test_it_is_told_whether_several_things_are_asked(question: str, several: bool) -> None:
    assert asks_several(question) == several


def test_a_sentence_stands_under_one_part_and_the_other_is_said_to_have_no_more(assistant: Assistant) -> None:
    evidence = assistant.finder.evidence(assistant.finder.gather("How long is a cold laser session?"))
    parts = [
        PartFound("how long is it?", GATHERED, evidence),
        PartFound("for how many minutes?", GATHERED, evidence),
    ]
    reply = answer_in_parts("how long is it, for how many minutes?", parts, (), MOSTLY)
    assert {sentence.under for sentence in reply.sentences} == {"how long is it?"}
    assert [note.text for note in reply.notes] == [
        "For “for how many minutes?” nothing was found beyond [1]."
    ]


def test_a_row_that_may_answer_a_part_is_quoted_with_its_header() -> None:
    text = "Name | Fee\nLoom | 4\nPen | Rent\nBarn | 9"
    tables = [[(0, 10, "Name | Fee"), (11, 19, "Loom | 4")], [(20, 30, "Pen | Rent"), (31, 39, "Barn | 9")]]
    rows = [Sentence(*row, role="row", companions=(TextPart("header", *header),)) for header, row in tables]
    passage = Passage(0, "a.md", "A", "", "", None, 0, len(text), text, tuple(rows))
    sure, unsure = (
        PartFound(asked, GATHERED, Evidence((candidate,), ((candidate, 1.0),), confidence, ()))
        for asked, candidate, confidence in zip(
            ("what is the fee?", "and the rent?"),
            (Candidate(passage, row, at) for at, row in enumerate(rows)),
            (0.9, MOSTLY * 0.9),
            strict=True,
        )
    )
    reply = answer_in_parts("what is the fee and the rent?", [sure, unsure], (), MOSTLY)
    assert [citation.quote for citation in reply.citations] == [
        words for table in tables for *_, words in table
    ]
    assert reply.notes[0].citations == (4,)


def test_how_long_at_the_end_is_a_part() -> None:
    assert [part.asked for part in parts("does laser help a bad neck, and how long")] == [
        "does laser help a bad neck?",
        "how long?",
    ]


def test_two_words_without_a_space_between_them_are_told_apart() -> None:
    asked = ["How often do I go, weekly/monthly?", "And is it safe?"]
    assert [part.asked for part in parts(" ".join(asked))] == asked


def test_what_is_more_than_can_be_answered_at_once_is_named(assistant: Assistant) -> None:
    asked = (
        "Is cold laser safe? Is it safe in pregnancy? Does it hurt? How long is a session? What does it cost?"
    )
    reply = assistant.ask(asked)
    assert isinstance(reply, Answer)
    assert "So many things are not answered at once; ask again for “What does it cost?”." in [
        str(note.text) for note in reply.notes
    ]
    assert {sentence.under for sentence in reply.sentences} & {"Is cold laser safe?", "Does it hurt?"}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "Compare infrared and cold laser, and is either safe in pregnancy?",
            ["Compare infrared and cold laser?", "is either safe in pregnancy?"],
        ),
        (
            "Tell me the side effects of infrared and how long a session lasts",
            ["the side effects of infrared?", "how long a session lasts?"],
        ),
        ("Explain how it works and list the side effects", ["how it works?", "list the side effects?"]),
        ("Does it help and compare well?", ["Does it help and compare well?"]),
        ("tell me the difference between the laser and the lamp", ["the laser and the lamp"]),
    ],
)
def test_what_is_to_be_told_or_done_is_a_part(question: str, asked: list[str]) -> None:
    found = [part.asked for part in parts(question)]
    assert found == asked or (len(asked) == 1 and found == [question])


def test_a_part_is_told_with_the_cautions_of_a_question(assistant: Assistant) -> None:
    reply = assistant.ask("Does infrared make damaged nerves grow again, and does it improve circulation?")
    assert isinstance(reply, Answer)
    claim = reply.sentences[0]
    assert claim.place == "claimed" and claim.under == "Does infrared make damaged nerves grow again?"
    assert [(note.kind, note.citations) for note in reply.notes] == [("only_claimed", (claim.citation,))]
    first, weighed, claimed = sections(reply)
    assert not first.folded and first.notes == reply.notes and first.heading == claim.under
    assert weighed.heading == "Does it improve circulation?" and weighed.quotes[0].place == "in short"
    assert claimed.folded and claimed.heading == "What the article claims"
    assert first_notes(reply) == last_notes(reply) == []


def test_sources_that_differ_on_a_part_are_told_to(assistant: Assistant) -> None:
    reply = assistant.ask("is cold laser safe and how many sessions do i need")
    kinds = {citation.number: citation.source_kind for citation in reply.citations}
    [differ] = [note for note in reply.notes if note.kind == "disagreement"]
    assert [kinds[number] for number in differ.citations] == ["promotional article", "evidence note"]


def test_a_list_of_figures_takes_no_time() -> None:
    began = time.process_time()
    assert not asks_several("1," * 3_000 + "1")  # more than the page takes
    assert time.process_time() - began < 5  # of seconds
