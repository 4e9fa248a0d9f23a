"""Written text to sentences with their citations, as far as it has come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.sentences import sentence_spans

LONGEST_TEXT = 6000
"""Characters of a reply that are read; a model that runs on is cut off."""

MOST_SENTENCES = 12

_CITED = re.compile(r"\s*[\[【]\s*(\d{1,3}(?:\s*(?:,|;|and|&|-|–)\s*\d{1,3})*)\s*[\]】]")
_LEADS = re.compile(rf"(?:{_CITED.pattern})+")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL | re.IGNORECASE)
_OPEN = re.compile(r"[\[【][^\]】]{0,12}$")
_LINE = re.compile(r"^\s*(?:[-*•>#]+|\d{1,2}[.)])\s+", re.MULTILINE)
_MARKS = re.compile(r"\*\*|__|`")

Sentence = tuple[str, tuple[int, ...]]
"""Words without citations, and the numbers cited."""


def sentences(text: str) -> list[Sentence]:
    """The sentences of a whole text; a citation after a full stop belongs to the sentence before it."""
    found: list[Sentence] = []
    for line in _plain(text).splitlines():
        for start, end in sentence_spans(line):
            words = line[start:end]
            lead = _LEADS.match(words)
            if lead and found:
                found[-1] = (found[-1][0], (*found[-1][1], *_numbers(lead[0])))
                words = words[lead.end() :]
            cited = tuple(number for part in _CITED.finditer(words) for number in _numbers(part[0]))
            bare = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(_CITED.sub("", words).split()))
            if re.search(r"\w", bare):
                found.append((bare, cited))
    return [(words, tuple(dict.fromkeys(cited))) for words, cited in found]


def as_they_come(pieces: Iterable[str]) -> Iterator[Sentence]:
    """Each sentence once it is whole: once another has begun after it, or nothing more comes.

    Ends after `MOST_SENTENCES` or `LONGEST_TEXT`, and where a sentence comes again: small models go round
    in circles.
    """
    text, told = "", 0
    seen: set[str] = set()
    for piece in pieces:
        text += piece
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT]
            break
        # While a bracket or a thought is open, what follows may still belong to the last sentence.
        if _OPEN.search(text):
            continue
        whole = sentences(text)[:-1]
        for sentence in whole[told:]:
            if sentence[0] in seen or len(seen) == MOST_SENTENCES:
                return
            seen.add(sentence[0])
            yield sentence
        told = max(told, len(whole))
    for sentence in sentences(text)[told:MOST_SENTENCES]:
        if sentence[0] not in seen:
            yield sentence


def _plain(text: str) -> str:
    return _MARKS.sub("", _LINE.sub("", _THOUGHT.sub(" ", text)))


def _numbers(cited: str) -> tuple[int, ...]:
    """The numbers of a citation: "[1, 3]", "[1–3]"."""
    found: list[int] = []
    for part in re.split(r"[,;&]|and", cited.strip(" []【】")):
        ends = [int(figure) for figure in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 9:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return tuple(found)
