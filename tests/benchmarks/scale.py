"""An index of many passages: what it costs to build, to open, to ask and to change.

    python tests/benchmarks/scale.py [--index DIR] [--sizes 10000 100000] [--encoder made-up|real]

The texts are made up: articles of ten passages whose words follow Zipf's law, each with subjects of its own.
The encoder is made up too, unless --encoder real: a text's vector is the sum of a random vector for each of
its words, so that nearness means shared words, and nothing but the encoding, which would take hours, is left
out. Each size is built, asked and changed in processes of their own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import index.carried_models
import index.opened
from index.build import build
from index.encoder import Encoder, Reading, Vectors
from index.search import PassageIndex
from index.types import Document
from index.update import update

PASSAGES_OF_A_DOCUMENT = 10
SENTENCES_OF_A_PASSAGE = 5
QUESTIONS = 100


class MadeUpEncoder(Encoder):
    """The index's own encoder, but for how a text becomes a vector."""

    def encode(self, texts: Sequence[str], advance: Callable[[int], None] | None = None) -> Vectors:
        if advance is not None and texts:
            advance(len(texts))
        rows = [self._vector(text) for text in texts]
        return np.array(rows, np.float32).reshape(-1, self.dimension)

    def encode_questions(
        self, questions: Sequence[str], advance: Callable[[int], None] | None = None
    ) -> Vectors:
        return self.encode(questions, advance)

    def read(self, texts: Sequence[str]) -> Iterator[tuple[int, Reading]]:
        for number, text in enumerate(texts):
            spans, at = [], 0
            for word in text.split():
                spans.append((at, at + len(word)))
                at += len(word) + 1
            states = np.array([_of_word(word, self.dimension) for word in text.split()], np.float32)
            yield number, Reading(self._vector(text), spans, states)

    def _vector(self, text: str) -> Vectors:
        words = text.lower().replace(".", " ").split() or [text]
        total = np.sum([_of_word(word, self.dimension) for word in words], axis=0)
        return np.asarray(total / np.linalg.norm(total), np.float32)


_WORDS: dict[str, Vectors] = {}


def _of_word(word: str, dimension: int) -> Vectors:
    if word not in _WORDS:
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
        # A rare word says more than a common one, as in a real encoder; made-up words tell by their number.
        weight = 0.2 + min(1.0, len(word) / 8)
        _WORDS[word] = (np.random.default_rng(seed).normal(size=dimension) * weight).astype(np.float32)
    return _WORDS[word]


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """So many made-up articles, one after the other."""
    random = np.random.default_rng(seed)
    common = np.array([f"w{number}" for number in range(3000)])
    share = 1 / np.arange(1, len(common) + 1)
    share /= share.sum()
    for number in range(count):
        subjects = [f"subject{random.integers(0, count * 3)}x" for _ in range(4)]
        parts = [f"# Article {number} on {subjects[0]}"]
        for part in range(PASSAGES_OF_A_DOCUMENT):
            parts.append(f"## Section {part} with {subjects[part % 4]}")
            sentences = []
            for words in random.choice(common, size=(SENTENCES_OF_A_PASSAGE, 14), p=share):
                sentences.append(
                    f"The {' '.join(words[:7])} {subjects[random.integers(0, 4)]} {' '.join(words[7:])}."
                )
            parts.append(" ".join(sentences))
        text = "\n\n".join(parts)
        yield Document(f"articles/{seed}-{number}.md", parts[0][2:], text)


def questions(index_: PassageIndex) -> list[str]:
    """Words of passages spread over the whole index, six each."""
    random = np.random.default_rng(9)
    ids = random.integers(0, index_.manifest["counts"]["passages"], QUESTIONS)
    asked = []
    for passage in index_.passages_by_id([int(id) for id in ids]):
        words = passage.text.replace(".", "").split()
        asked.append(" ".join([passage.section.split()[-1], *random.choice(words, 5)]) + "?")
    return asked


def peak_megabytes() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def resident_megabytes() -> float:
    """Memory of this process that is its own now; what is mapped from files is the system's to take back."""
    told = dict(
        line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line
    )
    return int(told["RssAnon"].split()[0]) / 1000


def measure_build(folder: Path, passages: int) -> dict[str, Any]:
    began, cpu = time.perf_counter(), time.process_time()
    report = build(documents(passages // PASSAGES_OF_A_DOCUMENT), folder)
    seconds = time.perf_counter() - began
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "passages": report.passages,
        "build_seconds": seconds,
        "build_cpu": time.process_time() - cpu,
        "build_peak_mb": peak_megabytes(),
        "disk_mb": size / 1e6,
    }


def measure_asking(folder: Path) -> dict[str, Any]:
    began, cpu = time.perf_counter(), time.process_time()
    opened = PassageIndex.open(folder)
    found: dict[str, Any] = {
        "open_seconds": time.perf_counter() - began,
        "open_cpu": time.process_time() - cpu,
    }
    asked = questions(opened)
    walls, cpus = [], []
    for question in asked:
        began, cpu = time.perf_counter(), time.process_time()
        opened.search(question, 10)
        walls.append(1000 * (time.perf_counter() - began))
        cpus.append(1000 * (time.process_time() - cpu))
    cuts = statistics.quantiles(walls[1:], n=20)
    found |= {
        "segments": len(opened.segments),
        "first_ms": walls[0],
        "p50_ms": statistics.median(walls[1:]),
        "p95_ms": cuts[-1],
        "cpu_ms": statistics.median(cpus[1:]),
        "own_mb": resident_megabytes(),
        "peak_mb": peak_megabytes(),
        "recall": recall(opened, asked),
    }
    return found


def recall(opened: PassageIndex, asked: Sequence[str]) -> float:
    """Of the ten passages of highest cosine, the share that the candidates hold."""
    kept = 0
    for question in asked:
        vector = opened.question_vector(question)
        exact: list[tuple[float, int]] = []
        for segment in opened.segments:
            cosines = segment.vectors.similarities(vector, np.arange(segment.passages))
            best = np.argsort(-cosines)[:10]
            exact += [(float(cosines[at]), int(at) + segment.base) for at in best]
        best_ten = {id for _, id in sorted(exact, reverse=True)[:10]}
        found = {hit.passage.id for hit in opened.search(question, 10, ranking="dense")}
        kept += len(best_ten & found)
    return kept / (10 * len(asked))


def measure_changing(folder: Path) -> dict[str, Any]:
    [new] = documents(1, seed=7)
    began, cpu = time.perf_counter(), time.process_time()
    update(folder, add=[new])
    added, added_cpu = time.perf_counter() - began, time.process_time() - cpu
    first = PassageIndex.open(folder).paths()[0]
    began, cpu = time.perf_counter(), time.process_time()
    update(folder, remove=[first])
    return {
        "add_seconds": added,
        "add_cpu": added_cpu,
        "remove_seconds": time.perf_counter() - began,
        "remove_cpu": time.process_time() - cpu,
        "change_peak_mb": peak_megabytes(),
    }


def child(doing: str, folder: Path, passages: int, encoder: str) -> None:
    if encoder == "made-up":
        index.carried_models.Encoder = index.opened.Encoder = MadeUpEncoder  # type: ignore[misc,attr-defined]
    if doing == "build":
        found = measure_build(folder, passages)
    else:
        found = measure_asking(folder) if doing == "ask" else measure_changing(folder)
    print(json.dumps(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--encoder", choices=["made-up", "real"], default="made-up")
    parser.add_argument("--index", type=Path, default=Path(".lightqa/index"), help="whose encoder is used")
    parser.add_argument("--child", nargs=3, metavar=("DOING", "FOLDER", "PASSAGES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        doing, where, passages = options.child
        child(doing, Path(where), int(passages), options.encoder)
        return
    root = Path(tempfile.mkdtemp(prefix="lightqa-scale-"))
    print(f"Vectors by the {options.encoder} encoder; made-up texts; wall time and, after it, CPU time.")
    try:
        for size in options.sizes:
            found: dict[str, Any] = {}
            # The encoder is there already: to convert it would take more memory than the build.
            shutil.copytree(options.index, root / str(size))
            for doing in ("build", "ask", "change"):
                own = [sys.executable, __file__, "--encoder", options.encoder]
                command = [*own, "--child", doing, str(root / str(size)), str(size)]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                found |= json.loads(done.stdout.splitlines()[-1])
            print(json.dumps({name: round(value, 3) for name, value in found.items()}), flush=True)
            shutil.rmtree(root / str(size))
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
