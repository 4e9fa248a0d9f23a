"""What somebody tells beside what they ask: which of it an answer must speak of."""

from __future__ import annotations

import pytest

from qa.evidence.conditions import find_conditions


def test_a_story_counts_only_for_what_holds_of_the_person() -> None:
    """Of the first sentence the illness stays, the month and the shop go; the body part weighs half."""
    conditions = find_conditions("I have lupus and since March my jaw hurts in the gym. Is laser safe?")
    assert [(c.kind, c.text, c.weight) for c in conditions if c.kind != "symptom"] == [
        ("illness", "lupus", 1.0),
        ("body_part", "jaw", 0.5),
        ("treatment", "laser", 1.0),
        ("aspect", "safe", 0.6),
    ]
    pointed = find_conditions("My jaw aches. Can laser treat that?")
    assert [(c.text, c.weight) for c in pointed if c.kind == "body_part"] == [("jaw", 1.0)]


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("burning feet for two years now, would an infrared pad help", {"symptom": 0.2}),
        ("stiff achy neck since 2019, would cold laser do anything", {"symptom": 0.2, "body_part": 0.5}),
        ("had it 6 weeks, is cold laser safe with a pacemaker", {"implant": 1.0}),
        ("I have lupus and tried it for 3 months, does cold laser help", {"illness": 1.0}),
        ("does cold laser help if it is used for two years", {"quantity": 1.0}),
        ("does cold laser help my jaw", {"body_part": 1.0}),
    ],
)
def test_what_a_sentence_tells_before_it_asks_is_told(question: str, kept: dict[str, float]) -> None:
    """How long it has hurt is no condition, where it hurts is half of one; what is asked counts in full."""
    told = ("quantity", "year", "time", "age", "symptom", "body_part", "illness", "implant")
    assert {c.kind: c.weight for c in find_conditions(question) if c.kind in told} == kept


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("i'm 22 weeks gone, ok to have it?", "person"),
        ("she is about 6 months along", "person"),
        ("two weeks gone and no better", None),
        ("My husband has fits. Should he say no?", "illness"),
        ("Mum had fits once", "illness"),
    ],
)
def test_what_somebody_tells_without_the_word_holds_of_them(question: str, named: str | None) -> None:
    own = [each.kind for each in find_conditions(question) if each.of_the_person]
    assert own == ([named] if named else [])
