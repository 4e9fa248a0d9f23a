"""The words of health: what makes a question another one, and what people say for what documents write."""

from __future__ import annotations

import functools

from qa.tables import table
from qa.vocabulary import Vocabulary, phrase

OTHER_TREATMENTS = frozenset(
    phrase(f"{other} {name}")
    for other in ("other", "other pain", "existing", "conventional")
    for name in ("treatment", "therapy", "modality", "option", "method", "plan")
) | {phrase("pain management"), phrase("plan for pain"), phrase("treatment plan")}
"""What documents write for all that a treatment may be combined with."""


@functools.cache
def conditions() -> Vocabulary:
    """Illnesses, medicines, parts of the body, treatments and the like, from conditions.toml."""
    return Vocabulary(table("qa.health", "conditions.toml"))


@functools.cache
def lay_words() -> Vocabulary:
    """What people and documents call the same things, from lay_words.toml."""
    return Vocabulary(table("qa.health", "lay_words.toml"))
