"""What the documents of one field need beside themselves: its words, its claims, its alarms, its notice.

A pack is named when an index is built (`lightqa index --pack`), and the index is answered from with it. There
are two: `qa.health.pack.HEALTH`, and `NONE`, which brings nothing. A pack's words are asked for in so many
places that it is not handed from one to the next: while a question is answered, its pack is in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Protocol

from index.encoder import Encoder
from qa.claims import Claims, NoClaims
from qa.guard import Card, Guard, Hearing, NoGuard, card_as_noted
from qa.types import NOTICE, Emergency, Note
from qa.vocabulary import Vocabulary

_NO_WORDS = Vocabulary({})


class Pack(Protocol):
    """A field of documents; what each part is here, it is where a field brings none of its own."""

    @property
    def name(self) -> str:
        """As it is chosen with `--pack`, and as the manifest of an index names it."""

    @property
    def notice(self) -> str:
        """The standing notice, part of every reply."""
        return NOTICE

    @property
    def examples(self) -> Sequence[str]:
        """Questions that a page may start with; any that the documents do not answer is not offered."""
        return ()

    @property
    def compared(self) -> Sequence[str]:
        """What is asked of either `{side}` of a comparison `{for_what}`, where it says nothing itself."""
        return ("What is {side}?", "What is said about {side}{for_what}?")

    @property
    def conditions(self) -> Vocabulary:
        """The words that make a question another question, by kind."""
        return _NO_WORDS

    @property
    def other_words(self) -> Vocabulary:
        """What people say, and what documents write about the same thing."""
        return _NO_WORDS

    @property
    def others(self) -> Mapping[str, frozenset[str]]:
        """By kind of condition, what documents write for all others of it ("other treatments")."""
        return MappingProxyType({})

    @property
    def small_talk(self) -> str:
        """What people say to lightqa over such documents, in the form of small_talk.toml; may be empty."""
        return ""

    @property
    def claims(self) -> Claims:
        """What counts as a claim."""
        return NoClaims()

    def guard(self, encoder: Encoder, country: str | None, hearing: Hearing) -> Guard:
        """What looks at every question first.

        Args:
            encoder: Of the index.
            country: ISO code of the user's country; None where it is not known.
            hearing: How what is typed is heard.
        """
        return NoGuard()

    @property
    def countries(self) -> Sequence[str]:
        """ISO codes of the countries whose help lines are known."""
        return ()

    def card(self, reply: Emergency, country: str | None, language: str) -> Card:
        """An emergency as the page shows it.

        Args:
            reply: The emergency; one that a browser kept may come from another index, or an older version.
            country: ISO code of the person's country, or None.
            language: Of the page.
        """
        return card_as_noted(reply)

    def declines(self, question: str) -> str | None:
        """Why a question is declined whatever the documents say, and whom to ask instead; None for most."""
        return None

    def doubt(self, question: str) -> str | None:
        """A question whose answer is a warning that belongs beside the reply to this one; None for most."""
        return None

    def note(self, question: str) -> Note | None:
        """What has to be said beside the reply to an understood question; None for most."""
        return None


class _NoField(Pack):
    """Documents of no special field: a handbook, contracts, a laboratory's protocols."""

    name = "none"


NONE: Pack = _NoField()

_in_force: ContextVar[Pack] = ContextVar("pack", default=NONE)


def pack_in_force() -> Pack:
    """The pack with which a question is answered now; `NONE` outside of `in_force`."""
    return _in_force.get()


@contextmanager
def in_force(pack: Pack) -> Iterator[None]:
    """Answer with a pack, in this thread and until the end of the block."""
    before = _in_force.set(pack)
    try:
        yield
    finally:
        _in_force.reset(before)
