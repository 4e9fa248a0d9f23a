"""An index of many passages: what it costs to build, to open, to ask and to change, in both stores.

    python tests/benchmarks/scale.py [--index DIR] [--sizes 10000 100000 1000000] [--milvus 10000 100000]
                                     [--encoder made-up|real] [--damage 100000] [--keep FOLDER]

The texts are made up, and so is the encoder, unless --encoder real: nothing but the encoding, which would
take hours, is left out. Each size is built, asked and changed in processes of their own, over the same texts
and with the same questions in both stores. Wall time is told, and after it CPU time. --minutes ends a build
after so long, with the passages that there are then. --damage kills changes to an index of that size, flips
bytes of its files, and takes a document out. What was measured before in the folder of --keep is not measured
again.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from benchmarks.made_up import PASSAGES_OF_A_DOCUMENT, MadeUpEncoder, documents, questions
from benchmarks.processes import megabytes, peak_megabytes
from benchmarks.spoiling import spoil
from milvus_server import MilvusServer

import index.carried_models
import index.milvus_server
import index.opened
from index.build import build
from index.embedded import EmbeddedIndex
from index.search import PassageIndex
from index.update import update

Found = dict[str, Any]

OF_MILVUS = 10
"""Questions that Milvus is asked: Milvus Lite takes seconds for each."""

ROWS: dict[str, Callable[[Found], str]] = {
    "build, s": lambda found: f"{found['build_seconds']:,.0f} ({found['build_cpu']:,.0f})",
    "passages a second": lambda found: f"{found['passages'] / found['build_seconds']:,.0f}",
    "peak memory of the build, MB": lambda found: f"{found['build_peak_mb']:,.0f}",
    "on disk, MB": lambda found: f"{found['disk_mb']:,.0f}",
    "open, s": lambda found: f"{found['open_seconds']:.2f} ({found['open_cpu']:.2f})",
    "first question, ms": lambda found: f"{found['first_ms']:,.0f}",
    "a question, p50, ms": lambda found: f"{found['p50_ms']:,.0f} ({found['cpu_ms']:,.0f})",
    "a question, p95, ms": lambda found: f"{found['p95_ms']:,.0f}",
    "memory at rest, MB": lambda found: f"{found['own_mb']:,.0f}",
    "add one document, s": lambda found: _change(found, "add"),
    "… written, MB": lambda found: f"{found['written_mb']:,.0f}" if "written_mb" in found else "—",
    "remove one document, s": lambda found: _change(found, "remove"),
    "recall@10 against exact": lambda found: f"{found['recall']:.3f}",
}
"""What the table says, by the figures of one store and size."""


def _change(found: Found, doing: str) -> str:
    if f"{doing}_cpu" not in found:
        return "—"
    return f"{found[f'{doing}_seconds']:.1f} ({found[f'{doing}_cpu']:.1f})"


def timed(doing: Callable[[], Any]) -> tuple[Any, float, float]:
    """What a call gives, with its seconds of wall time and of CPU time."""
    began, cpu = time.perf_counter(), time.process_time()
    given = doing()
    return given, time.perf_counter() - began, time.process_time() - cpu


def size_of(folder: Path) -> float:
    """Megabytes of the files below a folder, each counted once however many names it has."""
    files = {(own.st_dev, own.st_ino): own.st_size for own in map(Path.stat, folder.rglob("*"))}
    return sum(files.values()) / 1e6


def cpu_of(process: int) -> float:
    """Seconds of CPU time that a process has taken so far."""
    ticks = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def build_it(folder: Path, passages: int, store: str | None, minutes: float) -> Found:
    end = time.monotonic() + 60 * minutes
    made = takewhile(lambda _: time.monotonic() < end, documents(passages // PASSAGES_OF_A_DOCUMENT))
    report, seconds, cpu = timed(lambda: build(made, folder, store=store))
    return {
        "passages": report.passages,
        "build_seconds": seconds,
        "build_cpu": cpu,
        "build_peak_mb": peak_megabytes(),
        "disk_mb": size_of(folder),
    }


def draw(folder: Path) -> Found:
    """The questions, and for each the passages of highest cosine, found by comparing all of them."""
    opened = PassageIndex.open(folder)
    assert isinstance(opened, EmbeddedIndex)
    asked = questions(opened)
    vectors = np.array([opened.question_vector(question) for question in asked])
    best: list[list[tuple[float, int]]] = [[] for _ in asked]
    for segment in opened.segments:
        cosines = segment.vectors.rows(np.arange(segment.passages)) @ vectors.T
        for own, column in zip(best, cosines.T, strict=True):
            own += [(float(column[at]), int(at) + segment.base) for at in np.argsort(-column)[:10]]
    return {"asked": asked, "exact": [[id for _, id in sorted(own, reverse=True)[:10]] for own in best]}


def ask(folder: Path, drawn: Found) -> Found:
    opened, seconds, cpu = timed(lambda: PassageIndex.open(folder))
    took = [timed(lambda: opened.search(question, 10))[1:] for question in drawn["asked"]]  # noqa: B023
    walls, cpus = zip(*took, strict=True)
    own = megabytes("RssAnon")
    found = [
        {hit.passage.id for hit in opened.search(question, 10, ranking="dense")}
        for question in drawn["asked"]
    ]
    right = sum(len(ids & set(exact)) for ids, exact in zip(found, drawn["exact"], strict=True))
    return {
        "open_seconds": seconds,
        "open_cpu": cpu,
        "first_ms": 1000 * walls[0],
        "p50_ms": 1000 * statistics.median(walls[1:]),
        "p95_ms": 1000 * statistics.quantiles(walls[1:], n=20, method="inclusive")[-1],
        "cpu_ms": 1000 * statistics.median(cpus[1:]),
        "own_mb": own,
        "recall": right / (10 * len(found)),
    }


def change(folder: Path) -> Found:
    before = {path.stat().st_ino for path in folder.rglob("*") if path.is_file()}
    [new] = documents(1, seed=7)
    _, added, added_cpu = timed(lambda: update(folder, add=[new]))
    fresh = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_ino not in before]
    written = sum(path.stat().st_size for path in fresh) / 1e6
    first = PassageIndex.open(folder).paths()[0]
    _, removed, removed_cpu = timed(lambda: update(folder, remove=[first]))
    return {
        "add_seconds": added,
        "add_cpu": added_cpu,
        "written_mb": written,
        "remove_seconds": removed,
        "remove_cpu": removed_cpu,
        "change_peak_mb": peak_megabytes(),
    }


def child(doing: str, folder: Path, passages: int, store: str | None, options: argparse.Namespace) -> Found:
    if options.encoder == "made-up":
        index.carried_models.Encoder = index.opened.Encoder = MadeUpEncoder  # type: ignore[misc,attr-defined]
    if doing == "build":
        return build_it(folder, passages, store, options.minutes)
    if doing == "draw":
        return draw(folder)
    if doing == "ask":
        # A question that takes minutes is to be measured, not given up.
        index.milvus_server.SECONDS = 600.0
        drawn = json.loads((folder.parent / "drawn.json").read_text())
        return ask(folder, {name: rows[:OF_MILVUS] for name, rows in drawn.items()} if store else drawn)
    return spoil(folder) if doing == "spoil" else change(folder)


class Bench:
    """Runs each step in a process of its own, and keeps what it found."""

    def __init__(self, options: argparse.Namespace, root: Path) -> None:
        self._options, self._root = options, root

    def run(self, doing: str, where: Path, passages: int, store: str | None = None) -> Found:
        """What a step finds, or found before in this folder."""
        kept = where.parent / f"{where.name}-{doing}.json"
        if not kept.exists():
            command = [sys.executable, __file__, "--encoder", self._options.encoder]
            command += ["--minutes", str(self._options.minutes)]
            command += ["--child", doing, str(where), str(passages), store or ""]
            # Threads that wait for one another on busy cores would count as work.
            alone = {"OMP_NUM_THREADS": "1", **os.environ}
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=alone)
            kept.write_text(done.stdout.splitlines()[-1])
            print(f"{passages:,} {where.name} {doing}: {kept.read_text()[:400]}", file=sys.stderr, flush=True)
        found: Found = json.loads(kept.read_text())
        return found

    def embedded(self, size: int) -> Found:
        folder = self._root / str(size) / "embedded"
        if not folder.exists():
            # The encoder is there already: to convert it would take more memory than the build.
            shutil.copytree(self._options.index, folder)
        found = self.run("build", folder, size)
        drawn = folder.parent / "drawn.json"
        if not drawn.exists():
            drawn.write_text(json.dumps(self.run("draw", folder, size)))
        found |= self.run("ask", folder, size) | self.run("change", folder, size)
        if size == self._options.damage:
            found |= self.run("spoil", folder, size)
        return found

    def milvus(self, size: int) -> Found:
        folder = self._root / str(size) / "milvus"
        data = folder.parent / "milvus-data"
        # Its server is gone with the process that started it: it is measured in one go.
        for left in (folder, data):
            shutil.rmtree(left, ignore_errors=True)
        for left in folder.parent.glob(f"{folder.name}-*.json"):
            left.unlink()
        shutil.copytree(self._options.index, folder)
        server = MilvusServer(data)
        with ExitStack() as stack:
            server.start()
            stack.callback(server.kill)
            assert server.process is not None
            process = server.process.pid
            found = self.run("build", folder, size, server.address)
            built = cpu_of(process)
            found["build_cpu"] += built
            found["disk_mb"] = size_of(folder) + size_of(data)
            found["build_peak_mb"] += megabytes("VmHWM", process)
            found |= self.run("ask", folder, size, server.address)
            # Each question was asked twice, under either ranking.
            found["cpu_ms"] += 1000 * (cpu_of(process) - built) / (2 * OF_MILVUS)
            found["own_mb"] += megabytes("RssAnon", process)
        return found


def table(columns: dict[str, Found]) -> str:
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, told in ROWS.items():
        lines.append(f"| {name} | " + " | ".join(told(found) for found in columns.values()) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--milvus", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--minutes", type=float, default=math.inf, help="after which a build ends")
    parser.add_argument("--damage", type=int, help="spoil the index of this size, too")
    parser.add_argument("--encoder", choices=["made-up", "real"], default="made-up")
    parser.add_argument("--index", type=Path, default=Path(".lightqa/index"), help="whose encoder is used")
    parser.add_argument("--keep", type=Path, help="folder of the indexes, which stay there")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        doing, where, passages, store = options.child
        print(json.dumps(child(doing, Path(where), int(passages), store or None, options)))
        return
    root = options.keep or Path(tempfile.mkdtemp(prefix="lightqa-scale-"))
    bench = Bench(options, root)
    columns: dict[str, Found] = {}
    try:
        for size in options.sizes:
            found = bench.embedded(size)
            columns[f"{found['passages']:,}"] = found
            if size in options.milvus:
                columns[f"{size:,} in Milvus"] = bench.milvus(size)
            if not options.keep:
                shutil.rmtree(root / str(size))
        print(f"Made-up texts, vectors by the {options.encoder} encoder. Wall time, CPU time in brackets.\n")
        print(table(columns))
    finally:
        if not options.keep:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
