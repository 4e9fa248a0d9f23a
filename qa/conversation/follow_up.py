"""A follow-up as the questions that are searched for together: alone, and with the words of those before it.

Nothing is parsed and nothing is written out: what "it" stands for, or what "and the neck?" takes the place
of, is not decided. Each sentence that is found is judged by all of the questions (`qa.evidence.follow_up`),
so that what stands alone is answered alone, and what goes on from the turns before by what it goes on from.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.words import content_words

LATEST, WORDS = 3, 8
"""Earlier questions whose words a follow-up is searched with: people go back to what they asked two turns
before ("and is that the same for the laser?"), and further where they have said little since ("and aetna"):
until there are so many words."""


def ways_of(question: str, earlier: Sequence[str]) -> tuple[str, ...]:
    """The questions to search for together: as typed, with the words of the last one, and of the LATEST.

    Args:
        question: As typed, corrected.
        earlier: The questions before, oldest first; with none it stands alone.
    """
    if not earlier:
        return (question,)
    turns = LATEST
    while turns < len(earlier) and sum(len(content_words(each)) for each in earlier[-turns:]) < WORDS:
        turns += 1
    return question, with_words(question, earlier[-1:]), with_words(question, earlier[-turns:])


def with_words(question: str, others: Sequence[str]) -> str:
    """A question with the words of others behind it that carry meaning, each once, and not its own."""
    own = {word.stem for word in content_words(question)}
    added = {word.stem: word.text for other in others for word in content_words(other)}
    added = {stem: text for stem, text in added.items() if stem not in own}
    return f"{question.rstrip(' ?.!')}, {' '.join(added.values())}?" if added else question


def goes_on_from(earlier: Sequence[str]) -> str:
    """The last of the questions before that says what it is on; empty where none does."""
    return next((question for question in reversed(earlier) if content_words(question)), "")
