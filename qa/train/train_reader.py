"""Trains the reader's upper layers: `make train-reader`.

The rate stays level and falls to nothing over the last steps. What a step does follows from the seed and its
number, so that a run that is stopped goes on where its last checkpoint was.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

import qa
from index.minilm_lower import own_lower
from qa.evidence.reader import ORDINALS
from qa.train.public_pairs import is_held_out_subject, public_pairs, subjects_of
from qa.train.reader_neighbours import Neighbours
from qa.train.reader_network import Batch, KeptStates, UpperLayers, minilm_weights
from qa.train.reader_pairs import (
    asked_pairs,
    asked_passages,
    is_taught,
    renamed_pairs,
    twin_pairs,
    twin_passages,
)
from qa.train.reader_steps import Shown, loss_of, shown, steps
from qa.train.stepper import Stepper, read_weights, write_weights

PUBLIC_EACH = 4
"""Of the public pairs every fourth, so that most of what is read was written for this."""
OTHERS_A_TWIN = 0.6
"""Where weights are gone on from, so many other pairs are read for each twin, which they have not seen."""
RATE, RATE_OF_SCORES = 2e-4, 1e-3
SLOWER = 0.5
"""Share of the rate at which weights are gone on from."""
OF_WHAT_WAS_LEARNT = 0.75
"""Share of the newly trained in what is written where weights were gone on from; the rest is what they were,
and what lies between forgets less (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"): of 0,
0.5, 0.75 and 1 it was best over folders of people's own (DECISIONS.md)."""
WARM_UP = 100
AVERAGED = 100
"""Steps that the running mean of the weights reaches back."""


class Run(Stepper):
    """A training run that can be stopped and taken up again.

    Args:
        folder: Where its checkpoints lie.
        seed: What everything drawn follows from.
        weights: Of MiniLM, by name.
        device: "cpu" or "cuda".
        start: File of weights to go on from, as `write_weights` wrote it; None for MiniLM's own.

    Attributes:
        upper: What is trained; the running mean of its weights is what ships.
    """

    def __init__(
        self, folder: Path, seed: int, weights: dict[str, Tensor], device: str, start: Path | None = None
    ) -> None:
        torch.manual_seed(seed)
        self.folder, self.seed, self.device = folder, seed, device
        self.upper = UpperLayers(weights).to(device)
        if start is not None:
            self.upper.load_state_dict(read_weights(start))
        super().__init__(self.upper, self.upper.layers, (RATE, RATE_OF_SCORES), AVERAGED)
        file = folder / "checkpoint.pt"
        if file.is_file():
            stored = torch.load(file, weights_only=True, map_location=device)
            self.step, self.average = stored["step"], stored["average"]
            self.upper.load_state_dict(stored["upper"])
            self.optimiser.load_state_dict(stored["optimiser"])

    def save(self) -> None:
        """Write a checkpoint over the last one, whole or not at all."""
        stored = {
            "step": self.step,
            "average": self.average,
            "upper": self.upper.state_dict(),
            "optimiser": self.optimiser.state_dict(),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        torch.save(stored, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").replace(self.folder / "checkpoint.pt")

    def take(self, batch: Batch, rows: Sequence[Shown], rate: float) -> float:
        """One step at a share of the full rates; gives the loss."""
        torch.manual_seed(self.seed * 1_000_003 + self.step)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            scores, passages = self.upper(batch, self.step % ORDINALS)
        return self.descend(loss_of(rows, scores.float(), passages.float(), batch.sentences), rate)


def main() -> None:
    """Train, or go on training, until a number of steps is reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder of the public data")
    parser.add_argument("folder", type=Path, help="checkpoints; an earlier run there is gone on with")
    parser.add_argument("--write", type=Path, default=Path(qa.__path__[0]) / "reader" / "reader.safetensors")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument(
        "--falling", type=int, default=1200, help="last steps, over which the rate falls to nothing"
    )
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--start", type=Path, help="weights to go on from, mostly with twins")
    parser.add_argument(
        "--new-from", type=int, default=0, help="twins before this number were taught by what is gone on from"
    )
    parser.add_argument("--without-public", action="store_true", help="our questions alone")
    arguments = parser.parse_args()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    run = Run(arguments.folder, arguments.seed, minilm_weights(), device, arguments.start)
    kept = KeptStates(own_lower(), device)
    asked = [pair for pair in asked_pairs(arguments.data) if is_taught(pair.passage)]
    public = {} if arguments.without_public else public_pairs(arguments.data)
    twins = [pair for pair in twin_pairs() if is_taught(pair.passage)]
    everything = {**asked_passages(arguments.data), **twin_passages()}
    passages = {number: passage for number, passage in everything.items() if is_taught(number)}
    neighbours = Neighbours([*asked, *twins], passages, arguments.folder.parent / "vectors.npz")
    subjects = [name for name in subjects_of(arguments.data) if not is_held_out_subject(name)]
    renamed = renamed_pairs(asked, subjects) + renamed_pairs(public.get("medquad", [])[::2], subjects)
    others = asked + renamed + [pair for some in public.values() for pair in some[::PUBLIC_EACH]]
    if arguments.start is not None:
        # What was taught before is only kept up.
        others += [pair for pair in twins if int(pair.passage[1:]) < arguments.new_from]
        twins = [pair for pair in twins if int(pair.passage[1:]) >= arguments.new_from]
        number = min(len(others), round(OTHERS_A_TWIN * len(twins)))
        others = random.Random(arguments.seed).sample(others, number)
    pairs = twins + others
    print(
        f"{len(asked)} pairs of ours, {len(twins)} in twins, {len(renamed)} renamed, "
        + ", ".join(f"{len(some)} of {name}" for name, some in public.items()),
        flush=True,
    )
    batches = itertools.islice(steps(pairs, arguments.seed), run.step, arguments.steps)
    for some in batches:
        draw = random.Random(f"{arguments.seed} step {run.step}")
        rows = [row for pair in some for row in shown(pair, neighbours, draw)]
        batch = kept.batch([(row.pair.question, row.title, row.sentences) for row in rows])
        rate = min((run.step + 1) / WARM_UP, 1, (arguments.steps - run.step) / arguments.falling)
        run.take(batch, rows, rate * (1 if arguments.start is None else SLOWER))
        if run.step % 20 == 0:
            run.tell(arguments.steps)
        if run.step % 50 == 0 or run.step == arguments.steps:
            run.save()
    learnt = run.average if arguments.start is None else mixed(read_weights(arguments.start), run.average)
    write_weights(learnt, arguments.write)


def mixed(before: dict[str, Tensor], learnt: dict[str, Tensor]) -> dict[str, Tensor]:
    """OF_WHAT_WAS_LEARNT of what was learnt, and for the rest what had been gone on from, by name."""
    return {name: before[name].to(new.device).lerp(new, OF_WHAT_WAS_LEARNT) for name, new in learnt.items()}


if __name__ == "__main__":
    main()
