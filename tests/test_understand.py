"""A follow-up is searched for with the words of the turns before; nothing is shown that nobody typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from shares import Share

from index.search import PassageIndex
from qa.ask import Assistant
from qa.conversation.follow_up import goes_on_from, ways_of
from qa.conversation.spelling import Corrector
from qa.conversation.turns import asks_back, without_opening
from qa.conversation.typed_words import Change
from qa.conversation.understand import Understood, understand
from qa.question_text import asks, tokens_of, with_question_mark
from qa.types import Answer, Refusal
from qa.words import spoken_in

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
def test_what_is_meant_is_among_the_words_that_are_searched_for(
    row: dict,  # type: ignore[type-arg]
    understood: Understand,
) -> None:
    *earlier, question = row["turns"]
    found = understood(question, *earlier)
    if row["about_previous_answer"]:
        assert found.back == "sources"
        return
    words = set(found.ways[-1].lower().replace(",", " ").rstrip("?").split())
    unnamed = [name for name in row["names"] if not words & set(name.lower().split())]
    assert len(unnamed) < max(2, len(row["names"])), found.ways


def test_a_follow_up_is_searched_for_alone_and_with_the_words_before_it() -> None:
    asked = [
        "Does infrared help feet?",
        "is cold laser better",
        "on a bad lower back",
        "how many times a week",
    ]
    assert ways_of("and for the neck?", asked) == (
        "and for the neck?",
        "and for the neck, times week?",
        "and for the neck, cold laser better bad times week?",
    )
    assert ways_of("is laser safe for backs?", ["does laser help the back"])[1] == "is laser safe for backs?"
    short = ["Would an infrared pad help numb feet?", "could it burn", "does medicare pay", "and aetna"]
    assert ways_of("how often?", short)[2] == "how often, infrared pad numb feet burn medicare pay aetna?"
    assert ways_of("why?", ["how?"]) == ("why?",) * 3
    assert ways_of("what is LLLT?", []) == ("what is LLLT?",)


@pytest.mark.parametrize(
    ("turn", "added"),
    [
        ("and in the back?", "long laser relief last"),
        ("what about backs", "long laser relief last"),
        ("low back?", "long laser relief last"),
        ("or infrared", "long relief last necks"),
        ("better than for the back?", "long laser relief last necks"),
        ("that's for backs right", "long laser relief last necks"),
        ("does it help the back as well?", "long laser relief last necks"),
    ],
)
def test_what_a_turn_takes_the_place_of_is_not_searched_for_again(turn: str, added: str) -> None:
    _, with_the_last, _ = ways_of(turn, ["how long does laser relief last for necks"])
    assert with_the_last == f"{turn.rstrip('?')}, {added}?"


def test_a_follow_up_in_another_language_is_searched_for_with_its_words() -> None:
    with spoken_in("de"):
        assert ways_of("und beim Nacken?", ["Hilft der Laser gegen Rückenschmerzen?"])[1] == (
            "und beim Nacken, Hilft Laser Rückenschmerzen?"
        )


def test_what_a_follow_up_goes_on_from_is_the_last_turn_that_says_what_it_is_on() -> None:
    assert goes_on_from(["Does laser help backs?", "and necks", "why?"]) == "and necks"
    assert goes_on_from(["why?"]) == goes_on_from([]) == ""


@pytest.mark.parametrize(
    ("turns", "shown"),
    [
        (["is cold laser good for back pain", "and neck?"], "Is cold laser good for back pain? And neck?"),
        (
            [
                "Does laser prevent relapses of low back pain?",
                "thanks",
                "who says so?",
                "how big were those trials",
            ],
            "Does laser prevent relapses of low back pain? How big were those trials?",
        ),
    ],
)
def test_a_follow_up_is_shown_behind_what_it_goes_on_from(
    turns: list[str], shown: str, assistant: Assistant
) -> None:
    assert assistant.ask(turns[-1], turns[:-1]).understood_as == shown


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
        assert found.ways == ("is it raining?",), opening
    later = understood("and in winter?", "Does cold laser hurt?", "By the way, is it raining?")
    assert not any("laser" in way for way in later.ways)
    assert without_opening("thx. different question, what now") == ("what now", True)
    assert without_opening("explain to me like im 14, how does it work")[0] == "how does it work"
    assert without_opening("ok be honest is it a scam")[0] == "is it a scam"
    assert without_opening("tell me about the article like a table of facts")[0].startswith("tell me")


def test_first_turn_is_only_corrected(understood: Understand) -> None:
    found = understood("dus it help?")
    assert (found.ways, found.corrections) == (("does it help?",), (Change("dus", "does"),))
    assert found.shown(0) == "does it help?"
    assert understood("does it help?").shown(0) is None
    for typed in ("whats a sham laser", "why wouldnt he feel it", "does it help alot"):
        assert understood(typed).corrections and understood(typed).shown(0) is None, typed


def test_misspelt_turns_are_corrected_first(understood: Understand) -> None:
    found = understood("dus it hert?", "wat is cold lazer")
    assert found.ways[1] == "does it hurt, cold laser?"
    assert found.shown(1) == "What is cold laser? Does it hurt?"
    assert understood("since when", "Laser for a bad back").shown(1) == "Laser for a bad back. Since when"
    assert found.shown(0) == "does it hurt?"


def test_asks_back() -> None:
    for said in ("says who", "is that true?", "source?", "and who says so", "How do you know that?"):
        assert asks_back(said) == "sources", said
    for said in ("tell me more", "anything else?", "go on please"):
        assert asks_back(said) == "more", said
    for said in ("shorter", "make it shorter please", "in one sentence please", "too long", "a short answer"):
        assert asks_back(said) == "shorter", said
    for said in ("say that again", "a bit simpler", "put it more clearly", "in other terms"):
        assert asks_back(said) == "again", said
    for said in ("in simpler words please", "can you summarise that?"):
        assert asks_back(said) == "request", said
    of_its_own = ["does it hurt", "is it true that laser helps", "who wrote the article", "more sessions?"]
    for said in (*of_its_own, "where do you buy it?", "where does that hurt", "is a session too long"):
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
    once_more = assistant.ask("anything else?", [asked, "tell me more"])
    assert isinstance(once_more, Answer)
    assert not {c.start for c in once_more.citations} & {c.start for c in (*first.citations, *more.citations)}
    assert assistant.ask("say that again", [asked]).citations == first.citations


@pytest.mark.parametrize("said", ["Thanks! Tell me more.", "tell me mroe", "ok thanks, tell me more"])
def test_more_is_what_was_not_quoted_however_it_is_asked_for(said: str, assistant: Assistant) -> None:
    asked = "Does cold laser work for back pain?"
    first = assistant.ask(asked)
    more = assistant.ask(said, [asked])
    once_more = assistant.ask("Tell me more", [asked, said])
    quoted = [{(c.document, c.start) for c in reply.citations} for reply in (first, more, once_more)]
    assert all(quoted) and not quoted[0] & quoted[1] and not quoted[1] & quoted[2]


def test_a_turn_that_only_begins_something_new_adds_no_words(understood: Understand) -> None:
    assert understood("does it hurt?", "is cold laser safe", "different question").ways == ("does it hurt?",)


def test_thanks_before_a_question_are_taken_off(understood: Understand) -> None:
    assert without_opening("Ok thanks, who says so?") == ("who says so?", False)
    assert understood("ok thanks, who says so?", "does laser help").back == "sources"


def test_a_word_with_a_hyphen_is_no_courtesy(understood: Understand) -> None:
    for asked in ("Right-sided sciatica: does laser help?", "Well-known side effects?"):
        assert without_opening(asked) == (asked, False)
    assert without_opening("ok - and the neck?") == ("and the neck?", False)


def test_what_is_asked_of_the_reply_before_is_no_topic(understood: Understand) -> None:
    asked = "does cold laser work for back pain"
    plain = understood("and for the neck?", asked).ways
    for said in ("Can you summarise that?", "in plain words", "make it shorter", "tell me more"):
        assert understood("and for the neck?", asked, said).ways == plain


@pytest.mark.parametrize("said", ["another question please", "something else", "tell me more", "shorter"])
def test_what_asks_nothing_is_not_searched_for(said: str, assistant: Assistant) -> None:
    earlier = [] if said in ("tell me more", "shorter") else ["Does cold laser help neck pain?"]
    reply = assistant.ask(said, earlier)
    assert [note.kind for note in reply.notes] == ["smalltalk"]
    assert reply.notes[0].text.startswith("Ask me something about these documents")


def test_there_is_more_of_what_was_brought_on_request_and_an_end_of_it(assistant: Assistant) -> None:
    asked = "What is a placebo?"
    first, more = assistant.ask(asked), assistant.ask("tell me more", [asked])
    assert isinstance(first, Answer) and isinstance(more, Answer)
    assert not {each.start for each in first.citations} & {each.start for each in more.citations}
    end = assistant.ask("tell me more", [asked, *["more"] * 7])
    assert isinstance(end, Refusal)
    assert [note.text for note in end.notes] == ["The documents say no more on this."]


def test_what_a_refusal_quotes_has_a_source_too(assistant: Assistant) -> None:
    asked = "Can infrared therapy cure neuropathy in a week?"
    declined = assistant.ask(asked)
    assert isinstance(declined, Refusal) and declined.citations
    source = assistant.ask("who says that?", [asked])
    assert source.citations == declined.citations
    assert source.notes[0].kind == "sources"


def test_in_a_long_conversation_no_turn_is_read_again(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page sends the last 20 turns, so that with every further one the first of them changes."""
    turns = ["does laser help my back", *(f"and after {count} weeks?" for count in range(2, 26))]
    for at in range(len(turns) - 1):
        assistant.ask(turns[at], turns[max(0, at - 20) : at])
    understood: list[str] = []
    understand = assistant.finder.understand

    def counted(question: str, earlier: Sequence[str]) -> Understood:
        understood.append(question)
        return understand(question, earlier)

    monkeypatch.setattr(assistant.finder, "understand", counted)
    assistant.ask(turns[-1], turns[-21:-1])
    assert understood == [turns[-1]]


@pytest.mark.parametrize(
    ("turns", "never"),
    [
        (["I went to the hospital and it is dealt with", "Can I use it at home?"], "use dealt"),
        (["Est-ce que le laser froid aide contre le mal de dos?", "what is the weather today"], "laser"),
        (["Is infrared safe with doxycycline?", "will light therapy fry my skin"], "free my skin"),
    ],
)
def test_nothing_is_shown_that_nobody_would_ask(turns: list[str], never: str, assistant: Assistant) -> None:
    reply = assistant.ask(turns[-1], turns[:-1])
    assert never not in (reply.understood_as or "").lower()


def test_nothing_is_shown_that_was_not_typed(
    assistant: Assistant, understood: Understand, share: Share
) -> None:
    """Follow-ups of `dev`: what is shown ends with the turn as it was corrected, and begins with another."""
    shown = 0
    for row in share([row for row in ROWS if row["kind"] == "follow_up" and row["split"] == "dev"]):
        *earlier, question = row["turns"]
        reply = assistant.ask(question, earlier)
        of_sources = any(note.kind == "sources" for note in reply.notes)
        if reply.understood_as and not of_sources:
            shown += 1
            turns = [understood(turn).question for turn in row["turns"]]
            words = [token.plain for token in tokens_of(reply.understood_as)]
            typed = [[token.plain for token in tokens_of(turn)] for turn in turns]
            assert words in [before + typed[-1] for before in ([], *typed[:-1])], reply.understood_as
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


def test_what_asks() -> None:
    for said in ("does it hurt", "whats the danger", "and how long does it last", "Is it safe?"):
        assert asks(said), said
    for said in ("side effects", "had it checked", "don't worry", "why", "was at the hospital"):
        assert not asks(said), said
    assert with_question_mark("does it hurt") == "does it hurt?"
    assert with_question_mark("side effects") == "side effects"


def test_a_question_in_another_language_is_declined_in_it(assistant: Assistant) -> None:
    reply = assistant.ask("zahlt die krankenkasse die behandlung")
    assert isinstance(reply, Refusal)
    assert reply.understood_as is None
    assert "auf Englisch" in reply.notes[0].text
    assert reply.suggestions
