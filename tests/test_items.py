"""Asked for one item of a kind, the documents' words on another are no answer."""

from __future__ import annotations

import pytest

from index.types import Passage, Sentence
from qa.evidence.conditions_met import Context, conditions_met
from qa.evidence.items import another_item, of_another_item
from qa.evidence.support import Candidate

HATS = ["Straw hats keep for two summers.", "Hats. Straw hats", "Felt hats keep for ten winters."]


@pytest.mark.parametrize(
    ("question", "texts", "expected"),
    [
        ("How long do cork hats keep?", HATS[:1], ["cork"]),
        ("How long do straw hats keep?", HATS[:1], []),
        # The texts speak of hats in general, too.
        ("How long do cork hats keep?", [*HATS[:1], "The hats are dry-cleaned."], []),
        ("How long do new hats keep?", HATS[:1], []),
        ("How long do knitted hats keep?", HATS[:1], []),
        ("How long do cork mats keep?", HATS[:1], []),
        ("Who rings Ms Tollefsen?", ["Arne Tollefsen does."], []),
        ("How thick is a plank of cedar?", ["A plank of oak is 25 mm thick."], ["cedar"]),
        ("How thick is a plank of oak?", ["A plank of oak is 25 mm thick."], []),
        ("How thick is a plank of cedar?", ["A plank of oak is thick.", "No plank bends."], []),
    ],
)
def test_the_word_that_makes_it_another_item(question: str, texts: list[str], expected: list[str]) -> None:
    assert [word.text for word in another_item(question, texts)] == expected


def test_another_item_is_a_condition_in_full() -> None:
    contexts = [Context(HATS[0], "Straw hats", HATS[0]), Context(HATS[2], "Felt hats", HATS[2])]
    asked_for_another = conditions_met("How long do cork hats keep?", contexts)
    assert asked_for_another.lacking[0] == "cork"
    assert asked_for_another.table[:, 0].tolist() == [-1.0, -1.0]
    assert conditions_met("How long do felt hats keep?", contexts).table[1, 0] == 0.0


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("When is the black belt exam?", "Yellow belt exam: 14 June", "black belt"),
        ("When is my right eye seen to?", "The left eye is seen to on Tuesday.", "right eye"),
        ("When does the early shift start?", "Late shift: 13:30; Night shift: 21:15", "early shift"),
        ("When does the late shift start?", "Late shift: 13:30; Night shift: 21:15", ""),
        ("When is my right eye seen to?", "The eyes are seen to on Tuesday, the right one first.", ""),
        ("Is the black belt dear?", "Every belt costs 12 euros.", ""),
        ("When is the repair night for guests?", "On Tuesday evening for all guests.", ""),
    ],
)
def test_one_of_several_is_not_another(question: str, text: str, other: str) -> None:
    said = Sentence(0, len(text), text, "prose")
    passage = Passage(0, "a.txt", "Plan", "", "", None, 0, len(text), text, (said,))
    assert of_another_item(question, Candidate(passage, said, 0)) == other


@pytest.mark.parametrize(
    ("question", "row", "other"),
    [
        ("What are the opening hours in August?", "September | 11:00 to 18:00", "August"),
        ("What are the opening hours in September?", "Sept | 11:00 to 18:00", ""),
        ("Quel est le prix en décembre ?", "Septembre | 450", "décembre"),
        ("Is it open on Saturdays?", "Sunday | 10:00", "Saturdays"),
        ("Is it open in June?", "May to July | 10:00", ""),
        ("May I come in June?", "June | 10:00", ""),
        ("May I come in?", "June | 10:00", ""),
        ("Who comes in June?", "Ada | 10:00", ""),
    ],
)
def test_another_month_or_day_of_a_table_is_not_the_one(question: str, row: str, other: str) -> None:
    said = Sentence(0, len(row), row, "row")
    passage = Passage(0, "a.txt", "Plan", "", "", None, 0, len(row), row, (said,))
    assert of_another_item(question, Candidate(passage, said, 0)) == other


def test_another_day_of_a_year_is_not_the_one() -> None:
    for question, other in (
        ("What did hive 13 weigh on 1 May 2026?", "1 May 2026"),
        ("What did hive 13 weigh on 1 April 2026?", ""),
        ("What did hive 13 weigh in 2026?", ""),
    ):
        assert of_another_item(question, hive("1 May 2026 to 9 June 2026")) == ""
        assert of_another_item(question, hive("1 April 2026")) == other


def hive(day: str) -> Candidate:
    row = f"Hive 13 | {day} | 43.0"
    sentence = Sentence(0, len(row), row, "row")
    return Candidate(Passage(0, "a.txt", "Hives", "", "", None, 0, len(row), row, (sentence,)), sentence, 0)


def test_what_is_said_of_it_is_said_of_the_item_before() -> None:
    def other(question: str, text: str) -> str:
        start = text.rindex("It ") if "It " in text else 0
        said = Sentence(start, len(text), text[start:], "prose")
        passage = Passage(0, "a.txt", "Care", "", "", None, 0, len(text), text, (said,))
        return of_another_item(question, Candidate(passage, said, 0))

    assert other("How long does a cork hat keep?", "The straw hat is light. It keeps for years.") == "cork"
    assert other("How long does a straw hat keep?", "The straw hat is light. It keeps for years.") == ""
    assert other("How long does a cork hat keep?", "The straw hat keeps for years.") == ""
    assert other("How long does a cork hat keep?", "A hat is light. It keeps for years.") == ""
