"""Texts to unit vectors, by the encoder that an index carries, without torch or sentence-transformers."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.compiled import Compiled, compiled_from
from index.export import SHIPPED_FINGERPRINT
from index.halves import WIDTH, Halves, Lower, padded, padded_inputs

Vectors = NDArray[np.float32]

TOKENS = 1024
"""Tokens per forward pass, padding counted: on two cores 1,024 and 2,048 ran alike, and more takes memory."""

READ_AHEAD = 8192
"""Texts that are split into tokens before the first is encoded: enough to find many of one length, and a few
dozen MB."""

OF_FEW = 64
"""Tokens per forward pass where the texts are few: batches gain nothing there, and from some 64 tokens on
OpenVINO packs the weights in f32 a second time, 43 MB."""

FEW = 24
"""Texts up to which a reading is worth remembering, and which are run few at a time: a question, its
sentences, the eight claims with their replies that are compared; not documents."""

REMEMBERED = 256
"""Texts whose reading is remembered; a question is read for red flags, for the search and word by word."""

_LOADED: dict[str, tuple[Tokenizer, Compiled | Halves]] = {}
"""Each encoder of this process, by fingerprint: compiled once, shared by all indexes that carry it, and
never destroyed before the end. Destroying one while another was in use crashed once in many builds."""


class Reading(NamedTuple):
    """What the encoder makes of a text.

    Attributes:
        vector: (dimension,) float32 of length 1.
        spans: Characters that each token covers; the model's own marker tokens are left out.
        states: (tokens, width) float32 with rows of length 1, each token seen in its context.
    """

    vector: Vectors
    spans: list[tuple[int, int]]
    states: Vectors


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
        self._max_length: int = settings["max_length"]
        # What could not be compiled from other files may be from these.
        if self.fingerprint not in _LOADED or _LOADED[self.fingerprint][1].failed:
            _LOADED[self.fingerprint] = self._loaded(folder)
        self._tokenizer, self._model = _LOADED[self.fingerprint]
        self._remembered: OrderedDict[str, Reading] = OrderedDict()
        self._remembering = threading.Lock()

    def _loaded(self, folder: Path) -> tuple[Tokenizer, Compiled | Halves]:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(self._max_length)
        graph, like = folder / "encoder.xml", padded_inputs([[0]], WIDTH)
        if self.fingerprint == SHIPPED_FINGERPRINT:
            return tokenizer, Halves(graph, tokenizer, like)
        return tokenizer, compiled_from(graph, like)

    @property
    def lower(self) -> Lower | None:
        """Its first three layers, where it is the shipped model: those that the trained reader reads with."""
        return self._model.lower if isinstance(self._model, Halves) else None

    @property
    def precision(self) -> str:
        """What it computes in, such as "f32" or "bf16"."""
        return self._model.precision

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
        """Unit vectors of the tokens of each text: the spans and states of its `Reading`."""
        return [(reading.spans, reading.states) for reading in self._read_few(list(texts))]

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        """Number and reading of each of many texts, in the order in which they are done."""
        prompt = len(self._passage_prompt)
        for begin, tokenized in self._tokenized(texts, self._passage_prompt):
            for rows, vectors, states in self._forward(tokenized):
                for row, vector, own in zip(rows, vectors, states, strict=True):
                    yield begin + row, _reading(tokenized[row], vector, own, prompt)

    def portions(self, texts: Sequence[str], batches: int) -> Iterator[list[int]]:
        """Numbers of texts in the order in which `read` does them, so many of its batches at a time.

        Read by itself, a portion makes the same batches, and with them the same bits.
        """
        for begin, tokenized in self._tokenized(texts, self._passage_prompt):
            done = self._batches(tokenized)
            while portion := [begin + row for rows, _ in islice(done, batches) for row in rows]:
                yield portion

    def _tokenized(self, texts: Sequence[str], prompt: str = "") -> Iterator[tuple[int, list[Encoding]]]:
        """Tokens of READ_AHEAD texts at a time, and the number of the first of them."""
        for begin in range(0, len(texts), READ_AHEAD):
            some = [prompt + text for text in texts[begin : begin + READ_AHEAD]]
            yield begin, self._tokenizer.encode_batch(some)

    def _read_few(self, texts: list[str]) -> list[Reading]:
        """Readings of texts, remembered for those that are read again."""
        with self._remembering:
            known = {text: self._remembered[text] for text in texts if text in self._remembered}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        tokenized = self._tokenizer.encode_batch(new)
        for rows, vectors, states in self._forward(tokenized, OF_FEW):
            for row, vector, own in zip(rows, vectors, states, strict=True):
                known[new[row]] = _reading(tokenized[row], vector, own, 0)
        with self._remembering:
            for text in texts:
                self._remembered[text] = known[text]
                self._remembered.move_to_end(text)
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return [known[text] for text in texts]

    def _encode(self, texts: list[str], advance: Callable[[int], None] | None = None) -> Vectors:
        if len(texts) <= FEW:
            readings = self._read_few(texts)
            if advance is not None and texts:
                advance(len(texts))
            return np.array([reading.vector for reading in readings], np.float32).reshape(-1, self.dimension)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for begin, tokenized in self._tokenized(texts):
            some = vectors[begin : begin + READ_AHEAD]
            for rows, output, _ in self._forward(tokenized):
                some[rows] = output
                if advance is not None:
                    advance(len(rows))
        return vectors

    def _forward(
        self, tokenized: list[Encoding], most: int = TOKENS
    ) -> Iterator[tuple[list[int], Vectors, Vectors]]:
        """Rows of a batch of about one length, their unit vectors, and the states of their tokens.

        The states are (rows, width, dimension).
        """
        for rows, width in self._batches(tokenized, most):
            vectors, states = self._model.run(padded_inputs([tokenized[row].ids for row in rows], width))
            yield rows, vectors, states

    def _batches(self, tokenized: list[Encoding], most: int = TOKENS) -> Iterator[tuple[list[int], int]]:
        """Rows of each batch, and to how many tokens they are padded; all of it at most so many tokens."""
        lengths = [len(encoding.ids) for encoding in tokenized]
        rows: list[int] = []
        width = 0
        # The longest first: what one batch needs of memory is then known at once, and is enough for all.
        for row in sorted(range(len(tokenized)), key=lambda row: -lengths[row]):
            if rows and (len(rows) + 1) * width > most:
                yield rows, width
                rows = []
            if not rows:
                width = min(padded(lengths[row]), self._max_length)
            rows.append(row)
        if rows:
            yield rows, width


def _reading(encoding: Encoding, vector: Vectors, states: Vectors, prompt: int) -> Reading:
    offsets = encoding.offsets  # Each asking for them makes the whole list anew.
    kept = [
        at
        for at, marker in enumerate(encoding.special_tokens_mask)
        if not marker and offsets[at][0] >= prompt
    ]
    states = states[kept]
    states = states / np.maximum(np.linalg.norm(states, axis=1, keepdims=True), 1e-12)
    spans = [(start - prompt, end - prompt) for start, end in (offsets[at] for at in kept)]
    return Reading(vector, spans, states.astype(np.float32))
