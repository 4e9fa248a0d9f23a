"""What a build takes over from the segments of the index before it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.errors import IndexDamaged
from index.known import KnownTexts
from index.segment import Segment


class TakenOver:
    """The vectors of texts that segments hold; see `index.embed.EmbeddedBefore`.

    Args:
        segments: Made by the encoder that further texts are embedded with.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._known: list[tuple[Segment, KnownTexts]] = [(segment, segment.known()) for segment in segments]

    def passage_vector(self, text: str) -> Vectors | None:
        """Vector of a passage in context, (dimension,)."""
        for segment, known in self._known:
            if (row := known.passage(text)) is not None:
                return segment.vector(row, of_passage=True)
        return None

    def sentence_vector(self, text: str) -> Vectors | None:
        """Vector of a sentence in context, (dimension,)."""
        for segment, known in self._known:
            if (row := known.sentence(text)) is not None:
                return segment.vector(row, of_passage=False)
        return None

    def sentence_words(self, text: str) -> NDArray[np.void] | None:
        """The stored words of a sentence in context."""
        for segment, known in self._known:
            if segment.tokens is not None and (row := known.sentence(text)) is not None:
                try:
                    return segment.tokens.records(row)
                except IndexDamaged:  # the new index shall not carry it on
                    return None
        return None
