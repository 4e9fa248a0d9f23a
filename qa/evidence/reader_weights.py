"""Weights from a safetensors file as views of the file itself: only what is looked at is read into memory.

The words of MiniLM take 47 MB, of which a question and its sentences need a few hundred rows.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TYPES = {"F16": np.float16, "F32": np.float32, "I64": np.int64}


def mapped(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a safetensors file by name; what is written to them stays in this process.

    Raises:
        KeyError: A tensor of another type than F16, F32 and I64.
    """
    with path.open("rb") as file:
        begins = 8 + int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(begins - 8))
    header.pop("__metadata__", None)
    # OpenVINO takes no memory that is read-only, though it only reads it.
    content = np.memmap(path, np.uint8, mode="c", offset=begins)
    return {
        name: content[slice(*told["data_offsets"])].view(_TYPES[told["dtype"]]).reshape(told["shape"])
        for name, told in header.items()
    }
