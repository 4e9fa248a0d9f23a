"""Converts a sentence-transformers CrossEncoder to a graph that OpenVINO runs, and calibrates its scores.

Torch is needed when an index is built with a reader for the first time; afterwards the index carries the
result.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.cross_encoder import GRAPH, SETTINGS, TOKENIZER, CrossEncoder
from index.errors import ReaderError
from index.export import model_fingerprint
from index.local_model import Kind

SHIPPED_READER, NO_READER = "shipped", "none"
"""What can be named beside a model: the reader that comes with lightqa, and none at all."""
MODEL = Kind(
    what="CrossEncoder",
    saved_by="CrossEncoder.save",
    holds="config.json",
    name="reader",
    otherwise="--reader FOLDER, or --reader none",
    error=ReaderError,
)
LONGEST = 512
"""Tokens of a question with a text, for models that name no length of their own or a longer one."""

Judged = tuple[str, str, bool]
"""A question, a text, and whether the text answers."""


def reader_fingerprint(name: str) -> str:
    """SHA-256 over all files that decide the scores of a CrossEncoder; ReaderError where there is none."""
    return model_fingerprint(MODEL.folder(name))


def export_reader(name: str, target: Path, judged: Sequence[Judged]) -> None:
    """Write the files of `index.cross_encoder.CrossEncoder` for a model: graph, weights, tokenizer, settings.

    Args:
        name: A folder, or the name of a model that is already in the local Hugging Face cache.
        target: An empty or missing folder.
        judged: Questions with texts that do and do not answer, to calibrate the scores on.

    Raises:
        ReaderError: The model is missing, gives more than one score, has no fast tokenizer, or cannot
            be converted; or there is nothing to calibrate its scores on.
    """
    if not judged:
        raise ReaderError(f"The scores of {name} cannot be calibrated without questions that were judged.")
    source = MODEL.folder(name)
    import openvino
    import torch
    from sentence_transformers import CrossEncoder as Trained

    model, tokenizer = MODEL.loaded(Trained, source)
    if model.num_labels != 1:
        raise ReaderError(
            f"{source} gives {model.num_labels} scores for a text, and lightqa needs one, how well it "
            "answers. Name a CrossEncoder that ranks."
        )
    known = ("input_ids", "attention_mask", "token_type_ids")
    names = [each for each in known if each in model.tokenizer.model_input_names]

    class Graph(torch.nn.Module):
        """The model as a function of tensors that gives one logit for each row."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model[0].auto_model

        def forward(self, *inputs: Any) -> Any:
            return self.model(**dict(zip(names, inputs, strict=True))).logits[:, 0]

    example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in names)
    graph = MODEL.graph(Graph(), example, source)
    for port, each in zip(graph.inputs, names, strict=True):
        port.get_tensor().set_names({each})

    target.mkdir(parents=True, exist_ok=True)
    openvino.save_model(graph, target / GRAPH, compress_to_fp16=True)
    tokenizer.save(str(target / TOKENIZER))
    settings = {
        "name": name,
        "fingerprint": model_fingerprint(source),
        "max_length": min(model.max_seq_length or LONGEST, LONGEST),
        "inputs": names,
    }
    (target / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    raw = CrossEncoder(target).raw_scores([(question, text) for question, text, _ in judged])
    scale, offset = platt(raw, np.array([answers for _, _, answers in judged]))
    settings |= {"scale": scale, "offset": offset}
    (target / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def platt(scores: NDArray[np.float32], answers: NDArray[np.bool_]) -> tuple[float, float]:
    """Scale and offset that make scores logits of a probability (Platt 1999), by Newton's method.

    Targets are softened as Platt does, so that scores that part both kinds without error stay finite.
    """
    yes, no = int(answers.sum()), int((~answers).sum())
    targets = np.where(answers, (yes + 1) / (yes + 2), 1 / (no + 2))
    spread = float(scores.std()) or 1.0
    rows = np.column_stack([(scores - scores.mean()) / spread, np.ones(len(scores))])
    weights = np.zeros(2)
    for _ in range(50):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (targets - chances)
        curve = (rows * (chances * (1 - chances))[:, None]).T @ rows + 1e-6 * np.eye(2)
        weights = weights + np.linalg.solve(curve, slope)
    return float(weights[0] / spread), float(weights[1] - weights[0] * scores.mean() / spread)
