"""Layers of BERT as a graph that OpenVINO runs, made of weights alone: no torch, nothing converted."""

from __future__ import annotations

import math
import mmap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset13

from index.compiled import Compiled
from index.halves import batches, padded

Values = NDArray[np.float32]

HEADS = 12
TOKENS = 96
"""Least in one run, padding counted: for fewer, OpenVINO packs the weights in f32 a second time, 21 MB."""
UNSEEN = -1e4
"""Added to the attention on padding."""


class Layers:
    """Some layers, one after the other.

    Args:
        weights: By name, of any float type: `attend` (query, key and value in one), `attended`, `up`, `down`,
            `norm_attended`, `norm`, each with .weight and .bias.
        prefixes: What stands before those names, for each layer.
        file: That the weights are views of.
        precision: "bf16" or "f32" to insist on it; None for what the environment or the processor says.
    """

    def __init__(
        self,
        weights: Mapping[str, NDArray[Any]],
        prefixes: Sequence[str],
        file: mmap.mmap,
        precision: str | None = None,
    ) -> None:
        width = weights[f"{prefixes[0]}norm.weight"].shape[0]
        like = {
            "states": np.zeros((1, TOKENS, width), np.float32),
            "mask": np.zeros((1, 1, 1, TOKENS), np.float32),
        }
        self._model = Compiled(lambda: _graph(weights, prefixes, width), like, file, precision)

    def run(self, rows: Sequence[Values]) -> list[Values]:
        """States after the layers, of those before them: (tokens, width) float32 for each row."""
        found: dict[int, Values] = {}
        for numbers in batches([len(states) for states in rows], TOKENS):
            room = padded(max(len(rows[numbers[-1]]), TOKENS // len(numbers)))
            inputs = {
                "states": np.zeros((len(numbers), room, rows[0].shape[1]), np.float32),
                "mask": np.full((len(numbers), 1, 1, room), UNSEEN, np.float32),
            }
            for line, number in enumerate(numbers):
                inputs["states"][line, : len(rows[number])] = rows[number]
                inputs["mask"][line, ..., : len(rows[number])] = 0
            [states] = self._model.run(inputs)
            found |= {number: own[: len(rows[number])] for number, own in zip(numbers, states, strict=True)}
        return [found[number] for number in range(len(rows))]


_NAMES = [
    f"{part}.{kind}"
    for part in ("attend", "attended", "up", "down", "norm_attended", "norm")
    for kind in ("weight", "bias")
]


def _graph(weights: Mapping[str, NDArray[Any]], prefixes: Sequence[str], width: int) -> openvino.Model:
    states = opset13.parameter([-1, -1, width], np.float32, name="states")
    mask = opset13.parameter([-1, 1, 1, -1], np.float32, name="mask")
    return openvino.Model([layers(states, mask, weights, prefixes)], [states, mask], "layers")


def layers(states: Any, mask: Any, weights: Mapping[str, NDArray[Any]], prefixes: Sequence[str]) -> Any:
    """What layers make of states, as a node of a graph; weights and their prefixes as for `Layers`.

    Args:
        states: (rows, tokens, width).
        mask: (rows, 1, 1, tokens): 0, or UNSEEN where a token is padding.
    """
    for prefix in prefixes:
        states = _layer(states, mask, {name: constant(weights[prefix + name]) for name in _NAMES})
    return states


def constant(values: NDArray[Any]) -> Any:
    """The values where they lie, in their own type; float16 is widened by whoever computes with it."""
    constant = opset13.constant(np.ascontiguousarray(values), shared_memory=True)
    if values.dtype == np.float32:
        return constant
    widened = opset13.convert(constant, "f32")
    # As a stored graph marks compressed weights: without it, OpenVINO keeps a copy in f32 beside its own.
    widened.get_rt_info()["decompression_0"] = ""
    return widened


def _layer(states: Any, mask: Any, own: Mapping[str, Any]) -> Any:
    width = own["norm.weight"].output(0).get_shape()[0]

    def of(part: str) -> tuple[Any, Any]:
        return own[f"{part}.weight"], own[f"{part}.bias"]

    def linear(inputs: Any, part: str) -> Any:
        weight, bias = of(part)
        return opset13.add(opset13.matmul(inputs, weight, False, True), bias)

    heads = opset13.reshape(
        linear(states, "attend"), opset13.constant([0, 0, 3, HEADS, width // HEADS]), special_zero=True
    )
    heads = opset13.transpose(heads, opset13.constant([2, 0, 3, 1, 4]))
    query, key, value = (opset13.gather(heads, opset13.constant(at), opset13.constant(0)) for at in range(3))
    nearness = opset13.multiply(
        opset13.matmul(query, key, False, True), opset13.constant(np.float32((width // HEADS) ** -0.5))
    )
    seen = opset13.matmul(opset13.softmax(opset13.add(nearness, mask), 3), value, False, False)
    seen = opset13.reshape(
        opset13.transpose(seen, opset13.constant([0, 2, 1, 3])),
        opset13.constant([0, 0, width]),
        special_zero=True,
    )
    states = norm(opset13.add(states, linear(seen, "attended")), *of("norm_attended"))
    up = opset13.gelu(linear(states, "up"), "erf")
    return norm(opset13.add(states, linear(up, "down")), *of("norm"))


def norm(states: Any, weight: Any, bias: Any) -> Any:
    """States normalised token by token, as a node of a graph."""
    centred = opset13.mvn(states, opset13.constant([2]), True, 1e-12, "inside_sqrt")
    return opset13.add(opset13.multiply(centred, weight), bias)


def perceptron(weights: Mapping[str, Values], name: str, inputs: Values) -> Values:
    """What two linear layers with a GELU between them make of rows: (rows, outputs)."""
    hidden = inputs @ weights[f"{name}.0.weight"].T + weights[f"{name}.0.bias"]
    # GELU: times the share of a normal distribution that lies below. SciPy's takes 0.25 s to load.
    erf = np.fromiter(map(math.erf, (hidden * math.sqrt(0.5)).ravel().tolist()), np.float32, hidden.size)
    hidden = hidden * (1 + erf.reshape(hidden.shape)) / 2
    return np.asarray(hidden @ weights[f"{name}.2.weight"].T + weights[f"{name}.2.bias"])
