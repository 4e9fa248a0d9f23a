"""Embedding: passages per second and peak memory, against SentenceTransformer.encode on the same passages.

    python tests/benchmarks/encode.py [--index DIR] [--rounds N]

Each runs in a process of its own, in turns; the median of the rounds' ratios is what counts.
"""

from __future__ import annotations

from machine import machine
from measured import SCRIPTS, arguments, in_turns, passages_of, rival
from processes import run_python

from index.search import PassageIndex

PASSAGES = 500


def main() -> None:
    options = arguments("Embedding beside SentenceTransformer.encode.", rounds=3)
    index = PassageIndex.open(options.index)
    print(machine(index.encoder))
    peaks: dict[str, list[float]] = {"lightqa": [], "rival": []}

    def rate(name: str, command: list[str]) -> float:
        [found] = run_python(command).lines
        peaks[name].append(found["peak_megabytes"])
        return float(found["passages_per_second"])

    def shown(values: list[float]) -> str:
        return f"{min(values):.0f} to {max(values):.0f} MB"

    print(f"Embedding {PASSAGES} passages with {index.encoder.name}, in passages per second:")
    with rival(index, passages_of(index, PASSAGES)) as commands:
        passages = f"{commands['index'][-1]}/passages.json"
        asker = [str(SCRIPTS / "asker.py"), "index", str(options.index), passages]
        in_turns(
            options.rounds,
            lambda: rate("lightqa", asker),
            lambda: rate("rival", commands["index"]),
            "passages/s",
            higher_is_better=True,
        )
    print(f"Peak memory: lightqa {shown(peaks['lightqa'])}, rival {shown(peaks['rival'])}.")


if __name__ == "__main__":
    main()
