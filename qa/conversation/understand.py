"""A question in its conversation: misspelt words corrected, its parts, and what it may go on from.

No model is asked: a conversation is the list of its questions, and each of them is read in turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.conversation.follow_up import Part, goes_on_from, parts_of, ways_of
from qa.conversation.known_words import EVERYDAY
from qa.conversation.small_talk import is_small_talk
from qa.conversation.spelling import Corrector
from qa.conversation.turns import Back, Meant, meant_by
from qa.conversation.typed_words import Change
from qa.frequencies import zipf
from qa.question_text import capital, with_question_mark
from qa.words import ENGLISH

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
        ways: The questions to search for together, itself first; itself alone where nothing was asked before.
        doubted: The question with a true word taken for a slip ("pane"); empty where none is.
        doubt_told: Whether that may be shown to the person.
        goes_on_from: The question before, of those that say what they are on; empty where there was none.
        back: What it asks of the reply before; None for a question of its own.
        last: Number of the earlier turn that was a question of its own; None where there was none.
        times: How many turns since then asked for more, itself among them.
        corrections: Misspelt words of this question, and what was taken to be meant.
        parts: What it asks, where that is several things; else empty.
        parts_left: What else it asks, where that is more than are answered at once.
        is_small_talk: Whether it is no question for documents.
        language: ISO code of the language that it is in, where no document is written in it; else "en".
    """

    question: str
    ways: tuple[str, ...] = ()
    doubted: str = ""
    doubt_told: bool = False
    goes_on_from: str = ""
    back: Back | None = None
    last: int | None = None
    times: int = 0
    corrections: tuple[Change, ...] = ()
    parts: tuple[Part, ...] = ()
    parts_left: tuple[str, ...] = ()
    is_small_talk: bool = False
    language: str = ENGLISH

    @property
    def corrected(self) -> str | None:
        """The question as it was corrected; None where nothing was that a person would want to see."""
        told = any(not change.only_written_out for change in self.corrections)
        return self.question if told else None

    def shown(self, way: int) -> str | None:
        """What to show of how it was understood, where one of its ways led to what is quoted.

        That is a follow-up behind the question that it goes on from, both in the person's own words: nothing
        is written out that nobody has typed.
        """
        if not way or not self.goes_on_from:
            return self.corrected
        before, question = (capital(with_question_mark(each)) for each in (self.goes_on_from, self.question))
        return f"{before}{'' if before[-1:] in '.?!…' else '.'} {question}"


def understand(question: str, earlier: Sequence[str], corrector: Corrector) -> Understood:
    """Understand a question in its conversation, oldest question first, all as typed."""
    known = corrector.knows
    if is_small_talk(question) and not (earlier and _goes_on(question, known)):
        return Understood(question, is_small_talk=True)
    if (language := corrector.language(question)) != ENGLISH:
        return Understood(question, language=language)
    turns = _turns(earlier, corrector)
    last = _last_that_asks(turns)
    corrected = corrector.correct(question)
    typed = meant_by(corrected.text)
    before = [] if typed.new_topic else _of_this_topic(list(turns.values()))
    goes_back_to_nothing = typed.back in ("more", "shorter", "again") and not before
    if goes_back_to_nothing or (typed.new_topic and not typed.text):
        return Understood(question, is_small_talk=True)
    text = typed.text or corrected.text
    back = typed.back if before else None
    since = [turn.back for at, turn in turns.items() if last is not None and at > last]
    parts, left = parts_of(text, before)
    doubted = corrector.doubted(text)
    return Understood(
        question=text,
        ways=ways_of(text, before),
        doubted=doubted.text if doubted.changes else "",
        # What the documents do not have either, or is put in the place of a true word ("fry", "free"), is not
        # put in anybody's mouth.
        doubt_told=all(
            zipf(change.typed) < EVERYDAY and all(map(known, change.meant.split()))
            for change in doubted.changes
        ),
        goes_on_from=goes_on_from(before),
        back=back,
        last=last,
        times=[*since, back].count("more"),
        corrections=corrected.changes,
        parts=parts,
        parts_left=left,
    )


def last_asked(earlier: Sequence[str], corrector: Corrector) -> int | None:
    """Number of the earlier turn that was a question of its own; None where there was none."""
    return _last_that_asks(_turns(earlier, corrector))


def _last_that_asks(turns: Mapping[int, Meant]) -> int | None:
    return max((at for at, turn in turns.items() if turn.asks), default=None)


def _turns(earlier: Sequence[str], corrector: Corrector) -> dict[int, Meant]:
    """The earlier turns that may still matter and are no small talk, by number."""
    kept = range(max(0, len(earlier) - TURNS_KEPT), len(earlier))
    return {
        at: meant_by(corrector.correct(earlier[at]).text) for at in kept if not is_small_talk(earlier[at])
    }


def _of_this_topic(turns: Sequence[Meant]) -> list[str]:
    """What was asked since a turn last said that it begins something new."""
    begins = max((at for at, turn in enumerate(turns) if turn.new_topic), default=0)
    return [turn.text for turn in turns[begins:] if turn.asks]
