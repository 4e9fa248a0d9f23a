"""A cold question: wall-clock time and peak memory of `lightqa ask`, against sentence-transformers and FAISS.

    python tests/benchmarks/ask.py [--index DIR] [--rounds N]

Both are whole processes that are started, asked the same question, and end; the rival's vectors are
embedded beforehand, as the index is. It only finds the nearest passage.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from machine import machine
from measured import QUESTION, arguments, command_cost, in_turns, indexed_rival

from index.search import PassageIndex


def main() -> None:
    options = arguments("A cold question beside sentence-transformers and FAISS.", rounds=5)
    index = PassageIndex.open(options.index)
    print(machine(index.encoder))
    lightqa = [str(Path(sys.executable).parent / "lightqa"), "ask", QUESTION, "--index", str(options.index)]
    peaks: dict[str, list[float]] = {"lightqa": [], "rival": []}

    def seconds(name: str, command: list[str], given: str = "") -> float:
        taken, megabytes = command_cost(command, given)
        peaks[name].append(megabytes)
        return taken

    print(f'Asking "{QUESTION}", in seconds from the start of the process to its end:')
    with indexed_rival(index) as plain:
        in_turns(
            options.rounds,
            lambda: seconds("lightqa", lightqa),
            lambda: seconds("rival", [sys.executable, *plain], json.dumps([QUESTION])),
            "s",
            higher_is_better=False,
        )
    for name, values in peaks.items():
        print(f"Peak memory of {name}: {min(values):.0f} to {max(values):.0f} MB.")


if __name__ == "__main__":
    main()
