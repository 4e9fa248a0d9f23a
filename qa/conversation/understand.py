"""A question as it may be meant: misspelt words corrected, and what an earlier turn said put in.

No model is asked: a conversation is the list of its questions, and each of them is read in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.conversation.asking_back import Back, asks_back
from qa.conversation.follow_up import subject_of, ways_of
from qa.conversation.known_words import EVERYDAY
from qa.conversation.language import ENGLISH
from qa.conversation.openings import without_opening
from qa.conversation.parts import Part, parts_of
from qa.conversation.small_talk import is_small_talk
from qa.conversation.spelling import Corrector
from qa.conversation.typed_words import Change
from qa.conversation.ways import Subject, Way
from qa.english import zipf
from qa.phrases import capital, tokens_of, with_question_mark

TURNS_KEPT = 8
"""Earlier questions that a follow-up may go back to."""


# "And nice?" after "what does WHO say" is no praise.
_GOES_ON = re.compile(r"\s*(?:and|or)\s+(?!that|thank|thx|bye|you|cheers|good)\w", re.IGNORECASE)


_ONE_WORD = re.compile(r"\s*(\w+)\s*\?\s*")


def _goes_on(question: str, known: Callable[[str], bool]) -> bool:
    """Whether what looks like small talk goes on with what was asked: "and nice?", or "NICE?" alone."""
    word = _ONE_WORD.fullmatch(question)
    return _GOES_ON.match(question) is not None or (word is not None and known(word[1]))


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was understood.

    Attributes:
        question: As typed, corrected, without thanks and the like before it.
        ways: The questions that it may stand for, the likeliest first; itself alone where it stands alone.
        back: What it asks of the reply before; None for a question of its own.
        last: Number of the earlier turn that was a question of its own; None where there was none.
        before: The question that a follow-up goes on from, written out; empty where it stands alone.
        corrections: Misspelt words of this question, and what was taken to be meant.
        parts: What it asks, where that is several things; else empty.
        is_small_talk: Whether it is no question for documents.
        language: ISO code of the language that it is in, where no document is written in it; else "en".
    """

    question: str
    ways: tuple[Way, ...] = ()
    back: Back | None = None
    last: int | None = None
    before: str = ""
    corrections: tuple[Change, ...] = ()
    parts: tuple[Part, ...] = ()
    is_small_talk: bool = False
    language: str = ENGLISH

    def shown(self, way: Way) -> str | None:
        """What to show of one of the ways: nothing where it says no more than was typed, or none asks so."""
        typed = {token.plain for token in tokens_of(self.question)}
        if way.readable and any(token.plain not in typed for token in tokens_of(way.question)):
            return capital(with_question_mark(way.question))
        return self.corrected

    @property
    def corrected(self) -> str | None:
        """The question as it was corrected; None where nothing was."""
        return self.question if self.corrections else None


def understand(question: str, earlier: Sequence[str], corrector: Corrector) -> Understood:
    """Understand a question in its conversation.

    Args:
        question: As typed.
        earlier: What the person asked before, oldest first, as typed.
        corrector: Knows the words of the index.
    """
    known = corrector.knows
    if is_small_talk(question) and not (earlier and _goes_on(question, known)):
        return Understood(question, is_small_talk=True)
    if (language := corrector.language(question)) != ENGLISH:
        return Understood(question, language=language)
    first = max(0, len(earlier) - TURNS_KEPT)
    asked = [
        at
        for at in range(first, len(earlier))
        if not is_small_talk(earlier[at]) and not asks_back(earlier[at])
    ]
    corrected = corrector.correct(question)
    text, new_topic = without_opening(corrected.text)
    subject = Subject()
    if asked and not new_topic:
        subject = subject_of([corrector.correct(earlier[at]).text for at in asked], known)
    last = asked[-1] if asked else None
    back = asks_back(text) if last is not None and not new_topic else None
    ways = ways_of(text, subject, known) if text else (Way(corrected.text),)
    if (doubted := corrector.doubted(text)).changes:
        # What is searched for in the place of a true word ("fry", "free"), or what the documents do not have
        # either, is not put in anybody's mouth.
        shown = all(
            zipf(change.typed) < EVERYDAY and all(map(known, change.meant.split()))
            for change in doubted.changes
        )
        first_way = ways_of(doubted.text, subject, known)[0]
        ways = (*ways, replace(first_way, readable=first_way.readable and shown))
    parts = tuple(parts_of(text, known, subject))
    return Understood(
        question=text or corrected.text,
        ways=ways,
        back=back,
        last=last,
        before=subject.question if len(ways) > 1 else "",
        corrections=corrected.changes,
        parts=parts if len(parts) > 1 else (),
    )
