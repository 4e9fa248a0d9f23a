"""What was read for a reply, told in words."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from qa.types import Answer, Note, Refusal
from ui import nearest

if TYPE_CHECKING:
    from index.search import PassageIndex
    from qa.ask import Assistant


@pytest.mark.parametrize(
    ("similarity", "words"),
    [
        (0.9, "very near"),
        (0.65, "very near"),
        (0.64, "near"),
        (0.5, "near"),
        (0.35, "not far off"),
        (-1, "far off"),
    ],
)
def test_how_near_in_meaning(similarity: float, words: str) -> None:
    assert nearest.nearness(similarity) == words


@pytest.mark.parametrize(
    ("held", "missing", "told"),
    [
        ([], ["laser"], "none"),
        ([], [], "none"),
        (["laser"], [], "all"),
        (["laser"], ["pain"], "one (laser)"),
        (["laser", "pain"], ["cold", "neck"], "some (laser, pain)"),
        (["laser", "pain"], ["cold"], "all but cold"),
        (["laser", "pain", "back"], ["cold", "neck"], "all but cold, neck"),
    ],
)
def test_how_near_in_words(held: list[str], missing: list[str], told: str) -> None:
    assert nearest.share(held, missing) == told


def test_what_was_read_for_an_answer_names_its_quotes(
    assistant: Assistant, shipped_index: PassageIndex
) -> None:
    reply = assistant.ask("How long does a cold laser session last?")
    assert isinstance(reply, Answer)
    shown = nearest.html(reply, shipped_index)
    words = unescape(re.sub(r"<[^>]+>", "", shown))
    assert words.startswith("Words looked for: “long”, “cold”, “laser”, “session”, “last”.")
    assert shown.count("<li>") == 8
    best = shown.partition("<li>")[2].partition("</li>")[0]
    assert "Cold laser therapy for back pain · What happens in a session" in best
    assert 'data-citation="1"' in best
    # How near is said once of all that are as near.
    assert re.findall(r'<p class="near">([^<]*):</p>', shown)[0].startswith("Very near in meaning")
    assert len(set(re.findall(r'class="near">([^,:<]*)', shown))) == shown.count('class="near"')
    assert not re.search(r"\d\.\d", words)  # no score


@pytest.mark.parametrize(
    "question", ["Is red light therapy safe in pregnancy?", "compare red light and cold laser"]
)
def test_passages_that_are_as_near_stand_below_one_heading_from_the_nearest_on(
    question: str, shipped_index: PassageIndex
) -> None:
    """What ranks them is more than nearness."""
    shown = nearest.html(Refusal(question=question), shipped_index)
    told = re.findall(r'class="near">(.*?) in meaning', shown)
    assert told == [each for each in ("Very near", "Near", "Not far off", "Far off") if each in told]
    assert len(told) > 1 and shown.count("<li>") == 8


def test_what_was_read_for_a_question_off_the_subject_is_far_off(shipped_index: PassageIndex) -> None:
    shown = nearest.html(Refusal(question="Which <b>mountain</b> is the highest?"), shipped_index)
    assert "“mountain”, “highest”" in shown
    assert shown.count("Far off in meaning, with none of your words:") == 1
    assert shown.count("<li>") == 8


def test_a_corrected_question_is_looked_for_as_corrected(shipped_index: PassageIndex) -> None:
    reply = Refusal(question="nuropathy?", understood_as="neuropathy?")
    assert "“neuropathy”</span>.</p>" in nearest.html(reply, shipped_index)


def test_a_question_about_the_sources_before_looks_for_nothing(shipped_index: PassageIndex) -> None:
    reply = Refusal(question="Who says so?", notes=(Note("sources", "[1] stands in “Zinc”."),))
    assert nearest.html(reply, shipped_index).startswith("<p>Nothing new was looked for")
