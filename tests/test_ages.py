"""Whom a sentence is for, by age."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from qa.ask import Assistant
from qa.evidence.ages import age_asked, ages
from qa.evidence.conditions import find_conditions
from qa.evidence.speaks_of import is_met


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What is the dose for a child of 8?", 8),
        ("How much syrup for a 4-year-old?", 4),
        ("How much for an eight year old girl?", 8),
        ("What is the dose for a boy aged 3?", 3),
        ("Can I give it to a baby of 18 months?", 1.5),
        ("My back has hurt for 3 weeks, what helps?", None),
        ("Do 12 sessions help adults?", None),
        ("Do children under 12 take less?", None),
    ],
)
def test_the_age_asked_for(question: str, years: float | None) -> None:
    assert age_asked(question) == years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Age: Children 6 to 12 years; Dose: 5 ml", [(6, 13)]),
        ("Age: Under 2 years; Dose: none", [(0, 2)]),
        ("Age: Adults and over 12 years; Dose: 10 ml", [(12, math.inf), (18, math.inf)]),
        ("Children aged 6-12 take 15 drops a day.", [(6, 13)]),
        ("Infants up to 1 year take 3 drops.", [(0, 2)]),
        ("Do not take it if you are older than 70.", [(70, math.inf)]),
        ("People aged 65 and over take half.", [(65, math.inf)]),
        ("Patients had pain for 6 to 12 weeks.", []),
        ("The trial gave 12 sessions to 90 men over 4 weeks.", []),
        ("Children: 2 tablets", []),
    ],
)
def test_the_ages_that_a_text_is_for(text: str, expected: list[tuple[float, float]]) -> None:
    assert sorted(ages(text)) == expected


def test_an_age_is_met_by_a_range_that_holds_it() -> None:
    (asked,) = (c for c in find_conditions("How many drops for an infant of 6 months?") if c.kind == "age")
    assert is_met(asked, "Infants under 1 year take 3 drops a day.")
    assert not is_met(asked, "Children from 1 to 5 years take 8 drops a day.")
    assert not is_met(asked, "It is taken for 7 months.")


def test_a_group_is_met_by_its_ages_and_by_no_other_figure() -> None:
    (child,) = (c for c in find_conditions("Is it safe for children?") if c.kind == "person")
    (old,) = (c for c in find_conditions("Is it safe for elderly people?") if c.kind == "person")
    assert is_met(child, "It is not given to anyone under 16.")
    assert is_met(old, "Men over 70 took half of it.")
    for other in ("Pain fell by up to 1.4 cm.", "It rose by under 0.5 %.", "It took up to 12 weeks."):
        assert not is_met(child, other)
    assert not is_met(child, "Men over 70 took half of it.")


DOSES = """# Thyme syrup

| Age | Dose |
|---|---|
| Adults | 20 ml |
| Children 6 to 12 years | 9 ml |
| Children 2 to 5 years | 4 ml |

| Horse | Seen | Next visit |
|---|---|---|
| Bella | 3 May | 9 May |
| Otto | 4 May | |
"""


def test_the_dose_of_another_age_is_not_quoted_and_an_empty_cell_is_no_answer(
    tmp_path: Path, shipped_index: PassageIndex
) -> None:
    (tmp_path / "a.md").write_text(DOSES)
    documents, _ = load_paths([str(tmp_path / "a.md")])
    build(documents, tmp_path / "index", like=shipped_index)
    assistant = Assistant(PassageIndex.open(tmp_path / "index"))
    for years, expected in ((8, "Children 6 to 12 years | 9 ml"), (4, "Children 2 to 5 years | 4 ml")):
        reply = assistant.ask(f"What is the dose of thyme syrup for a child of {years}?")
        assert [citation.quote.strip() for citation in reply.citations] == ["Age | Dose", expected]
    reply = assistant.ask("When is the next visit of Otto?")
    assert reply.kind == "refusal"
    assert "“Next visit”" in str(reply.notes[0].text)
