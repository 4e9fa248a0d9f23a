"""What sort of thing would answer, and whether a sentence holds one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from qa.evidence.expected import ExpectedAnswer, expected_answer, holds, of_another_dimension
from qa.words import spoken_in


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How much does a session cost?", "money"),
        ("what would ten sessions set me back", "money"),
        ("How many dollars is it?", "money"),
        ("What is the price of an infrared lamp?", "money"),
        ("How much per month?", "money"),
        ("How long is a session?", "session"),
        ("For how many minutes should I hold it?", "duration"),
        ("how soon can I have it", "duration"),
        ("For how many weeks did the relief last?", "persistence"),
        ("How often should I go?", "frequency"),
        ("How many sessions per week are advised?", "frequency"),
        ("How many mice were there?", "count"),
        ("What wavelength is it?", "wavelength"),
        ("What dose was given?", "dose"),
        ("How deep does it go?", "depth"),
        ("How deep in millimetres does it go?", "length"),
        ("What percentage of people got better?", "percentage"),
        ("How old were the mice?", "age"),
        ("What temperature does it reach?", "temperature"),
        ("In which year was it tried?", "date"),
        ("In which journal did it appear?", "publication"),
        ("Who did the study?", "name"),
        ("Which brand is best?", "maker"),
        ("How much does it lower pain?", "amount"),
    ],
)
def test_the_sort_asked_for(question: str, kind: str) -> None:
    expected = expected_answer(question)
    assert expected is not None and expected.kind == kind


@pytest.mark.parametrize(
    "question",
    [
        "Is it safe?",
        "Why does it work?",
        "Is it expensive?",
        "What is sciatica?",
        "Who should not have it?",
        "What are the side effects?",
        "How does it work?",
        "When should I see a doctor?",
    ],
)
def test_no_form_of_its_own(question: str) -> None:
    assert expected_answer(question) is None


ANSWERS = [
    ("How much does it cost?", "The lamp was sold for $599 to $799.", True),
    ("How much does it cost?", "The article gives no price for infrared therapy.", True),
    ("How much does it cost?", "Infrared therapy is a low-cost treatment and has no side effects.", False),
    ("How much does it cost?", "A session lasts 20 minutes.", False),
    ("How long is a session?", "A session takes about 10 to 20 minutes.", True),
    ("How long is a session?", "A session is comfortable.", False),
    ("How long is a session?", "It was given three times a week over 4 weeks.", False),
    ("How long does a course of sessions take?", "It was given three times a week over 4 weeks.", True),
    ("How long does warping the loom take?", "The warping takes three afternoons.", True),
    ("How long is the ladder?", "Model: E7; 7.2 m", True),
    ("How long is the ladder?", "Model: E7; 140 kg", False),
    ("How long does the relief last?", "Sessions last 10 to 20 minutes.", False),
    ("How long does the relief last?", "The relief was gone after 22 weeks.", True),
    ("How often should I go?", "It was given three times a week over 4 weeks.", True),
    ("How often should I go?", "It is a comfortable treatment.", False),
    ("How many sessions do I need?", "Several sessions are advised, but no number is given.", True),
    ("How many sessions do I need?", "Numerous treatments are usually advised for the best result.", False),
    ("How many people were in the trial?", "The trial randomised 69 people (Lavery 2008).", True),
    ("How many people were in the trial?", "The trial was fair (Lavery 2008;28(12):2896).", False),
    ("How many mice were there?", "The only evidence is one unnamed study in mice.", False),
    ("How many mice were there?", "Twelve mice were treated.", True),
    ("How heavy is the loom?", "The loom weighs forty kilograms.", True),
    ("How heavy is the loom?", "The loom costs 400 euros.", False),
    ("How high is the loom?", "The warp takes 9 litres of water.", False),
    ("How high is the rent?", "The rent is 640 euros a month.", True),
    ("How many trials were pooled?", "A meta-analysis of 6 trials found no gain.", True),
    ("What wavelength is used?", "Light of 780 to 860 nm was used.", True),
    (
        "What wavelength is used?",
        "The article speaks of special wavelengths but never says which ones.",
        True,
    ),
    ("What wavelength is used?", "It uses particular wavelengths of light.", False),
    ("What dose was given?", "Each point got 4 J.", True),
    ("How often is it measured again?", "The measurement is repeated every three months.", True),
    ("How many times may I sit it?", "A failed examination may be repeated twice.", True),
    ("How many times may I sit it?", "Once opened, a paper is not shut again.", False),
    ("How deep does it go?", "The rays reach the muscles and nerves.", True),
    ("How deep in millimetres does it go?", "The rays reach the muscles and nerves.", False),
    ("How deep in millimetres does it go?", "At 3 mm little light is left.", True),
    ("What percentage of the light gets through?", "Under 0.5% reaches a nerve.", True),
    ("How old were the mice?", "The mice were 8 weeks old.", True),
    ("How old were the mice?", "The mice were watched for 8 weeks.", False),
    ("In which year was it tried?", "It was tried in 2008.", True),
    (
        "In which journal did it appear?",
        "It tells neither who did the study nor where it was published.",
        True,
    ),
    ("Who did the study?", "It tells neither who did the study nor where it was published.", True),
    ("Who did the study?", "The trial was run by Lavery.", True),
    ("Who did the study?", "In one study, scientists used a chemical.", False),
    ("How much does it lower pain?", "It lowered pain by 19.9 mm.", True),
    ("How much does it lower pain?", "The article gives no figures for the relief.", True),
]


@pytest.mark.parametrize(("question", "sentence", "answers"), ANSWERS)
def test_whether_a_sentence_holds_it(question: str, sentence: str, answers: bool) -> None:
    expected = expected_answer(question)
    assert expected is not None
    assert holds(expected, sentence) is answers


def test_what_is_counted_is_kept_for_comparison() -> None:
    assert expected_answer("How many infrared sessions do I need?") == ExpectedAnswer(
        "count", ("infrar", "session")
    )
    assert expected_answer("How many mice were there?") == ExpectedAnswer("count", ("mice",))
    assert ExpectedAnswer("money").in_words == "a price"


def test_every_sort_in_the_table_is_whole() -> None:
    table = tomllib.loads(Path("qa/evidence/expected.toml").read_text(encoding="utf-8"))
    for kind, row in table.items():
        assert {"in_words", "asked", "units", "about"} <= set(row) <= {
            "in_words", "asked", "units", "about", "held", "also", "without",
        }, kind  # fmt: skip
        assert isinstance(holds(ExpectedAnswer(kind), "A sentence."), bool)


def test_those_who_wrote_of_a_device_are_no_makers_of_it() -> None:
    asked = expected_answer("which brand of pads would you buy")
    assert asked is not None
    assert not holds(asked, "The pads did no better than a sham (Lavery et al., Diabetes Care 2008).")
    assert holds(asked, "A warning letter was sent about burns from the Anodyne device.")


def test_goes_and_visits_are_sessions() -> None:
    for asked in ("How many goes does a diabetic need?", "How many visits will it take?"):
        expected = expected_answer(asked)
        assert expected is not None
        assert holds(expected, "One trial gave infrared for 30 minutes, three times a week.")
        assert not holds(expected, "Most infrared light stops in the skin.")


@pytest.mark.parametrize(
    ("language", "question", "answers", "another"),
    [
        ("de", "Wie schwer ist der Webstuhl?", "Er wiegt vierzig Kilogramm.", "Er kostet 400 Euro."),
        ("de", "Was kostet der Kurs?", "Der Kurs ist kostenlos.", "Der Kurs dauert drei Tage."),
        ("fr", "Combien coûte un mouton ?", "Un mouton coûte 90 euros.", "Un mouton pèse 60 kilogrammes."),
        ("es", "¿Cuánto pesa una oveja?", "Una oveja pesa 60 kilogramos.", "Una oveja cuesta 90 euros."),
        ("it", "Quanto costa la lana?", "La lana costa 12 euro.", "La lana arriva in due giorni."),
        ("nl", "Wat kost de wol?", "De wol kost 12 euro.", "De wol komt na 2 dagen."),
    ],
)
def test_prices_and_weights_are_asked_for_in_other_languages(
    language: str, question: str, answers: str, another: str
) -> None:
    with spoken_in(language):
        expected = expected_answer(question)
        assert expected is not None
        assert holds(expected, answers, language) and not holds(expected, another, language)


@pytest.mark.parametrize(
    ("language", "question", "sentence", "another"),
    [
        ("en", "How high is the hutch?", "The hutch is two metres long.", True),
        ("en", "How high is the hutch?", "The hutch is two metres long and one metre high.", False),
        ("en", "How long is the hutch?", "The long hutch is 2 m wide.", False),
        ("en", "How long may the high hutch stay?", "The hutch, 2 m wide, stays for 3 weeks.", False),
        ("de", "Wie tief ist der Teich?", "Der Teich ist zwölf Meter lang.", True),
        ("de", "Wie tief ist der Teich?", "Der Teich hat eine Tiefe von zwei Metern.", False),
        ("es", "¿Qué altura tiene el muro?", "El muro mide 12 metros de largo.", True),
    ],
)
def test_how_long_something_is_tells_not_how_high(
    language: str, question: str, sentence: str, another: bool
) -> None:
    with spoken_in(language):
        assert of_another_dimension(question, sentence, language) is another
