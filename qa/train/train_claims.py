"""Trains the reader of claims: `make train-claims`, ten minutes on two cores.

It goes on from the weights of the reader that ships, which has learnt to hold a question to a passage.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

import qa
from index.export import model_folder
from qa.train.claims import Claim, claims
from qa.train.reader_network import (
    ORDINALS,
    QUESTION,
    WIDTH,
    Batch,
    LowerLayers,
    UpperLayers,
    minilm_weights,
)
from qa.train.reader_steps import batches
from qa.train.reader_texts import KeptStates
from qa.train.train_reader import write_weights

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
        written = (batch.roles == QUESTION).float().unsqueeze(2)
        mean = (states * written).sum(1) / written.sum(1)
        greatest = (states - 1e4 * (1 - written)).amax(1)
        worst = (self.token(states).squeeze(2) - 1e4 * (batch.roles != QUESTION)).amax(1)
        near = self.upper.nearness_of(batch).masked_fill(~batch.sentences, -1).amax(1, keepdim=True)
        logit: Tensor = self.head(torch.cat([states[:, 0], mean, greatest, near], 1)).squeeze(1)
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
    model = model_folder(None)
    weights = minilm_weights(str(model / "model.safetensors"))
    upper = UpperLayers(weights)
    upper.load_state_dict({name: value.float() for name, value in load_file(arguments.start).items()})
    network = ClaimNetwork(upper)
    kept = KeptStates(LowerLayers(weights), model / "tokenizer.json")
    taught = [claim for claim in claims(arguments.data) if not claim.held_out]
    of_layers = list(upper.layers.parameters())
    of_scores = [value for name, value in network.named_parameters() if not name.startswith("upper.layers")]
    optimiser = torch.optim.AdamW([{"params": of_layers}, {"params": of_scores}], lr=RATE, weight_decay=0.01)
    average = {name: value.clone() for name, value in network.state_dict().items()}
    began, lately = time.monotonic(), 0.0
    network.train()
    for step, some in zip(
        range(arguments.steps), batches(taught, CLAIMS_A_STEP, _length, arguments.seed), strict=False
    ):
        for group, full in zip(optimiser.param_groups, (RATE, RATE_OF_SCORES), strict=True):
            group["lr"] = full * rate_at(step, arguments.steps)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(kept.batch([(each.text, "", each.cited) for each in some]), step % ORDINALS)
        said = torch.tensor([float(each.said) for each in some])
        loss = functional.binary_cross_entropy_with_logits(
            logits.float(), said * (1 - 2 * SMOOTHED) + SMOOTHED
        )
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        lately += 0.03 * (loss.item() - lately) if step else loss.item()
        for name, value in network.state_dict().items():
            average[name].lerp_(value, 1 / min(step + 1, AVERAGED))
        if step % 20 == 19:
            speed = (step + 1) * CLAIMS_A_STEP / (time.monotonic() - began)
            print(f"{step + 1} of {arguments.steps}: loss {lately:.3f}, {speed:.1f} claims/s", flush=True)
    network.load_state_dict(average)
    write_weights(network.shipped(), arguments.write)
    print(f"Written: {arguments.write}")


if __name__ == "__main__":
    main()
