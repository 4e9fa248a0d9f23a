"""A step of training as every reader takes it, and how what was trained is written."""

from __future__ import annotations

import time
from collections import deque
from pathlib import Path
from statistics import fmean

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

LATELY = 100
"""Steps whose mean loss is printed."""


class Stepper:
    """Teaches a network: its layers, which go on from MiniLM's, at one rate and everything else at another.

    Args:
        network: On the device where it is taught.
        layers: Those of its parts that are layers.
        rates: Full rates of the layers and of everything else.
        reach: Steps that the running mean of the weights reaches back.

    Attributes:
        step: Steps taken.
        average: By name, a running mean of the network's weights: better than those of any one step.
    """

    def __init__(
        self, network: nn.Module, layers: nn.Module, rates: tuple[float, float], reach: int = 1
    ) -> None:
        self.step = 0
        self._network, self._rates, self._reach = network.train(), rates, reach
        of_layers = list(layers.parameters())
        known = set(map(id, of_layers))
        rest = [weights for weights in network.parameters() if id(weights) not in known]
        self.optimiser = torch.optim.AdamW([{"params": of_layers}, {"params": rest}], weight_decay=0.01)
        self.average = {name: value.clone() for name, value in network.state_dict().items()}
        self._losses, self._began = deque[float](maxlen=LATELY), time.monotonic()

    def descend(self, loss: Tensor, share: float) -> float:
        """One step against a loss at a share of the full rates; gives the loss."""
        for group, full in zip(self.optimiser.param_groups, self._rates, strict=True):
            group["lr"] = full * share
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        for name, value in self._network.state_dict().items():
            self.average[name].lerp_(value, 1 / min(self.step, self._reach))
        self._losses.append(loss.item())
        return self._losses[-1]

    def tell(self, steps: int) -> None:
        """Print how far it has come with so many steps, and the mean loss of the last ones."""
        passed = time.monotonic() - self._began
        print(f"{self.step} of {steps} steps: loss {fmean(self._losses):.3f}, {passed:.0f} s", flush=True)


def read_weights(file: Path) -> dict[str, Tensor]:
    """What `write_weights` wrote, in full precision again."""
    return {name: value.float() for name, value in load_file(file).items()}


def write_weights(weights: dict[str, Tensor], target: Path, about: dict[str, str] | None = None) -> None:
    """Write what was trained in half precision, as the readers that ship read it, and something about it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.half().cpu().contiguous() for name, value in weights.items()}, target, about)
    print(f"Written: {target}")
