"""Trains the reader of claims: `make train-claims`, ten minutes on two cores.

It goes on from the weights of the reader that ships, which has learnt to hold a question to a passage.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

import qa
from index.minilm_lower import own_lower
from qa.evidence.reader import ORDINALS, QUESTION
from qa.train.claims import Claim, claims
from qa.train.reader_network import WIDTH, Batch, KeptStates, UpperLayers, minilm_weights, pooled
from qa.train.reader_steps import batches
from qa.train.stepper import Stepper, read_weights, write_weights

CLAIMS_A_STEP = 48
RATE, RATE_OF_SCORES = 1.5e-4, 5e-4
WARM_UP, AVERAGED = 40, 60
SMOOTHED = 0.03
"""What is never quite sure: a written sentence may be false in a way that its writer did not mean."""


class ClaimNetwork(nn.Module):
    """The reader's upper layers, and one logit: whether the quotes say what was written."""

    def __init__(self, upper: UpperLayers) -> None:
        super().__init__()
        self.upper = upper
        self.token = nn.Linear(WIDTH, 1)
        self.head = nn.Sequential(
            nn.Linear(3 * WIDTH + 1, WIDTH), nn.GELU(), nn.Dropout(0.1), nn.Linear(WIDTH, 1)
        )

    def forward(self, batch: Batch, first_ordinal: int = 0) -> Tensor:
        """Logits (rows,); the written sentence stands in the place of the question."""
        states = self.upper.states(batch, first_ordinal)
        written = batch.roles == QUESTION
        worst = (self.token(states).squeeze(2) - 1e4 * ~written).amax(1)
        near = self.upper.nearness_of(batch).masked_fill(~batch.sentences, -1).amax(1, keepdim=True)
        logit: Tensor = self.head(torch.cat([pooled(states, written), near], 1)).squeeze(1)
        return logit - functional.softplus(worst)

    def shipped(self) -> dict[str, Tensor]:
        """The weights that `qa.writer.claim_reader` reads, by its names."""
        upper = {name: value for name, value in self.upper.state_dict().items() if name.startswith(_OF_UPPER)}
        own = {name: value for name, value in self.state_dict().items() if not name.startswith("upper.")}
        # The dropout has no weights, but its place in the sequence.
        return upper | {name.replace("head.3.", "head.2."): value for name, value in own.items()}


_OF_UPPER = ("layers.", "roles", "ordinals", "telling.")


def _length(claim: Claim) -> int:
    return len(claim.text) + sum(map(len, claim.cited))


def rate_at(step: int, steps: int) -> float:
    """Share of the full rates: rises, stays, and falls to nothing over the second half."""
    return min((step + 1) / WARM_UP, 1, 2 * (steps - step) / steps)


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder of the public data")
    folder = Path(qa.__path__[0])
    parser.add_argument("--start", type=Path, default=folder / "reader" / "reader.safetensors")
    parser.add_argument("--write", type=Path, default=folder / "writer" / "claims.safetensors")
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--seed", type=int, default=20)
    arguments = parser.parse_args()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    torch.manual_seed(arguments.seed)
    upper = UpperLayers(minilm_weights())
    upper.load_state_dict(read_weights(arguments.start))
    network = ClaimNetwork(upper)
    stepper = Stepper(network, upper.layers, (RATE, RATE_OF_SCORES), AVERAGED)
    kept = KeptStates(own_lower())
    taught = [claim for claim in claims(arguments.data) if not claim.held_out]
    for step, some in zip(
        range(arguments.steps), batches(taught, CLAIMS_A_STEP, _length, arguments.seed), strict=False
    ):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(kept.batch([(each.text, "", each.cited) for each in some]), step % ORDINALS)
        said = torch.tensor([float(each.said) for each in some])
        loss = functional.binary_cross_entropy_with_logits(
            logits.float(), said * (1 - 2 * SMOOTHED) + SMOOTHED
        )
        stepper.descend(loss, rate_at(step, arguments.steps))
        if stepper.step % 20 == 0:
            stepper.tell(arguments.steps)
    network.load_state_dict(stepper.average)
    write_weights(network.shipped(), arguments.write)


if __name__ == "__main__":
    main()
