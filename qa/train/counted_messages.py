"""Messages as rows of counts, to which the weights of `qa.health.safety.weighed` are fitted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.health.safety.ideas import Told, language
from qa.health.safety.triage import spoken
from qa.health.safety.weighed import BUCKETS, BUCKETS_OF_IDEAS, Counts, ideas_of, letters_of, words_of

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, slots=True)
class Counted:
    """Messages as rows of counts.

    Attributes:
        texts: As typed.
        told: Each, read in its language.
        worded: (messages, buckets), logarithms of words and of letters, each of length 1.
        ideas: (messages, buckets of ideas).
    """

    texts: Sequence[str]
    told: Sequence[Told]
    worded: csr_matrix
    ideas: csr_matrix

    def only(self, rows: Sequence[int]) -> Counted:
        """Some of the messages."""
        texts, told = [self.texts[at] for at in rows], [self.told[at] for at in rows]
        return Counted(texts, told, self.worded[rows], self.ideas[rows])


def counted_in(texts: Sequence[str]) -> Counted:
    """Messages, counted."""
    from sklearn.feature_extraction.text import TfidfTransformer

    told = [language(spoken(text)[0]).read(text) for text in texts]
    of_length_1 = TfidfTransformer(use_idf=False, sublinear_tf=True)
    words, letters = (of_length_1.fit_transform(rows_of(map(of, texts))) for of in (words_of, letters_of))
    return Counted(texts, told, words + letters, rows_of(map(ideas_of, told), BUCKETS_OF_IDEAS))


def rows_of(counts: Iterable[Counts], width: int = BUCKETS) -> csr_matrix:
    """Counts by bucket as rows of that many columns."""
    from scipy.sparse import csr_matrix

    found = list(counts)
    at = [bucket for row in found for bucket in row]
    values = [value for row in found for value in row.values()]
    ends = np.cumsum([0, *map(len, found)])
    return csr_matrix((np.array(values, np.float64), at, ends), shape=(len(found), width))
