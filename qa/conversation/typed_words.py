"""The words of a question as they were typed, and the question with others put in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_ADDRESS = re.compile(r"@|://|\\|www\.|\w\.(?:com|org|net|uk|gov|edu)\b")
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTENED = re.compile(r"\b[A-Z]{3,6}\b")


@dataclass(frozen=True, slots=True)
class Change:
    """What stood there, and what was taken to be meant; either may be two words."""

    typed: str
    meant: str

    @property
    def only_written_out(self) -> bool:
        """Whether nothing but an apostrophe or a space was left out ("whats", "arent", "alot")."""
        plain = self.meant.replace("'", "")
        return self.typed.lower() in (plain.replace(" ", ""), plain.replace(" i", ""))


@dataclass(frozen=True, slots=True)
class Correction:
    """A question with its misspelt words corrected, and every change that was made."""

    text: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of the question that may be judged: where it stands and how it was typed."""

    start: int
    end: int
    typed: str
    named: bool
    """Whether it is written like a name, with a capital letter that no sentence asks for."""

    @property
    def plain(self) -> str:
        return self.typed.lower().replace("’", "'")


def typed_words(question: str) -> list[TypedWord]:
    """The words that may be judged: none of codes, numbers, addresses, or abbreviations in capitals."""
    shouted = question.isupper()
    tokens = []
    begins = True
    for chunk in _CHUNK.finditer(question):
        text = chunk[0]
        code = any(character.isdigit() for character in text) or bool(_ADDRESS.search(text))
        for match in _WORD.finditer(text):
            typed = match[0]
            # "LLLT", "RNAs", "iNKT"
            abbreviation = not typed[1:].islower() and len(typed) > 1 and not shouted
            if not code and not abbreviation:
                named = typed[0].isupper() and not begins and not shouted
                start = chunk.start() + match.start()
                tokens.append(TypedWord(start, start + len(typed), typed, named))
            begins = False
        begins = text[-1] in ".?!:"
    return tokens


def abbreviations(question: str) -> list[TypedWord]:
    """What is written in capitals alone where the rest is not."""
    found = () if question.isupper() else _SHORTENED.finditer(question)
    return [TypedWord(match.start(), match.end(), match[0], named=True) for match in found]


def put_in(question: str, tokens: Sequence[TypedWord], meant: Mapping[int, str]) -> Correction:
    """The question with the changed words put in, in the case that was typed.

    Args:
        question: As typed.
        tokens: Its words.
        meant: What is meant by some of them, by number; empty for one that is taken up by the word before.
    """
    pieces: list[str] = []
    changes: list[Change] = []
    done = 0
    for at, word in sorted(meant.items()):
        if not word:
            continue
        token = tokens[at]
        end = tokens[at + 1].end if meant.get(at + 1) == "" else token.end
        typed = question[token.start : end]
        cased = word.upper() if len(typed) > 1 and typed.isupper() else word
        if cased == word and typed[0].isupper():
            cased = word[0].upper() + word[1:]
        pieces += [question[done : token.start], cased]
        changes.append(Change(typed, cased))
        done = end
    return Correction("".join([*pieces, question[done:]]), tuple(changes))
