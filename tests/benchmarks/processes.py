"""Time and memory of a whole process, from its start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import LightqaError

ROOT = Path(__file__).parent.parent.parent


class ProcessFailed(LightqaError):
    """A process that was to be measured ended with an error."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A process that ran to its end.

    Attributes:
        first_line: Seconds from its start until it had printed its first line.
        wall: Seconds from its start until it ended.
        lines: What it printed, each line parsed as JSON.
    """

    first_line: float
    wall: float
    lines: tuple[dict[str, Any], ...]


def run_python(arguments: Sequence[str], given: str = "", python: str = sys.executable) -> Measured:
    """Run Python on a script that prints JSON lines, and time it from outside.

    Args:
        arguments: As after `python`.
        given: Standard input.
        python: The interpreter.

    Raises:
        ProcessFailed: It ended with another status than 0; the message ends with its last words.
    """
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    variables = os.environ | {"PYTHONPATH": path, "HF_HUB_OFFLINE": "1"}
    began = time.perf_counter()
    # Complaints go to a file: a pipe that nobody reads while the answers are awaited could fill up.
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as complaints,
        subprocess.Popen(
            [python, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            env=variables,
        ) as process,
    ):
        assert process.stdin and process.stdout
        process.stdin.write(given)
        process.stdin.close()
        printed = [process.stdout.readline()]
        first_line = time.perf_counter() - began
        printed += process.stdout.readlines()
        process.wait()
        wall = time.perf_counter() - began
        if process.returncode:
            complaints.seek(0)
            last = (complaints.read().strip().splitlines() or ["no message"])[-1]
            raise ProcessFailed(f"{' '.join(arguments)} ended with status {process.returncode}: {last}")
    return Measured(first_line, wall, tuple(json.loads(line) for line in printed if line.strip()))


def answered(answer: Callable[[str], Any], questions: Iterable[str]) -> tuple[list[Any], list[float]]:
    """What each question is answered, with its seconds; the first answer is a line at once."""
    answers: list[Any] = []
    seconds = []
    for question in questions:
        began = time.perf_counter()
        answers.append(answer(question))
        seconds.append(time.perf_counter() - began)
        if len(answers) == 1:
            print(json.dumps({"first": answers[0]}, default=lambda reply: reply.as_json()), flush=True)
    return answers, seconds


def encoded(encode: Callable[[list[str]], Any], texts: list[str]) -> tuple[Any, float]:
    """The vectors of texts, and how many texts of them a second, after a few that warm up."""
    encode(texts[:8])
    began = time.perf_counter()
    vectors = encode(texts)
    return vectors, len(texts) / (time.perf_counter() - began)


def megabytes(what: str, process: int | str = "self") -> float:
    """A figure of a process in MB (10^6 bytes), as /proc/…/status names it."""
    told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(told.partition(f"{what}:")[2].split()[0]) * 1024 / 1e6


def peak_megabytes() -> float:
    """The most memory that this process has held so far, in MB (10^6 bytes).

    Linux: VmHWM, as ru_maxrss also counts what the parent held before this program was loaded.
    """
    if Path("/proc/self/status").is_file():
        return megabytes("VmHWM")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
