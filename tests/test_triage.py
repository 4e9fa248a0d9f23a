"""Emergencies by what is meant, in every language: rules, phrases, cues, cards, and every spoken phrasing."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from shares import Share

from qa.evaluate.safety import load_phrasings
from qa.health.pack import HEALTH
from qa.health.safety.emergency import emergency_reply
from qa.health.safety.ideas import LANGUAGES, language
from qa.health.safety.phrase_lists import END, PhraseLists, TableError, folded
from qa.health.safety.red_flag_table import load_categories
from qa.health.safety.red_flags import RedFlags, shipped_red_flags
from qa.health.safety.triage import findings, spoken, triage_in

SPOKEN = load_phrasings(Path(__file__).parent.parent / "seeds" / "red_flags_spoken.jsonl")
TOLD = load_phrasings(Path(__file__).parent.parent / "seeds" / "red_flags_told.jsonl")
RULES = tomllib.loads(files("qa.health.safety").joinpath("triage.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def flags() -> RedFlags:
    return shipped_red_flags()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_spoken_phrasing_raises_an_alarm_in_its_language_or_is_left_alone(
    code: str, flags: RedFlags, share: Share
) -> None:
    told = share([phrasing for phrasing in SPOKEN if phrasing.language == code])
    assert told
    wrong = []
    for phrasing in told:
        alarm = flags.check(phrasing.text)
        if (alarm.language if alarm else None) != (code if phrasing.fires else None):
            wrong.append((phrasing.id, phrasing.text, alarm))
    assert wrong == []


@pytest.mark.parametrize(
    ("message", "category"),
    [
        ("my toe has an open sore that will not heal and I have fever", "diabetic_foot"),
        ("sole of my foot has a sore that won't heal and it smells", "diabetic_foot"),
        ("my bunion has an ulcer that is oozing, I am diabetic", "diabetic_foot"),
        ("mes jambes sont engourdies depuis ce matin et je n'arrive plus à uriner", "cauda_equina"),
        ("meine Beine sind seit heute taub und ich kann nicht pinkeln", "cauda_equina"),
        ("tengo las piernas dormidas desde ayer y no puedo orinar", "cauda_equina"),
    ],
)
def test_signs_and_places_are_put_together(message: str, category: str) -> None:
    assert next(findings(message)).category == category


@pytest.mark.parametrize(
    ("message", "fires"),
    [
        ("Ich habe kein Fieber, aber der Rücken schmerzt", False),
        ("Ich habe Fieber, und der Rücken schmerzt", True),
        ("Vor zehn Jahren hatte ich einen schwarzen Zeh", False),
        ("Seit gestern habe ich einen schwarzen Zeh", True),
        ("Woran erkennt man einen schwarzen Zeh?", False),
        ("J'ai lu une étude sur les orteils noirs", False),
        ("Mon orteil est noir depuis hier", True),
        ("Due dita del piede nere, ho il diabete da 30 anni", True),
        ("Gülmekten öldüm, bu lamba çok komik", False),
        ("Ateşim yok, belim ağrıyor", False),
        ("Ateşim var, belim ağrıyor", True),
        ("Took 300 mg of gabapentin today", False),
        ("Took 30 gabapentin tablets today", True),
    ],
)
def test_what_takes_an_idea_back(message: str, fires: bool) -> None:
    assert any(findings(message)) == fires


@pytest.mark.parametrize(
    "message",
    [
        "I hurt so much after the first go that I cried",
        "I am breastfeeding my baby who is 6 weeks old and my back hurts, can I have laser?",
        "had a cortisone jab two weeks ago, can I have laser",
        "in a mouse study the dead feet got feeling back",
        "my mum cant feel her toes, does infrared help",
        "my dad has dementia and talks nonsense, can he have cold laser for his back",
        "is numbness in my foot dangerous",
    ],
)
def test_what_only_sounds_alike_is_left_alone(message: str, flags: RedFlags) -> None:
    assert flags.check(message) is None


def test_a_sore_on_the_foot_that_does_not_heal_is_to_be_seen_and_without_more_signs_no_emergency(
    flags: RedFlags,
) -> None:
    sore = "sole of my foot has a sore that won't heal"
    assert flags.check(sore) is None
    assert HEALTH.doubt(sore) is not None
    assert flags.check(f"{sore} and I have a fever") is not None


def test_what_is_sudden_is_a_stroke_in_dementia_too() -> None:
    assert next(findings("my dad has dementia and suddenly his speech is slurred")).category == "stroke"


@pytest.mark.parametrize(
    ("message", "first"),
    [
        ("Est-ce que le laser froid aide contre le mal de dos ?", "fr"),
        ("Hilft kaltes Laserlicht bei Rückenschmerzen?", "de"),
        ("¿Cuánto cuesta una sesión de láser?", "es"),
        ("Quanto costa una seduta e come funziona?", "it"),
        ("Quanto custa uma sessão e como é que funciona?", "pt"),
        ("Ile kosztuje zabieg i czy to boli?", "pl"),
        ("Bu lazer bel ağrısı için ne kadar fayda eder?", "tr"),
        ("How long does a session last?", "en"),
        ("I drank some bleach by mistake", "en"),
    ],
)
def test_a_message_is_read_in_its_language(message: str, first: str) -> None:
    assert first in spoken(message)


def test_a_phrase_is_words_with_stars_gaps_and_numbers() -> None:
    lists = PhraseLists(
        {"idea": "taub*, spüre .. nichts, #8 tabletten, #8, kein gefühl, kein gefühl im fuß"}, "de"
    )
    for text, found in [
        ("Taubheit", (0, 0)),
        ("betaubt", None),
        ("ich spüre hier unten nichts", (1, 4)),
        ("spüre eins zwei drei vier fünf nichts", None),
        ("spüre das . nichts", None),
        ("12 Tabletten", (0, 1)),
        ("7 Tabletten", None),
        ("300 mg", None),
        ("kein Gefühl im Fuß", (0, 3)),
        ("kein Gefühl im Bein", (0, 1)),
    ]:
        words = [word.replace(".", END) for word in folded(text, "de").split()]
        assert lists.find(words) == ({"idea": [found]} if found else {}), text


def test_a_phrase_with_a_gap_at_its_end_is_refused_by_name() -> None:
    with pytest.raises(TableError, match=r"“\.\. minutes ago” in the list “now”"):
        PhraseLists({"now": "today, .. minutes ago"}, "en")


def test_accents_and_umlauts_may_be_left_out() -> None:
    assert folded("plötzlich", "de") == folded("ploetzlich", "de") == folded("plotzlich", "de")
    assert folded("Şişti", "tr") == "sisti"
    assert folded("ŁYDKA", "pl") == "lydka"


def test_messages_of_many_voices_are_told_apart(flags: RedFlags, share: Share) -> None:
    """All are fitted to; what was found of each voice at first sight stands in DECISIONS.md. To hear all of
    them on one core takes ten minutes."""
    asked = share(TOLD[::6])
    wrong = [one for one in asked if (flags.check(one.text) is not None) != one.fires]
    assert len([one for one in wrong if one.fires]) <= 0.01 * len(asked)
    assert len([one for one in wrong if not one.fires]) <= 0.01 * len(asked)


# The tables.


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_idea_of_the_rules_is_put_in_every_language(code: str) -> None:
    named = {
        word
        for rules in RULES["rules"].values()
        for rule in rules
        for word in rule.replace("!", " ").replace("+", " ").replace(">", " ").replace("&", " ").split()
        if word != "/"
    }
    spoken_in = language(code)
    cues = {"now", "days", "family", "sudden"}
    assert named - spoken_in.ideas - cues == set()


def test_rules_are_for_the_categories_of_the_table() -> None:
    names = {category.name for category in load_categories()}
    assert set(RULES["rules"]) <= names
    assert set(RULES["ignores"]) <= names


def test_the_reply_is_in_the_language_of_the_message(flags: RedFlags) -> None:
    message = "J'ai un orteil noir depuis hier et de la fièvre"
    alarm = flags.check(message)
    assert alarm is not None
    reply = emergency_reply(message, alarm)
    assert [note.kind for note in reply.notes] == ["emergency", "call", "matched"]
    assert reply.notes[0].text.startswith("C’est peut-être une urgence")
    assert "112" in reply.notes[1].text
    assert "orteil" in reply.notes[2].text
    assert "Appelez 911." in emergency_reply(message, alarm, "US").notes[1].text


def test_the_words_are_told_as_they_were_typed() -> None:
    finding = next(triage_in(language("de"), "Mein ZEH ist schwarz"))
    assert [("Mein ZEH ist schwarz")[start:end] for start, end in finding.spans] == ["ZEH", "schwarz"]
