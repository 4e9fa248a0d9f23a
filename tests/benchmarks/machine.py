"""On what a figure was measured: a time says little without the processor and the arithmetic behind it."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from index.encoder import Encoder

_SETS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile")
"""Instruction sets that the libraries choose their arithmetic by, as Linux names them."""


def machine(encoder: Encoder) -> str:
    """The processor, its cores and instruction sets, and the arithmetic that the encoder runs in."""
    name, sets = _processor()
    held = os.environ.get("ONEDNN_MAX_CPU_ISA")
    told = " ".join(sets) or "instruction sets unknown"
    if held:
        told += f", held to {held}"
    encoding = f"encoder in {encoder.precision} on {encoder.threads} threads"
    return f"{name}, {os.cpu_count()} cores, {told}; {encoding}; Python {platform.python_version()}"


def _processor() -> tuple[str, list[str]]:
    information = Path("/proc/cpuinfo")
    if not information.is_file():
        return platform.processor() or platform.machine(), []
    fields: dict[str, str] = {}
    for line in information.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        fields[name.strip()] = value.strip()
    flags = fields.get("flags", "").split()
    return fields.get("model name", platform.machine()), [name for name in _SETS if name in flags]
