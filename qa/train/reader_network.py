"""The reader as torch sees it while it is trained; `qa.evidence.reader` runs the same arithmetic without
torch.

The lower layers of MiniLM, frozen, read question, title and every sentence each by itself, so that their
states can be kept and a passage put together of them. The upper layers read all of it at once. A sentence
has no place: its tokens are numbered within it, and the sentences by an ordinal that starts anywhere, so
that only what stands beside what can be learnt and not that answers stand early.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, LOWER, LAYERS = 384, 12, 3, 6
ORDINALS = 32
"""Sentences beyond so many share ordinals; passages hold a dozen."""
QUESTION, TITLE, SENTENCE = 0, 1, 2
"""Rows of the roles that tell the upper layers what a token belongs to."""


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


class Layer(nn.Module):
    """One layer of BERT, with the weights of MiniLM to start with."""

    def __init__(self, weights: dict[str, Tensor], number: int) -> None:
        super().__init__()
        at = f"encoder.layer.{number}"
        parts = [f"{at}.attention.self.{name}" for name in ("query", "key", "value")]
        self.attend = _linear(
            torch.cat([weights[f"{part}.weight"] for part in parts]),
            torch.cat([weights[f"{part}.bias"] for part in parts]),
        )
        self.attended = _linear(*_pair(weights, f"{at}.attention.output.dense"))
        self.up = _linear(*_pair(weights, f"{at}.intermediate.dense"))
        self.down = _linear(*_pair(weights, f"{at}.output.dense"))
        self.norm_attended = _norm(*_pair(weights, f"{at}.attention.output.LayerNorm"))
        self.norm = _norm(*_pair(weights, f"{at}.output.LayerNorm"))
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


class LowerLayers(nn.Module):
    """MiniLM's embeddings and first layers, never trained."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__()
        words, places, kinds = (
            weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        self.words, self.places = nn.Parameter(words), nn.Parameter(places + kinds[0])
        self.norm = _norm(*_pair(weights, "embeddings.LayerNorm"))
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(LOWER))
        self.requires_grad_(False)
        self.eval()

    @torch.no_grad()
    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States of texts read each by itself: ids and mask (texts, tokens) to (texts, tokens, WIDTH)."""
        states: Tensor = self.norm(self.words[ids] + self.places[: ids.shape[1]])
        for layer in self.layers:
            states = layer(states, _additive(mask))
        return states


class UpperLayers(nn.Module):
    """What is trained: MiniLM's last layers over question and passage together, and the scores."""

    def __init__(self, weights: dict[str, Tensor]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(LOWER, LAYERS))
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
        there = batch.roles >= 0
        # The ordinal of no sentence is a row of zeros: title and question have none.
        ordinals = torch.cat([self.ordinals, self.ordinals.new_zeros(1, WIDTH)])
        which = torch.where(batch.owners >= 0, (batch.owners + first_ordinal) % ORDINALS, ORDINALS)
        states = batch.states + self.roles[batch.roles.clamp(min=0)] + ordinals[which]
        mask = _additive(there)
        for layer in self.layers:
            states = layer(states, mask)
        return states.float()

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


def minilm_weights(file: str) -> dict[str, Tensor]:
    """The published weights of all-MiniLM-L6-v2 by name, float32."""
    return load_file(file)


def assemble(
    questions: Sequence[Tensor],
    titles: Sequence[Tensor],
    passages: Sequence[Sequence[Tensor]],
    device: torch.device,
) -> Batch:
    """Put states of the lower layers together, a row for a question with a passage; each (tokens, WIDTH)."""
    rows = [
        [(question, QUESTION, -1), (title, TITLE, -1)]
        + [(sentence, SENTENCE, number) for number, sentence in enumerate(sentences)]
        for question, title, sentences in zip(questions, titles, passages, strict=True)
    ]
    length = max(sum(len(states) for states, _, _ in row) for row in rows)
    states = torch.zeros(len(rows), length, WIDTH)
    roles, owners = (torch.full((len(rows), length), -1) for _ in range(2))
    present = torch.zeros(len(rows), max(map(len, passages)), dtype=torch.bool)
    for line, row in enumerate(rows):
        at = 0
        for part, role, owner in row:
            states[line, at : at + len(part)] = part
            roles[line, at : at + len(part)] = role
            owners[line, at : at + len(part)] = owner
            at += len(part)
        present[line, : len(row) - 2] = True
    return Batch(*(part.to(device) for part in (states, roles, owners, present)))


def _of_sentence(batch: Batch) -> Tensor:
    """(rows, sentences, tokens): 1 where a token is of a sentence, else 0."""
    sentences = torch.arange(batch.sentences.shape[1], device=batch.owners.device)
    return (batch.owners.unsqueeze(1) == sentences.unsqueeze(1)).float()


def _additive(mask: Tensor) -> Tensor:
    return torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, -1e4)[:, None, None, :]


def _pair(weights: dict[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight, layer.bias = nn.Parameter(weight.clone()), nn.Parameter(bias.clone())
    return layer


def _norm(weight: Tensor, bias: Tensor) -> nn.LayerNorm:
    norm = nn.LayerNorm(len(weight), eps=1e-12)
    norm.weight, norm.bias = nn.Parameter(weight.clone()), nn.Parameter(bias.clone())
    return norm
