"""Texts to unit vectors, by the encoder that an index carries, without torch or sentence-transformers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

Vectors = NDArray[np.float32]

BATCH = 16
"""Texts per forward pass: on two cores, 8 to 32 ran alike; more only wastes memory on padding."""

WIDTH = 32
"""Texts are padded to a multiple of so many tokens, and run with none of another width. A text then has the
same vectors, bit for bit, whatever it is encoded with; in widths made to measure, 6 in 100 had not."""

_COMPILED: dict[str, tuple[Any, threading.Lock]] = {}
"""Each encoder of this process, by fingerprint: compiled once, shared by all indexes that carry it, and
never destroyed before the end. Destroying one while another was in use crashed once in many builds."""


class Encoder:
    """A converted sentence-transformers model.

    Args:
        folder: What `index.export.export_encoder` wrote.

    Attributes:
        name: The model's name, as shown to people.
        fingerprint: Tells vectors of one model from those of another.
        dimension: Width of a vector.
    """

    def __init__(self, folder: Path) -> None:
        settings = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        self.name: str = settings["name"]
        self.fingerprint: str = settings["fingerprint"]
        self.dimension: int = settings["dimension"]
        self._question_prompt: str = settings["question_prompt"]
        self._passage_prompt: str = settings["passage_prompt"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._max_length: int = settings["max_length"]
        self._tokenizer.enable_truncation(self._max_length)
        if self.fingerprint not in _COMPILED:
            core = openvino.Core()
            # Latency first: one question at a time is the common case, and both cores work on it.
            compiled = core.compile_model(
                core.read_model(folder / "encoder.xml"), "CPU", {"PERFORMANCE_HINT": "LATENCY"}
            )
            _COMPILED[self.fingerprint] = (compiled, threading.Lock())
        self._model, self._one_at_a_time = _COMPILED[self.fingerprint]

    def encode(self, texts: Sequence[str], advance: Callable[[int], None] | None = None) -> Vectors:
        """Unit vectors of passages or sentences.

        Args:
            texts: n texts; longer ones are cut at the model's own maximum of tokens.
            advance: Called with the number of texts done since the last call.

        Returns:
            (n, dimension) float32, each row of length 1, so that a dot product is a cosine.
        """
        return self._encode([self._passage_prompt + text for text in texts], advance)

    def encode_question(self, question: str) -> Vectors:
        """Unit vector of one question, (dimension,) float32, with the model's own prompt for questions."""
        return np.asarray(self.encode_questions([question])[0])

    def encode_questions(
        self, questions: Sequence[str], advance: Callable[[int], None] | None = None
    ) -> Vectors:
        """As `encode`, with the model's own prompt for questions."""
        return self._encode([self._question_prompt + question for question in questions], advance)

    def encode_tokens(self, texts: Sequence[str]) -> list[tuple[list[tuple[int, int]], Vectors]]:
        """Unit vectors of the tokens of each text, each token seen in its context.

        Returns:
            For each text the character spans of its tokens and their vectors, (tokens, width)
            float32 with rows of length 1. The model's own marker tokens are left out.
        """
        tokenized = self._tokenizer.encode_batch(list(texts))
        results: list[tuple[list[tuple[int, int]], Vectors]] = [([], np.empty((0, 0), np.float32))] * len(
            texts
        )
        for rows, output in self._forward(tokenized, output=1):
            for row, states in zip(rows, output, strict=True):
                encoding = tokenized[row]
                kept = [at for at, marker in enumerate(encoding.special_tokens_mask) if not marker]
                vectors = states[kept]
                vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
                results[row] = ([encoding.offsets[at] for at in kept], vectors.astype(np.float32))
        return results

    def _encode(self, texts: list[str], advance: Callable[[int], None] | None = None) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for rows, output in self._forward(self._tokenizer.encode_batch(texts), output=0):
            vectors[rows] = output
            if advance is not None:
                advance(len(rows))
        return vectors

    def _forward(self, tokenized: list[Encoding], output: int) -> Iterator[tuple[list[int], Vectors]]:
        """Rows of a batch, all of one width, and their output."""
        widths = [min(-(-len(encoding.ids) // WIDTH) * WIDTH, self._max_length) for encoding in tokenized]
        for width in sorted(set(widths)):
            of_width = [row for row, own in enumerate(widths) if own == width]
            for begin in range(0, len(of_width), BATCH):
                rows = of_width[begin : begin + BATCH]
                yield rows, self._run([tokenized[row] for row in rows], width)[output]

    def _run(self, batch: Sequence[Encoding], width: int) -> tuple[Vectors, Vectors]:
        """Unit vectors of some texts, and the states of their tokens, (texts, width, dimension)."""
        input_ids = np.zeros((len(batch), width), dtype=np.int64)
        attention_mask = np.zeros((len(batch), width), dtype=np.int64)
        for line, encoding in enumerate(batch):
            input_ids[line, : len(encoding.ids)] = encoding.ids
            attention_mask[line, : len(encoding.ids)] = 1
        # OpenVINO's compiled model answers one call at a time; both cores work on that one.
        with self._one_at_a_time:
            result = self._model({"input_ids": input_ids, "attention_mask": attention_mask})
        return np.asarray(result[0]), np.asarray(result[1])
