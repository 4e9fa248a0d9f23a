"""Of a table the rows that are asked for are quoted, and nothing for what is left empty."""

from __future__ import annotations

from dataclasses import replace

from index.types import Part, Passage, Sentence
from qa.evidence.missing import (
    left_empty,
)
from qa.evidence.row_units import with_units
from qa.evidence.support import Candidate

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


def test_a_column_that_is_called_by_a_small_word_is_not_asked_for() -> None:
    times = "Session | From | To"
    assert (
        left_empty("What may children bring to family fun?", candidate("Family fun | a ball |", times)) == ""
    )


def test_an_empty_cell_for_whom_is_asked_for() -> None:
    log = "Machine | Done by | Lasts (weeks)"
    assert left_empty("Who greased the mixer?", candidate("Mixer |  | 4", log)) == "Done by"
    assert left_empty("Who greased the mixer?", candidate("Mixer | Klee | 4", log)) == ""


def test_a_field_with_nothing_entered() -> None:
    assert left_empty("What is her blood group?", candidate("Blood group |", "Name | Mila")) == "Blood group"
    assert left_empty("What is her name?", candidate("Blood group |", "Name | Mila")) == ""


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
