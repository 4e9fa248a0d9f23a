"""An alarm stands until it is said to be over; what is asked meanwhile is answered beside one line of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from qa.ask import Assistant
from qa.conversation.language import language_of
from qa.conversation.small_talk import is_small_talk
from qa.health.safety.red_flags import RedFlags, shipped_red_flags
from qa.health.safety.standing import standing
from qa.health.safety.way_out import SHIPPED, Turn, WayOut, questions_in
from qa.train.fit_ways_out import made_of
from qa.types import Answer, Emergency, Refusal, Reply

TurnOf = Callable[[str], Turn]

POISON = "I took 20 paracetamol."


def test_what_is_asked_with_the_end_of_an_alarm_can_be_gone_back_to(flags: RedFlags, turn_of: TurnOf) -> None:
    ended = "I'm safe now, thank you. How long is a session?"
    stands = standing(flags.check, turn_of, [POISON, ended], "and how often?")
    assert stands.alarm is None
    assert stands.calm == ("How long is a session?",)


@pytest.fixture(scope="module")
def flags() -> RedFlags:
    return shipped_red_flags()


OVER = [
    "I've seen the doctor, it's sorted.",
    "The ambulance has been and he is in hospital now.",
    "I'm safe now, thank you. How long is a session?",
    "False alarm, I misread the label.",
    "I spoke to the Samaritans last night.",
    "He's been to A&E and they dressed it.",
    "I rang 111 and they said it's fine",
    "we went to casualty last night and she's ok",
    "they've seen him and sent him home",
    "the GP saw him this morning",
    "we took her to A&E, it was nothing",
    "had it checked at urgent care",
    "the nurse dressed the burn",
    "they gave him antibiotics",
    "yes I went yesterday",
    "it's been dealt with",
    "I'm in hospital now",
    "I went to the hospital and it is dealt with",
    "It has been dealt with.",
    "paramedics are with him now",
    "sorry, I was only quoting a film",
    "that was years ago, I had the operation",
    "been given the all clear",
    "it was shoe dye, it came off in the bath",
    "the paramedic is doing a heart trace on me right now",
]
NOT_OVER = [
    "I haven't seen the doctor yet.",
    "Should I go and get it sorted out?",
    "I will see a doctor tomorrow.",
    "I'm not safe now.",
    "the doctor can't see me till friday",
    "I don't want to go to hospital",
    "what if I go to the doctor tomorrow",
    "the ambulance is not here yet",
    "still the same",
    "it's getting worse",
    "they sent me home but it's back again",
    "I called them but they told me to wait",
    "can it wait until monday",
    "she took more of them just now",
    "the ambulance said two hours",
    "he has gone grey",
    "it's not a false alarm",
    "they discharged me yesterday, temperature is 39 again now",
    "I am safe for tonight but I have not changed my mind",
    "somebody at work looked it up and reckons it is only a trapped nerve",
    "my cousin says that goes away by itself",
]
ASIDE = [
    "Thanks. What does infrared do?",
    "How long is a laser session?",
    "ok",
    "laser for neck pain",
    "what's the weather like tomorrow",
]


@pytest.fixture(scope="module")
def turn_of(encoder: object) -> TurnOf:
    way_out = WayOut(encoder)  # type: ignore[arg-type]
    return lambda text: way_out.turn_of(text, is_small_talk, language_of)


@pytest.mark.parametrize("said", OVER)
def test_an_alarm_ends_when_it_is_said_to_be_dealt_with(said: str, flags: RedFlags, turn_of: TurnOf) -> None:
    now = standing(flags.check, turn_of, [POISON], said)
    assert now.alarm is not None and now.turn == "over"
    assert standing(flags.check, turn_of, [POISON, said], "How long is a session?").alarm is None


@pytest.mark.parametrize("said", NOT_OVER)
def test_an_alarm_is_told_whole_again_while_it_goes_on(said: str, flags: RedFlags, turn_of: TurnOf) -> None:
    now = standing(flags.check, turn_of, [POISON], said)
    assert now.alarm is not None and now.turn == "whole"


@pytest.mark.parametrize("said", ASIDE)
def test_what_is_asked_beside_an_alarm_folds_it(said: str, flags: RedFlags, turn_of: TurnOf) -> None:
    now = standing(flags.check, turn_of, [POISON], said)
    assert now.alarm is not None and now.turn == "aside"
    assert now.calm == ()


@pytest.mark.parametrize(
    ("over", "not_over"),
    [
        ("Ich war schon im Krankenhaus, alles in Ordnung", "ich war beim Arzt, aber es wird nicht besser"),
        ("c'est bon, les pompiers sont là", "je ne vais pas bien"),
        ("ya me vio el médico y me mandó a casa", "el médico no me atiende hasta mañana"),
        ("era un falso allarme, ora sto bene", "non sto bene"),
        ("foi há dez anos, já fui operado", "ainda não consigo"),
        ("byłam już w szpitalu, wszystko w porządku", "lekarz przyjmie mnie jutro"),
        ("hastaneye gittim, şimdi iyiyim", "hâlâ aynı"),
    ],
)
def test_other_languages_say_so_in_their_own_words(over: str, not_over: str, turn_of: TurnOf) -> None:
    """None of these is among the messages that the weights were fitted to."""
    assert turn_of(over) == "over"
    assert turn_of(not_over) != "over"


def test_what_is_asked_in_another_language_ends_nothing(turn_of: TurnOf) -> None:
    over = "Der Notarzt ist da und kümmert sich um ihn."
    assert turn_of(over) == turn_of(f"{over} Wie lange dauert eine Sitzung?") == "over"
    assert turn_of("Ist der Notarzt schon da und kümmert sich um ihn?") != "over"


def test_english_words_in_another_language_are_heard(turn_of: TurnOf) -> None:
    assert turn_of("Update: sind im Krankenhaus, der Doktor checkt ihn gerade, all good") == "over"
    assert turn_of("Sorry, der Doktor hat erst am Montag Zeit, still numb") != "over"


def test_shipped_weights_are_those_of_the_messages() -> None:
    """After a change of the messages: python -m qa.train.fit_ways_out."""
    with np.load(SHIPPED, allow_pickle=False) as kept:
        assert str(kept["made_of"]) == made_of()
    assert SHIPPED.stat().st_size < 60_000


@pytest.mark.parametrize(
    "said",
    [
        # Sent to get help, which is not to have had it; nobody there; well but for what the alarm is about.
        "the pharmacist told me to ring 999",
        "they told me on the phone to come in",
        "nurse on the phone said to go in",
        "dr says i have to be admitted",
        "the hospital was full so I came home",
        "waited 3 hrs in A&E then gave up",
        "im okay in myself",
        "I am fine otherwise",
        "der Arzt hat zu",
        "Arzt sagt ich soll in die Klinik",
        "le médecin a dit d'aller aux urgences",
        "le médecin est fermé",
        "el médico dice que vaya a urgencias",
        "il medico ha detto di andare al pronto soccorso",
        "o médico disse para ir ao hospital",
        "lekarz powiedział żebym jechał na SOR",
        "doktor acile gitmem gerek dedi",
    ],
)
def test_an_alarm_does_not_end_before_help_was_had(said: str, turn_of: TurnOf) -> None:
    assert turn_of(said) != "over"


def test_an_alarm_is_not_ended_by_another(flags: RedFlags, turn_of: TurnOf) -> None:
    told = "the physio looked and now her right hand dropped the pen and she can't speak properly"
    now = standing(flags.check, turn_of, [POISON], told)
    assert now.turn == "whole" and now.alarm is not None and now.alarm.category == "stroke"


def test_thanks_are_no_question(turn_of: TurnOf) -> None:
    for said in ("thx for the number", "thank you, going there now", "great, that helps, thanks a lot"):
        assert turn_of(said) == "thanks", said
    assert turn_of("thanks, I'll go tomorrow") == "whole"


def test_the_latest_alarm_stands(flags: RedFlags, turn_of: TurnOf) -> None:
    earlier = [POISON, "I've seen the doctor.", "My face is drooping."]
    now = standing(flags.check, turn_of, earlier, "ok")
    assert now.alarm is not None and now.alarm.category == "stroke"
    assert standing(flags.check, turn_of, [], "How long is a session?").alarm is None


def test_what_is_asked_with_the_news_is_answered() -> None:
    assert questions_in("I'm safe now, thank you. How long is a session?") == "How long is a session?"
    assert questions_in("It has been dealt with.") == ""


def _kinds(reply: Reply) -> list[str]:
    return [note.kind for note in reply.notes]


def test_replies_beside_an_alarm(assistant: Assistant) -> None:
    asked = ["numb between the thighs since yesterday"]
    assert isinstance(assistant.ask(asked[0]), Emergency)
    aside = assistant.ask("How does cold laser therapy work?", asked)
    assert isinstance(aside, Answer) and _kinds(aside)[-1] == "alarm"
    thanks = assistant.ask("thanks", asked)
    assert isinstance(thanks, Refusal) and _kinds(thanks) == ["smalltalk", "alarm"]
    assert isinstance(assistant.ask("it still is numb", asked), Emergency)
    over = assistant.ask("It has been dealt with.", asked)
    assert isinstance(over, Refusal) and _kinds(over) == ["smalltalk"]
    after = assistant.ask("How does cold laser therapy work?", [*asked, "It has been dealt with."])
    assert isinstance(after, Answer) and "alarm" not in _kinds(after)
