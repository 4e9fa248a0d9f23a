"""The reader as torch sees it while it is trained; `qa.evidence.reader` runs the same arithmetic without
torch.

The lower layers of MiniLM (`index.minilm_lower`), never trained, read question, title and every sentence
each by itself, so that their states can be kept and a passage put together of them. The upper layers read
all of it at once. A sentence has no place: its tokens are numbered within it, and the sentences by an
ordinal that starts anywhere, so that only what stands beside what can be learnt and not that answers stand
early.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from index.export import model_folder
from index.halves import Lower
from qa.evidence import reader
from qa.evidence.reader import ORDINALS, QUESTION, SENTENCE, TITLE

WIDTH, HEADS, LOWER, LAYERS = 384, 12, 3, 6

Own = TypeVar("Own", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages put together of states of the lower layers, padded to one length.

    Attributes:
        states: (rows, tokens, WIDTH) float32: question, title, sentences, padding.
        roles: (rows, tokens) int64, and -1 for padding.
        owners: (rows, tokens) int64: which sentence a token belongs to, -1 for none.
        sentences: (rows, sentences) bool: which sentences there are.
    """

    states: Tensor
    roles: Tensor
    owners: Tensor
    sentences: Tensor


class KeptStates:
    """States of texts, each read once and kept in half precision: about 20 kB for a sentence.

    Args:
        lower: What reads each text by itself.
        device: Where batches are wanted.
    """

    def __init__(self, lower: Lower, device: str = "cpu") -> None:
        self._read, self._device = reader.KeptStates(lower), device
        self._kept: dict[tuple[int, str], Tensor] = {}

    def batch(self, rows: Sequence[tuple[str, str, Sequence[str]]]) -> Batch:
        """Put (question, title, sentences) together, a row each."""
        texts = [
            [(QUESTION, question), (TITLE, title), *((SENTENCE, each) for each in sentences)]
            for question, title, sentences in rows
        ]
        new = {text for row in texts for text in row} - self._kept.keys()
        self._kept |= {text: torch.from_numpy(states).half() for text, states in self._read.of(new).items()}
        return assemble([[self._kept[text] for text in row] for row in texts], self._device)


def assemble(rows: Sequence[Sequence[Tensor]], device: str = "cpu") -> Batch:
    """Put states of the lower layers together, each (tokens, WIDTH): of a question, a title and sentences."""
    length = max(sum(map(len, row)) for row in rows)
    states = torch.zeros(len(rows), length, WIDTH)
    roles, owners = (torch.full((len(rows), length), -1) for _ in range(2))
    present = torch.zeros(len(rows), max(map(len, rows)) - SENTENCE, dtype=torch.bool)
    for line, row in enumerate(rows):
        at = 0
        for number, part in enumerate(row):
            own = slice(at, at + len(part))
            states[line, own] = part
            roles[line, own] = min(number, SENTENCE)
            owners[line, own] = max(number - SENTENCE, -1)
            at = own.stop
        present[line, : len(row) - SENTENCE] = True
    return Batch(*(part.to(device) for part in (states, roles, owners, present)))


class Layer(nn.Module):
    """One layer of BERT, with the weights of MiniLM to start with."""

    def __init__(self, weights: dict[str, Tensor], number: int) -> None:
        super().__init__()

        def taken(own: Own, *names: str) -> Own:
            """A part with the published weights of these names, one below the other."""
            parts = [f"encoder.layer.{number}.{name}" for name in names]
            own.load_state_dict(
                {of: torch.cat([weights[f"{part}.{of}"] for part in parts]) for of in ("weight", "bias")}
            )
            return own

        read = (f"attention.self.{name}" for name in ("query", "key", "value"))
        self.attend = taken(nn.Linear(WIDTH, 3 * WIDTH), *read)
        self.attended = taken(nn.Linear(WIDTH, WIDTH), "attention.output.dense")
        self.up = taken(nn.Linear(WIDTH, 4 * WIDTH), "intermediate.dense")
        self.down = taken(nn.Linear(4 * WIDTH, WIDTH), "output.dense")
        self.norm_attended = taken(nn.LayerNorm(WIDTH, eps=1e-12), "attention.output.LayerNorm")
        self.norm = taken(nn.LayerNorm(WIDTH, eps=1e-12), "output.LayerNorm")
        self.dropout = nn.Dropout(0.1)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """(rows, tokens, WIDTH) to the same; `mask` (rows, 1, 1, tokens) is added to what is attended to."""
        rows, tokens, width = states.shape
        query, key, value = self.attend(states).view(rows, tokens, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        # Written out: on a CPU in bfloat16 a quarter faster, forth and back, than torch's own attention.
        seen = (
            torch.softmax(query @ key.transpose(2, 3) * (width // HEADS) ** -0.5 + mask, 3).to(value.dtype)
            @ value
        )
        seen = self.attended(seen.transpose(1, 2).reshape(rows, tokens, width))
        states = self.norm_attended(states + self.dropout(seen))
        result: Tensor = self.norm(states + self.dropout(self.down(functional.gelu(self.up(states)))))
        return result


class LastLayers(nn.ModuleList):
    """MiniLM's layers from LOWER on, one after the other."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__(Layer(weights, number) for number in range(LOWER, LAYERS))

    def forward(self, states: Tensor, there: Tensor) -> Tensor:
        """(rows, tokens, WIDTH) to the same; `there` (rows, tokens) tells words from padding."""
        mask = -1e4 * (~there).float()[:, None, None]
        for layer in self:
            states = layer(states, mask)
        return states


def pooled(states: Tensor, which: Tensor) -> Tensor:
    """(rows, 3 * WIDTH): of each row the first state, and mean and greatest of `which` (rows, tokens)."""
    kept = which.float().unsqueeze(2)
    mean = (states * kept).sum(1) / kept.sum(1)
    return torch.cat([states[:, 0], mean, (states - 1e4 * (1 - kept)).amax(1)], 1)


class UpperLayers(nn.Module):
    """What is trained: MiniLM's last layers over question and passage together, and the scores."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__()
        self.layers = LastLayers(weights)
        self.roles = nn.Parameter(torch.zeros(3, WIDTH))
        self.ordinals = nn.Parameter(0.02 * torch.randn(ORDINALS, WIDTH))
        self.telling = nn.Linear(WIDTH, 1)
        self.sentence = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, 1))
        self.passage = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, 1))
        # Of: cosine of sentence and question, nearness of the question's tokens, the same beside the others.
        self.nearness = nn.Parameter(torch.tensor([4.0, 4.0, 4.0]))
        self.bias = nn.Parameter(torch.tensor(-5.0))
        self.best = nn.Parameter(torch.tensor(0.5))

    def forward(self, batch: Batch, first_ordinal: int = 0) -> tuple[Tensor, Tensor]:
        """Scores of sentences (rows, sentences), -1e4 where there is none, and of passages (rows,)."""
        states = self.states(batch, first_ordinal)
        of_sentence = _of_sentence(batch)
        means = of_sentence @ states / of_sentence.sum(2, keepdim=True).clamp(min=1)
        asked = ((batch.roles == QUESTION).float().unsqueeze(1) @ states).squeeze(1)
        first = states[:, 0]
        cosines = functional.cosine_similarity(means, asked.unsqueeze(1), dim=2)
        nearness = self.nearness_of(batch)
        present = batch.sentences.float()
        beside = nearness - (nearness * present).sum(1, keepdim=True) / present.sum(1, keepdim=True)
        scores = self.sentence(torch.cat([means, first.unsqueeze(1).expand_as(means)], 2)).squeeze(2)
        scores = scores + torch.stack([cosines, nearness, beside], 2) @ self.nearness + self.bias
        scores = scores.masked_fill(~batch.sentences, -1e4)
        pooled = means.masked_fill(~batch.sentences.unsqueeze(2), -1e4).amax(1)
        passages = self.passage(torch.cat([first, pooled], 1)).squeeze(1)
        return scores, passages + self.best * scores.amax(1)

    def states(self, batch: Batch, first_ordinal: int = 0) -> Tensor:
        """What the layers make of question and passage together: (rows, tokens, WIDTH) float32."""
        # The ordinal of no sentence is a row of zeros: title and question have none.
        ordinals = torch.cat([self.ordinals, self.ordinals.new_zeros(1, WIDTH)])
        which = torch.where(batch.owners >= 0, (batch.owners + first_ordinal) % ORDINALS, ORDINALS)
        states = batch.states + self.roles[batch.roles.clamp(min=0)] + ordinals[which]
        told: Tensor = self.layers(states, batch.roles >= 0)
        return told.float()

    def nearness_of(self, batch: Batch) -> Tensor:
        """(rows, sentences): how near the question's tokens are to tokens of a sentence, in the lower states.

        The mean over the question's tokens of the greatest cosine, weighed by how telling a token is.
        """
        length = int((batch.roles == QUESTION).sum(1).max())
        question = batch.states[:, :length]
        telling = functional.softplus(self.telling(question)).squeeze(2)
        telling = telling * (batch.roles[:, :length] == QUESTION)
        units = functional.normalize(batch.states, dim=2)
        cosines = units[:, :length] @ units.transpose(1, 2)
        nearest = (cosines.unsqueeze(1) - 2 * (1 - _of_sentence(batch)).unsqueeze(2)).amax(3).clamp(min=-1)
        weighed: Tensor = (nearest * telling.unsqueeze(1)).sum(2) / telling.sum(1, keepdim=True)
        return weighed


def minilm_weights() -> dict[str, Tensor]:
    """The published weights of all-MiniLM-L6-v2 by name, float32."""
    return load_file(model_folder(None) / "model.safetensors")


def _of_sentence(batch: Batch) -> Tensor:
    """(rows, sentences, tokens): 1 where a token is of a sentence, else 0."""
    sentences = torch.arange(batch.sentences.shape[1], device=batch.owners.device)
    return (batch.owners.unsqueeze(1) == sentences.unsqueeze(1)).float()
