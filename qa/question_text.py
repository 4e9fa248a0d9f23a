"""The words and sentences of a question, which of them ask, and what its function words do."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how whats what's who's where's how's".split()
)

BE = frozenset("is are was were am be been isn't aren't wasn't weren't isnt arent wasnt werent".split())
AUXILIARIES = BE | frozenset(
    "do does did don't doesn't didn't dont doesnt didnt can could can't couldn't cant cannot will would "
    "won't wouldn't shall should shouldn't may might must has have had hasn't haven't hadn't".split()
)

PERSONAL = frozenset(
    "i you he she we me him us i'm i've i'd i'll you're he's she's we're we've he'd she'd im ive".split()
)
NEUTRAL = frozenset(
    "it its it's they them their theirs they're that this these those that's one ones both".split()
)
POSSESSIVES = frozenset("mine yours his hers ours theirs".split())
DETERMINERS = frozenset(
    "a an the my your his her our their its some any no each every another other such much many more most "
    "few both all either neither enough several".split()
)
PREPOSITIONS = frozenset(
    "of in on at for with from by to about after before during under over through between against into onto "
    "without like as per within near around across along alongside behind beyond except inside off out "
    "outside since than toward towards until till up down upon via versus vs instead".split()
)
LINKS = frozenset(
    "and or but so because if when while whether though although however then also plus nor".split()
)


_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*(?:\.\d+)?")
_PLACES = frozenset("at in to from with".split())
_SENTENCE = re.compile(r"(?:[^.?!;:\n]|[.:](?=\S))+[.?!;:\n]*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question; `named` where it is an abbreviation that looks like another word ("WHO")."""

    text: str
    start: int
    end: int
    named: bool = False

    @property
    def plain(self) -> str:
        return self.text if self.named else self.text.lower().replace("’", "'")


@functools.lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    shouted = text.isupper()
    return tuple(
        Token(match[0], match.start(), match.end(), named=match[0] in ("WHO", "US", "IT") and not shouted)
        for match in _WORD.finditer(text)
    )


def sentences(text: str) -> list[str]:
    """The sentences of a question, with their closing marks."""
    return [match[0].strip() for match in _SENTENCE.finditer(text) if match[0].strip(" .?!;,:")]


def asks(sentence: str) -> bool:
    """Whether a sentence is a question of its own: a question word or an auxiliary opens it."""
    words = [token.plain for token in tokens_of(sentence) if token.plain not in LINKS]
    if not words:
        return False
    following = words[1] if len(words) > 1 else ""
    several = {"they", "these", "those"}
    subject_dropped = words[0] in ("had", "don't", "dont") and following not in PERSONAL | several
    if subject_dropped or (words[0] in BE and following in _PLACES):
        return False  # "Had it checked", "was at the hospital", "don't worry".
    bare = words[0].removesuffix("'s")
    opening = bare if bare in QUESTION_WORDS else words[0]
    return (
        opening in AUXILIARIES - {"be", "been"}
        or (opening in QUESTION_WORDS and len(words) + (opening != words[0]) > 2)
        or opening == "whats"
    )


def with_question_mark(text: str) -> str:
    """A question as the encoder has mostly seen them; what is no question stays as it is."""
    whole = sentences(text)
    return f"{text}?" if whole and text[-1:].isalnum() and asks(whole[-1]) else text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
