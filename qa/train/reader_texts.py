"""Texts as the reader gets them: states of the lower layers, each text read by itself and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from qa.train.reader_network import QUESTION, SENTENCE, TITLE, Batch, LowerLayers, assemble

LONGEST = {QUESTION: 64, TITLE: 32, SENTENCE: 96}
"""Tokens of a text that are read, markers included."""
AT_ONCE = 64


class KeptStates:
    """States of texts, computed once and kept in half precision: about 20 kB for a sentence.

    Args:
        lower: Layers that read each text by itself, on the device where the states are wanted.
        tokenizer: File of the tokenizer, tokenizer.json.
    """

    def __init__(self, lower: LowerLayers, tokenizer: Path) -> None:
        self._lower = lower
        self._device = lower.words.device
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._kept: dict[tuple[int, str], Tensor] = {}

    def batch(self, rows: Sequence[tuple[str, str, Sequence[str]]]) -> Batch:
        """Put (question, title, sentences) together, a row each."""
        self._read(
            {(QUESTION, question) for question, _, _ in rows}
            | {(TITLE, title) for _, title, _ in rows}
            | {(SENTENCE, sentence) for _, _, sentences in rows for sentence in sentences}
        )
        return assemble(
            [self._kept[QUESTION, question] for question, _, _ in rows],
            [self._kept[TITLE, title] for _, title, _ in rows],
            [[self._kept[SENTENCE, text] for text in sentences] for _, _, sentences in rows],
            self._device,
        )

    def _read(self, texts: Iterable[tuple[int, str]]) -> None:
        new = [(role, text) for role, text in texts if (role, text) not in self._kept]
        ids = []
        for (role, _), encoding in zip(
            new, self._tokenizer.encode_batch([text for _, text in new]), strict=True
        ):
            own = encoding.ids
            ids.append(own if len(own) <= LONGEST[role] else [*own[: LONGEST[role] - 1], own[-1]])
        order = sorted(range(len(new)), key=lambda at: len(ids[at]))
        for begin in range(0, len(order), AT_ONCE):
            group = order[begin : begin + AT_ONCE]
            table = torch.zeros(len(group), max(len(ids[at]) for at in group), dtype=torch.long)
            mask = torch.zeros(table.shape, dtype=torch.bool)
            for line, at in enumerate(group):
                table[line, : len(ids[at])] = torch.tensor(ids[at])
                mask[line, : len(ids[at])] = True
            with torch.autocast(self._device.type, dtype=torch.bfloat16):
                states = self._lower(table.to(self._device), mask.to(self._device)).cpu()
            for line, at in enumerate(group):
                # Of a sentence, its end marker stays and its start marker goes: the question has one.
                first = 1 if new[at][0] == SENTENCE else 0
                self._kept[new[at]] = states[line, first : len(ids[at])].half()
