"""Passages that search would bring beside the right one: those nearest to the question."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Encoder
from index.export import export_encoder
from qa.train.reader_pairs import Pair, title_of

READ = 8
"""Passages that search brings."""


class Neighbours:
    """The nearest other passages of questions that were written for passages.

    Args:
        pairs: Only those about passages of ours have neighbours.
        passages: All that may be brought, by number, as `reader_pairs.asked_passages` gives them.
        keep: File in which vectors are kept from run to run.
    """

    def __init__(self, pairs: Sequence[Pair], passages: dict[str, dict[str, Any]], keep: Path) -> None:
        self._passages = passages
        self._numbers = sorted(passages)
        asked = sorted({pair.question for pair in pairs if pair.passage})
        texts = [f"{title_of(passages[n])}. {' '.join(passages[n]['sentences'])}" for n in self._numbers]
        vectors = vectors_of([*asked, *texts], keep)
        cosines = vectors[: len(asked)] @ vectors[len(asked) :].T
        self._nearest = dict(
            zip(asked, np.argsort(-cosines, axis=1, kind="stable")[:, : READ + 1], strict=True)
        )

    def beside(self, pair: Pair) -> list[str]:
        """Numbers of the seven nearest passages but its own."""
        near = [self._numbers[at] for at in self._nearest[pair.question]]
        return [number for number in near if number != pair.passage][: READ - 1]

    def of(self, pair: Pair) -> list[tuple[str, tuple[str, ...]]]:
        """Titles and sentences of neighbours that do not answer.

        None where the right passage is not among the nearest itself: the question does not name its
        subject, and another passage may answer it as well. So may another section on the same subject.
        """
        if not pair.passage or pair.passage not in [
            self._numbers[at] for at in self._nearest[pair.question][:READ]
        ]:
            return []
        own = self._passages[pair.passage]["title"].lower()
        others = [self._passages[number] for number in self.beside(pair)]
        return [(title_of(p), tuple(p["sentences"])) for p in others if p["title"].lower() != own]


def vectors_of(texts: Sequence[str], keep: Path) -> np.ndarray[Any, np.dtype[np.float32]]:
    known: dict[str, Any] = {}
    if keep.is_file():
        with np.load(keep, allow_pickle=False) as stored:
            known = dict(zip(stored["texts"].tolist(), stored["vectors"].astype(np.float32), strict=True))
    new = sorted({text for text in texts if text not in known}, key=len)
    if new:
        with tempfile.TemporaryDirectory() as folder:
            export_encoder(None, Path(folder))
            known.update(zip(new, Encoder(Path(folder)).encode(new), strict=True))
        keep.parent.mkdir(parents=True, exist_ok=True)
        vectors = np.stack(list(known.values())).astype(np.float16)
        np.savez(keep, texts=np.array(list(known)), vectors=vectors)
    return np.stack([known[text] for text in texts]).astype(np.float32)
