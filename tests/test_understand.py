"""What a follow-up may stand for is written down; new topics stand alone, and nonsense is not shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from shares import Share

from index.search import PassageIndex
from qa.ask import Assistant
from qa.conversation.asking_back import asks_back
from qa.conversation.follow_up import subject_of
from qa.conversation.openings import without_opening
from qa.conversation.spelling import Corrector
from qa.conversation.typed_words import Change
from qa.conversation.understand import Understood, understand
from qa.conversation.ways import Way
from qa.phrases import ROLES, asks, kind_of, noun_phrases, therapy_span, tokens_of, with_question_mark
from qa.types import Answer, Refusal

TESTS = Path(__file__).parent
CONVERSATIONS = [
    row
    for line in (TESTS / "data" / "conversations.jsonl").read_text("utf-8").splitlines()
    if (row := json.loads(line))["documents"] == "shipped"
]
ROWS = [
    json.loads(line) for line in (TESTS.parent / "seeds" / "questions.jsonl").read_text("utf-8").splitlines()
]

Understand = Callable[..., Understood]


@pytest.fixture(scope="module")
def corrector(shipped_index: PassageIndex) -> Corrector:
    return Corrector(shipped_index.vocabulary)


@pytest.fixture(scope="module")
def understood(corrector: Corrector) -> Understand:
    return lambda question, *earlier: understand(question, earlier, corrector)


@pytest.mark.parametrize("row", CONVERSATIONS, ids=[row["id"] for row in CONVERSATIONS])
def test_one_of_the_ways_names_what_is_meant(row: dict, understood: Understand) -> None:  # type: ignore[type-arg]
    *earlier, question = row["turns"]
    found = understood(question, *earlier)
    if row["about_previous_answer"]:
        assert found.back == "sources"
        return
    ways = [way.question.lower() for way in found.ways]
    unnamed = [name for name in row["names"] if not any(name.lower() in way for way in ways)]
    assert len(unnamed) < max(2, len(row["names"])), ways
    assert len(ways) <= 4


@pytest.mark.parametrize(
    ("turns", "written"),
    [
        (["What is cold laser therapy?", "does it hurt?"], "does cold laser therapy hurt?"),
        (["What is infrared therapy?", "do they work"], "does infrared therapy work"),
        (["What is infrared therapy?", "what are its benefits?"], "what are infrared therapy's benefits?"),
        (["Does cold laser help back pain?", "what does it cost"], "what does cold laser cost"),
        (["What is neuropathy?", "can infrared cure it?"], "can infrared cure neuropathy?"),
        (
            ["Does infrared therapy have side effects?", "and cold laser?"],
            "Does cold laser have side effects?",
        ),
        (["is cold laser good for back pain", "and for the neck?"], "is cold laser good for the neck?"),
        (["Can infrared cure neuropathy?", "over a scar?"], "Can infrared cure neuropathy over a scar?"),
        (["What does WHO say about laser?", "and nice"], "What does nice say about laser?"),
        (
            ["Does infrared help my feet?", "thanks", "who says so?", "and cold laser?"],
            "Does cold laser help my feet?",
        ),
    ],
)
def test_the_likeliest_way_is_written_out(turns: list[str], written: str, understood: Understand) -> None:
    assert understood(turns[-1], *turns[:-1]).ways[0] == Way(written)


@pytest.mark.parametrize(
    ("turns", "added"),
    [
        (["Does cold laser help back pain?", "side effects?"], "cold laser"),
        (["What did the home trial of infrared pads find?", "how many people were in it"], "home trial"),
        (["Can I use infrared pads on numb feet?", "how often?"], "infrared pads on numb feet"),
        (["Does cold laser help back pain?", "what are the risks?"], "cold laser"),
    ],
)
def test_what_cannot_be_written_out_is_searched_with_what_was_spoken_of(
    turns: list[str], added: str, understood: Understand
) -> None:
    unreadable = [way.question for way in understood(turns[-1], *turns[:-1]).ways if not way.readable]
    assert any(added in question for question in unreadable), unreadable


def test_of_a_story_only_names_that_tables_know_are_spoken_of_later(understood: Understand) -> None:
    story = "dad finished chemo in march, he was a tailor and is sad. would infrared help his feet"
    ways = [way.question for way in understood("how soon", story).ways]
    joined = [question for question in ways if question.startswith("how soon")]
    assert joined and all("infrared" in question and "tailor" not in question for question in joined), ways


def test_what_hurts_is_meant_sooner_than_what_no_table_knows(understood: Understand) -> None:
    first, *_ = understood("it is worse in the night", "the doctor says back pain is ordinary").ways
    assert first.question == "back pain is worse in the night"


def test_nothing_is_put_into_a_story(understood: Understand) -> None:
    ways = understood(
        "and my hands?", "Nurse here. Patients ask about their feet. would infrared help them"
    ).ways
    assert not any("my hands. " in way.question for way in ways), ways


@pytest.mark.parametrize(
    "question",
    [
        "What are the warning signs of cauda equina syndrome?",
        "How long does it take for cold laser to work?",
        "how long does it take to renew a passport",
        "What's the capital of Mongolia?",
        "who won the world cup in 2018",
        "cold laser frozen shoulder",
        "what is the weather today",
        "Do you know a good recipe for apple pie?",
        "How long do the goggles last before they need replacing?",
        "Write me a function that sorts a list",
    ],
)
def test_what_stands_alone_is_shown_as_it_was_typed(question: str, assistant: Assistant) -> None:
    reply = assistant.ask(question, ["Does cold laser help chronic back pain?"])
    assert reply.understood_as is None


def test_announced_change_of_topic_carries_nothing(understood: Understand) -> None:
    for opening in ("Never mind.", "Different question:", "ok, something else.", "By the way,"):
        found = understood(f"{opening} is it raining?", "Does cold laser hurt?")
        assert found.ways == (Way("is it raining?"),), opening
    assert without_opening("thx. different question, what now") == ("what now", True)
    assert without_opening("explain to me like im 14, how does it work")[0] == "how does it work"
    assert without_opening("ok be honest is it a scam")[0] == "is it a scam"
    assert without_opening("tell me about the article like a table of facts")[0].startswith("tell me")


def test_first_turn_is_only_corrected(understood: Understand) -> None:
    found = understood("dus it help?")
    assert (found.ways, found.corrections) == ((Way("does it help?"),), (Change("dus", "does"),))
    assert found.shown(found.ways[0]) == "does it help?"
    plain = understood("does it help?")
    assert plain.shown(plain.ways[0]) is None


def test_misspelt_follow_up_is_corrected_first(understood: Understand) -> None:
    found = understood("dus it hert?", "wat is cold lazer")
    assert found.ways[0] == Way("does cold laser hurt?")
    assert found.shown(found.ways[0]) == "Does cold laser hurt?"


def test_what_an_organisation_says_is_asked_of_another(assistant: Assistant) -> None:
    turns = ["What does NICE say about ultrasound for back pain?"]
    assert (
        assistant.ask("the WHO?", turns).understood_as
        == "What does the WHO say about ultrasound for back pain?"
    )


def test_a_preposition_puts_in_the_place_of_what_stands_behind_the_same(understood: Understand) -> None:
    asked = "Can cold laser be combined with other treatments?"
    assert understood("with my gabapentin", asked).ways[0] == Way(
        "Can cold laser be combined with my gabapentin?"
    )
    asked = "Did infrared regrow nerves in the mice?"
    assert understood("and in people", asked).ways[0].question == "Did infrared regrow nerves in people?"


def test_asks_back() -> None:
    for said in ("says who", "is that true?", "source?", "and who says so", "How do you know that?"):
        assert asks_back(said) == "sources", said
    for said in ("tell me more", "anything else?", "go on please"):
        assert asks_back(said) == "more", said
    assert asks_back("in simpler words please") == "again"
    for said in ("does it hurt", "is it true that laser helps", "who wrote the article", "more sessions?"):
        assert asks_back(said) is None, said


def test_replies_that_speak_of_the_reply_before(assistant: Assistant) -> None:
    asked = "Does infrared therapy have side effects?"
    first = assistant.ask(asked)
    source = assistant.ask("who says so?", [asked])
    assert source.citations == first.citations
    assert source.notes[0].kind == "sources"
    more = assistant.ask("tell me more", [asked])
    assert isinstance(more, Answer)
    assert {c.start for c in more.citations} - {c.start for c in first.citations}
    assert assistant.ask("say that again", [asked]).citations == first.citations


@pytest.mark.parametrize(
    ("turns", "never"),
    [
        (["My neuropathy pain is bad", "What does it cost?"], "my neuropathy"),
        (["I went to the hospital and it is dealt with", "Can I use it at home?"], "dealt"),
        (["Does infrared need many sessions?", "What are the side effects?"], "many sessions"),
        (["Est-ce que le laser froid aide contre le mal de dos?", "what is the weather today"], "laser"),
        (["What is LLLT short for?", "does it hurt"], "short"),
        (["What did the mouse study find", "how many of them were there"], "how many of mouse"),
        (["Does my back pain need a doctor?", "worse at night"], "need worse"),
        (["Who can I call in the UK if I feel suicidal?", "and in america its for my cousin"], "uk's"),
        (["Does NICE recommend TENS for back pain?", "ultrasound also no?"], "recommend ultrasound"),
        (["What is an adverse event?", "any in the big back trial?"], "what is the big"),
        (["What does the article say?", "does it give any evidence", "but is it true"], "evidence, "),
        (["Is red light safe while breastfeeding?", "ok leave it. for me tho, a sore neck"], "leave red"),
        (
            ["infrared did my feet good, 6 weeks of it", "can i carry on anyway it's not doing harm"],
            "infrared is",
        ),
        (["Is infrared safe with doxycycline?", "will light therapy fry my skin"], "free my skin"),
        (
            ["does medicare pay for infrared", "and blue cross", "so what would i be out of pocket"],
            "out of pocket",
        ),
        (["How does light therapy work?", "hmm that's more than i thought. any catch"], "hmm light"),
    ],
)
def test_nothing_is_shown_that_nobody_would_ask(turns: list[str], never: str, assistant: Assistant) -> None:
    reply = assistant.ask(turns[-1], turns[:-1])
    assert never not in (reply.understood_as or "").lower()


def test_every_shown_rewriting_is_made_of_what_was_said(assistant: Assistant, share: Share) -> None:
    """Follow-ups of `dev`: each word that is shown was typed in one of the turns, or agrees with it."""
    shown = 0
    for row in share([row for row in ROWS if row["kind"] == "follow_up" and row["split"] == "dev"]):
        *earlier, question = row["turns"]
        reply = assistant.ask(question, earlier)
        of_sources = any(note.kind == "sources" for note in reply.notes)
        if reply.understood_as and not of_sources:
            shown += 1
            typed = {token.plain for turn in row["turns"] for token in tokens_of(turn)}
            words = {token.plain.removesuffix("'s") for token in tokens_of(reply.understood_as)}
            assert words - typed <= {"does", "is", "was", "has"}, (row["turns"], reply.understood_as)
    assert shown


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "?", "it", "and", "what about", "the other one", "both", "how many of them", "((",
        "that that",
        "is it it is", "他说什么", "which one", "each one", "'s", "…", "a" * 3000, "of of", "\n\n",
    ],
)  # fmt: skip
def test_odd_turns_raise_nothing(said: str, understood: Understand) -> None:
    for earlier in ([], ["Does cold laser help?"], ["hi"], ["the"], ["it"], ["who says so?"], [said, said]):
        found = understood(said, *earlier)
        assert found.ways or found.is_small_talk


def test_a_subject_keeps_what_the_next_turn_does_not_replace(corrector: Corrector[[str], bool]) -> None:
    subject = subject_of(["Does cold laser help back pain?", "and for the neck?"], corrector.knows)
    assert [phrase.text for phrase in subject.phrases] == ["cold laser", "the neck"]
    assert subject.question == "Does cold laser help the neck?"
    anew = subject_of(["Does cold laser help back pain?", "What is infrared therapy?"], corrector.knows)
    assert [phrase.text for phrase in anew.phrases] == ["infrared therapy"]


def test_what_asks() -> None:
    for said in ("does it hurt", "whats the danger", "and how long does it last", "Is it safe?"):
        assert asks(said), said
    for said in ("side effects", "had it checked", "don't worry", "why", "was at the hospital"):
        assert not asks(said), said
    assert with_question_mark("does it hurt") == "does it hurt?"
    assert with_question_mark("side effects") == "side effects"


def test_kinds_of_phrases() -> None:
    roles = {
        "cold laser": "therapy", "my knee": "condition", "children": "circumstance", "the price": "aspect",
        "NICE": "body", "myelin": "",
    }  # fmt: skip
    assert {text: ROLES.get(kind_of(text), "") for text in roles} == roles
    text = "a cold laser session"
    start, end = therapy_span(text) or (0, 0)
    assert text[start:end] == "cold laser"
    assert [phrase.text for phrase in noun_phrases(text, tokens_of(text))] == [text]


def test_a_question_in_another_language_is_declined_in_it(assistant: Assistant) -> None:
    reply = assistant.ask("zahlt die krankenkasse die behandlung")
    assert isinstance(reply, Refusal)
    assert reply.understood_as is None
    assert "auf Englisch" in reply.notes[0].text
    assert reply.suggestions
