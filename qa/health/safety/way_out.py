"""What a turn says to an alarm that stands: that it is over, thanks, something else, or that it goes on.

It is judged by the likeness of what is told to the examples of way_out_examples.toml; a "not" or a "still"
(way_out.toml) asks for more of it. Other languages than English say it in expressions of their own.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Literal

from qa.health.safety.likeness import Likeness, SentenceEncoder
from qa.health.safety.triage import says_it_is_over, spoken
from qa.phrases import asks, sentences

Turn = Literal["over", "thanks", "aside", "whole"]
"""What a turn does to an alarm that stands: ends it, takes note of it, folds it beside another question, or
has it told whole again."""

KINDS = ("over", "goes_on", "thanks")
"""Of the examples."""

LIKE_OVER, SURELY_OVER = 0.1, 1.2
"""By how much the votes for "over" have to outweigh those for "goes on", without and with a "still"."""

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

    def turn_of(self, text: str, chats: Callable[[str], bool]) -> Turn:
        """What is said to an alarm that stands; `chats` says whether a text is small talk."""
        plain = _plain(text)
        told = [sentence for sentence in sentences(text) if not _asks(sentence)]
        said = _plain(" . ".join(told))
        if says_it_is_over(text):
            return "over"
        # What is told in another language is near to any example, and to none.
        heard = told and "en" in spoken(text)
        over, goes_on, thanks = self._votes(" ".join(told)) if heard else (-1.0, 0.0, -1.0)
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
        table = tomllib.loads(_read("way_out_examples.toml"))
        return Likeness([table[kind] for kind in KINDS], self._encoder)


def questions_in(text: str) -> str:
    """The questions of a turn that ends an alarm, without what it tells; empty where it asks nothing."""
    return " ".join(filter(_asks, sentences(text)))


def _asks(sentence: str) -> bool:
    plain = _LEAD_IN.sub("", sentence)
    return sentence.endswith("?") or (asks(plain) and len(plain.split()) > 2)


def _plain(text: str) -> str:
    lower = text.lower().replace("’", "'").replace("'", "").replace("-", " ")
    return " ".join(lower.split())


def _read(name: str) -> str:
    return files("qa.health.safety").joinpath(name).read_text(encoding="utf-8")


@functools.cache
def _table(group: str) -> re.Pattern[str]:
    # A backslash joins lines in all of TOML's strings but those that leave a pattern's backslashes alone.
    table = tomllib.loads(_read("way_out.toml").replace("\\\n", ""))
    says = table["not_over"]["calm"] if group == "calm" else table[group]["says"]
    return re.compile("|".join(f"(?:{one})" for one in says))
