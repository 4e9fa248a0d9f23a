"""Questions about one person are told whom to ask; questions in general are not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qa.health.personal import personal_note, which_medicine

OPENING = "lightqa quotes documents and cannot judge what is right for one person."
CHANGE = (
    "lightqa cannot say whether to take, stop or change a medicine, or how much of it to take. Please change "
    "nothing without the prescriber or a pharmacist."
)


@pytest.mark.parametrize(
    ("question", "whom"),
    [
        ("I'm breastfeeding, can I use it", "health visitor"),
        ("I'm 22 weeks pregnant with awful back pain. Can I try cold laser on it?", "midwife"),
        ("my father has an implanted defibrillator", "pacemaker clinic"),
        ("can I have laser with my pacemaker", "cardiac team"),
        ("Is cold laser ok, I have a spinal cord stimulator", "clinic that looks after it"),
        ("can I use it with my metal hip", "surgeon"),
        ("I had a spinal fusion with rods and screws, can I still have cold laser?", "surgeon"),
        ("I had breast cancer five years ago. Is it all right to laser there?", "oncology team"),
        ("Is LLLT OK if I'm on warfarin?", "pharmacist or the prescriber"),
        ("I'm on a tablet that makes me burn easily in the sun, is light therapy ok?", "sensitive to light"),
        ("I'm diabetic and my feet are numb, can I use infrared pads", "diabetes foot team"),
        ("my feet are numb, is the lamp safe for me", "before anything warm"),
        ("can my daughter have cold laser", "paediatrician"),
        (
            "Had a steroid injection in my spine last week, can I have light therapy?",
            "team that gave or did it",
        ),
        ("I have epilepsy, is it safe", "epilepsy clinic"),
        ("Can the laser go over my varicose veins?", "trouble in the veins"),
        ("is it right for me", "knows the whole case"),
        ("should I try cold laser", "knows the whole case"),
    ],
)
def test_says_whom_to_ask(question: str, whom: str) -> None:
    note = " ".join(personal_note(question))
    assert note.startswith(OPENING)
    assert whom in note


@pytest.mark.parametrize(
    "question",
    [
        "May I halve my tramadol now I have started laser?",
        "should I stop my gabapentin",
        "im taking too much gabapentin is it ok",
        "how many tablets can I take",
        "How quickly can I come off morphine once cold laser starts working?",
        "mum wants to come off her amitriptyline",
        "Do I need to stop my anti-inflammatories before light therapy?",
        "Should I take gabapentin or try infrared for my neuropathy?",
        "is it ok to skip my insulin",
        "could I double my dose of duloxetine",
        "Is two paracetamol four times a day all right alongside laser sessions?",
    ],
)
def test_never_advises_on_a_medicine(question: str) -> None:
    assert personal_note(question) == (CHANGE,)


@pytest.mark.parametrize(
    "question",
    [
        "i take warfarin, can i use the infrared pad",
        "I'm taking my amoxicillin still, is red light ok for me?",
    ],
)
def test_who_takes_a_medicine_asks_about_something_else(question: str) -> None:
    note = personal_note(question)
    assert note != (CHANGE,)
    assert "beside a medicine" in note[-1]


@pytest.mark.parametrize(
    "question",
    [
        "Does infrared therapy have side effects?",
        "Is cold laser safe with a pacemaker?",
        "Is laser contraindicated in cancer?",
        "cold laser pregnancy lower back safe?",
        "Does an insulin pump rule out infrared on the feet?",
        "who should not have laser",
        "can children have it",
        "what is a pacemaker",
        "Can I use infrared at home?",
        "can I have cold laser alongside the exercises from my physio",
        "Can cold laser stop my back pain without medicines?",
        "What dose did the trial use?",
        "is infrared better than gabapentin",
        "Should people stop taking steroids before light therapy?",
        "Should I buy a bigger car?",
        "What should I ask my doctor?",
        "",
    ],
)
def test_general_questions_get_no_note(question: str) -> None:
    assert personal_note(question) == ()


def test_pregnancy_long_past_needs_no_midwife() -> None:
    note = personal_note("Can laser go over varicose veins? I have had them since my second pregnancy")
    assert note
    assert "midwife" not in " ".join(note)


def test_names_at_most_two_circumstances() -> None:
    note = personal_note("I'm pregnant, I have epilepsy and a pacemaker, is laser ok?")
    assert " ".join(note) == (
        f"{OPENING} In pregnancy, ask the midwife or the doctor who looks after it. With a pacemaker, a "
        "defibrillator or another heart device, ask the cardiac team or the pacemaker clinic first."
    )


def test_no_note_gives_an_order_about_treatment() -> None:
    """Every text of the table asks someone; none says to use, have, start or stop anything."""
    table = (Path(__file__).parent.parent / "qa" / "health" / "personal.toml").read_text("utf-8")
    asks = re.findall(r'^ask = "(?!"")(.+)"$', table, re.MULTILINE)
    assert len(asks) == 18
    assert [ask for ask in asks if not re.search(r"\b[Aa]sk\b", ask)] == []
    assert [ask for ask in asks if re.search(r"\b(?:do not|don't|avoid|stop|start|should|must)\b", ask)] == []


def test_all_personal_development_questions_get_a_note() -> None:
    """And of the others that are neither near misses nor emergencies, only those that tell of someone.

    Of the typed ones many tell of someone, without a capital I.
    """
    missed, noted = [], []
    for line in (Path(__file__).parent.parent / "seeds" / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == "dev" and "question" in row:
            note = personal_note(row["question"])
            if row["kind"] == "personal" and not note:
                missed.append(row["question"])
            told = row["kind"] in ("answerable", "no_disagreement", "disagreement")
            if told and note and "voice" not in row:
                noted.append(row["question"])
    assert missed == []
    assert [question for question in noted if not re.search(r"\bI\b", question)] == []


@pytest.mark.parametrize(
    ("question", "declines"),
    [
        ("Can I use a heat pad while wearing a pain patch?", False),
        ("Can I have my tea when taking tablets?", False),
        ("Can I use amber balm on broken skin?", False),
        ("May I rub the gel in when pregnant?", False),
        ("Do I need a prescription?", False),
        ("Which cream should I use?", True),
        ("Which painkiller should I take for this?", True),
        ("What dose of naproxen should I take for it?", True),
        ("Can I take ibuprofen with it?", False),
        ("Can I take ibuprofen while on warfarin?", True),
        ("When can I take ibuprofen?", True),
        ("if i have a headache can i take aspirin", True),
    ],
)
def test_a_medicine_that_is_taken_meanwhile_is_no_question_about_it(question: str, declines: bool) -> None:
    assert (which_medicine(question) is not None) == declines
