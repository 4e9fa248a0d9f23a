"""What the benchmarks share: texts to embed, a command measured from outside, and alternating rounds."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from processes import ROOT, run_python

from index.export import SHIPPED_MODEL, model_folder
from index.search import PassageIndex
from qa.evaluate.rows import json_rows

SCRIPTS = Path(__file__).parent
QUESTION = "How long does a session of cold laser therapy take?"

# A process of its own starts and waits for the command: the memory that the kernel reports for a child
# counts what its parent held, and this one holds next to nothing.
_LAUNCHER = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
done = subprocess.run(sys.argv[2:], input=sys.argv[1], text=True, **quiet)
seconds = time.perf_counter() - began
if done.returncode:
    sys.exit(done.stderr)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"seconds": seconds, "megabytes": peak * (1 if sys.platform == "darwin" else 1024) / 1e6}))
"""


def arguments(description: str, rounds: int) -> argparse.Namespace:
    """What every benchmark can be told on its command line."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--index", type=Path, default=Path(".lightqa/index"), help="folder of the index")
    parser.add_argument("--rounds", type=int, default=rounds, help="times that each is measured, in turns")
    return parser.parse_args()


def command_cost(command: Sequence[str], given: str = "") -> tuple[float, float]:
    """Wall-clock seconds of a whole command, and the most memory it held in MB."""
    launched = [sys.executable, "-c", _LAUNCHER, given, *command]
    printed = subprocess.run(launched, check=True, capture_output=True, text=True).stdout
    cost = json.loads(printed)
    return cost["seconds"], cost["megabytes"]


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds: the smallest time that this share of the answers needed at most.

    Of 1 to 100 ms the p95 is 95 ms: 95 of 100 answers took at most that.
    """
    times = np.asarray(seconds) * 1000
    return {f"p{level}": float(np.percentile(times, level, method="inverted_cdf")) for level in (50, 95, 99)}


def passages_of(index: PassageIndex, count: int) -> list[str]:
    """`count` passages of an index, from the beginning again where it holds fewer."""
    passages = [passage.text for path in index.paths() for passage in index.passages(path)]
    return (passages * (count // len(passages) + 1))[:count]


@contextmanager
def rival(index: PassageIndex, passages: Sequence[str]) -> Iterator[dict[str, list[str]]]:
    """The rival's commands "index" and "ask", without the interpreter, while its folder is there.

    Args:
        index: Whose model is used, as sentence-transformers loads it.
        passages: What is embedded.
    """
    name = index.encoder.name
    model = str(model_folder(None if name == SHIPPED_MODEL else name))
    with tempfile.TemporaryDirectory(prefix="lightqa-bench-") as folder:
        (Path(folder) / "passages.json").write_text(json.dumps(list(passages)), encoding="utf-8")
        yield {doing: [str(SCRIPTS / "rival.py"), doing, model, folder] for doing in ("index", "ask")}


@contextmanager
def indexed_rival(index: PassageIndex) -> Iterator[list[str]]:
    """The command that asks the rival, once it has embedded and stored all passages of an index."""
    with rival(index, passages_of(index, index.manifest["counts"]["passages"])) as commands:
        run_python(commands["index"])
        yield commands["ask"]


def typed_alone() -> list[str]:
    """The shipped questions that stand alone."""
    return [
        row["question"] for _, row in json_rows(ROOT / "seeds" / "questions.jsonl") if row.get("question")
    ]


def in_turns(
    rounds: int, ours: Callable[[], float], theirs: Callable[[], float], unit: str, higher_is_better: bool
) -> None:
    """Measure both alternately, print each round, and the median of the ratios."""
    ratios = []
    for turn in range(1, rounds + 1):
        mine, other = ours(), theirs()
        ratios.append(mine / other if higher_is_better else other / mine)
        print(
            f"  round {turn}: lightqa {mine:9.2f} {unit}   rival {other:9.2f} {unit}   {ratios[-1]:.2f} times"
        )
    print(f"  median: lightqa is {statistics.median(ratios):.2f} times as good\n")
