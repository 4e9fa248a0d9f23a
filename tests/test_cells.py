"""Of a table the rows that are asked for are quoted, and nothing for what is left empty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from index.types import Part, Passage, Sentence
from qa.evidence.cells import (
    around,
    forms_in,
    left_empty,
    not_in_table,
    row_named,
    rows_asked_for,
)
from qa.evidence.row_units import with_units
from qa.evidence.support import Candidate
from qa.words import content_words

SEEN = "Horse | Seen | Next visit"


def candidate(words: str, header: str = "", form: str = "") -> Candidate:
    parts = (Part("header", 0, len(header), header),) if header else ()
    text = form or words
    start = text.index(words)
    sentence = Sentence(start, start + len(words), words, "row" if header else "prose", companions=parts)
    return Candidate(Passage(0, "a.txt", "A", "", "", None, 0, len(text), text, (sentence,)), sentence, 0)


def test_what_a_row_leaves_empty() -> None:
    assert left_empty("When is the next visit of Otto?", candidate("Otto | 3 May |", SEEN)) == "Next visit"
    assert left_empty("When was Otto seen?", candidate("Otto | 3 May |", SEEN)) == ""
    assert left_empty("When is the next visit of Bella?", candidate("Bella | 3 May | 9 May", SEEN)) == ""


def test_an_empty_cell_of_the_sort_that_is_asked_for() -> None:
    log = "Machine | Done by | Lasts (weeks)"
    assert left_empty("Who greased the mixer?", candidate("Mixer |  | 4", log)) == "Done by"
    assert left_empty("Who greased the mixer?", candidate("Mixer | Klee | 4", log)) == ""
    assert left_empty("How long does the belt keep?", candidate("Belt | Klee |", log)) == "Lasts (weeks)"
    assert left_empty("How long does the belt keep?", candidate("Belt, for three weeks | Klee |", log)) == ""


def test_a_field_with_nothing_entered() -> None:
    assert left_empty("What is her blood group?", candidate("Blood group |", "Name | Mila")) == "Blood group"
    assert left_empty("What is her name?", candidate("Blood group |", "Name | Mila")) == ""


def test_a_row_that_is_named_goes_before_one_that_is_near() -> None:
    header = "Fluid | Shelf life (weeks)"
    rows = [candidate("Chloroform | 52", header), candidate("Isopropanol |", header)]
    assert row_named("How long does isopropanol keep?", rows, [0]) == [1, 0]
    assert row_named("How long does chloroform keep?", rows, [0]) == [0]
    assert row_named("How long does it keep?", rows, [0]) == [0]


def test_fields_of_one_form_tell_of_the_person_that_one_names() -> None:
    text = "| Name: | Ada Quill |\n| Last jab: | June 2019 |"
    rows = tuple(
        Sentence(text.index(words), text.index(words) + len(words), words, "row")
        for words in ("Name: | Ada Quill", "Last jab: | June 2019")
    )
    form = Passage(0, "form.txt", "A", "", "", None, 0, len(text), text, rows)
    apart = replace(form, id=1, start=text.index("Last"), text="Last jab: | June 2019", sentences=rows[1:])
    fields = forms_in([form, apart])
    assert "Ada Quill" in around(Candidate(apart, rows[1], 0), fields)
    prose = candidate("Nobody was seen.")
    assert around(prose, fields) == "Nobody was seen."


def test_what_a_form_leaves_empty() -> None:
    form = "Drops at noon: 4\nDrops at night: ______\nBottle: brown\nName:\nNext refill:"

    def empty(question: str, quoted: str = "Drops at noon: 4") -> str:
        return left_empty(question, candidate(quoted, form=form))

    assert empty("How many drops at night?") == "Drops at night"
    assert empty("How many drops at noon?") == ""
    assert empty("When is the next refill due?", "Bottle: brown") == "Next refill"
    # A word as common as this is asked with for much.
    assert empty("What is the name on the bottle?", "Bottle: brown") == ""
    # A field may be the heading of those below it, unless there is a line to write on.
    hours = "Opening hours:\nMonday: 9 to 12\nTuesday: 13 to 16"
    assert left_empty("What are the opening hours?", candidate("Monday: 9 to 12", form=hours)) == ""
    assert empty("How many drops at night?", "Bottle: brown") == "Drops at night"
    # What stands below a field may be what is entered.
    below = "Drops at night:\nfour, with milk\nBottle: brown"
    assert left_empty("How many drops at night?", candidate("four, with milk", form=below)) == ""


def test_of_a_table_the_rows_that_are_asked_for() -> None:
    fares = "Ship | Deck | Fare"
    rows = [
        candidate(words, fares) for words in ("Swift | upper | 9", "Swift | lower | 7", "Heron | upper | 4")
    ]
    candidates = [*rows, candidate("Children sail free.")]

    def kept(question: str, *best_first: int) -> list[int]:
        return rows_asked_for(question, candidates, best_first)

    assert kept("What is the fare of the Heron?", 2, 0, 1, 3) == [2, 3]
    assert kept("What is the fare of the Swift?", 1, 0, 2) == [1, 0]
    assert kept("What is the fare on the upper deck of the Swift?", 0, 1, 2) == [0]
    # Both sides of a comparison, and all where none is named.
    assert kept("Is the Heron cheaper than the Swift?", 2, 0, 1) == [2, 0, 1]
    assert kept("What do the ships cost?", 2, 0, 1) == [2, 0, 1]
    assert kept("What is the fare of the Heron?", 3, 2, 0) == [3, 2, 0]


def test_bare_figures_of_a_row_have_the_unit_of_their_header() -> None:
    header = "Model | Length (m) | Carries [kg] | Year"
    assert with_units(candidate("E7 | 7.2 | 110 to 140 | 2019", header).sentence).endswith(
        "; 7.2 m; 110 to 140 kg"
    )
    minutes = with_units(candidate("Felting | 40 | 2019", "Work | Minutes | Year").sentence)
    assert minutes.endswith("; 40 Minutes")
    assert with_units(candidate("E8 | on request | | 2019", header).sentence).endswith("Year: 2019")
    assert with_units(candidate("Length (m): 7").sentence) == "Length (m): 7"
    # What a loaf weighs is in brackets, too.
    row = candidate("Rye | 3.10", "Loaf | Small (400 g)").sentence
    priced = replace(
        row, companions=(*row.companions, Part("caption", 0, 9, "All prices in pounds, per loaf."))
    )
    assert with_units(priced).endswith("; 3.10 pounds")
    counted = replace(
        row, companions=(*row.companions, Part("caption", 0, 9, "Changes in patients, in all."))
    )
    assert with_units(counted).endswith("Small (400 g): 3.10")
    # A table of properties names its units where the rows begin; its corner may be empty.
    assert with_units(candidate("Weight (kg) | 4.1 | 6.3", "| Vento 40 | Vento 60").sentence).endswith(
        "6.3 kg"
    )


def test_a_table_is_looked_up_by_what_it_names() -> None:
    def unknown(question: str, row: Candidate, *nearness: float) -> str:
        words = content_words(question)
        assert len(words) == len(nearness)
        return not_in_table(question, row, words, np.array(nearness, np.float32)[:, np.newaxis])

    wools = candidate("Merino | 12 | 30", "Wool | Price | Grams")
    assert unknown("What is the price of alpaca?", wools, 1.0, 0.2) == "alpaca"
    assert unknown("What is the price of alpaca?", wools, 1.0, 0.6) == ""
    # A common word may be how it is put; and what no header divides is no table to look up.
    assert unknown("How much does merino take?", wools, 1.0, 0.2) == ""
    assert unknown("What is the price of alpaca?", candidate("Merino costs 12."), 1.0, 0.2) == ""
    # What is done is told in other words; and a row that has one telling word was looked up by it.
    assert unknown("Who treats on Monday?", candidate("Price | Friday", "Name | Day"), 0.2, 1.0) == ""
    assert unknown("What is the price of carded merino?", wools, 1.0, 0.2, 1.0) == ""
