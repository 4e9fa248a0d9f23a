"""Figures in words and in digits are one, in each language that documents may be in."""

from __future__ import annotations

import pytest

from qa.evidence.conditions import find_conditions
from qa.evidence.conditions_met import Context, conditions_met
from qa.evidence.quantities import quantities
from qa.evidence.speaks_of import is_met
from qa.evidence.units import JOINTS, language_of_figures, units_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They weigh twenty grams.", [(20, 20, "gram")]),
        ("Sie wiegen zwanzig Gramm.", [(20, 20, "gram")]),
        ("Elles pèsent vingt grammes.", [(20, 20, "gram")]),
        ("Pesan veinte gramos.", [(20, 20, "gram")]),
        ("Pesano venti grammi.", [(20, 20, "gram")]),
        ("Elas pesam vinte gramas.", [(20, 20, "gram")]),
        ("Ze wegen twintig gram.", [(20, 20, "gram")]),
        ("Nach fünfundvierzig bis fünfzig Minuten", [(45, 50, "minute")]),
        ("seit drei Jahren", [(3, 3, "year")]),
        ("entre dix et quinze jours", [(10, 15, "day")]),
        ("Quatre-vingt-dix pour cent des patients", [(90, 90, "percent")]),
        ("el veinte por ciento", [(20, 20, "percent")]),
        ("vingt minutes", [(20, 20, "minute")]),
        ("Er dauert 3 Std. und kostet 1.250,50 €.", [(3, 3, "hour"), (1250.5, 1250.5, "euro")]),
        ("nine cups a day", [(9, 9, "")]),
    ],
)
def test_number_words_and_units_of_each_language(text: str, expected: list[tuple[float, float, str]]) -> None:
    assert [(q.low, q.high, q.unit) for q in quantities(text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "half a tablet", (0.5, "")),
        ("en", "one and a half tablets", (1.5, "")),
        ("en", "an hour and a half", (1.5, "hour")),
        ("en", "2 and a half hours", (2.5, "hour")),
        ("en", "1,500 and a half hours", (1500.5, "hour")),
        ("de", "1.500 und eine halbe Stunde", (1500.5, "hour")),
        ("en", "three quarters of an hour", (0.75, "hour")),
        ("en", "1 1/2 tablets", (1.5, "")),
        ("en", "¼ litre", (0.25, "litre")),
        ("de", "eineinhalb Tabletten", (1.5, "")),
        ("de", "anderthalb Stunden", (1.5, "hour")),
        ("de", "ein halber Liter", (0.5, "litre")),
        ("de", "zwei und eine halbe Stunde", (2.5, "hour")),
        ("de", "eine Dreiviertelstunde", (0.75, "hour")),
        ("de", "dreimal täglich", (3, "time")),
        ("de", "drei Sitzungen", (3, "session")),
        ("fr", "une demi-heure", (0.5, "hour")),
        ("fr", "une heure et demie", (1.5, "hour")),
        ("fr", "un quart d’heure", (0.25, "hour")),
        ("fr", "trois séances", (3, "session")),
        ("es", "medio comprimido", (0.5, "")),
        ("es", "una hora y media", (1.5, "hour")),
        ("es", "dos veces al día", (2, "time")),
        ("it", "mezz’ora", (0.5, "hour")),
        ("it", "un’ora e mezza", (1.5, "hour")),
        ("it", "due volte al giorno", (2, "time")),
        ("pt", "meia hora", (0.5, "hour")),
        ("pt", "uma hora e meia", (1.5, "hour")),
        ("pt", "dez participantes", (10, "person")),
        ("nl", "anderhalf uur", (1.5, "hour")),
        ("nl", "drieënhalve tablet", (3.5, "")),
        ("nl", "tweemaal daags", (2, "time")),
    ],
)
def test_halves_quarters_and_what_is_counted(language: str, text: str, expected: tuple[float, str]) -> None:
    assert [(q.low, q.unit) for q in quantities(text, language)] == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "two tablets and a half hour", [2, 0.5]),
        ("en", "40 men and half of the women", [40, 0.5]),
        ("en", "120/80 on 3/4/2025", [120, 80, 3, 4, 2025]),
        ("de", "zwei Stunden und eine halbe Tablette", [2, 0.5]),
        ("de", "um halb acht", [8]),
        ("de", "Er kam einmal innerhalb der Woche", []),
        ("es", "dos comprimidos y media hora después", [2, 0.5]),
        ("es", "la edad media de los pacientes", []),
    ],
)
def test_what_only_looks_like_a_half_more(language: str, text: str, expected: list[float]) -> None:
    assert [q.low for q in quantities(text, language)] == expected


def test_the_span_of_a_figure_is_that_of_its_words() -> None:
    text = "Man nimmt zwanzig Gramm am Tag."
    (found,) = quantities(text)
    assert text[found.start : found.end] == "zwanzig Gramm"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Course: Baby swimming; Fee in euros: 6", [(6, "euro")]),
        ("Size: L; Weight (kg): 2.5; Price [€]: 14", [(2.5, "kilogram"), (14, "euro")]),
        ("Kurs: Yoga; Dauer in Minuten: 45", [(45, "minute")]),
        ("Course: Judo; Starts: 9; in May: 3", [(9, ""), (3, "")]),
    ],
)
def test_a_figure_has_the_unit_that_its_column_names(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(q.low, q.unit) for q in quantities(text)] == expected


def test_a_figure_of_hundreds_of_digits_is_one_of_no_size() -> None:
    assert [quantity.low for quantity in quantities(f"{'9' * 400}½ cups")] in ([float("inf")], [])


def test_the_span_of_a_half_is_that_of_all_its_words() -> None:
    text = "Take two tablets and a half, for an hour and a half a day."
    spans = [text[q.start : q.end] for q in quantities(text)]
    assert spans == ["two tablets and a half", "an hour and a half"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dose is 1,250 mg of it.", 1250),
        ("The dose is 1.250 mg of it.", 1.25),
        ("Die Dosis ist 1.250 mg davon.", 1250),
        ("Die Dosis ist 1,250 mg davon.", 1.25),
        ("Die Dosis ist 2.5 mg davon.", 2.5),
        ("La dose est de 1\u202f250 mg par jour.", 1250),
        ("Die Dosis ist 1’250 mg davon.", 1250),
    ],
)
def test_a_comma_is_what_it_is_in_the_language_of_the_text(text: str, expected: float) -> None:
    assert [(q.low, q.unit) for q in quantities(text)] == [(expected, "milligram")]


def test_a_row_of_a_table_is_read_as_the_passage_around_it() -> None:
    """The row alone would be English, and 1,250 g more than a thousand."""
    question = "Who gets 1.25 g?"
    row, passage = "Erwachsene; 1,250 g", "Die Dosis ist für den Tag.\nErwachsene; 1,250 g"
    assert conditions_met(question, [Context(row, "", passage)]).met.tolist() == [[1.0]]
    assert conditions_met(question, [Context(row, "", "")]).met.tolist() == [[0.0]]


def test_what_is_asked_in_one_language_is_met_in_another() -> None:
    (condition,) = find_conditions("Are twenty grams enough?")
    assert condition.kind == "quantity" and is_met(condition, "Zwanzig Gramm sind genug.")
    assert not is_met(condition, "Dreißig Gramm sind genug.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In due course ten people of the trial died.", "en"),
        ("20 g", "en"),
        ("Il faut vingt grammes.", "fr"),
        ("Das ist die Dosis für den Tag.", "de"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of_figures(text) == language


@pytest.mark.parametrize("language", JOINTS)
def test_units_have_names_in_every_language_whose_number_words_are_read(language: str) -> None:
    assert {"gram", "minute", "week", "litre", "percent", "euro"} <= set(units_in(language).values())
