"""Models that OpenVINO runs, compiled beside whatever is loaded meanwhile: compiling waits for no Python."""

from __future__ import annotations

import mmap
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from numpy.typing import NDArray
from openvino import opset13

from index.errors import EncoderError

PRECISION, THREADS = "LIGHTQA_PRECISION", "LIGHTQA_THREADS"
"""Environment variables: "f32" or "bf16", and a number; unset, OpenVINO chooses what is fastest here."""

Arrays = Mapping[str, NDArray[Any]]

_BESIDE = ThreadPoolExecutor(1, "compiling")
"""Models are compiled one after another, in the order in which they are made."""


class Compiled:
    """A model that answers one call at a time. Threads may share it.

    Args:
        model: Makes or reads the model; called on another thread.
        like: Inputs as the model will get them, run once: OpenVINO packs a model's weights at its first run.
        weights: The file that the model's weights are views of: once they are packed, its pages go.
        precision: "bf16" or "f32" to insist on it; None for what the environment or the processor says.

    Raises:
        EncoderError: An environment variable holds what cannot be.
    """

    def __init__(
        self,
        model: Callable[[], openvino.Model],
        like: Arrays,
        weights: mmap.mmap,
        precision: str | None = None,
    ) -> None:
        settings = settings_of_environment()
        if precision is not None:
            settings["INFERENCE_PRECISION_HINT"] = precision
        self._one_at_a_time = threading.Lock()
        # What the model's weights are views of has to stay: some are read where they lie.
        self._views = (model, weights)
        self._compiled: Future[Any] = _BESIDE.submit(_compile, model, like, weights, settings)

    def run(self, inputs: Arrays) -> list[NDArray[Any]]:
        """The model's outputs, in their order."""
        model = self._compiled.result()
        # All cores work on the one call, and the next one writes its outputs where this one did.
        with self._one_at_a_time:
            return [np.array(output) for output in model(dict(inputs)).to_tuple()]

    @property
    def failed(self) -> bool:
        """Whether it could not be compiled; it never will be."""
        return self._compiled.done() and self._compiled.exception() is not None

    @property
    def precision(self) -> str:
        """What it computes in, such as "f32" or "bf16"."""
        name = self._compiled.result().get_property("INFERENCE_PRECISION_HINT").get_type_name()
        return str({"float": "f32", "bfloat16": "bf16"}.get(name, name))

    @property
    def threads(self) -> int:
        """That it computes on."""
        threads: int = self._compiled.result().get_property("INFERENCE_NUM_THREADS")
        return threads


def compiled_from(graph: Path, like: Arrays) -> Compiled:
    """The model of a graph and its weights, as OpenVINO stores it: two files, .xml and .bin."""
    read, weights = stored_model(graph)
    return Compiled(read, like, weights)


def stored_model(graph: Path) -> tuple[Callable[[], openvino.Model], mmap.mmap]:
    """What reads a stored graph, and the file of its weights, of which they are views."""
    # Both at once: it is compiled later, and by then a build may have removed them with their generation.
    weights, written = mapped(graph.with_suffix(".bin")), graph.read_bytes()
    tensor = openvino.Tensor(np.frombuffer(weights, np.uint8), shared_memory=True)
    return lambda: openvino.Core().read_model(written, tensor), weights


def mapped(path: Path) -> mmap.mmap:
    """A file whose bytes are read when they are looked at; what is written to them stays in this process."""
    with path.open("rb") as file:
        # OpenVINO takes no memory that is read-only, though it only reads it.
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)


def let_go(file: mmap.mmap) -> None:
    """Gives back the pages of a mapped file, where the system can; they are read anew when looked at."""
    if hasattr(mmap, "MADV_DONTNEED"):
        file.madvise(mmap.MADV_DONTNEED)


def _compile(
    model: Callable[[], openvino.Model], like: Arrays, weights: mmap.mmap, settings: Mapping[str, str]
) -> Any:
    core = openvino.Core()
    made = model()
    if _computes_in_f32(core, settings):
        _leave_weights_in_half(made)
    compiled = core.compile_model(made, "CPU", dict(settings))
    compiled(dict(like))
    let_go(weights)
    return compiled


def _computes_in_f32(core: openvino.Core, settings: Mapping[str, str]) -> bool:
    """Whether OpenVINO will, told so or because this processor has nothing faster."""
    told = settings.get("INFERENCE_PRECISION_HINT")
    return told == "f32" or (
        told is None and "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    )


def _leave_weights_in_half(model: openvino.Model) -> None:
    """Have weights that are stored in half precision packed so, and widened only while they are multiplied.

    OpenVINO does that for language models alone, which it knows by attention over a state that is kept. So
    the model is given such a state, of one zero, of which nothing is made: the same outputs to the bit, with
    half the memory for weights. Should OpenVINO know them otherwise one day, it packs them in f32 as it did.
    """
    zero = opset13.constant(np.zeros((1, 1, 1, 1), np.float32))
    state = opset13.read_value(zero, "unused")
    attention = opset13.scaled_dot_product_attention(state, state, state)
    model.add_sinks([opset13.assign(attention, "unused")])


def settings_of_environment() -> dict[str, str]:
    """How OpenVINO is to run.

    Raises:
        EncoderError: An environment variable holds what cannot be.
    """
    # Latency first: one question at a time is the common case, and all cores work on it.
    settings = {"PERFORMANCE_HINT": "LATENCY"}
    if precision := os.environ.get(PRECISION):
        if precision not in ("f32", "bf16"):
            raise EncoderError(f"{PRECISION} is {precision!r}; expected f32 or bf16, or unset it.")
        settings["INFERENCE_PRECISION_HINT"] = precision
    if threads := threads_of_environment():
        settings["INFERENCE_NUM_THREADS"] = str(threads)
    return settings


def threads_of_environment() -> int | None:
    """On how many threads a model is to run; None where nothing is said.

    Raises:
        EncoderError: The environment variable holds what is no such number.
    """
    threads = os.environ.get(THREADS)
    if not threads:
        return None
    if not threads.isdecimal() or int(threads) < 1:
        raise EncoderError(f"{THREADS} is {threads!r}; expected a number of threads, or unset it.")
    return int(threads)
