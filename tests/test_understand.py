"""Follow-ups are written out as questions of their own, and nothing is dragged into a new topic."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from qa.conversation.antecedents import turn_of
from qa.conversation.grammar import parse
from qa.conversation.phrases import noun_phrases, role_of, therapy_span, tokens_of
from qa.conversation.phrasing import statement
from qa.conversation.spelling import Corrector
from qa.conversation.topics import Topics
from qa.conversation.typed import Change
from qa.conversation.understand import Understood, understand

TESTS = Path(__file__).parent
CONVERSATIONS = [
    json.loads(line) for line in (TESTS / "data" / "conversations.jsonl").read_text("utf-8").splitlines()
]

Understand = Callable[..., Understood]


@pytest.fixture(scope="session")
def raw_index(shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    """The raw articles that lie beside the project, where they do."""
    folder = TESTS.parent.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("needs the raw articles in ../shared/seeds, which are not part of the project")
    yield _index_of([str(folder)], shipped_index_folder, tmp_path_factory.mktemp("raw") / "index")


@pytest.fixture(scope="session")
def other_index(
    shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PassageIndex]:
    """Three leaflets on other subjects."""
    leaflets = [str(TESTS / "data" / "leaflets")]
    yield _index_of(leaflets, shipped_index_folder, tmp_path_factory.mktemp("other") / "index")


def _index_of(paths: list[str], shipped: Path, folder: Path) -> PassageIndex:
    """An index with the encoder that the shipped one has converted already."""
    import shutil

    shutil.copytree(shipped, folder)
    documents, errors = load_paths(paths)
    assert errors == []
    build(documents, folder)
    return PassageIndex.open(folder)


@pytest.fixture(scope="session")
def understand_shipped(shipped_index: PassageIndex) -> Understand:
    return _understand_in(shipped_index)


def _understand_in(index: PassageIndex) -> Understand:
    corrector, topics = Corrector(index.vocabulary), Topics(index)
    return lambda question, *earlier: understand(question, earlier, corrector, topics)


@pytest.mark.parametrize("row", CONVERSATIONS, ids=[row["id"] for row in CONVERSATIONS])
def test_conversations(row: dict, request: pytest.FixtureRequest) -> None:  # type: ignore[type-arg]
    """The last turn names what it is about, leaves what it is not about, and knows when it asks back."""
    index = request.getfixturevalue(f"{row['documents']}_index")
    *earlier, question = row["turns"]
    understood = _understand_in(index)(question, *earlier)
    written = understood.question.lower()
    assert [name for name in row["names"] if name.lower() not in written] == [], understood.question
    assert [name for name in row["leaves"] if name.lower() in written] == [], understood.question
    assert understood.about_previous_answer is row["about_previous_answer"]


@pytest.mark.parametrize(
    ("turns", "written"),
    [
        # pronouns
        (["What is cold laser therapy?", "does it hurt?"], "Does cold laser therapy hurt?"),
        (["Do infrared pads help?", "is it safe"], "Are infrared pads safe?"),
        (["What is infrared therapy?", "do they work"], "Does infrared therapy work?"),
        (["What is infrared therapy?", "what are its benefits?"], "What are infrared therapy's benefits?"),
        (
            ["Does low-level laser help chronic neck pain?", "And how long does it last?"],
            "How long does low-level laser for chronic neck pain last?",
        ),
        (["Does cold laser help back pain?", "what does it cost"], "What does cold laser cost?"),
        (["What is neuropathy?", "can infrared cure it?"], "Can infrared cure neuropathy?"),
        (
            ["Does infrared help neuropathy?", "I have it in my hands"],
            "I have neuropathy in my hands",
        ),
        (
            ["What did the home trial of infrared pads find?", "how many people were in it"],
            "How many people were in the home trial of infrared pads?",
        ),
        (
            ["Did the mice in the infrared study have less pain?", "How many of them were there?"],
            "How many mice in the infrared study were there?",
        ),
        (["my wife has a pacemaker", "can she use cold laser?"], "Can my wife use cold laser?"),
        (["my wife has a pacemaker", "can he use cold laser?"], "can he use cold laser?"),
        (["What is infrared therapy?", "who makes the devices?"], "Who makes the infrared therapy devices?"),
        # what was left out
        (
            ["Does infrared therapy have side effects?", "and cold laser?"],
            "Does cold laser have side effects?",
        ),
        (
            ["Do compression stockings help?", "and a TENS machine?"],
            "Does a TENS machine help?",
        ),
        (["is cold laser good for back pain", "and for the neck?"], "Is cold laser good for the neck?"),
        (["Can infrared cure neuropathy?", "over a scar?"], "Can infrared cure neuropathy over a scar?"),
        (["Who should not have low-level laser?", "children?"], "Should children not have low-level laser?"),
        (["Which laser classes are dangerous?", "What about class 1?"], "Is class 1 dangerous?"),
        (
            ["How long does a cold laser session take?", "and the other therapy?"],
            "How long does an infrared therapy session take?",
        ),
        (["Does cold laser help?", "any risks?"], "Any risks of cold laser?"),
        (["Does cold laser help?", "what are the risks?"], "What are the risks of cold laser?"),
        (["Can infrared cure neuropathy?", "which wavelengths?"], "Which wavelengths (infrared)?"),
        (
            ["Does infrared help neuropathy?", "is cold laser any better"],
            "Is cold laser any better (for neuropathy)?",
        ),
        (
            ["Does infrared help?", "is physio better?", "can i do both"],
            "Can physio be combined with other treatments such as infrared?",
        ),
        # question words alone
        (["Can I use infrared at home?", "how often?"], "How often can I use infrared at home?"),
        (["Does Medicare cover infrared?", "why not?"], "Why does Medicare not cover infrared?"),
        (["Who should not have laser?", "why?"], "Why should they not have laser?"),
        # about the reply before
        (
            ["Does cold laser release endorphins?", "who says so?"],
            "Who says that cold laser releases endorphins?",
        ),
        (["Can infrared regrow nerves?", "is that true?"], "Is it true that infrared can regrow nerves?"),
        (["How deep does infrared go?", "source?"], "What is the source for: how deep does infrared go?"),
        (
            ["Is cold laser risk-free?", "Why do they say that?"],
            "Why do they say that cold laser is risk-free?",
        ),
        (
            ["Is cold laser FDA approved?", "what does that mean?"],
            "What does that mean: is cold laser FDA approved?",
        ),
        # over several turns
        (
            ["Does infrared help my feet?", "thanks", "who says so?", "and cold laser?"],
            "Does cold laser help my feet?",
        ),
    ],
)
def test_written_out(turns: list[str], written: str, understand_shipped: Understand) -> None:
    assert understand_shipped(turns[-1], *turns[:-1]).question == written


@pytest.mark.parametrize(
    "question",
    [
        "What are the warning signs of cauda equina syndrome?",
        "Is it true that cold laser raises collagen?",  # "it" stands for nothing
        "How long does it take for cold laser to work?",
        "how long does it take to renew a passport",
        "What is myelin?",
        "What's the capital of Mongolia?",
        "who won the world cup in 2018",
        "cold laser frozen shoulder",
        "If the beam is infrared, won't I just blink if it hits my eye?",
        "My upper back hurts and there's a tightness across my chest, is that just muscular?",
        "It's probably the chemo, but my back hurts differently since last week.",
        "My son hits me when I can't get up, he did it again tonight",
        "How long do the goggles last before they need replacing?",
        "Write me a function that sorts a list",
    ],
)
def test_a_new_topic_stays_alone(question: str, understand_shipped: Understand) -> None:
    understood = understand_shipped(question, "Does cold laser help chronic back pain?")
    assert understood == Understood(question, previous="Does cold laser help chronic back pain?")


def test_near_miss_at_the_second_turn_stands_alone(understand_shipped: Understand) -> None:
    understood = understand_shipped("does it do that for hips too?", "Does infrared therapy ease nerve pain?")
    assert understood.question == "Does infrared therapy do that for hips too?"


def test_announced_change_of_topic_carries_nothing(understand_shipped: Understand) -> None:
    for opening in ("Never mind.", "Different question:", "ok, something else.", "By the way,"):
        understood = understand_shipped(f"{opening} is it raining?", "Does cold laser hurt?")
        assert (understood.question, understood.changed) == ("Is it raining?", False), opening


def test_first_turn_is_only_corrected(understand_shipped: Understand) -> None:
    assert understand_shipped("dus it help?") == Understood(
        "does it help?", changed=True, corrections=(Change("dus", "does"),)
    )
    assert understand_shipped("does it help?") == Understood("does it help?")


def test_asks_back_and_more(understand_shipped: Understand) -> None:
    asked = "Does infrared therapy have side effects?"
    says = understand_shipped("says who", asked)
    assert (says.about_previous_answer, says.more, says.previous) == (True, False, asked)
    more = understand_shipped("tell me more", asked)
    assert (more.about_previous_answer, more.more, more.previous) == (False, True, asked)
    assert more.question == "Tell me more about infrared therapy"
    # Quotes cannot be put more simply: the same question is answered again.
    simpler = understand_shipped("in simpler words please", asked)
    assert (simpler.question, simpler.more, simpler.previous) == (asked, False, asked)


@pytest.mark.parametrize(
    ("earlier", "question", "meant"),
    [
        (["Does infrared go deep?"], "how deep in mm", "How deep in mm does infrared go deep?"),
        (
            ["How long is a laser session?"],
            "how much in pounds",
            "How much does a laser session cost in pounds?",
        ),
        (["so infrared widens blood vessels"], "how?", "How: infrared widens blood vessels?"),
        (
            ["How does laser ease pain?"],
            "does infrared do that the same way",
            "Does infrared ease pain the same way?",
        ),
        (
            ["I have to take tablets for my back"],
            "would laser mean fewer?",
            "Would laser mean fewer tablets?",
        ),
        (
            ["my gran wants the laser for her back"],
            "should she see someone first",
            "Should my gran see someone before the laser?",
        ),
        (["Doesn't laser burn?"], "and with a pacemaker", "Is laser safe with a pacemaker?"),
        (
            ["Sciatic neuropathy, does infrared help?"],
            "where does it hurt with that",
            "Where does it hurt with Sciatic neuropathy?",
        ),
        (
            ["My feet tingle and burn."],
            "what's that called",
            "What is it called when my feet tingle and burn?",
        ),
        (
            ["infrared makes nerves grow back, right?", "but the mice nerves shrank"],
            "so which is it?",
            "Infrared makes nerves grow back, right, or the mice nerves shrank?",
        ),
        (
            ["what is nitric oxide for in infrared"],
            "can i just take it as a pill",
            "Can i just take nitric oxide as a pill?",
        ),
    ],
)
def test_writes_out_what_is_left_out(
    understand_shipped: Understand, earlier: list[str], question: str, meant: str
) -> None:
    assert understand_shipped(question, *earlier).question == meant


def test_small_talk_is_left_to_small_talk(understand_shipped: Understand) -> None:
    asked = "Does cold laser hurt?"
    for said in ("ok thanks", "how are you?", "asdf", "?"):
        assert understand_shipped(said, asked) == Understood(said, previous=asked, is_small_talk=True)


def test_misspelt_follow_up_is_corrected_first(understand_shipped: Understand) -> None:
    understood = understand_shipped("dus it hert?", "wat is cold lazer")
    assert (understood.question, understood.previous) == ("Does cold laser hurt?", "what is cold laser")


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "?",
        "it",
        "and",
        "what about",
        "the other one",
        "both",
        "how many of them",
        "((",
        "that that",
        "is it it is",
        "他说什么",
        "which one",
        "each one",
        "'s",
        "…",
        "a" * 3000,
        "of of",
        "\n\n",
    ],
)
def test_odd_turns_raise_nothing(said: str, understand_shipped: Understand) -> None:
    for earlier in ([], ["Does cold laser help?"], ["hi"], ["the"], ["it"], ["who says so?"], [said, said]):
        assert isinstance(understand_shipped(said, *earlier), Understood)


def test_subjects_of_an_index(shipped_index: PassageIndex, other_index: PassageIndex) -> None:
    topics = Topics(shipped_index)
    assert topics.other_than(["cold laser"]) == "infrared therapy"
    assert topics.other_than(["infrared therapy"]) == "cold laser therapy"
    text = "a sourdough starter, the apple"
    starter, apple = noun_phrases(text, tokens_of(text))
    assert Topics(other_index).is_subject(starter)
    assert not Topics(other_index).is_subject(apple)


def test_build_of_a_question() -> None:
    clause = parse("What did the home trial of infrared pads in diabetic neuropathy find?")
    assert (clause.build, clause.wh, clause.auxiliary, clause.rest) == ("wh", "What", "did", "find")
    assert clause.subject is not None
    assert clause.subject.text == "the home trial of infrared pads in diabetic neuropathy"
    assert clause.subject.is_trial
    assert [phrase.text for phrase in clause.phrases] == [
        "the home trial", "infrared pads", "diabetic neuropathy",
    ]  # fmt: skip
    assert parse("Who should not have laser?").build == "who"
    assert parse("Is it safe?").said_of == "it"
    assert parse("cold laser for the neck").build == "fragment"
    assert parse("I have numb feet").build == "statement"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Does cold laser release endorphins?", "cold laser releases endorphins"),
        ("Does it have risks?", "it has risks"),
        ("Do trials agree?", "trials agree"),
        ("Can I use it at home?", "I can use it at home"),
        ("Is nerve regeneration by laser proven?", "nerve regeneration by laser is proven"),
        ("Is there proof that laser helps?", "there is proof that laser helps"),
    ],
)
def test_statement(question: str, said: str) -> None:
    assert statement(parse(question)) == said


def test_kinds_of_phrases() -> None:
    roles = {
        "cold laser": "therapy", "my knee": "condition", "children": "circumstance", "the price": "aspect",
        "NICE": "body", "myelin": "",
    }  # fmt: skip
    assert {text: role_of(text) for text in roles} == roles
    text = "a cold laser session"
    start, end = therapy_span(text) or (0, 0)
    assert text[start:end] == "cold laser"
    assert turn_of("Thanks!") is None
