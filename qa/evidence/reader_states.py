"""States of texts after the first layers of MiniLM, each text read by itself, kept for those read last.

Sentences come back from question to question, and nothing of a question is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.bert_layers import Values
from index.halves import Lower

QUESTION, TITLE, SENTENCE = 0, 1, 2
"""What a text is to the reader; rows of the trained roles."""
LONGEST = {QUESTION: 64, TITLE: 32, SENTENCE: 96}
"""Tokens of a text that are read, markers included."""
KEPT = 2000
"""Texts at most whose states are kept; about 20 kB each."""


class KeptStates:
    """States of the texts that were read last, in half precision. Threads may share it."""

    def __init__(self, lower: Lower) -> None:
        self._lower = lower
        self._kept: OrderedDict[tuple[int, str], NDArray[np.float16]] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    def of(self, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Values]:
        """States of texts, given with what they are: (tokens, width) float32 for each."""
        wanted = set(wanted)
        with self._one_at_a_time:
            known = {key: self._kept[key] for key in wanted if key in self._kept}
        new = sorted(wanted - known.keys())
        for key, read in zip(new, self._lower.states(self._ids(new)), strict=True):
            # Of a sentence, its end marker stays and its start marker goes: the question has one.
            start = 1 if key[0] == SENTENCE else 0
            known[key] = read[start:].astype(np.float16)
        with self._one_at_a_time:
            for key, states in known.items():
                if key[0] != QUESTION:
                    self._kept[key] = states
                    self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return {key: states.astype(np.float32) for key, states in known.items()}

    def _ids(self, texts: Sequence[tuple[int, str]]) -> list[list[int]]:
        """Numbers of the tokens of each text, cut to what is read of its kind."""
        found = []
        encoded = self._lower.tokenizer.encode_batch([text for _, text in texts])
        for (role, _), encoding in zip(texts, encoded, strict=True):
            ids, most = encoding.ids, LONGEST[role]
            found.append(ids if len(ids) <= most else [*ids[: most - 1], ids[-1]])
        return found
