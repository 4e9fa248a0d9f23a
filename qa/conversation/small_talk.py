"""Greetings, thanks and questions about lightqa itself: a short reply of its own, never a quote.

What is said and replied stands in small_talk.toml, and in what a pack adds to it. A pattern has to match
everything that was typed, so that "Hi, does it help?" stays a question.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.frequencies import zipf
from qa.pack import pack_in_force
from qa.said import TITLES_NAMED, Said, Value, fill, say, together
from qa.tables import patterns_in, table_of_patterns

MASHED = 4
"""Neighbouring keys in a row that make a rare word a slip of the hand ("asdf")."""

_KEYS = tuple(row[::step] for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890") for step in (1, -1))


@dataclass(frozen=True, slots=True)
class _Talk:
    """One kind of small talk: all that is said, what is replied, and whether it may follow something else."""

    says: re.Pattern[str]
    reply: str
    manners: bool


class _Table(NamedTuple):
    """What may stand before and behind anything, all small talk, and the words of a pack in replies."""

    opening: re.Pattern[str]
    closing: re.Pattern[str]
    talks: tuple[_Talk, ...]
    words: dict[str, str]


def small_talk(question: str, titles: Sequence[str]) -> tuple[Said, ...]:
    """A fitting short reply to what is no question for documents of these titles; empty where it is one."""
    plain = re.sub(r"[^\w\s',.!-]", " ", question.lower().replace("’", "'")).strip(" ,.!?-'\n\t")
    if not re.search(r"[^\W\d_]", plain):
        return say("There is nothing here to look for."), invitation(titles)
    if _is_mash(plain):
        return say("That does not look like a question."), invitation(titles)
    opening, closing, talks, words_of_pack = _table(pack_in_force().small_talk)
    asked = closing.sub("", plain)
    for text in dict.fromkeys((plain, asked, opening.sub("", asked, count=1), _without_manners(plain))):
        words = " ".join(re.findall(r"[\w']+", text))
        for talk in talks:
            if talk.says.fullmatch(words):
                # What a pack words otherwise makes another form, that is said as a whole in each language.
                form = fill(talk.reply.strip(), words_of_pack)
                own = form.removesuffix("{invitation}").strip()
                named = {"documents": _documents(titles)} if "{documents}" in own else {}
                told = (say(own, **named),) if own else ()
                return told if own == form else (*told, invitation(titles))
    return ()


def is_small_talk(text: str) -> bool:
    """Whether a text is no question for documents."""
    return bool(small_talk(text, ()))


def _without_manners(plain: str) -> str:
    """The first of several sentences, where the others are mere manners ("Thanks. Bye!")."""
    first, *rest = (part for part in re.split(r"\s*[.,!]+\s*", plain) if part)
    manners = [talk.says for talk in _table(pack_in_force().small_talk).talks if talk.manners]
    return first if all(any(says.fullmatch(part) for says in manners) for part in rest) else plain


@functools.lru_cache(maxsize=2)
def _table(of_pack: str) -> _Table:
    """Everything from small_talk.toml and from what a pack adds to it, which comes first."""
    own, more = table_of_patterns("qa.conversation", "small_talk.toml"), patterns_in(of_pack)
    parts = own["parts"] | more.get("parts", {})

    def pattern(*texts: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], "|".join(texts)))

    talks = tuple(
        _Talk(pattern(*talk["says"]), talk["reply"], talk.get("manners", False))
        for talk in [*more.get("talk", ()), *own["talk"]]
    )
    words = own["words"] | more.get("words", {})
    return _Table(pattern(parts["opening"]), pattern(parts["closing"]), talks, words)


def invitation(titles: Sequence[str]) -> Said:
    """What a person who has asked nothing may ask about."""
    if not titles:
        return say("Ask me something about your documents.")
    return say("Ask me something about these documents: {documents}.", documents=_documents(titles))


def _documents(titles: Sequence[str]) -> Value:
    """The first titles in words, and how many more there are."""
    if not titles:
        return say("there are none yet")
    return together(titles[:TITLES_NAMED], max(0, len(titles) - TITLES_NAMED))


def _is_mash(plain: str) -> bool:
    """Whether someone only hit keys: up to three words, and none that anyone would mean."""
    words = re.findall(r"\w+", plain)
    longer = [word for word in words if len(word) > 3 or zipf(word) >= 3]
    # Vowels are told of Latin letters alone; who hits other keys writes another language more often.
    return len(words) <= 3 and plain.isascii() and bool(longer) and all(map(_mashed, longer))


def _mashed(word: str) -> bool:
    """Whether a word is one letter, a run of keys, a part over and over, or long without a vowel."""
    if len(word) > 2 and len(set(word)) == 1:
        return True
    longest = max(_keys_in_a_row(word, at) for at in range(len(word)))
    if longest >= MASHED and (longest == len(word) or zipf(word) < 2):
        return True
    if re.fullmatch(r"(\w{2,4})\1{2,}", word):
        return zipf(word) < 2
    return len(word) > 5 and not re.search(r"[aeiouy\d]", word) and zipf(word) == 0


def _keys_in_a_row(word: str, at: int) -> int:
    """Letters from a place on that lie side by side on the keyboard, in one direction."""
    length = 1
    while at + length < len(word) and any(word[at : at + length + 1] in keys for keys in _KEYS):
        length += 1
    return length
