"""References within a sentence name a source and say nothing of the subject."""

from __future__ import annotations

import pytest

from qa.evidence.conditions import find_conditions
from qa.evidence.references import references, without_references
from qa.evidence.speaks_of import is_met


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Pain fell (Huang et al., Arthritis Res Ther 2015).", "Pain fell ."),
        ("Pain fell (Guimaraes et al., Pain 2021;162(6):1612, PMID 33449509) at last.", "Pain fell at last."),
        ("No gain (Lancet 2009) and a cost (see below).", "No gain and a cost (see below)."),
        ("A small dose (16 J in all) since (about) 2004.", "A small dose (16 J in all) since (about) 2004."),
        ("Nothing in brackets.", "Nothing in brackets."),
    ],
)
def test_what_is_left_without_references(text: str, said: str) -> None:
    blanked = without_references(text)
    assert len(blanked) == len(text)
    assert " ".join(blanked.split()).replace(" .", ".") == said.replace(" .", ".")
    assert all(blanked[start:end].isspace() for start, end in references(text))


def test_a_journal_of_arthritis_is_no_word_on_arthritis() -> None:
    (arthritis,) = find_conditions("does it help arthritis")
    assert not is_met(arthritis, "Back pain fell (Huang et al., Arthritis Res Ther 2015).")
    assert is_met(arthritis, "Arthritis pain fell (Huang et al., Pain 2015).")


def test_who_and_when_may_stand_in_a_reference() -> None:
    year = next(each for each in find_conditions("what was found in 2015") if each.kind == "year")
    assert is_met(year, "Pain fell (Huang et al., Arthritis Res Ther 2015).")
