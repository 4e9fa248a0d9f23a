"""Models that OpenVINO runs: compiled on another thread, their weights views of a file."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.compiled import PRECISION, THREADS, Compiled, mapped, settings_of_environment
from index.errors import EncoderError

if TYPE_CHECKING:
    import openvino


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A file of a (4, 4) float32 matrix: the numbers from 0 to 15."""
    np.arange(16, dtype=np.float32).tofile(tmp_path / "weights.bin")
    return tmp_path / "weights.bin"


def times(weights: Path, started: threading.Event | None = None) -> Compiled:
    """What multiplies rows of four with the matrix of the file."""
    import openvino  # after `index`, which keeps it from reporting to its makers
    from openvino import opset13

    file = mapped(weights)

    def model() -> openvino.Model:
        if started is not None:
            assert started.wait(60), "it is compiled where it is made"
        rows = opset13.parameter([-1, 4], np.float32, name="rows")
        matrix = np.frombuffer(file, np.float32).reshape(4, 4)
        constant = opset13.constant(matrix, shared_memory=True)
        return openvino.Model([opset13.matmul(rows, constant, False, False)], [rows], "times")

    return Compiled(model, {"rows": np.zeros((1, 4), np.float32)}, file, "f32")


def test_it_is_compiled_beside_what_goes_on_and_waited_for_where_it_is_run(weights: Path) -> None:
    may_begin = threading.Event()
    compiled = times(weights, may_begin)
    may_begin.set()
    [result] = compiled.run({"rows": np.eye(4, dtype=np.float32)})
    assert (result == np.arange(16).reshape(4, 4)).all()
    assert compiled.precision == "f32"
    assert compiled.threads >= 1


def test_a_result_stays_when_the_model_is_run_again(weights: Path) -> None:
    compiled = times(weights)
    [first] = compiled.run({"rows": np.eye(4, dtype=np.float32)})
    compiled.run({"rows": 7 * np.eye(4, dtype=np.float32)})
    assert (first == np.arange(16).reshape(4, 4)).all()


def test_what_cannot_be_a_model_is_told_where_it_is_run(weights: Path) -> None:
    def broken() -> openvino.Model:
        raise ValueError("no model")

    compiled = Compiled(broken, {}, mapped(weights))
    with pytest.raises(ValueError, match="no model"):
        compiled.run({})


def test_what_cannot_be_a_precision_or_a_number_of_threads_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(PRECISION, "f16")
    with pytest.raises(EncoderError, match="LIGHTQA_PRECISION is 'f16'; expected f32 or bf16"):
        settings_of_environment()
    monkeypatch.setenv(PRECISION, "f32")
    monkeypatch.setenv(THREADS, "none")
    with pytest.raises(EncoderError, match="LIGHTQA_THREADS is 'none'; expected a number"):
        settings_of_environment()
    monkeypatch.setenv(THREADS, "4")
    assert settings_of_environment() == {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32",
        "INFERENCE_NUM_THREADS": "4",
    }
