"""What the reader is shown in a step of its training, and what it loses there.

A step takes some questions, each with a text that answers, the same without its answer, and now and then a
passage that search would bring beside the right one. Four losses: every sentence answers or not; among all
sentences that stand for a question, those that answer come first, so that scores compare between passages;
the text that answers has the higher score as a whole; every text answers or not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor
from torch.nn import functional

from qa.train.reader_neighbours import Neighbours
from qa.train.reader_pairs import Pair

Item = TypeVar("Item")

PAIRS_A_STEP = 10
READ_OF_PASSAGE = 5
"""Other sentences than the answer that are read of a passage: a third of the time saved, and drawn anew each
time, so that a passage cannot be known by heart."""
NEIGHBOURS_READ = 0.5
"""Share of the questions that are also shown with a neighbour, where they have any."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with one text, as it is read in a step.

    Attributes:
        sentences: Of the text.
        gold: Which of them answer; empty where none does, or it is not known which.
        answers: Whether the text answers.
        known: Whether it is known of each sentence.
    """

    pair: Pair
    title: str
    sentences: tuple[str, ...]
    gold: tuple[int, ...]
    answers: bool
    known: bool


def shown(pair: Pair, neighbours: Neighbours, draw: random.Random) -> list[Shown]:
    """What a question is shown with in one step: its own text in two versions, and perhaps a neighbour."""
    if pair.gold:
        rest = [at for at in range(len(pair.answering)) if at not in pair.gold]
        kept = draw.sample(rest, min(len(rest), READ_OF_PASSAGE))
        if pair.tempting is not None and pair.tempting not in kept:
            kept[0] = pair.tempting
        kept.sort()
        # As many sentences with the answer as without: their number must not tell.
        fewer = (
            kept if len(kept) <= len(pair.gold) + 1 else sorted(draw.sample(kept, len(kept) - len(pair.gold)))
        )
        with_answer = sorted([*fewer, *pair.gold])
        gold = tuple(place for place, at in enumerate(with_answer) if at in pair.gold)
        lacking = (
            [pair.lacking[at] for at in with_answer]
            if pair.of_another
            else [pair.answering[at] for at in kept]
        )
        texts = [
            Shown(pair, pair.title, tuple(pair.answering[at] for at in with_answer), gold, True, True),
            Shown(pair, pair.lacking_title, tuple(lacking), (), False, True),
        ]
    else:
        count = min(len(pair.answering), len(pair.lacking), READ_OF_PASSAGE)
        texts = [
            Shown(pair, pair.title, pair.answering[:count], (), True, False),
            Shown(pair, pair.lacking_title, pair.lacking[:count], (), False, True),
        ]
    others = [] if pair.of_another else neighbours.of(pair)
    if others and draw.random() < NEIGHBOURS_READ:
        title, sentences = draw.choice(others)
        kept = sorted(draw.sample(range(len(sentences)), min(len(sentences), READ_OF_PASSAGE)))
        texts.append(Shown(pair, title, tuple(sentences[at] for at in kept), (), False, True))
    return texts


def loss_of(rows: Sequence[Shown], scores: Tensor, passages: Tensor, present: Tensor) -> Tensor:
    """The four losses of a step, for (rows, sentences) scores and (rows,) scores of passages."""
    device = scores.device
    gold = torch.zeros_like(scores)
    for line, row in enumerate(rows):
        gold[line, list(row.gold)] = 1
    answers = torch.tensor([float(row.answers) for row in rows], device=device)
    known = torch.tensor([row.known for row in rows], device=device).unsqueeze(1) & present
    each = functional.binary_cross_entropy_with_logits(
        scores, gold, reduction="none", pos_weight=torch.tensor(2.0, device=device)
    )
    loss = ((each * known).sum(1) / known.sum(1).clamp(min=1)).mean()
    loss = loss + 0.5 * functional.binary_cross_entropy_with_logits(passages, answers)
    by_question: dict[int, list[int]] = {}
    for line, row in enumerate(rows):
        by_question.setdefault(id(row.pair), []).append(line)
    first, apart = [], []
    for lines in by_question.values():
        best = scores[lines].amax(1)
        apart.append(functional.softplus(passages[lines[1]] - passages[lines[0]]))
        if rows[lines[0]].gold:
            chances = torch.log_softmax(scores[lines].flatten(), 0)
            first.append(-chances[gold[lines].flatten() > 0].mean())
        else:
            apart.append(functional.softplus(best[1] - best[0]))
    loss = loss + 0.5 * torch.stack(apart).mean()
    return loss + 0.5 * torch.stack(first).mean() if first else loss


def steps(pairs: Sequence[Pair], seed: int) -> Iterator[list[Pair]]:
    """What is read in each step, without end."""
    return batches(pairs, PAIRS_A_STEP, _length, seed)


def batches(
    items: Sequence[Item], at_once: int, length: Callable[[Item], float], seed: int
) -> Iterator[list[Item]]:
    """Batches without end; those of one step are of like length, and every item comes once in each round."""
    turn = 0
    while True:
        draw = random.Random(f"{seed} {turn}")
        order = list(items)
        draw.shuffle(order)
        found = []
        for begin in range(0, len(order), at_once * 40):
            pool = sorted(order[begin : begin + at_once * 40], key=length)
            found += [pool[at : at + at_once] for at in range(0, len(pool), at_once)]
        draw.shuffle(found)
        yield from found
        turn += 1


def _length(pair: Pair) -> float:
    """About how much is read of a text in a step."""
    characters = sum(map(len, pair.answering))
    return len(pair.question) + characters * min(1, READ_OF_PASSAGE / len(pair.answering))
