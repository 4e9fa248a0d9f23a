"""Trains the reader of messages: `make train-message-reader`, ten minutes on two cores.

The last layers of MiniLM go on from their own weights; the first ones stay as they are, so that what they
make of each message is computed once. With `--left-out VOICE,…` nothing is written: how well emergencies of
those voices are told from their calm messages is printed, by the weights of `qa.health.safety.weighed`, by
the reader, and by both.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from index.halves import Lower
from index.minilm_lower import own_lower
from qa.evaluate.safety import Phrasing
from qa.health.safety.ideas import language
from qa.health.safety.message_reader import HIDDEN, LONGEST, SHIPPED
from qa.health.safety.red_flags import OF_READER
from qa.health.safety.triage import spoken
from qa.train.counted_messages import counted_in
from qa.train.fit_red_flags import counts_of, fitted, messages, ordinary, texts_of
from qa.train.reader_network import WIDTH, LastLayers, minilm_weights, pooled
from qa.train.stepper import Stepper, write_weights

ROUNDS, RATE, RATE_OF_HEAD = 3, 1e-4, 5e-4
WARM_UP = 0.06
"""Share of the steps over which the rate rises; it falls to nothing by the last one."""
TOKENS_A_STEP = 1024
AT_ONCE = 256
"""Messages that the first layers read at once."""
OF_KINDS = 0.2
"""What telling the kinds of emergencies apart counts against telling emergencies from the rest."""
CALM_ALARMED = 0.04
"""Share of the calm messages at which it is printed how many emergencies are found."""


@dataclass(frozen=True, slots=True)
class Taught:
    """Messages to teach with.

    Attributes:
        states: Of each, after the first layers: (tokens, WIDTH) float16.
        fires: (messages,) float32: 1 for an emergency.
        kinds: (messages,) int64: of which kind it is, -1 where that is not known.
        counts: (messages,) float32: how much each counts.
    """

    states: Sequence[Tensor]
    fires: Tensor
    kinds: Tensor
    counts: Tensor


class MessageNetwork(nn.Module):
    """Layers that read a message, and what they make of it: how alarming it is, and of which kind."""

    def __init__(self, weights: dict[str, Tensor], kinds: int) -> None:
        super().__init__()
        self.layers = LastLayers(weights)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Sequential(nn.Linear(3 * WIDTH, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, 1 + kinds))

    def forward(self, states: Tensor, there: Tensor) -> Tensor:
        """(messages, 1 + kinds) logits; `there` (messages, tokens) tells words from padding."""
        result: Tensor = self.head(self.dropout(pooled(self.layers(states, there), there)))
        return result


def states_of(texts: Sequence[str], lower: Lower) -> list[Tensor]:
    """What the first layers make of each text: (tokens, WIDTH) float16."""
    ids = [encoding.ids[:LONGEST] for encoding in lower.tokenizer.encode_batch(list(texts))]
    parts = (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
    return [torch.from_numpy(states).half() for part in parts for states in lower.states(part)]


def train(taught: Taught, weights: dict[str, Tensor], kinds: int, seed: int) -> MessageNetwork:
    """A network that was taught with messages."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    network = MessageNetwork(weights, kinds)
    stepper = Stepper(network, network.layers, (RATE, RATE_OF_HEAD))
    lengths = [len(states) for states in taught.states]
    rounds = [list(_batches(lengths, TOKENS_A_STEP, draw)) for _ in range(ROUNDS)]
    steps = [rows for one in rounds for rows in one]
    for step, rows in enumerate(steps):
        share = min(step / (WARM_UP * len(steps)), 1.0) * (1 - step / len(steps))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(*_padded([taught.states[row] for row in rows])).float()
        counts = taught.counts[rows]
        loss = (
            functional.binary_cross_entropy_with_logits(logits[:, 0], taught.fires[rows], reduction="none")
            @ counts
            / counts.sum()
        )
        if (taught.kinds[rows] >= 0).any():
            of_kinds = functional.cross_entropy(logits[:, 1:], taught.kinds[rows], ignore_index=-1)
            loss = loss + OF_KINDS * of_kinds
        stepper.descend(loss, share)
        if stepper.step % 100 == 0:
            stepper.tell(len(steps))
    return network


@torch.no_grad()
def logits_of(network: MessageNetwork, states: Sequence[Tensor]) -> NDArray[np.float32]:
    """(messages, 1 + kinds)."""
    network.eval()
    found: dict[int, NDArray[np.float32]] = {}
    for rows in _batches([len(own) for own in states], 4 * TOKENS_A_STEP, None):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(*_padded([states[row] for row in rows])).float().numpy()
        found |= dict(zip(rows, logits, strict=True))
    return np.stack([found[row] for row in range(len(states))])


def _batches(lengths: Sequence[int], tokens: int, draw: random.Random | None) -> Iterator[list[int]]:
    """Rows of about one length, as many as have so many tokens, padded; in any order where one is drawn."""
    order = sorted(range(len(lengths)), key=lambda row: lengths[row] + (6 * draw.random() if draw else 0))
    found: list[list[int]] = [[]]
    longest = 0
    for row in order:
        longest = max(longest, lengths[row])
        if found[-1] and longest * (len(found[-1]) + 1) > tokens:
            found.append([])
            longest = lengths[row]
        found[-1].append(row)
    if draw:
        draw.shuffle(found)
    yield from found


def _padded(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """(messages, tokens, WIDTH) float32, and (messages, tokens): where there are tokens."""
    rows, lengths = pad_sequence(list(states), batch_first=True).float(), torch.tensor([*map(len, states)])
    return rows, torch.arange(rows.shape[1]) < lengths[:, None]


def _print_left_out(
    told: Sequence[Phrasing], by_weights: NDArray[np.float32], by_reader: NDArray[np.float32]
) -> None:
    """How many emergencies are found where so many calm messages alarm, by each and by both."""
    fires = np.array([one.fires for one in told])
    in_english = np.array([one.language == "en" for one in told])
    scores = {"weights": by_weights, "reader": by_reader, "both": by_weights + OF_READER * by_reader}
    for name, group in (("English", in_english), ("others", ~in_english)):
        calm, red = group & ~fires, group & fires
        print(f"{name}: {red.sum()} emergencies, {calm.sum()} calm messages, {CALM_ALARMED:.0%} alarmed")
        for by, alarming in scores.items():
            least = np.quantile(alarming[calm], 1 - CALM_ALARMED)
            print(f"  {by}: {(alarming[red] > least).mean():.3f} found")


def main() -> None:
    """Train and write the weights; or print what is found of voices that were left out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--left-out", default="", help="voices, by the kinds of their messages, with commas")
    parser.add_argument("--write", type=Path, default=SHIPPED)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    told, questions = messages(), ordinary()
    out = frozenset(filter(None, arguments.left_out.split(",")))
    kinds = sorted({one.category for one in told if one.category})
    states = states_of(texts_of(told, questions), own_lower())
    rows = [row for row in range(len(states)) if row >= len(told) or told[row].kind not in out]
    of_kind = [kinds.index(one.category) if one.category else -1 for one in told]
    taught = Taught(
        [states[row] for row in rows],
        torch.tensor([float(row < len(told) and told[row].fires) for row in rows]),
        torch.tensor([of_kind[row] if row < len(told) else -1 for row in rows]),
        torch.tensor([*counts_of(told), *questions.values()])[rows],
    )
    network = train(taught, minilm_weights(), len(kinds), arguments.seed)
    if out:
        left = [row for row, one in enumerate(told) if one.kind in out]
        own = fitted(told, questions.values(), counted_in(texts_of(told, questions)), rows)
        texts = [told[row].text for row in left]
        by_weights = np.array([own.weight(text, language(spoken(text)[0])).total for text in texts])
        by_reader = logits_of(network, [states[row] for row in left])[:, 0]
        _print_left_out([told[row] for row in left], by_weights, by_reader)
        return
    write_weights(network.state_dict(), arguments.write, {"kinds": ",".join(kinds)})


if __name__ == "__main__":
    main()
