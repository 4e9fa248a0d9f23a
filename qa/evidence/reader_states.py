"""States of texts after the first layers of MiniLM, each text read by itself, kept for those read last.

Sentences come back from question to question, and nothing of a question is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.compiled import let_go
from qa.evidence.reader_layers import Layers, Values
from qa.evidence.reader_weights import Weights

LOWER = 3
QUESTION, TITLE, SENTENCE = 0, 1, 2
"""What a text is to the reader; rows of the trained roles."""
LONGEST = {QUESTION: 64, TITLE: 32, SENTENCE: 96}
"""Tokens of a text that are read, markers included."""
KEPT = 2000
"""Texts at most whose states are kept; about 20 kB each."""
PADDED = 32
"""Rows are padded to a multiple of so many tokens, as in `index.encoder`."""


class KeptStates:
    """States of the texts that were read last, in half precision. Threads may share it.

    Args:
        model: Folder of all-MiniLM-L6-v2.
        precision: As for `Layers`.
    """

    def __init__(self, model: Path, precision: str | None) -> None:
        minilm = Weights.of(model / "model.safetensors")
        stored = minilm.tensors
        weights: dict[str, NDArray[Any]] = {}
        for number in range(LOWER):
            at = f"encoder.layer.{number}"
            for kind in ("weight", "bias"):
                parts = (f"{at}.attention.self.{name}.{kind}" for name in ("query", "key", "value"))
                weights[f"{number}.attend.{kind}"] = np.concatenate([stored[part] for part in parts])
                for name, published in _PUBLISHED.items():
                    weights[f"{number}.{name}.{kind}"] = stored[f"{at}.{published}.{kind}"]
        words, places, kinds = (
            stored[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        norm = [stored[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")]
        self._layers = Layers(weights, [f"{number}." for number in range(LOWER)], minilm.file, precision)
        self._file = minilm.file
        self._words, self._places, self._norm = words, places + kinds[0], norm
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._kept: OrderedDict[tuple[int, str], NDArray[np.float16]] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    def of(self, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Values]:
        """States of texts, given with what they are: (tokens, width) float32 for each."""
        wanted = set(wanted)
        with self._one_at_a_time:
            known = {key: self._kept[key] for key in wanted if key in self._kept}
        new = sorted(wanted - known.keys())
        ids = self._ids(new)
        for group in of_one_width([len(own) for own in ids], most=16):
            width = padded(max(len(ids[at]) for at in group))
            table = np.zeros((len(group), width, len(self._norm[0])), np.float32)
            for line, at in enumerate(group):
                table[line, : len(ids[at])] = self._embedded(ids[at])
            read = self._layers.run(table, [len(ids[at]) for at in group])
            for at, states in zip(group, read, strict=True):
                # Of a sentence, its end marker stays and its start marker goes: the question has one.
                start = 1 if new[at][0] == SENTENCE else 0
                known[new[at]] = states[start : len(ids[at])].astype(np.float16)
        # A word of 1.5 kB brings 64 kB of its file along: 7 MB for a question and its sentences.
        let_go(self._file)
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
        encoded = self._tokenizer.encode_batch([text for _, text in texts])
        for (role, _), encoding in zip(texts, encoded, strict=True):
            ids, most = encoding.ids, LONGEST[role]
            found.append(ids if len(ids) <= most else [*ids[: most - 1], ids[-1]])
        return found

    def _embedded(self, ids: Sequence[int]) -> Values:
        """(tokens, width): words and places, normalised, as they go into the first layer."""
        embedded = self._words[list(ids)] + self._places[: len(ids)]
        embedded = embedded - embedded.mean(axis=1, keepdims=True)
        spread = np.sqrt((embedded**2).mean(axis=1, keepdims=True) + 1e-12)
        return np.asarray(embedded / spread * self._norm[0] + self._norm[1], dtype=np.float32)


def of_one_width(lengths: Sequence[int], most: int) -> Iterable[list[int]]:
    """Rows in groups of at most `most` whose padded lengths are the same."""
    for width in sorted({padded(length) for length in lengths}):
        rows = [at for at, length in enumerate(lengths) if padded(length) == width]
        for begin in range(0, len(rows), most):
            yield rows[begin : begin + most]


def padded(length: int) -> int:
    """Tokens of a row that is padded to a multiple of PADDED."""
    return -(-length // PADDED) * PADDED


_PUBLISHED = {
    "attended": "attention.output.dense",
    "norm_attended": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}
