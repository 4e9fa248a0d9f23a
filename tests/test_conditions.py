"""The words that make a question another question, and whether a text speaks of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from qa.evidence.conditions import Condition, find_conditions
from qa.evidence.conditions_met import NEARBY, TREATMENT_NEARBY, Context, conditions_met
from qa.evidence.quantities import Quantity, quantities
from qa.evidence.speaks_of import is_met
from qa.health.words import conditions
from qa.vocabulary import Vocabulary, phrase, spelt
from qa.words import content_words, spoken_in

GENERALLY_SAFE = "The article calls cold laser therapy generally safe for people with chronic back pain."


def found(question: str) -> list[tuple[str, str]]:
    return [(condition.kind, condition.text) for condition in find_conditions(question)]


def unmet(question: str, text: str) -> list[str]:
    """Conditions of full or nearly full weight of which the text does not speak."""
    return [c.text for c in find_conditions(question) if c.weight >= 0.6 and not is_met(c, text)]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Can people with haemophilia have cold laser?", ["haemophilia"]),
        ("Is cold laser safe for toddlers?", ["toddlers"]),
        ("My daughter is a nine-year-old. Is cold laser safe for her?", ["nine-year-old"]),
        ("My father is 82. Can he have cold laser?", ["is 82"]),
        ("Is cold laser safe at 22 weeks pregnant?", ["pregnant"]),
        ("Does cold laser help knees?", ["knees"]),
        ("Does cold laser work for dogs?", ["dogs"]),
        ("Can I have cold laser while taking warfarin?", ["warfarin"]),
        ("Is cold laser better than TENS for back pain?", ["TENS"]),
        ("Is cold laser available in Belgium?", ["Belgium"]),
        ("Can cold laser bring down my blood sugar?", ["blood sugar"]),
        ("Does back pain go away by itself?", ["by itself"]),
        ("Will my insurer cover cold laser?", ["my insurer cover"]),
        ("Does the pain come back once I stop cold laser?", ["come back once"]),
        ("What does NICE say about cold laser?", ["NICE"]),
        ("Was cold laser tested in 2019?", ["2019"]),
        ("Is 904 nm safe for back pain?", ["904 nm"]),
        ("Does a class 4 laser help back pain?", ["class 4"]),
        ("Can I have cold laser near a pacemaker?", ["pacemaker"]),
        ("Can I drive after cold laser?", ["drive"]),
        ("Does cold laser regrow hair?", ["regrow hair"]),
        # In no table: a name in capitals, a rare word, an illness, a medicine, an illness of two words.
        ("Is the Celluma safe?", ["Celluma"]),
        ("is celluma safe", ["celluma"]),
        ("Is cold laser safe in trichinosis?", ["trichinosis"]),
        ("Is cold laser safe with zanubrutinib?", ["zanubrutinib"]),
        ("Can people with Usher syndrome have cold laser?", ["Usher"]),
    ],
)
def test_the_one_word_that_makes_it_another_question_is_unmet(question: str, missing: list[str]) -> None:
    assert unmet(question, GENERALLY_SAFE) == missing


@pytest.mark.parametrize(
    "question",
    [
        "Is cold laser safe?",
        "is LLLT safe for my lower back",
        "My mum asks whether cold laser is safe. Is it?",
        "Do patients with long-standing backache find cold laser safe?",
        "I'm 45. Is cold laser safe for me?",
        "We live two hours from the clinic and it was raining. Is cold laser safe for back pain?",
        "Can my painful lumbar spine get cold laser?",
        "Does the article back up what it says about cold laser being safe?",
    ],
)
def test_words_that_the_text_meets_and_fillers_are_no_unmet_conditions(question: str) -> None:
    assert unmet(question, GENERALLY_SAFE) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Does it help diabetics?", "It was tried in people with diabetes."),
        ("May it be used in haemophilia?", "Not for anyone with a bleeding disorder."),
        ("May it be used in leukaemia?", "Leukemia is a reason not to have it."),
        ("May I have it with breast cancer?", "Never over a known or suspected cancer."),
        ("May I have it with cancer?", "Women with breast cancer took part."),
        ("Is it all right with warfarin?", "People on blood thinners should ask first."),
        ("Was it tested on animals?", "The mice had less pain."),
        ("Does it work in people?", "In a trial with 39 patients it did not."),
        ("Is it better than painkillers?", "Unlike drugs, it brings no dependence; painkillers do."),
        ("Does NICE recommend it?", "NICE guideline NG59 advises against it."),
        ("Is it covered in the US?", "In the U.S. Medicare does not pay for it."),
        ("Is a session of 15 minutes enough?", "Sessions take 10 to 20 mins."),
        ("Is it any good beyond six months?", "At 6 months nothing was left."),
        ("Can I have it alongside my physiotherapy?", "It can be combined with other treatments."),
        ("Who is allowed to fetch her?", "She may only be fetched by her aunt."),
        ("Is it invasive?", "It is a noninvasive therapy."),
        ("Can I do it in my living room?", "It can be used at home."),
        ("Do they look in on her at night?", "She is checked at 22:00, 01:00 and 04:30."),
        ("Does one leave in the morning?", "Leeds | 06:40 | 19:15"),
        ("Is there one in the evening?", "Tuesdays, 6.30 p.m."),
        ("Could I have it for a month?", "It is lent for six weeks."),
        ("What does it cost?", "Adults | €12.50"),
        ("What is due 10 days before?", "Between 27 and 8 days before the event half of it is due."),
        ("Is the TK 40 mended?", "The TK 40 is mended here."),
        ("When is the boat back from Odby?", "It leaves Odby at nine."),
    ],
)
def test_met_by_inflections_spellings_synonyms_kinds_and_ranges(question: str, text: str) -> None:
    assert [c.text for c in find_conditions(question) if not is_met(c, text)] == []


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("Does it help knee pain?", "It eases pain in several joints.", ["knee"]),
        ("Does it interact with gabapentin?", "It needs no prescription medicines.", ["gabapentin"]),
        ("Is it safe for children?", "Adults found it safe.", ["children"]),
        ("Does it work with apixaban?", "Nothing changes with warfarin.", ["apixaban"]),
        ("Can I have it after back surgery?", "It works on the back without drugs or surgery.", ["surgery"]),
        ("Can I have it with us?", "The US pays for it.", []),
        ("Is a session of 30 minutes enough?", "Sessions take 10 to 20 minutes.", ["30 minutes"]),
        ("Can I have it while on warfarin?", "It can be combined with other treatments.", ["warfarin"]),
        ("Is there one in the evening?", "Tuesdays, 6.30 a.m. and noon", ["in the evening"]),
        ("Do they come at night?", "Ring 0555 204 118, Monday to Thursday.", ["at night"]),
        ("How much is it in zone D?", "Zone A: 12; Zone B: 9; Zone C: 6", ["zone D"]),
        ("Can it be used with PAD?", "The pad is soft.", ["PAD"]),
        (
            "Does it help people with ALS?",
            "Ten trials were found (Shin et al. 2010).",
            ["people with", "ALS"],
        ),
        ("Is it used for AIDS?", "It aids healing.", ["AIDS"]),
    ],
)
def test_a_kind_does_not_answer_for_its_members_nor_a_denial_for_the_thing(
    question: str, text: str, missing: list[str]
) -> None:
    assert [c.text for c in find_conditions(question) if c.weight >= 0.6 and not is_met(c, text)] == missing


def test_a_value_outside_the_limits_and_another_number_are_unmet() -> None:
    for question, text in (
        ("What is owed seven weeks before?", "Whoever cancels more than eight weeks before owes a fifth."),
        ("Is it free for 5 hours?", "It is free for up to 4 hours."),
        ("Is it free for 5 hours?", "It is free for no more than 4 hours."),
        ("What is the deposit for 90 people?", "More than 30 and up to 80 guests: a deposit of 150 €."),
        ("Is the TK 40 mended?", "The TK 60 is mended here."),
        ("What does a visit with Year 5 cost?", "Year 4 pays two pounds."),
    ):
        assert [c for c in find_conditions(question) if not is_met(c, text)], question


def test_a_number_belongs_to_a_name_or_to_its_unit_and_never_to_a_month() -> None:
    def named(question: str) -> list[tuple[str, str]]:
        return [(c.kind, c.text) for c in find_conditions(question) if c.kind in ("name", "quantity")]

    assert named("How loud is the TK 40 now?") == [("name", "TK 40")]
    assert named("How much Zorvex 400 mg may she take?") == [("name", "Zorvex"), ("quantity", "400 mg")]
    assert named("Is the hall open on May 5?") == []
    assert named("What would it cost us?") == []


def test_surgery_that_is_not_undergone_is_met_by_its_denial() -> None:
    [condition] = [c for c in find_conditions("Does it involve surgery?") if c.kind == "procedure"]
    assert not condition.undergone
    assert is_met(condition, "It involves neither medicines nor surgery.")


def test_spans_are_those_of_the_question() -> None:
    question = "Is Celluma better than acupuncture for a 7-year-old in Spain?"
    for condition in find_conditions(question):
        assert question[condition.start : condition.end] == condition.text
    assert found(question) == [
        ("name", "Celluma"),
        ("comparison", "better than"),
        ("treatment", "acupuncture"),
        ("person", "7-year-old"),
        ("place", "Spain"),
    ]


def test_conversation_has_no_conditions() -> None:
    assert [
        kind for kind, _ in found("Hello, thank you, that was really kind of you! What else is there?")
    ] == []
    assert find_conditions("") == ()


def test_quantities_are_read_with_ranges_words_and_signs() -> None:
    """One range, 10 to 20 minutes; "six" is 6; a range of dollars; 12,000 is one figure."""
    text = "10 to 20 mins, six months, $599 to $799, 12,000 people"
    assert [(q.low, q.high, q.unit) for q in quantities(text)] == [
        (10.0, 20.0, "minute"),
        (6.0, 6.0, "month"),
        (599.0, 799.0, "dollar"),
        (12000.0, 12000.0, "person"),
    ]
    wide, narrow = Quantity(700, 1000, "nanometre", 0, 1), Quantity(904, 904, "nanometre", 0, 1)
    assert wide.covers(narrow) and not narrow.covers(wide)
    assert not wide.covers(Quantity(904, 904, "millimetre", 0, 1))


def test_a_phrase_is_compared_without_inflection_accents_or_spelling() -> None:
    assert phrase("Haemophilias") == phrase("hemophilia")
    assert phrase("randomised trials") == phrase("randomized trial")
    assert phrase("Guimarães") == phrase("guimaraes")
    assert spelt("Low-level laser") == f" {phrase('low level')} laser "


def test_groups_members_and_kinds() -> None:
    """One group a line; `>` one way, `<>` both; a member that is named nowhere is a group of its own."""
    table = Vocabulary(
        {"part": {"groups": "joint > knee, hip\nknee, patella"}, "drug": {"groups": "opioid <> morphine"}}
    )
    assert table.met_by("joint") == {"joint", "knee", "patella", "hip"}
    assert table.met_by("patella") == {"knee", "patella"}
    assert table.met_by("hip") == {"hip"}
    assert table.met_by("morphin") == {"morphin", "opioid"}
    assert table.met_by("opioid") == {"opioid", "morphin"}
    assert (table.kind("hip"), table.kind("opioid")) == ("part", "drug")


def test_the_longest_phrase_is_found_and_capitals_count_where_written() -> None:
    from qa.vocabulary import forms

    names = [name for _, _, name in conditions().find(forms("US nerves grow back, not us: carpal tunnel"))]
    assert names == ["US", "nerv", "grow back", "carpal tunnel"]


def test_every_line_of_the_table_is_well_formed() -> None:
    table = tomllib.loads(Path("qa/health/conditions.toml").read_text(encoding="utf-8"))
    for kind, section in table.items():
        lines = section["groups"].strip().splitlines()
        assert set(section) == {"groups"}
        assert len(lines) == len(set(lines)), kind
        for line in lines:
            assert line.count(">") <= 1, line
            assert all(name.strip() for name in line.replace("<>", ",").replace(">", ",").split(",")), line


def test_demands_are_met_in_the_sentence_by_the_heading_or_nearby() -> None:
    """Conditions: lupus 1, laser 1, safe 0.6.

    Sentence 1 says all but lupus, its heading says lupus: nothing lost. Sentence 2 says "safe", its
    passage says lupus (half of 1 is lost) and laser (a fifth of 1): the worst 0.5. Sentence 3 has
    nothing: the worst 1.
    """
    question = "With lupus, is laser safe?"
    contexts = [
        Context("Laser is safe.", "Lupus", ""),
        Context("It is safe.", "", "Lupus and laser. It is safe."),
        Context("Light warms.", "", ""),
    ]
    met = conditions_met(question, contexts)
    assert [condition.text for condition in met.conditions] == ["lupus", "laser", "safe"]
    np.testing.assert_allclose(met.met, [[1, NEARBY, 0], [1, TREATMENT_NEARBY, 0], [1, 1, 0]])
    np.testing.assert_allclose(met.worst, [0, -0.5, -1], atol=1e-6)
    assert met.lacking == ()


def test_what_is_lacking_is_told_in_the_persons_words() -> None:
    contexts = [Context(GENERALLY_SAFE, "", GENERALLY_SAFE)]
    assert conditions_met("Is cold laser safe in haemophilia in Belgium?", contexts).lacking == (
        "haemophilia",
        "Belgium",
    )
    met = conditions_met("How much does cold laser cost for back pain?", contexts)
    assert met.lacking == ("cost",)


def test_no_sentences_give_an_empty_row() -> None:
    met = conditions_met("Is cold laser safe?", [])
    assert met.worst.shape == (0,)


def test_a_condition_knows_nothing_but_its_own_words() -> None:
    condition = Condition("name", "Celluma", 0, 7, frozenset({phrase("Celluma")}))
    assert is_met(condition, "The Celluma was not tested.")
    assert not is_met(condition, "The cellular response was tested.")


@pytest.mark.parametrize(
    "question",
    [
        "physio says i need 12 sessions",
        "the physio has offered me 12 sessions",
        "what does placebo mean in plain english",
    ],
)
def test_who_speaks_and_in_what_language_is_no_condition(question: str) -> None:
    kinds = {each.kind for each in find_conditions(question)} - {"quantity"}
    assert kinds <= {"treatment"} and "physio" not in {each.text for each in find_conditions(question)}


def test_an_everyday_word_weighs_less_than_a_name_that_no_table_has() -> None:
    def weight(question: str, word: str) -> float:
        return sum(each.weight for each in find_conditions(question) if each.text == word)

    assert weight("does it work, no waffle", "waffle") < 0.4
    assert weight("does it set things alight", "alight") < 0.5
    assert weight("does laser help onychomycosis", "onychomycosis") == 1.0


def test_capitals_name_nobody_where_all_nouns_have_them_and_the_table_knows_english_alone() -> None:
    with spoken_in("de"):
        assert [c.kind for c in find_conditions("Darf man im Garten grillen?")] in ([], ["word"])
    assert ("name", "Garten") in found("May one grill in the Garten?")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What do I do when I bring the boat back?", []),
        ("Can I send the pads back?", ["pads"]),
        ("What is it there and back?", []),
        ("What if I hand it in late?", []),
        ("Should I hold my hand in the light?", ["hand"]),
        ("Is it good for my back when I come in?", ["back"]),
        ("May I go in with a bad back?", ["back"]),
        ("My heel feels like walking on glass since the diabetes, will it help?", ["heel", "diabetes"]),
        ("Are ten of them enough?", []),
        ("Would the light pad do anything?", ["pad"]),
        ("is a class iv one all right", ["class iv"]),
        ("Is it at gate B?", ["gate B"]),
        ("Which room i am in?", []),
        ("Can it aid healing?", ["healing"]),
    ],
)
def test_words_that_only_look_like_conditions_and_likenesses_are_none(
    question: str, found: list[str]
) -> None:
    assert [condition.text for condition in find_conditions(question)] == found


def test_a_rare_word_is_met_by_what_is_said_otherwise() -> None:
    met = conditions_met("Do you take bunnies?", [Context("We do not take rabbits.", "Cats", "")])
    words = content_words("Do you take bunnies?")

    def worst(near: float) -> float:
        support = np.array([[near if word.text == "bunnies" else 1.0] for word in words], np.float32)
        return float(met.said_otherwise(words, support).worst[0])

    assert worst(0.5) == float(met.worst[0]) < 0
    assert worst(0.5) < worst(0.62) < worst(0.8) == 0


def test_what_is_told_of_pregnancy_and_what_something_is_likened_to() -> None:
    assert ("person", "gone") in found("27 weeks gone and my back is killing me. Would laser be alright?")
    assert found("Is there one strength that all agree on, like you'd have with paracetamol?") == []
    assert ("medicine", "paracetamol") in found("Can I take paracetamol with it?")
