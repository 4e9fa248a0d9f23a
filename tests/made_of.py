"""Whether what a run built would be built the same again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
ARITHMETIC = ("LIGHTQA_", "ONEDNN_", "OPENBLAS_", "OMP_", "FAISS_", "ATEN_", "NPY_")
"""What names of settings begin with that decide how numbers are rounded."""


def made_of(places: Sequence[str]) -> str:
    """Digest of every byte in files and folders of the project, of this processor, and of how it computes."""
    digest = hashlib.sha256()
    for place in places:
        files = [ROOT / place] if (ROOT / place).is_file() else sorted((ROOT / place).rglob("*.*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(
                    f"{file.relative_to(ROOT)} {file.stat().st_size}\n".encode() + file.read_bytes()
                )
    settings = {name: value for name, value in os.environ.items() if name.startswith(ARITHMETIC)}
    settings.pop("LIGHTQA_TEST_ATTEMPTS", None)
    processor = Path("/proc/cpuinfo")
    flags = processor.read_text().partition("flags")[2].partition("\n")[0] if processor.exists() else ""
    digest.update(f"{sorted(settings.items())} {flags}".encode())
    return digest.hexdigest()
