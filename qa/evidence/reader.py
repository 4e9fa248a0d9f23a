"""The trained reader: how far each sentence of some passages answers a question.

The first layers of MiniLM read question, title and every sentence by itself; the states of sentences are
kept for those that were read last, as word vectors are (`index.token_vectors`). The trained layers then
read a question together with a passage. How they were trained stands in `qa.train.train_reader`, on what
and how well in qa/reader/MODEL_CARD.md.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from index.bert_layers import Layers, Values, perceptron
from index.halves import Lower
from index.minilm_lower import own_lower
from index.readable import in_full
from index.tensors import Weights
from index.types import Passage

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


TRAINED, ORDINALS = 3, 32
"""Layers, and rows that tell the sentences of a passage apart."""

Text = tuple[str, str, Sequence[str]]
"""Question, title, sentences."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one passage.

    Attributes:
        sentences: (sentences,) float32: for each a logit that it answers; comparable between passages.
        passage: Logit that the passage answers at all.
    """

    sentences: Values
    passage: float


class Reader:
    """A trained reader. Threads may share it.

    Args:
        weights: Of the trained layers and scores, by the names of `qa.train.reader_network.UpperLayers`.
        lower: The layers below them, of all-MiniLM-L6-v2.
        precision: As for `Layers`.
    """

    def __init__(self, weights: Weights, lower: Lower, precision: str | None = None) -> None:
        own = weights.tensors
        self._own = {n: w.astype(np.float32) for n, w in own.items() if not n.startswith("layers.")}
        self._lower = KeptStates(lower)
        self._upper = Layers(own, [f"layers.{number}." for number in range(TRAINED)], weights.file, precision)

    def scores(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Read a question with each of some passages; a reading for each, in their order."""
        return self.read(
            [
                (
                    question,
                    ". ".join(part for part in (passage.title, passage.section) if part),
                    [in_full(sentence) for sentence in passage.sentences],
                )
                for passage in passages
            ]
        )

    def read(self, texts: Sequence[Text]) -> list[Reading]:
        """Read texts, each with its own question; a reading for each, in their order."""
        states = self._lower.of(
            {(QUESTION, question) for question, _, _ in texts}
            | {(TITLE, title) for _, title, _ in texts}
            | {(SENTENCE, sentence) for _, _, sentences in texts for sentence in sentences}
        )
        rows = [
            [
                states[QUESTION, question],
                states[TITLE, title],
                *(states[SENTENCE, each] for each in sentences),
            ]
            for question, title, sentences in texts
        ]
        results = self._upper.run([self._told_apart(row) for row in rows])
        return [self._weigh(row, result) for row, result in zip(rows, results, strict=True)]

    def _told_apart(self, row: Sequence[Values]) -> Values:
        """(tokens, width): the states of a row, each with what tells its part from the others."""
        told = []
        for number, part in enumerate(row):
            told.append(part + self._own["roles"][min(number, SENTENCE)])
            if number >= SENTENCE:
                told[-1] += self._own["ordinals"][(number - SENTENCE) % ORDINALS]
        return np.concatenate(told)

    def _weigh(self, row: Sequence[Values], result: Values) -> Reading:
        """The scores of one row, from what the lower layers and the trained ones made of it."""
        ends = np.cumsum([len(part) for part in row])
        means = np.array([result[a:b].mean(axis=0) for a, b in itertools.pairwise(ends[1:])], np.float32)
        if not len(means):
            return Reading(np.zeros(0, np.float32), 0.0)
        asked, first = result[: ends[0]].mean(axis=0), result[0]
        cosines = _units(means) @ _units(asked)
        nearness = self._nearness(row[0], row[SENTENCE:])
        signals = np.column_stack([cosines, nearness, nearness - nearness.mean()])
        scores = self._perceptron("sentence", np.hstack([means, np.tile(first, (len(means), 1))]))
        scores = np.asarray(scores + signals @ self._own["nearness"] + self._own["bias"], dtype=np.float32)
        passage = self._perceptron("passage", np.concatenate([first, means.max(axis=0)])[None])[0]
        return Reading(scores, float(passage + self._own["best"] * scores.max()))

    def _nearness(self, question: Values, sentences: Sequence[Values]) -> Values:
        """How near the question's tokens are to each sentence's, weighed by how telling they are."""
        telling = np.logaddexp(0, question @ self._own["telling.weight"][0] + self._own["telling.bias"])
        units = _units(question)
        nearest = np.array([(units @ _units(sentence).T).max(axis=1) for sentence in sentences])
        return np.asarray(nearest @ telling / telling.sum(), dtype=np.float32)

    def _perceptron(self, name: str, inputs: Values) -> Values:
        return perceptron(self._own, name, inputs)[:, 0]


@functools.cache
def shipped_reader(lower: Lower | None = None) -> Reader:
    """The reader that ships with lightqa, loaded once; with the layers of an encoder, or else its own."""
    with as_file(files("qa").joinpath("reader/reader.safetensors")) as weights:
        return Reader(Weights.of(weights), lower or own_lower())


def _units(rows: Values) -> Values:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-8))
