"""What a question asks, one thing at a time, and what it only tells."""

from __future__ import annotations

import functools
import re

from qa.phrases import asks, sentences

_JOINT = re.compile(
    r"\s*(?:[,;:]\s*(?:(?:and|but|also|plus|then)\b\s*)*|(?<=\s)(?:and|plus|also|&|n|but)\s+(?:also\s+|then\s+)?)",
    re.IGNORECASE,
)
"""Where one part may end and the next begin; "or" joins two answers to one question."""


@functools.lru_cache(maxsize=4096)
def asks_several(question: str) -> bool:
    """Whether a question asks more than one thing, as it is written."""
    return len(told_and_asked(question)[1]) > 1


def told_and_asked(question: str) -> tuple[list[str], list[str]]:
    """The sentences of a question that only tell, and what is asked, one thing each."""
    told: list[str] = []
    pieces: list[str] = []
    for sentence in sentences(question):
        if sentence.endswith("?") or asks(sentence):
            pieces += _pieces(sentence)
        else:
            told.append(sentence)
    return told, pieces


def _pieces(sentence: str) -> list[str]:
    """A sentence cut where a question word or an auxiliary with its subject begins another question."""
    starts = [0]
    text = sentence.rstrip(" ?.!")
    for joint in _JOINT.finditer(text):
        before, after = text[starts[-1] : joint.start()], text[joint.end() :]
        if asks(before) and asks(after):
            starts.append(joint.end())
    ends = [*starts[1:], len(text)]
    cut = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return [
        re.sub(r"(?:[\s,;&]|\b(?:and|but|also|plus|then)\b)+$", "", piece, flags=re.IGNORECASE)
        for piece in cut
    ]
