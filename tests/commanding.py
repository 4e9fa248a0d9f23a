"""`lightqa` commands: in the process of the tests, which starts none, or in one of their own."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTHING: Mapping[str, str] = {}


def run(
    *arguments: str | Path, cwd: Path = ROOT, environment: Mapping[str, str] = NOTHING
) -> subprocess.CompletedProcess[str]:
    """A command from its arguments to its exit status, in this process: no second is spent on imports."""
    from ui.cli import main

    command = ["lightqa", *map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    status: object = 0
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", command)
        patch.delenv("LIGHTQA_INDEX", raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        # What a command does to the process that it takes for its own: `ask` sets both.
        patch.setitem(sys.modules, "openvino.tools.ovc", sys.modules.get("openvino.tools.ovc"))
        try:
            main()
        except SystemExit as ended:
            status = ended.code or 0
        finally:
            gc.enable()
    assert isinstance(status, int)
    return subprocess.CompletedProcess(command, status, out.getvalue(), err.getvalue())


def run_apart(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, with all that this one writes to its two outputs."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    environment.pop("LIGHTQA_INDEX", None)
    command = [sys.executable, "-c", "from ui.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment)
