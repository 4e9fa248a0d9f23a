"""The conditions of a question, held against the sentences that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.evidence.conditions import Condition, find_conditions
from qa.evidence.speaks_of import is_met
from qa.evidence.support import Matrix
from qa.evidence.units import language_of_figures
from qa.words import Word

NEARBY = 0.5
TREATMENT_NEARBY = 0.8
"""How far a condition is met that only the passage around a sentence speaks of; which therapy a passage is
about need not be said again in each of its sentences."""

FROM_HERE_NEAR, NEARER = 0.55, 0.15
"""Nearness of a sentence's words from which it says a rare word otherwise, and what lies between that and
wholly so: of 95 rare words that no sentence of 109 folders had, 13 of 53 were nearer than 0.6 in questions
that are answered, none of 42 in others ("dough" to "flour" is 0.57)."""

_TELLING = 0.4
"""Least weight of a condition that is told as the reason of a refusal."""


class Context(NamedTuple):
    """A sentence, the title and section it stands under, the passage around it, and questions it answers.

    The last are asked in advance, in people's own words: what they name, the sentence speaks of.
    """

    sentence: str
    heading: str
    passage: str
    answers: str = ""


@dataclass(frozen=True, slots=True)
class ConditionsMet:
    """A question's conditions, and how far each sentence meets them.

    Attributes:
        conditions: In the order of the question.
        met: (conditions, sentences): 1 where the sentence or its heading speaks of the condition, NEARBY
            (or TREATMENT_NEARBY) where only the passage does, else 0.
    """

    conditions: tuple[Condition, ...]
    met: NDArray[np.float32]

    def said_otherwise(self, words: Sequence[Word], support: Matrix) -> ConditionsMet:
        """The same, where rare words are met by what is said in other words ("bunnies", "rabbits").

        Args:
            words: Content words of the question.
            support: (words, sentences), 0 to 1, how far each sentence speaks of each.
        """
        met = self.met.copy()
        for row, condition in enumerate(self.conditions):
            if condition.kind == "word":
                for word, near in zip(words, support, strict=True):
                    if condition.start <= word.start and word.end <= condition.end:
                        met[row] = np.maximum(met[row], np.clip((near - FROM_HERE_NEAR) / NEARER, 0, 1))
        return replace(self, met=met)

    @property
    def worst(self) -> NDArray[np.float32]:
        """(sentences,): minus the weight of the heaviest condition that the sentence does not meet."""
        weights = np.array([condition.weight for condition in self.conditions], np.float32)
        lost = weights[:, np.newaxis] * (1 - self.met)
        return np.asarray(-lost.max(axis=0, initial=0.0), dtype=np.float32)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What no sentence and no passage speaks of, in the person's words, the most telling first."""
        unmet = [
            condition
            for condition, met in zip(self.conditions, self.met, strict=True)
            if condition.weight >= _TELLING and condition.kind != "comparison" and not met.any()
        ]
        unmet.sort(key=lambda condition: -condition.weight)
        return tuple(dict.fromkeys(condition.text for condition in unmet))


def conditions_met(question: str, contexts: Sequence[Context]) -> ConditionsMet:
    """Hold every condition of a question against sentences in their contexts."""
    conditions = find_conditions(question)
    # A row of a table has no words that tell how its figures are meant; the passage around it has some.
    languages = [language_of_figures(context.passage or context.sentence) for context in contexts]
    met = np.zeros((len(conditions), len(contexts)), np.float32)
    for row, condition in enumerate(conditions):
        elsewhere: dict[str, bool] = {}  # headings and passages are shared by many sentences
        for column, (sentence, heading, passage, answers) in enumerate(contexts):
            language = languages[column]
            for text in (heading, passage):
                if text not in elsewhere:
                    elsewhere[text] = is_met(condition, text, language)
            if elsewhere[heading] or is_met(condition, sentence, language) or is_met(condition, answers):
                met[row, column] = 1
            elif elsewhere[passage]:
                met[row, column] = TREATMENT_NEARBY if condition.kind == "treatment" else NEARBY
    return ConditionsMet(conditions, met)
