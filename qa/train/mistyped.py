"""Messages as somebody in a hurry types them, so that what is learnt of them holds for those as well."""

from __future__ import annotations

import random
from dataclasses import replace

from qa.evaluate.safety import Phrasing

MISTYPED = "mistyped"
"""Kind of such messages."""
SLIPS = 0.3
"""Share of the words with a slip."""
_LETTERS = "aeioustnrlck"
"""Those that are typed for others: the commonest, and those that sound alike."""


def mistyped(told: Phrasing) -> Phrasing:
    """A message with slips in some of its longer words; the same in every run."""
    chance = random.Random(told.text)
    words = [
        _with_slip(word, chance) if len(word) > 3 and chance.random() < SLIPS else word
        for word in told.text.split(" ")
    ]
    return replace(told, text=" ".join(words), kind=MISTYPED)


def _with_slip(word: str, chance: random.Random) -> str:
    """A word with one letter left out, doubled, another one, or behind the next; never the first."""
    at = chance.randrange(1, len(word) - 1)
    before, letter, following, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    slips = (
        before + following + rest,
        before + letter + letter + following + rest,
        before + chance.choice(_LETTERS) + following + rest,
        before + following + letter + rest,
    )
    return chance.choice(slips)
