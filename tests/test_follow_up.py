"""A follow-up is answered by what all that it may stand for finds near, and declined where only the question
before it is answered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from index.search import PassageIndex
from qa.ask import Assistant
from qa.conversation.understand import Understood
from qa.evidence.choose import Evidence, read, scored
from qa.evidence.follow_up import SENTENCE_SIGNALS, WAYS, in_turn, sentence_table, told_lacking
from qa.evidence.gather import gather
from qa.evidence.weights import weights_for
from qa.pack import in_force
from qa.train.fit_follow_ups import conversations
from qa.types import Answer, Refusal

FIRST = "How deep does infrared light get into the body?"
SEARCHED = ("and the strong ones?", "and the strong ones, deep, infrared, light, body?")


@pytest.mark.parametrize(
    ("before", "question", "quoted"),
    [
        ("can i have laser with a pacemaker", "and cancer", "suspected tumour"),
        ("How long is a session of cold laser?", "how many do i need", "no number is given"),
        ("is cold laser good for back pain", "and neck?", "chronic neck pain"),
        (
            "What did the Gross review of laser for neck pain find?",
            "was anyone paid by a company",
            "Theralase",
        ),
        ("Is laser safe with a pacemaker?", "and with epilepsy", "epilepsy"),
    ],
)
def test_what_stands_beside_the_words_just_quoted_is_found(
    assistant: Assistant, before: str, question: str, quoted: str
) -> None:
    reply = assistant.ask(question, [before])
    assert isinstance(reply, Answer)
    assert any(quoted in citation.quote for citation in reply.citations)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("does cold laser help neck pain", "can i get it on the bus pass"),
        (
            "how many trials went into the Tomazoni review of laser for low back pain",
            "how old were they on average",
        ),
        ("Does cold laser make heat in the skin, per the article?", "does the machine make much noise"),
        ("What did the FTC say about Willow Curve?", "where do i buy one"),
        ("Does cold laser help chronic back pain?", "Write me a function that sorts a list"),
        ("Does infrared help numb feet?", "can you write me a poem about autumn"),
    ],
)
def test_the_question_before_answers_for_no_other(assistant: Assistant, before: str, question: str) -> None:
    assert isinstance(assistant.ask(before), Answer)
    assert isinstance(assistant.ask(question, [before]), Refusal)


def test_what_was_said_before_is_what_was_quoted_in_the_conversation(assistant: Assistant) -> None:
    earlier = ["is cold laser good for back pain", "and neck?"]
    finder = assistant.finder
    with in_force(assistant.pack):
        searched = finder.search(finder.understand("how many sessions", earlier), earlier)
    assert searched.before is not None
    quoted = assistant.ask(earlier[1], earlier[:1]).citations
    said = [(each.passage.document, each.sentence.start) for each in searched.before.chosen]
    assert said[0] == (quoted[0].document, quoted[0].start)


def test_a_turn_that_was_answered_is_not_read_again_for_the_next(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = ["does laser help with a stiff jaw", "is it sore afterwards"]
    for at, turn in enumerate(earlier):
        assistant.ask(turn, earlier[:at])
    understood: list[str] = []
    read_again = assistant.finder.understand

    def counted(question: str, before: Sequence[str]) -> Understood:
        understood.append(question)
        return read_again(question, before)

    monkeypatch.setattr(assistant.finder, "understand", counted)
    assistant.ask("how often", earlier)
    assert understood == ["how often"]


def test_what_is_the_same_question_is_searched_for_once(assistant: Assistant) -> None:
    finder = assistant.finder
    with in_force(assistant.pack):
        for question in ("and neck?", "does it help necks and is it safe?"):
            earlier = ["is cold laser good for back pain"]
            searched = finder.search(finder.understand(question, earlier), earlier)
            alone, last, latest = searched.ways
            assert last is latest and last is not alone
        assert searched.parts[0][1] is searched.parts[0][2]


def test_a_sentence_has_what_each_way_gives_it(shipped_index: PassageIndex) -> None:
    weights = weights_for(shipped_index)
    before = read(gather(FIRST, shipped_index), shipped_index, weights)
    beside = {candidate.passage.id for candidate in before.chosen}
    alone, last = (
        scored(gather(way, shipped_index, beside=beside), shipped_index, weights) for way in SEARCHED
    )
    table = sentence_table(1, [alone, last, last], before.chosen)
    assert table.shape == (len(last.signals.candidates), len(SENTENCE_SIGNALS))
    *scores, best, said, in_passage, in_document = table.T
    assert len(scores) == len(WAYS)
    assert np.allclose(scores[1], last.scores) and np.allclose(scores[1], scores[2])
    assert not np.allclose(scores[0], scores[1]) and np.allclose(best, np.max(scores, axis=0))
    quoted = [candidate in before.chosen for candidate in last.signals.candidates]
    assert any(quoted) and said.tolist() == quoted
    assert not (said * in_passage).any()
    assert (in_document >= np.maximum(said, in_passage)).all()


def test_what_one_way_alone_is_sure_of_is_less_sure(shipped_index: PassageIndex) -> None:
    weights = weights_for(shipped_index)
    before = read(gather(FIRST, shipped_index), shipped_index, weights)

    def found(*ways: str) -> tuple[int, Evidence]:
        each = [scored(gather(way, shipped_index), shipped_index, weights) for way in ways]
        return in_turn(each, before, 0, weights)

    alone = "What is meant by placebo?"  # not asked in advance in these words, which alone would be enough
    at, sure = found(alone, alone, alone)
    _, unsure = found(alone, "What is the price of a shed?", "Who won the cup?")
    assert at == 0 and sure.confidence > 0.9 > unsure.confidence
    assert sure.chosen[:1] == read(gather(alone, shipped_index), shipped_index, weights).chosen[:1]


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        (("mat", "fall asleep"), ("fall asleep",)),
        (("mat",), ()),
        (("mat", "kettlebell"), ("kettlebell",)),
        (("Recorded by",), ("Recorded by",)),  # the name of a column, which nobody has typed
        ((), ()),
    ],
)
def test_of_what_is_lacking_that_of_the_latest_turns_is_told(
    lacking: tuple[str, ...], told: tuple[str, ...]
) -> None:
    asked = [
        "can i fall asleep with it on?",
        "can i fall asleep with it on, kettlebell help?",
        "can i fall asleep with it on, mat kettlebell help?",
    ]
    assert told_lacking(lacking, asked[2], asked) == told


def test_a_refusal_names_what_is_asked_now(assistant: Assistant) -> None:
    reply = assistant.ask("what about at night", ["can my dog have cold laser"])
    assert isinstance(reply, Refusal)
    assert "they say nothing of “at night”." in reply.notes[0].text


def test_the_conversations_are_of_both_kinds_and_none_stands_twice() -> None:
    rows = conversations()
    assert len({tuple(row["turns"]) for row in rows}) == len(rows)
    assert all(2 <= len(row["turns"]) <= 5 for row in rows)
    assert 300 < sum(not row["answered"] for row in rows) < len(rows) / 2
