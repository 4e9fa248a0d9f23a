"""Embedding: passages per second and peak memory, against SentenceTransformer.encode on the same passages.

    python tests/benchmarks/encode.py [--index DIR] [--rounds N]

Each runs in a process of its own, in turns; the median of the rounds' ratios is what counts.
"""

from __future__ import annotations

import shutil

from machine import machine
from measured import SCRIPTS, arguments, in_turns, passages_of, rival, rival_folder
from processes import run_python

from index.search import PassageIndex

PASSAGES = 500


def main() -> None:
    options = arguments("Embedding beside SentenceTransformer.encode.", rounds=3)
    index = PassageIndex.open(options.index)
    print(machine(index.encoder))
    model, folder = rival_folder(index, passages_of(index, PASSAGES))
    asker = [str(SCRIPTS / "asker.py"), "index", str(options.index), f"{folder}/passages.json"]
    peaks: dict[str, list[float]] = {"lightqa": [], "rival": []}

    def rate(name: str, command: list[str]) -> float:
        [found] = run_python(command).lines
        peaks[name].append(found["peak_megabytes"])
        return float(found["passages_per_second"])

    def shown(values: list[float]) -> str:
        return f"{min(values):.0f} to {max(values):.0f} MB"

    print(f"Embedding {PASSAGES} passages with {index.encoder.name}, in passages per second:")
    try:
        in_turns(
            options.rounds,
            lambda: rate("lightqa", asker),
            lambda: rate("rival", rival("index", model, folder)),
            "passages/s",
            higher_is_better=True,
        )
    finally:
        shutil.rmtree(folder)
    print(f"Peak memory: lightqa {shown(peaks['lightqa'])}, rival {shown(peaks['rival'])}.")


if __name__ == "__main__":
    main()
