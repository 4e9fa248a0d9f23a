"""Fits what ends an alarm in other languages than English: `python -m qa.train.fit_ways_out`.

From the messages of seeds/ways_out.jsonl it writes qa/health/safety/way_out.npz. Those of one line were told
after the same emergency, or are near one another: many say no in the words of those that say yes. With
`--left-out` nothing is written, and it prints what is heard of each tenth by weights fitted to the others.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from qa.evaluate.rows import SEEDS, json_rows
from qa.health.safety.way_out import WEIGHS_OVER, store
from qa.health.safety.weighed import BUCKETS, Weights
from qa.train.counted_messages import Counted, counted_in
from qa.train.fit_red_flags import STRENGTH, fitted_row

FILE = SEEDS / "ways_out.jsonl"
FOLDS = 10


class Said(NamedTuple):
    """A turn to an alarm: whether it is over, in which language, and on which line."""

    text: str
    is_over: bool
    language: str
    line: int


def ways_out() -> list[Said]:
    """The messages."""
    return [
        Said(text, kind == "over", line["language"], at)
        for at, (_, line) in enumerate(json_rows(FILE))
        for kind in ("over", "goes_on")
        for text in line[kind]
    ]


def made_of() -> str:
    """Fingerprint of what the weights depend on."""
    return hashlib.sha256(FILE.read_bytes() + repr((STRENGTH, BUCKETS)).encode()).hexdigest()


def fit(said: Sequence[Said], counted: Counted) -> tuple[Weights, float]:
    """Weights and an offset, of messages and the same counted."""
    is_over = np.array([one.is_over for one in said])
    return fitted_row(counted.worded, is_over, np.ones(len(said), np.float32), STRENGTH)


def left_out() -> Iterator[str]:
    """For each language and for all, how many messages of each kind are heard as over."""
    said = ways_out()
    counted = counted_in([one.text for one in said])
    number, heard = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for fold in range(FOLDS):
        kept = [at for at, one in enumerate(said) if one.line % FOLDS != fold]
        out = [at for at, one in enumerate(said) if one.line % FOLDS == fold]
        weights, offset = fit([said[at] for at in kept], counted.only(kept))
        over = offset + counted.worded[out] @ weights > WEIGHS_OVER
        for one, is_heard in zip((said[at] for at in out), over, strict=True):
            for which in (one.language, "all"):
                number[which, one.is_over] += 1
                heard[which, one.is_over] += bool(is_heard)
    for which in sorted({which for which, _ in number}):
        yield (
            f"{which}: of {number[which, True]} that are over {heard[which, True]} are heard, "
            f"of {number[which, False]} that go on {heard[which, False]}"
        )


def main() -> None:
    if "--left-out" in sys.argv[1:]:
        for line in left_out():
            print(line)
        return
    said = ways_out()
    store(*fit(said, counted_in([one.text for one in said])), made_of())


if __name__ == "__main__":
    main()
