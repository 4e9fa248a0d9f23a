"""Vectors of the words of sentences, kept for the sentences that were read last.

Questions come back to the same sentences, and to encode those is most of the work of an answer. Nothing of
a question is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from index.encoder import Encoder, Vectors

Tokens = tuple[list[tuple[int, int]], Vectors]

KEPT = 1000
"""Sentences at most; about 50 kB each."""


class TokenVectors:
    """The last sentences' token vectors. Threads may share it.

    Args:
        encoder: Of the index that the sentences are from.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: OrderedDict[str, Tokens] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    def of(self, texts: Sequence[str]) -> list[Tokens]:
        """As `Encoder.encode_tokens`, rounded to 16 bits whether they were kept or not."""
        with self._one_at_a_time:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        for text, (spans, vectors) in zip(new, self._encoder.encode_tokens(new), strict=True):
            known[text] = (spans, vectors.astype(np.float16))
        with self._one_at_a_time:
            for text in texts:
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return [(spans, vectors.astype(np.float32)) for spans, vectors in (known[text] for text in texts)]
