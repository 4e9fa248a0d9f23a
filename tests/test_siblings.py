"""What is told of one thing of a kind answers no question on another that no document names."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build
from index.search import PassageIndex
from index.types import Document, Passage, Sentence
from qa.ask import Assistant
from qa.evidence.missing import another_of_its_kind
from qa.evidence.support import Candidate
from qa.types import Answer, Refusal

VOCABULARY = {"oak": 1, "elm": 1, "room": 4, "hire": 1, "costs": 1}


def candidate(words: str, section: str = "", title: str = "Hire") -> Candidate:
    sentence = Sentence(0, len(words), words)
    passage = Passage(0, "a.md", title, "note", section, None, 0, len(words), words, (sentence,))
    return Candidate(passage, sentence, 0)


@pytest.mark.parametrize(
    ("question", "section", "another"),
    [
        ("What does the Birch Room cost?", "Oak Room", "Birch Room"),
        ("What does the Elm Room cost?", "Oak Room", ""),  # which of two is for the scores to say
        ("What does the Birch Room cost?", "The Room", ""),
        ("What does the Birch Room cost?", "Prices", ""),
        ("Does my friend Vera room with me?", "Prices", ""),
        ("Birch Room?", "Oak Room", ""),  # a capital at the begin tells nothing
        ("what does the birch room cost", "Oak Room", ""),
    ],
)
def test_another_thing_of_its_kind(question: str, section: str, another: str) -> None:
    assert another_of_its_kind(question, candidate("The hire costs 16.", section), VOCABULARY) == another


def test_what_a_title_names_is_known() -> None:
    told = candidate("The hire costs 16.", "Oak Room", "The Birch Room and the Oak Room")
    assert another_of_its_kind("What does the Birch Room cost?", told, VOCABULARY) == ""


def test_the_price_of_one_room_is_not_told_for_another(index_folder: Path) -> None:
    rooms = "".join(
        f"## {name} Room\n\nThe room seats {seats} people.\n\nThe hire costs {price} pounds an hour.\n\n"
        for name, seats, price in (("Oak", 40, 16), ("Elm", 24, 11), ("Ash", 65, 21))
    )
    build([Document("rooms.md", "Rooms of the village hall", rooms)], index_folder, pack="none")
    assistant = Assistant(PassageIndex.open(index_folder))
    elm = assistant.ask("What does the hire of the Elm Room cost an hour?")
    assert isinstance(elm, Answer) and "11 pounds" in elm.sentences[0].text
    birch = assistant.ask("What does the hire of the Birch Room cost an hour?")
    assert isinstance(birch, Refusal) and "Birch Room" in birch.notes[0].text
