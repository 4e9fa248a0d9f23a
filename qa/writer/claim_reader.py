"""Whether quotes say what was written of them, as far as a small trained model can tell.

It is the reader's network with other weights (`qa.evidence.reader`): the written sentence is read in the
place of the question, the quotes that it cites in the place of a passage. What it was taught stands in
`qa.train.claims`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.resources import as_file, files

import numpy as np

from index.bert_layers import Values
from index.halves import Lower
from index.minilm_lower import own_lower
from index.tensors import Weights
from qa.evidence.reader import SENTENCE, Reader, Reading


class ClaimReader(Reader):
    """A trained reader of claims. Threads may share it."""

    def says(self, sentence: str, quotes: Sequence[str]) -> float:
        """Logit that quotes say a sentence."""
        return self.read([(sentence, "", quotes)])[0].passage

    def _weigh(self, row: Sequence[Values], result: Values) -> Reading:
        """One logit, from what the layers made of the sentence: its marker, its mean, its greatest values,
        how near its tokens are to the quotes', and its most doubtful token."""
        written = result[: len(row[0])]
        near = self._nearness(row[0], row[SENTENCE:]).max(keepdims=True)
        signals = np.concatenate([written[0], written.mean(axis=0), written.max(axis=0), near])
        worst = (written @ self._own["token.weight"][0] + self._own["token.bias"]).max()
        logit = self._perceptron("head", signals[None])[0] - np.logaddexp(0, worst)
        return Reading(np.zeros(0, np.float32), float(logit))


@functools.cache
def shipped_claim_reader(lower: Lower | None = None) -> ClaimReader:
    """The one that ships with lightqa, loaded once; with the layers of an encoder, or else its own."""
    with as_file(files("qa").joinpath("writer/claims.safetensors")) as weights:
        return ClaimReader(Weights.of(weights), lower or own_lower())
