"""What the documents of one field need beside themselves: its words, its claims, its alarms, its notice.

A pack is named when an index is built (`lightqa index --pack`), and the index is answered from with it. There
are two: `qa.health.pack.HEALTH`, and `NONE`, which brings nothing. A pack's words are asked for in so many
places that it is not handed from one to the next: while a question is answered, its pack is in force.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from index.encoder import Encoder
from qa.notice import NOTICE
from qa.types import Emergency, Note, Reply
from qa.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card.

    Attributes:
        language: That the opening and the calls are in.
        opening: What it may be, in one sentence without its full stop.
        title: The red flag; empty where the opening says enough.
        advice: What to do now.
        advised_in: The language of title and advice: English where nobody has translated them.
        calls: Whom to call, a sentence each, the most fitting first.
    """

    language: str
    opening: str
    title: str
    advice: str
    advised_in: str
    calls: tuple[str, ...]


def card_as_noted(reply: Emergency) -> Card:
    """The card of a reply by its notes alone, in English."""
    said = next((note.text for note in reply.notes if note.kind == "emergency"), "")
    opening, _, advice = said.partition(". ")
    calls = tuple(note.text for note in reply.notes if note.kind == "call")
    return Card("en", opening.rstrip("."), "", advice, "en", calls)


@dataclass(frozen=True, slots=True)
class Guarded:
    """What is to be done with a question.

    Attributes:
        question: What of it is to be answered.
        earlier: The earlier turns that it may go back to.
        instead: The reply, where somebody must be helped before anything is quoted, or nothing is asked.
        beside: What has to be said beside the answer; None for most.
    """

    question: str
    earlier: tuple[str, ...]
    instead: Reply | None = None
    beside: Note | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a guard looks at.

    Attributes:
        question: As typed.
        earlier: What the person asked before, oldest first, as typed.
        meant: Gives a typed text as it was probably meant.
        chats: Whether a text is small talk.
    """

    question: str
    earlier: Sequence[str]
    meant: Callable[[str], str]
    chats: Callable[[str], bool]


class Guard(Protocol):
    """Looks at every question before anything is searched."""

    @property
    def words(self) -> Collection[str]:
        """The words by which it hears: as they stand, no slip for others ("gran", "green")."""

    def look(self, turn: Turn) -> Guarded:
        """What is to be done with a question."""


class Claims(Protocol):
    """What a sentence claims, by its words, so that no claim stands alone which another source disputes."""

    def absolute_claim(self, text: str) -> str:
        """The first absolute or promotional words of a sentence; empty where there are none."""

    def denies_claim(self, text: str) -> bool:
        """Whether a sentence quotes a claim to deny it."""

    def names_effects(self, text: str) -> bool:
        """Whether a sentence speaks outright of side effects."""

    def claims_effect(self, text: str) -> bool:
        """Whether a sentence says that something works."""

    def disputes(self, text: str) -> bool:
        """Whether a sentence has words by which claims are disputed."""

    def harm_step(self, text: str) -> int | None:
        """What a sentence says of harm: 0 none at all, 1 a little, 2 some that it names; None for nothing."""

    def gives_none(self, text: str) -> bool:
        """Whether a sentence says what a source does not give, and so claims nothing."""

    def may_be_disputed(self, question: str) -> bool:
        """Whether a question asks after what sources may see differently."""

    def one_matter(self, claim: str, reply: str) -> bool:
        """Whether two sentences may be about one thing."""

    def asks_leave(self, question: str) -> bool:
        """Whether a question asks if something may be done."""

    def limits(self, text: str) -> bool:
        """Whether a sentence forbids something, or allows it only with care."""


class Pack(Protocol):
    """A field of documents."""

    @property
    def name(self) -> str:
        """As it is chosen with `--pack`, and as the manifest of an index names it."""

    @property
    def notice(self) -> str:
        """The standing notice, part of every reply."""

    @property
    def examples(self) -> Sequence[str]:
        """Questions that a page may start with; any that the documents do not answer is not offered."""

    @property
    def compared(self) -> Sequence[str]:
        """What is asked of either `{side}` of a comparison `{for_what}`, where it says nothing itself."""

    @property
    def conditions(self) -> Vocabulary:
        """The words that make a question another question, by kind."""

    @property
    def other_words(self) -> Vocabulary:
        """What people say, and what documents write about the same thing."""

    @property
    def behind_names(self) -> frozenset[str]:
        """Stems of words that may stand behind the name of a thing and belong to it ("laser therapy")."""

    @property
    def others(self) -> Mapping[str, frozenset[str]]:
        """By kind of condition, what documents write for all others of it ("other treatments")."""

    @property
    def small_talk(self) -> str:
        """What people say to lightqa over such documents, in the form of small_talk.toml; may be empty."""

    @property
    def claims(self) -> Claims:
        """What counts as a claim."""

    def guard(self, encoder: Encoder, country: str | None) -> Guard:
        """What looks at every question first.

        Args:
            encoder: Of the index.
            country: ISO code of the user's country; None where it is not known.
        """

    @property
    def countries(self) -> Sequence[str]:
        """ISO codes of the countries whose help lines are known."""

    def card(self, reply: Emergency, country: str | None, language: str) -> Card:
        """An emergency as the page shows it.

        Args:
            reply: The emergency; one that a browser kept may come from another index, or an older version.
            country: ISO code of the person's country, or None.
            language: Of the page.
        """

    def declines(self, question: str) -> str | None:
        """Why a question is declined whatever the documents say, and whom to ask instead; None for most."""

    def doubt(self, question: str) -> str | None:
        """A question whose answer is a warning that belongs beside the reply to this one; None for most."""

    def note(self, question: str) -> Note | None:
        """What has to be said beside the reply to an understood question; None for most."""


class _NoGuard:
    words: Collection[str] = ()

    def look(self, turn: Turn) -> Guarded:
        return Guarded(turn.question, tuple(turn.earlier))


class _NoClaims:
    def absolute_claim(self, text: str) -> str:
        return ""

    def denies_claim(self, text: str) -> bool:
        return False

    def names_effects(self, text: str) -> bool:
        return False

    def claims_effect(self, text: str) -> bool:
        return False

    def disputes(self, text: str) -> bool:
        return False

    def harm_step(self, text: str) -> int | None:
        return None

    def gives_none(self, text: str) -> bool:
        return False

    def may_be_disputed(self, question: str) -> bool:
        return False

    def one_matter(self, claim: str, reply: str) -> bool:
        return True

    def asks_leave(self, question: str) -> bool:
        return False

    def limits(self, text: str) -> bool:
        return False


class _None:
    """Documents of no special field: a handbook, contracts, a laboratory's protocols."""

    name = "none"
    notice = NOTICE
    examples: Sequence[str] = ()
    compared: Sequence[str] = ("What is {side}?", "What is said about {side}{for_what}?")
    conditions = Vocabulary({})
    other_words = Vocabulary({})
    behind_names: frozenset[str] = frozenset()
    others: Mapping[str, frozenset[str]] = MappingProxyType({})
    small_talk = ""
    claims: Claims = _NoClaims()
    countries: Sequence[str] = ()

    def guard(self, encoder: Encoder, country: str | None) -> Guard:
        return _NoGuard()

    def card(self, reply: Emergency, country: str | None, language: str) -> Card:
        return card_as_noted(reply)

    def declines(self, question: str) -> str | None:
        return None

    def doubt(self, question: str) -> str | None:
        return None

    def note(self, question: str) -> Note | None:
        return None


NONE: Pack = _None()

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
