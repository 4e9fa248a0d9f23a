"""Models of sentence-transformers that lie on this machine, and how one becomes a graph that OpenVINO runs.

Nothing is ever downloaded. Torch is needed when an index is built with a model for the first time; afterwards
the index carries the result.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import LightqaError

if TYPE_CHECKING:
    import openvino


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of model, for finding one and for saying what is wrong with it.

    Attributes:
        what: What it is called, as in "is not a CrossEncoder".
        saved_by: What writes its folders.
        holds: A file that such a folder holds.
        name: What lightqa calls it.
        otherwise: What to do where it cannot be had.
        error: What is raised then.
    """

    what: str
    saved_by: str
    holds: str
    name: str
    otherwise: str
    error: type[LightqaError]

    def folder(self, name: str) -> Path:
        """The local folder of a model, from a folder or the name of one in the local Hugging Face cache."""
        if Path(name).is_dir():
            if not (Path(name) / self.holds).is_file():
                raise self.error(
                    f"{name} is not a {self.what}: {self.holds} is missing from the folder. "
                    f"Name a folder written by {self.saved_by}."
                )
            return Path(name)
        from huggingface_hub import snapshot_download

        try:
            return Path(snapshot_download(name, local_files_only=True))
        except Exception as error:
            raise self.error(
                f"The {self.name} {name!r} is neither a folder nor in the local model cache, and lightqa "
                f"downloads nothing. Name the folder that holds it with {self.otherwise}."
            ) from error

    def loaded(self, load: Callable[..., Any], source: Path) -> tuple[Any, Any]:
        """A model to be converted, by the class of sentence-transformers, and its tokenizer."""
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = load(str(source), device="cpu", local_files_only=True).eval()
        except Exception as error:
            raise self.error(
                f"{source} cannot be loaded as a {self.what}: {error}. "
                f"Name another folder with {self.otherwise}."
            ) from error
        tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
        if tokenizer is None:
            raise self.error(
                f"{source} has no fast tokenizer (tokenizer.json), which lightqa needs. "
                f"Name another with {self.otherwise}."
            )
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return model, tokenizer

    def graph(self, module: Any, example: Any, source: Path) -> openvino.Model:
        """A torch module as a graph; `example` stands for what it is given."""
        import openvino
        import torch

        with warnings.catch_warnings(), torch.no_grad():
            warnings.simplefilter("ignore")
            try:
                return openvino.convert_model(module.eval(), example_input=example)
            except Exception as error:
                raise self.error(f"{source} cannot be converted to OpenVINO: {error}") from error
