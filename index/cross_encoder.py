"""How far texts answer a question, by a reader that a user named and the index carries: a cross-encoder.

It reads question and text together, so that nothing of a text can be kept from one question to the next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.compiled import compiled_from
from index.halves import WIDTH, padded

GRAPH, TOKENIZER, SETTINGS = "reader.xml", "tokenizer.json", "reader.json"

BATCH = 16

_VALUES = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
"""What the tokenizer calls the inputs of a model."""

Scores = NDArray[np.float32]


class CrossEncoder:
    """A converted sentence-transformers CrossEncoder.

    Args:
        folder: What `index.export_reader.export_reader` wrote.

    Attributes:
        name: As the user named it.
        fingerprint: Tells scores of one model from those of another.
    """

    def __init__(self, folder: Path) -> None:
        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        self.name: str = settings["name"]
        self.fingerprint: str = settings["fingerprint"]
        self._scale: float = settings.get("scale", 1.0)
        self._offset: float = settings.get("offset", 0.0)
        self._inputs: list[str] = settings["inputs"]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(settings["max_length"], strategy="longest_first")
        like = {name: np.zeros((1, WIDTH), np.int64) for name in self._inputs}
        self._model = compiled_from(folder / GRAPH, like)

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """Calibrated logits that texts answer a question: (texts,) float32; 0 is even odds."""
        raw = self.raw_scores([(question, text) for text in texts])
        return (self._scale * raw + self._offset).astype(np.float32)

    def raw_scores(self, pairs: Sequence[tuple[str, str]]) -> Scores:
        """The model's own logits for (question, text) pairs: (pairs,) float32."""
        tokenized = self._tokenizer.encode_batch(list(pairs))
        widths = [padded(len(encoding.ids)) for encoding in tokenized]
        scores = np.zeros(len(pairs), np.float32)
        for width in sorted(set(widths)):
            of_width = [row for row, own in enumerate(widths) if own == width]
            for begin in range(0, len(of_width), BATCH):
                rows = of_width[begin : begin + BATCH]
                inputs = {name: np.zeros((len(rows), width), np.int64) for name in self._inputs}
                for line, row in enumerate(rows):
                    for name in self._inputs:
                        values = getattr(tokenized[row], _VALUES[name])
                        inputs[name][line, : len(values)] = values
                scores[rows] = self._model.run(inputs)[0]
        return scores
