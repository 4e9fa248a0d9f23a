"""What a turn says to an alarm that stands: that it is over, thanks, something else, or that it goes on.

In English it is judged by the likeness of what is told to the examples of way_out_examples.toml; a "not" or a
"still" (way_out.toml) asks for more of it. The encoder knows English alone: in other languages words and runs
of letters are weighed, as those of an alarm are, by one row of weights for all, since neighbours share many;
`python -m qa.train.fit_ways_out` writes way_out.npz.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np

from qa.health.safety.likeness import Likeness, SentenceEncoder
from qa.health.safety.triage import spoken
from qa.health.safety.weighed import Weights, from_steps, in_steps, worded
from qa.question_text import asks, sentences
from qa.tables import table, table_of_patterns

Turn = Literal["over", "thanks", "aside", "whole"]
"""What a turn does to an alarm that stands: ends it, takes note of it, folds it beside another question, or
has it told whole again."""

KINDS = ("over", "goes_on", "thanks")
"""Of the examples."""

LIKE_OVER, SURELY_OVER = 0.1, 1.2
"""By how much the votes for "over" have to outweigh those for "goes on", without and with a "still"."""

SHIPPED = Path(__file__).with_name("way_out.npz")
WEIGHS_OVER = 1.5
"""Log-odds from which an alarm is over in another language. Of 976 messages that say so, left out of the
fitting, 0.62 weigh more, and of 895 that do not 0.04: one that stands too long does less harm."""

_LEAD_IN = re.compile(r"(?:(?:ok|okay|and|so|but|right|well)\b[\s,]*)+", re.IGNORECASE)
_OF_ONESELF = re.compile(
    r"\b(?:i|im|ive|id|me|my|he|hes|him|she|shes|her|we|us|our|it|its|still|now|worse|yet|not|no|ill|nothing|"
    r"nobody|ambulance|doctor|hospital|surgery|closed|shut)\b"
)


class WayOut:
    """The ways out of an alarm.

    Args:
        encoder: For likeness.
    """

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder

    def turn_of(self, text: str, chats: Callable[[str], bool], language: Callable[[str], str]) -> Turn:
        """What is said to an alarm that stands.

        Args:
            text: As typed.
            chats: Whether a text is small talk.
            language: Code of the language of a text.
        """
        plain = _plain(text)
        told = [sentence for sentence in sentences(text) if not _asks(sentence)]
        said = _plain(" . ".join(told))
        likeliest = spoken(text)
        in_english = language(text) == "en" and "en" in likeliest
        # A few words may be of several languages: where the two ways of telling differ, either may hear them.
        in_another = not in_english or likeliest[0] != "en"
        if told and in_another and not chats(text) and weighs(" ".join(told)) > WEIGHS_OVER:
            return "over"
        # What is told in another language is near to any example, and to none.
        over, goes_on, thanks = self._votes(" ".join(told)) if told and in_english else (-1.0, 0.0, -1.0)
        margin = over - goes_on
        denied = bool(_table("not_over").search(_table("calm").sub(" ", said)))
        if thanks < max(over, goes_on) and margin > (SURELY_OVER if denied else LIKE_OVER):
            return "over"
        if _table("more").search(plain):
            return "whole"
        if chats(text):
            return "aside"
        if thanks > max(over, goes_on, 0.0) and not questions_in(text):
            return "thanks"
        # What is told and not asked may be how it goes on; a topic in a few words is neither.
        tells = any(_OF_ONESELF.search(_plain(sentence)) for sentence in told if not chats(sentence))
        return "whole" if tells else "aside"

    def _votes(self, told: str) -> tuple[float, float, float]:
        """The votes of the examples for each of `KINDS`."""
        over, goes_on, thanks = self._examples.votes(told)
        return float(over), float(goes_on), float(thanks)

    @functools.cached_property
    def _examples(self) -> Likeness:
        examples = table("qa.health.safety", "way_out_examples.toml")
        return Likeness([examples[kind] for kind in KINDS], self._encoder)


def weighs(told: str) -> float:
    """How much what is told in another language than English weighs for "over", in log-odds as fitted."""
    wording, offset = shipped()
    return offset + worded(told, wording)


@functools.cache
def shipped() -> tuple[Weights, float]:
    """The weights that were fitted last, and what is added."""
    with np.load(SHIPPED, allow_pickle=False) as kept:
        return from_steps("wording", kept), float(kept["offset"])


def store(wording: Weights, offset: float, made_of: str) -> None:
    """Write weights; `made_of` is the fingerprint of what they were fitted to."""
    row = in_steps("wording", wording)
    np.savez_compressed(SHIPPED, **row, offset=np.array(offset), made_of=np.array(made_of))


def questions_in(text: str) -> str:
    """The questions of a turn that ends an alarm, without what it tells; empty where it asks nothing."""
    return " ".join(filter(_asks, sentences(text)))


def _asks(sentence: str) -> bool:
    plain = _LEAD_IN.sub("", sentence)
    return sentence.endswith("?") or (asks(plain) and len(plain.split()) > 2)


def _plain(text: str) -> str:
    lower = text.lower().replace("’", "'").replace("'", "").replace("-", " ")
    return " ".join(lower.split())


@functools.cache
def _table(group: str) -> re.Pattern[str]:
    told = table_of_patterns("qa.health.safety", "way_out.toml")
    says = told["not_over"]["calm"] if group == "calm" else told[group]["says"]
    return re.compile("|".join(f"(?:{one})" for one in says))
