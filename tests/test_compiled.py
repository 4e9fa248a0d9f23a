"""Models that OpenVINO runs: compiled on another thread, their weights views of a file."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.compiled import PRECISION, THREADS, Compiled, mapped, settings_of_environment, stored_model
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


def test_small_products_of_numpy_run_on_one_thread_unless_told_otherwise() -> None:
    """NumPy reads how many when it is first imported: `index` says it before."""
    print_it = "import index, os, sys; print(os.environ['OPENBLAS_NUM_THREADS'], 'numpy' in sys.modules)"
    without = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    for told, threads in (({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")):
        done = subprocess.run(
            [sys.executable, "-c", print_it], env=without | told, capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == [threads, "False"]


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
    assert compiled.failed


def test_a_stored_graph_is_read_before_a_build_can_remove_it(tmp_path: Path) -> None:
    import openvino  # after `index`, which keeps it from reporting to its makers
    from openvino import opset13

    rows = opset13.parameter([-1, 2], np.float32, name="rows")
    doubled = openvino.Model([opset13.multiply(rows, opset13.constant(np.full(2, 2, np.float32)))], [rows])
    openvino.save_model(doubled, tmp_path / "doubled.xml", compress_to_fp16=False)
    read, weights = stored_model(tmp_path / "doubled.xml")
    (tmp_path / "doubled.xml").unlink()
    compiled = Compiled(read, {"rows": np.zeros((1, 2), np.float32)}, weights, "f32")
    assert compiled.run({"rows": np.ones((1, 2), np.float32)})[0].tolist() == [[2, 2]]
    assert not compiled.failed


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


def test_weights_in_half_precision_are_multiplied_in_f32_as_they_are(tmp_path: Path) -> None:
    """The numbers from 0 to 1023 over 32 are halves without loss; of each row only the last bits may differ.

    (8, 32) rows of up to 1 by a (32, 32) matrix of up to 32: sums of 32 products, each off by 2^-24 at most.
    """
    import openvino  # after `index`, which keeps it from reporting to its makers
    from openvino import opset13

    (np.arange(1024) / 32).astype(np.float16).tofile(tmp_path / "half.bin")
    file = mapped(tmp_path / "half.bin")
    matrix = np.frombuffer(file, np.float16).reshape(32, 32)

    def model() -> openvino.Model:
        rows = opset13.parameter([-1, 32], np.float32, name="rows")
        widened = opset13.convert(opset13.constant(matrix, shared_memory=True), "f32")
        widened.get_rt_info()["decompression_0"] = ""
        return openvino.Model([opset13.matmul(rows, widened, False, True)], [rows], "half")

    given = np.random.default_rng(0).random((8, 32), np.float32)
    expected = given.astype(np.float64) @ matrix.astype(np.float64).T
    compiled = Compiled(model, {"rows": np.zeros((1, 32), np.float32)}, file, "f32")
    for _ in range(2):  # What the model keeps from one run to the next is nothing of its outputs.
        [result] = compiled.run({"rows": given})
        assert np.abs(result - expected).max() < 32 * 32 * 2**-24 * 32
