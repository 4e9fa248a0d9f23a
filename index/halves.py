"""all-MiniLM-L6-v2 in two halves of three layers: the trained reader goes on from the states between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset13
from tokenizers import Tokenizer

from index.compiled import Arrays, Compiled, stored_model
from index.errors import damaged

LAST_OF_LOWER = "encoder.layer.2.output.LayerNorm/aten::layer_norm/Add"
"""How the name of what gives the states between the halves ends in the graph."""
STATES = 384
"""Numbers in the state of a token."""
WIDTH = 8
"""Texts are padded to a multiple of so many tokens: 13 % less to compute than with 32."""
LEAST = 32
"""Tokens that a run of the lower half costs as much as, however few they are."""


@dataclass(frozen=True, eq=False, slots=True)
class Lower:
    """Texts to states after the first three layers.

    Attributes:
        tokenizer: Of the model; it may cut texts at the model's own maximum.
        model: Takes `input_ids` and `attention_mask`, (n, length) int64; gives (n, length, 384) float32.
    """

    tokenizer: Tokenizer
    model: Compiled

    def states(self, texts: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """(tokens, 384) float32 of each text, given by the numbers of its tokens."""
        found: dict[int, NDArray[np.float32]] = {}
        for rows in batches([len(ids) for ids in texts], LEAST):
            [states] = self.model.run(
                padded_inputs([texts[row] for row in rows], padded(len(texts[rows[-1]])))
            )
            found |= {row: own[: len(texts[row])] for row, own in zip(rows, states, strict=True)}
        return [found[row] for row in range(len(texts))]


class Halves:
    """Both halves of a stored graph: together they give what it gives, up to rounding.

    Args:
        graph: The .xml that `index.export.export_encoder` wrote for all-MiniLM-L6-v2.
        tokenizer: Of the model.
        like: As for `index.compiled.Compiled`.

    Raises:
        IndexDamaged: When it is first run, for a graph that does not have the states between the halves.
    """

    def __init__(self, graph: Path, tokenizer: Tokenizer, like: Arrays) -> None:
        read, weights = stored_model(graph)
        self.lower = Lower(tokenizer, Compiled(lambda: _lower(read(), graph), like, weights))
        mask = like["attention_mask"]
        between = {"states": np.zeros((*mask.shape, STATES), np.float32), "attention_mask": mask}
        self._upper = Compiled(lambda: _upper(read(), graph), between, weights)

    def run(self, inputs: Arrays) -> list[NDArray[Any]]:
        """The outputs of the whole, in their order."""
        [states] = self.lower.model.run(inputs)
        return self._upper.run({"states": states, "attention_mask": inputs["attention_mask"]})

    @property
    def failed(self) -> bool:
        """Whether one of them could not be compiled."""
        return self.lower.model.failed or self._upper.failed

    @property
    def precision(self) -> str:
        """What it computes in, such as "f32" or "bf16"."""
        return self.lower.model.precision


def _lower(whole: openvino.Model, graph: Path) -> openvino.Model:
    _see_what_is_no_padding(whole)
    return openvino.Model([_between(whole, graph)], whole.get_parameters(), "lower")


def _upper(whole: openvino.Model, graph: Path) -> openvino.Model:
    mask = _see_what_is_no_padding(whole)
    between = _between(whole, graph)
    states = opset13.parameter(between.get_partial_shape(), np.float32, name="states")
    for reads in between.get_target_inputs():
        reads.replace_source_output(states.output(0))
    return openvino.Model(whole.get_results(), [states, mask], "upper")


def _between(whole: openvino.Model, graph: Path) -> Any:
    for each in whole.get_ops():
        if each.get_friendly_name().endswith(LAST_OF_LOWER):
            return each.output(0)
    raise damaged(graph, "does not have the layers that this version writes")


def _see_what_is_no_padding(whole: openvino.Model) -> Any:
    """Have attention hang on the mask alone, and not, as converted, on the shape of the words as well."""
    [mask] = [each for each in whole.get_parameters() if each.get_friendly_name() == "attention_mask"]
    seen = opset13.unsqueeze(opset13.convert(mask, "boolean"), opset13.constant([1, 2]))
    for each in whole.get_ops():
        if each.get_type_name() == "ScaledDotProductAttention":
            each.input(3).replace_source_output(seen.output(0))
    return mask


def padded_inputs(batch: Sequence[Sequence[int]], width: int) -> dict[str, NDArray[np.int64]]:
    """What an encoder is given for texts of at most so many tokens: `input_ids` and `attention_mask`."""
    inputs = {name: np.zeros((len(batch), width), np.int64) for name in ("input_ids", "attention_mask")}
    for line, ids in enumerate(batch):
        inputs["input_ids"][line, : len(ids)] = ids
        inputs["attention_mask"][line, : len(ids)] = 1
    return inputs


def padded(length: int) -> int:
    """Tokens of a text that is padded to a multiple of WIDTH."""
    return -(-length // WIDTH) * WIDTH


def batches(lengths: Sequence[int], least: int) -> list[list[int]]:
    """Numbers of the rows to run together, the shortest first: as many as cost no more, padded, than apart.

    Args:
        lengths: Tokens of each row.
        least: Tokens that a run costs as much as, however few they are.
    """
    found: list[list[int]] = []
    apart = 0
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        room = padded(lengths[row])
        if found and (len(found[-1]) + 1) * room <= apart + max(room, least):
            found[-1].append(row)
            apart += max(room, least)
        else:
            found.append([row])
            apart = max(room, least)
    return found
