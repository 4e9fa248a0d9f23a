"""Answers against gold, by hand arithmetic."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from quoting import quoting, some_passage

from index.search import PassageIndex
from index.types import Passage
from qa.ask import Assistant
from qa.evaluate.answers import (
    citation_precision,
    citation_recall,
    evaluate_answers,
    figures_and_negations,
    keeps_meaning,
    supports,
)
from qa.evaluate.asked import Asked, ask_all, cited
from qa.evaluate.baselines import cosine_alone, coverage, coverage_alone
from qa.evaluate.questions import Question, Span
from qa.types import Answer, Citation, Note, Refusal, Reply
from qa.words import rarity


def at(start: int, end: int, document: str = "a.md") -> Span:
    return Span(document, start, end)


@pytest.mark.parametrize(
    ("citation", "gold", "expected"),
    [
        (at(100, 180), at(150, 200), True),  # 30 of 50
        (at(100, 170), at(150, 200), False),  # 20 of 50
        (at(100, 175), at(150, 200), True),  # 25 of 50, just half
        (at(150, 160), at(100, 200), True),  # the whole of the shorter one
        (at(0, 50), at(50, 100), False),
        (at(0, 50), at(90, 100), False),
        (at(100, 180, "b.md"), at(100, 180), False),
    ],
)
def test_a_citation_supports_a_gold_that_shares_half_of_the_shorter(
    citation: Span, gold: Span, expected: bool
) -> None:
    assert supports(citation, gold) is expected


def test_citation_precision_by_hand() -> None:
    """Of three citations the first and the last support a gold, the latter at its second place: 2/3."""
    gold = [[at(0, 50)], [at(400, 450), at(200, 250)]]
    assert citation_precision([at(0, 50), at(100, 150), at(200, 250)], gold) == pytest.approx(2 / 3)


def test_citation_recall_by_hand() -> None:
    """One citation can support two golds; of nine golds four are as many as an answer can quote."""
    gold = [[at(0, 20)], [at(20, 40)], [at(100, 120)]]
    assert citation_recall([at(0, 40)], gold) == pytest.approx(2 / 3)
    nine = [[at(100 * n, 100 * n + 50)] for n in range(9)]
    assert citation_recall([at(0, 50), at(100, 150)], nine) == 0.5
    assert citation_recall([at(100 * n, 100 * n + 50) for n in range(5)], nine) == 1.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Not 10 mm, but 20 %.", {"not": 1, "10 mm": 1, "20 %": 1}),
        ("It isn’t 1,046 people; it was never 3 J.", {"n't": 1, "never": 1, "1,046 people": 1, "3 J": 1}),
        ("P = 0.07, no change, no harm", {"0.07": 1, "no": 2}),
        ("Notable nowadays", {}),
        ("37 °C", {"37 °C": 1}),
    ],
)
def test_figures_units_and_negations_are_found(text: str, found: dict[str, int]) -> None:
    assert dict(figures_and_negations(text)) == found


def ask(id: str, *gold: str, **fields: Any) -> Question:
    given: dict[str, Any] = {"kind": "answerable", "turns": ("Does it help?",), "answerable": bool(gold)}
    return Question(id=id, gold=gold, place="q:1", **(given | fields))


def asked(question: Question, reply: Reply) -> Asked:
    return Asked(question, reply, reply)


@pytest.fixture(scope="module")
def passage(shipped_index: PassageIndex) -> Passage:
    return some_passage(shipped_index)


def test_a_clipped_quote_loses_a_negation(shipped_index: PassageIndex) -> None:
    sentence, passage = next(
        (sentence, passage)
        for path in shipped_index.paths()
        for passage in shipped_index.passages(path)
        for sentence in passage.sentences
        if " not " in sentence.text[20:]
    )
    cut = sentence.text.index(" not ", 20)
    place = (1, passage.document, "", "", None, "", sentence.start)
    clipped = Citation(*place, sentence.start + cut, sentence.text[:cut])
    assert not keeps_meaning(clipped, clipped.quote, shipped_index)
    whole = Citation(*place, sentence.end, sentence.text)
    assert keeps_meaning(whole, whole.quote, shipped_index)


def test_answers_are_counted_by_hand(shipped_index: PassageIndex, passage: Passage) -> None:
    """Three answerable questions with gold.

    The first quotes its gold second of two (precision 1/2, recall 1), the second quotes another sentence
    (0, 0), the third is declined: cited 1/3, first 0/3, precision (1/2 + 0) / 2, recall (1 + 0) / 2. A near
    miss and a follow-up play no part in these.
    """
    first, second, third = (sentence.text for sentence in passage.sentences[:3])
    part = evaluate_answers(
        shipped_index,
        [
            asked(ask("one", second), quoting(passage, 0, 1)),
            asked(ask("two", third), quoting(passage, 0)),
            asked(ask("three", first), Refusal(question="q")),
            asked(ask("near", kind="near_miss"), quoting(passage, 0)),
            asked(ask("later", first, turns=("a", "b")), quoting(passage, 0)),
        ],
    )
    values = {figure.name.split(": ")[1]: figure.value for figure in part.figures}
    assert values == pytest.approx(
        {
            "gold cited": 1 / 3,
            "gold cited first": 0.0,
            "citation precision": 0.25,
            "citation recall": 0.5,
            "quotes verbatim": 1.0,
            "figures, units and negations kept": 1.0,
            "gold cited in follow-ups": 1.0,
        }
    )
    assert part.remarks == ("3 answerable questions, of which 2 were answered.",)
    beside = {"two cosines", "cosine alone", "coverage alone"}
    assert all(set(figure.baselines) == beside for figure in part.figures[:4])


def test_a_quote_out_of_its_place_is_not_verbatim(shipped_index: PassageIndex, passage: Passage) -> None:
    right = quoting(passage, 0)
    [citation] = right.citations
    moved = Citation(
        1, passage.document, "", "", None, "", citation.start + 1, citation.end + 1, citation.quote
    )
    wrong = Answer(question="q", sentences=right.sentences, citations=(moved,))
    part = evaluate_answers(
        shipped_index, [asked(ask("a", citation.quote), right), asked(ask("b", citation.quote), wrong)]
    )
    assert {figure.name: figure.value for figure in part.figures}["answers: quotes verbatim"] == 0.5


def test_both_sides_count_when_a_note_quotes_the_other(shipped_index: PassageIndex, passage: Passage) -> None:
    """The first reply quotes one of two sides, the second the other side too, and says so: 1/2 each."""
    sides = tuple((sentence.text,) for sentence in passage.sentences[:2])
    questions = [ask(id, sides[0][0], kind="disagreement", sides=sides) for id in "ab"]
    noted = quoting(passage, 0, 1, notes=(Note("disagreement", "The sources differ.", (1, 2)),))
    noted = replace(noted, sentences=noted.sentences[:1])
    replies = [asked(questions[0], quoting(passage, 0)), asked(questions[1], noted)]
    replies.append(asked(ask("c", sides[0][0], kind="no_disagreement"), quoting(passage, 0)))
    values = {figure.name: figure.value for figure in evaluate_answers(shipped_index, replies).figures}
    assert values["answers: both sides quoted"] == 0.5
    assert values["answers: disagreement noted"] == 0.5
    assert values["answers: disagreement noted where there is none"] == 0.0


def test_coverage_by_hand() -> None:
    """Of "haemophilia" and "laser" the sentence holds "laser" (in another form) alone."""
    expected = rarity("laser") / (rarity("laser") + rarity("haemophilia"))
    assert coverage("haemophilia and laser?", "Lasers are light.") == pytest.approx(expected)
    assert coverage("What is it?", "Anything.") == 0.0


def test_a_baseline_quotes_the_sentence_asked_for(shipped_index: PassageIndex, passage: Passage) -> None:
    sentence = passage.sentences[1]
    span = Span(passage.document, sentence.start, sentence.end)
    vector = shipped_index.question_vector(sentence.text)
    by_cosine = cosine_alone(sentence.text, shipped_index)
    assert by_cosine.spans[0] == span
    assert by_cosine.confidence == pytest.approx(float(shipped_index.sentence_vectors(passage)[1] @ vector))
    by_coverage = coverage_alone(sentence.text, shipped_index)
    assert (by_coverage.spans[0], by_coverage.confidence) == (span, pytest.approx(1.0))
    nothing = coverage_alone("zzzz", shipped_index)
    assert (nothing.spans, nothing.confidence) == ((), 0.0)


def test_asking_keeps_what_would_have_been_said(assistant: Assistant) -> None:
    """With a threshold above 1 everything is declined; the answer that was held back is still there."""
    strict = Assistant(assistant.index, threshold=1.1)
    lenient = Assistant(assistant.index, threshold=0.0)
    session = "How long does a session of cold laser therapy take?"
    questions = [
        ask("a", "x", turns=(session,), clean=session),
        ask("b", turns=(session,)),
    ]
    told: list[tuple[str, int, int]] = []
    first, second = ask_all(strict, lenient, questions, lambda *step: told.append(step))
    assert told == [("Asking", 1, 2), ("Asking", 2, 2)]
    assert (first.reply.kind, first.anyway.kind) == ("refusal", "answer")
    assert cited(first.reply) == () and len(cited(first.anyway)) >= 1
    assert first.rewritten is not None and first.rewritten.kind == "refusal"
    # Nothing said to an unanswerable question could be right, so it is not asked again.
    assert second.anyway is second.reply and second.rewritten is None
