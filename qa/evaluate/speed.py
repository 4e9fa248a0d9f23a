"""How fast and how big: lightqa beside a plain rival, in the same run on the same machine.

Each is started as a process of its own, in turns, so that both meet the same machine. The rival embeds a
question with sentence-transformers and finds the nearest passage in FAISS, which is all it does.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.errors import EncoderError
from index.export import SHIPPED_MODEL, model_folder
from index.search import PassageIndex
from qa.evaluate.figures import Figure, Part
from qa.evaluate.processes import Measured, run_python

RIVAL = "sentence-transformers + FAISS"
MOST_QUESTIONS = 100
MOST_PASSAGES = 200
SCRIPTS = Path(__file__).parent


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds: the smallest time that this share of the answers needed at most.

    Of 1 to 100 ms the p95 is 95 ms: 95 of 100 answers took at most that.
    """
    times = np.asarray(seconds) * 1000
    return {f"p{level}": float(np.percentile(times, level, method="inverted_cdf")) for level in (50, 95, 99)}


def evaluate_speed(
    index: PassageIndex, questions: Sequence[str], advance: Callable[[], None] = lambda: None
) -> Part:
    """Measure starting, answering and embedding, each beside the rival.

    Args:
        index: Its folder is opened again by the processes that are measured.
        questions: Asked one after the other; at most `MOST_QUESTIONS` are used.
        advance: Called once for each of the `steps()` processes.

    Raises:
        ProcessFailed: One of the processes failed.
    """
    folder = index.folder.parent.parent
    asked = json.dumps(list(questions)[:MOST_QUESTIONS])
    everything = (passage.text for path in index.paths() for passage in index.passages(path))
    passages = list(itertools.islice(everything, MOST_PASSAGES))
    with tempfile.TemporaryDirectory(prefix="lightqa-") as temporary:
        (Path(temporary) / "passages.json").write_text(json.dumps(passages), encoding="utf-8")
        ours = [str(SCRIPTS / "asker.py")]
        commands = {
            "lightqa": (
                [*ours, "index", str(folder), f"{temporary}/passages.json"],
                [*ours, "ask", str(folder)],
            )
        }
        remarks = [f"{len(passages)} passages, {min(len(questions), MOST_QUESTIONS)} questions."]
        try:
            name = index.encoder.name
            model = model_folder(None if name == SHIPPED_MODEL else name)
            theirs = [str(SCRIPTS / "rival.py")]
            commands[RIVAL] = (
                [*theirs, "index", str(model), temporary],
                [*theirs, "ask", str(model), temporary],
            )
        except EncoderError as error:
            remarks.append(f"Without the rival: {error}")
        indexing: dict[str, Measured] = {}
        answering: dict[str, Measured] = {}
        for name, (index_command, _) in commands.items():
            indexing[name] = run_python(["-P", *index_command])
            advance()
        for name, (_, ask_command) in commands.items():
            answering[name] = run_python(["-P", *ask_command], asked)
            advance()
    return _part(indexing, answering, remarks)


def steps() -> int:
    """How often `evaluate_speed` calls `advance`, at most."""
    return 4


def _part(
    indexing: dict[str, Measured],
    answering: dict[str, Measured],
    remarks: Sequence[str],
) -> Part:
    answers = {name: measured.lines[-1]["seconds"] for name, measured in answering.items()}
    # The first answer of a process warms caches; it is a figure of its own.
    later = {name: percentiles(seconds[1:] or seconds) for name, seconds in answers.items()}
    each = {
        "cold start to first answer": (
            {name: measured.first_line for name, measured in answering.items()},
            "s",
            "From the start of the program until the first answer is there.",
        ),
        "first answer": (
            {name: seconds[0] * 1000 for name, seconds in answers.items()},
            "ms",
            "The first answer once the index is open.",
        ),
        **{
            f"warm answer {level}": (
                {name: times[level] for name, times in later.items()},
                "ms",
                f"{level[1:]} of 100 later answers take at most this long.",
            )
            for level in ("p50", "p95", "p99")
        },
        "peak memory while answering": (
            {name: measured.lines[-1]["peak_megabytes"] for name, measured in answering.items()},
            "MB",
            "The most memory that the answering process held.",
        ),
        "embedding": (
            {name: measured.lines[-1]["passages_per_second"] for name, measured in indexing.items()},
            "passages/s",
            "Passages embedded per second, which is what indexing takes its time for.",
        ),
        "peak memory while embedding": (
            {name: measured.lines[-1]["peak_megabytes"] for name, measured in indexing.items()},
            "MB",
            "The most memory that the embedding process held.",
        ),
    }
    return Part(
        name="speed",
        figures=tuple(
            Figure(
                name=f"speed: {name}",
                value=values["lightqa"],
                low=values["lightqa"],
                high=values["lightqa"],
                meaning=meaning,
                higher_is_better=unit == "passages/s",
                baselines={other: value for other, value in values.items() if other != "lightqa"},
                unit=unit,
                gated=False,
            )
            for name, (values, unit, meaning) in each.items()
        ),
        curves={
            "latency": {
                name: sorted(second * 1000 for second in seconds[1:] or seconds)
                for name, seconds in answers.items()
            }
        },
        remarks=tuple(remarks),
    )
