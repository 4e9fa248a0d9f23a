"""The first layers of all-MiniLM-L6-v2 by its published weights, for indexes whose encoder is another model.

Where it is the shipped one, the reader reads with the encoder's own: `index.encoder.Encoder.lower`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset13
from tokenizers import Tokenizer

from index.bert_layers import UNSEEN, constant, layers, norm
from index.compiled import Compiled
from index.export import shipped_folder
from index.halves import WIDTH, Lower, padded_inputs
from index.tensors import Weights

LAYERS = 3
_PUBLISHED = {
    "attended": "attention.output.dense",
    "norm_attended": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}


@functools.cache
def own_lower() -> Lower:
    """Of the installed weights, loaded once."""
    return lower_layers(shipped_folder())


def lower_layers(model: Path, precision: str | None = None) -> Lower:
    """Of the folder of all-MiniLM-L6-v2; the precision as for `index.compiled.Compiled`."""
    weights = Weights.of(model / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    like = padded_inputs([[0]], WIDTH)
    return Lower(tokenizer, Compiled(lambda: _graph(weights.tensors), like, weights.file, precision))


def _graph(stored: Mapping[str, NDArray[Any]]) -> openvino.Model:
    ids, mask = (opset13.parameter([-1, -1], np.int64, name=name) for name in ("input_ids", "attention_mask"))
    words, places, kinds = (
        constant(stored[f"embeddings.{name}_embeddings.weight"])
        for name in ("word", "position", "token_type")
    )
    zero, one = opset13.constant(0), opset13.constant(1)
    tokens = opset13.range(zero, opset13.gather(opset13.shape_of(ids), one, zero), one, "i64")
    states = opset13.add(opset13.gather(words, ids, zero), opset13.gather(places, tokens, zero))
    states = opset13.add(states, opset13.gather(kinds, zero, zero))
    states = norm(states, *(constant(stored[f"embeddings.LayerNorm.{kind}"]) for kind in ("weight", "bias")))
    unseen = opset13.multiply(
        opset13.convert(opset13.subtract(opset13.constant(np.int64(1)), mask), "f32"),
        opset13.constant(np.float32(UNSEEN)),
    )
    unseen = opset13.unsqueeze(unseen, opset13.constant([1, 2]))
    prefixes = [f"{number}." for number in range(LAYERS)]
    return openvino.Model([layers(states, unseen, _by_our_names(stored), prefixes)], [ids, mask], "lower")


def _by_our_names(stored: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The weights of the layers by the names of `index.bert_layers.Layers`."""
    weights: dict[str, NDArray[Any]] = {}
    for number in range(LAYERS):
        at = f"encoder.layer.{number}"
        for kind in ("weight", "bias"):
            parts = (f"{at}.attention.self.{name}.{kind}" for name in ("query", "key", "value"))
            weights[f"{number}.attend.{kind}"] = np.concatenate([stored[part] for part in parts])
            for name, published in _PUBLISHED.items():
                weights[f"{number}.{name}.{kind}"] = stored[f"{at}.{published}.{kind}"]
    return weights
