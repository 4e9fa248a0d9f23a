"""How alarming a message reads, and of which kind of emergency: MiniLM's last layers, taught with messages.

`python -m qa.train.train_message_reader` writes message_reader.safetensors. It reads English best, the
language that MiniLM was made for.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from index.bert_layers import Layers, Values, perceptron
from index.halves import Lower
from index.minilm_lower import own_lower
from index.tensors import Weights
from qa.health.safety.phrase_lists import unstretched

SHIPPED = Path(__file__).with_name("message_reader.safetensors")
LAYERS, HIDDEN = 3, 256
"""How many layers were trained, and the width of what makes scores of what they read."""
LONGEST = 96
"""Tokens of a message that are read at once."""


@dataclass(frozen=True, slots=True)
class MessageReading:
    """What was read in a message.

    Attributes:
        alarming: Logit that it tells of an emergency.
        kinds: (kinds,): of each kind, in the order of their names, a logit that it is the one.
    """

    alarming: float
    kinds: Values


class MessageReader:
    """The trained layers. Threads may share it.

    Args:
        weights: Of the layers and of what makes scores of them, by the names of
            `qa.train.train_message_reader.MessageNetwork`.
        lower: The layers below them, of all-MiniLM-L6-v2.
    """

    def __init__(self, weights: Weights, lower: Lower) -> None:
        own = weights.tensors
        self._lower = lower
        self._head = {n: w.astype(np.float32) for n, w in own.items() if n.startswith("head.")}
        self._layers = Layers(own, [f"layers.{number}." for number in range(LAYERS)], weights.file)

    def read(self, message: str) -> MessageReading:
        """Read a message; of a long one the part that reads most alarming."""
        start, *ids, end = self._lower.tokenizer.encode(unstretched(message)).ids
        most = LONGEST - 2
        parts = [[start, *ids[at : at + most], end] for at in range(0, max(len(ids), 1), most)]
        told = [
            np.concatenate([states[0], states.mean(axis=0), states.max(axis=0)])
            for states in self._layers.run(self._lower.states(parts))
        ]
        alarming, *kinds = max(perceptron(self._head, "head", np.stack(told)), key=lambda logits: logits[0])
        return MessageReading(float(alarming), np.array(kinds, np.float32))


@functools.cache
def shipped_message_reader(lower: Lower | None = None) -> MessageReader:
    """The one that ships with lightqa, loaded once; with the layers of an encoder, or else its own."""
    with as_file(files("qa.health.safety").joinpath(SHIPPED.name)) as weights:
        return MessageReader(Weights.of(weights), lower or own_lower())
