"""An alarm stands until it is said to be over; what is asked meanwhile is answered beside one line of it."""

from __future__ import annotations

import pytest

from qa.ask import Assistant
from qa.conversation.small_talk import is_small_talk
from qa.health.safety.red_flags import RedFlags
from qa.health.safety.standing import questions_in, standing, turn_of
from qa.types import Answer, Emergency, Refusal, Reply

POISON = "I took 20 paracetamol."


@pytest.fixture(scope="module")
def flags(encoder: object) -> RedFlags:
    return RedFlags(encoder)  # type: ignore[arg-type]


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
    "I went to the hospital and it is dealt with",
    "It has been dealt with.",
    "paramedics are with him now",
    "sorry, I was only quoting a film",
    "that was years ago, I had the operation",
    "been given the all clear",
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
]
ASIDE = [
    "Thanks. What does infrared do?",
    "How long is a laser session?",
    "ok",
    "laser for neck pain",
    "what's the weather like tomorrow",
]


@pytest.mark.parametrize("said", OVER)
def test_an_alarm_ends_when_it_is_said_to_be_dealt_with(said: str, flags: RedFlags) -> None:
    now = standing(flags.check, is_small_talk, [POISON], said)
    assert now.alarm is not None and now.turn == "over"
    assert standing(flags.check, is_small_talk, [POISON, said], "How long is a session?").alarm is None


@pytest.mark.parametrize("said", NOT_OVER)
def test_an_alarm_is_told_whole_again_while_it_goes_on(said: str, flags: RedFlags) -> None:
    now = standing(flags.check, is_small_talk, [POISON], said)
    assert now.alarm is not None and now.turn == "whole"


@pytest.mark.parametrize("said", ASIDE)
def test_what_is_asked_beside_an_alarm_folds_it(said: str, flags: RedFlags) -> None:
    now = standing(flags.check, is_small_talk, [POISON], said)
    assert now.alarm is not None and now.turn == "aside"
    assert now.calm == ()


def test_thanks_are_no_question() -> None:
    for said in ("thx for the number", "thank you, going there now", "great, that helps, thanks a lot"):
        assert turn_of(said, is_small_talk) == "thanks", said
    assert turn_of("thanks, I'll go tomorrow", is_small_talk) == "whole"


def test_the_latest_alarm_stands(flags: RedFlags) -> None:
    earlier = [POISON, "I've seen the doctor.", "My face is drooping."]
    now = standing(flags.check, is_small_talk, earlier, "ok")
    assert now.alarm is not None and now.alarm.category == "stroke"
    assert standing(flags.check, is_small_talk, [], "How long is a session?").alarm is None


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
