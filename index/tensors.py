"""Weights from a safetensors file as views of the file itself: only what is looked at is read into memory.

The words of MiniLM take 47 MB, of which a question and its sentences need a few hundred rows.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.compiled import mapped

_TYPES = {"F16": np.float16, "F32": np.float32, "I64": np.int64}


@dataclass(frozen=True, slots=True)
class Weights:
    """Tensors by name, and the file that they are views of."""

    tensors: Mapping[str, NDArray[Any]]
    file: mmap.mmap

    @classmethod
    def of(cls, path: Path) -> Weights:
        """The weights of a safetensors file.

        Raises:
            KeyError: A tensor of another type than F16, F32 and I64.
        """
        file = mapped(path)
        begins = 8 + int.from_bytes(file[:8], "little")
        header = json.loads(file[8:begins])
        header.pop("__metadata__", None)
        content = np.frombuffer(file, np.uint8, offset=begins)
        return cls(
            {
                name: content[slice(*told["data_offsets"])].view(_TYPES[told["dtype"]]).reshape(told["shape"])
                for name, told in header.items()
            },
            file,
        )
