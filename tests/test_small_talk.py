"""Small talk gets a short reply; whatever may be a question for the documents does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.conversation.small_talk import small_talk

TITLES = ["Infrared therapy", "Cold laser therapy"]
INVITATION = "Ask me something about these documents: “Infrared therapy” and “Cold laser therapy”."
NOTHING = f"There is nothing here to look for. {INVITATION}"
MASHED = f"That does not look like a question. {INVITATION}"


def said_to(question: str, titles: list[str]) -> str:
    return " ".join(map(str, small_talk(question, titles)))


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("hi", "Hello."),
        ("Hello there!", "Hello."),
        ("Good morning", "Hello."),
        ("Hi, how are you?", "Thank you for asking"),
        ("Thanks for your help!", "You are welcome."),
        ("ok thanks", "You are welcome."),
        ("Thanks. Bye!", "You are welcome."),
        ("good night", "Goodbye"),
        ("What can you do?", "I answer from the documents that I was given"),
        ("how can you help me", "I answer from the documents that I was given"),
        ("Who are you?", "I am lightqa, a computer program. I am no doctor"),
        ("are you a doctor?", "I am lightqa"),
        ("Are you an AI or a real person?", "I am lightqa"),
        ("How do you work?", "I compare your question"),
        ("do you make things up?", "I compare your question"),
        ("is this private?", "What you type is looked up on the machine that lightqa runs on"),
        ("great answer", "Thank you."),
        ("you're useless", "I am sorry that this was no help."),
        ("Stupid bot!!", "I am sorry that this was no help."),
        ("help", "If someone is in danger, call your local emergency number now."),
        ("fed up. just fed up. tell me something that works", "I am sorry. Pain that does not let up"),
        ("I'm at the end of my tether with this pain", "I am sorry. Pain that does not let up"),
        ("nothing works any more, I am desperate", "I am sorry. Pain that does not let up"),
        ("could you explain it simply please", "I can only quote the documents"),
        ("do you sell the machines?", "I sell nothing"),
        ("lol", "Ask me something"),
        ("", NOTHING),
        ("  \n", NOTHING),
        ("?!", NOTHING),
        ("👍", NOTHING),
        ("12345", NOTHING),
        ("asdf", MASHED),
        ("asdfgh jkl", MASHED),
        ("hjkhjkhjk", MASHED),
        ("aaaaaaa", MASHED),
    ],
)
def test_gets_a_reply(said: str, begins: str) -> None:
    assert said_to(said, TITLES).startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "Hi, does infrared help?",
        "Good morning, is cold laser safe",
        "thanks, and does it hurt?",
        "help with back pain",
        "I need help with my neuropathy",
        "how does it work",  # "it" is the therapy that was spoken of
        "what is it?",
        "what is it good for",
        "is it useless?",
        "is it true?",
        "are you sure?",
        "who says so",
        "tell me more",
        "why",
        "LLLT",
        "TENS",
        "NSAIDs",
        "xylocaine",
        "property",  # four keys side by side, and a word
        "10.1007/s10072-021-05478-7",
        "I want to die",
        "nothing helps",
    ],
)
def test_leaves_questions_alone(question: str) -> None:
    assert small_talk(question, TITLES) == ()


def test_no_development_question_is_small_talk() -> None:
    taken = []
    for line in (Path(__file__).parent.parent / "seeds" / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == "dev":
            taken += [said for said in row.get("turns") or [row["question"]] if small_talk(said, TITLES)]
    assert taken == []


def test_names_at_most_four_titles() -> None:
    assert said_to("hi", ["A"]) == "Hello. Ask me something about these documents: “A”."
    assert said_to("hi", ["A", "B", "C"]) == (
        "Hello. Ask me something about these documents: “A”, “B” and “C”."
    )
    assert said_to("hi", list("ABCDEF")) == (
        "Hello. Ask me something about these documents: “A”, “B”, “C”, “D” and 2 more."
    )
    assert said_to("hi", []) == "Hello. Ask me something about your documents."


@pytest.mark.parametrize("typed", ["胸口很痛喘不过气", "лазеротерапия эффективна", "лечит лазер?"])
def test_what_is_written_with_other_letters_is_no_mash(typed: str) -> None:
    assert small_talk(typed, TITLES) == ()
