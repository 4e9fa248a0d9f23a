"""What a build takes over from the segments of the index before it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.errors import IndexDamaged
from index.known import KnownTexts, digests_of
from index.segment import Segment
from index.token_vectors import TokenVectors


class TakenOver:
    """The vectors of texts that segments hold, but for what is damaged; see `index.embed.EmbeddedBefore`.

    Args:
        segments: Made by the encoder that further texts are embedded with.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = list(segments)
        # Those of a segment that is written again are all in it: what the others know is not even read.
        self._known = functools.lru_cache(maxsize=2)(_known)

    def look_first(self, segment: Segment) -> None:
        """Look into one segment before the others."""
        self._segments.sort(key=lambda other: other is not segment)

    def fill(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.bool_]:
        """Set the rows of the texts that are known.

        Args:
            texts: Passages or sentences in context.
            vectors: (n, dimension), in the order of the texts.

        Returns:
            Which are known, (n,).
        """
        known = np.zeros(len(texts), bool)
        for segment, own, unknown, digests in self._unknown(texts, known):
            # Passages first: small segments keep theirs in full precision.
            for rows, stored in (
                (own.sentences(digests), segment.of_sentences.at),
                (own.passages(digests), segment.vectors.rows),
            ):
                there = rows >= 0
                try:
                    vectors[unknown[there]] = stored(rows[there])
                except IndexDamaged:  # they are embedded again
                    continue
                known[unknown[there]] = True
        return known

    def words(self, texts: Sequence[str]) -> Iterator[NDArray[np.void] | None]:
        """The stored words of each sentence in context; None where they were not kept, or were damaged."""
        places: list[tuple[TokenVectors, int] | None] = [None] * len(texts)
        known = np.zeros(len(texts), bool)
        for segment, own, unknown, digests in self._unknown(texts, known):
            if segment.tokens is not None:
                rows = own.sentences(digests)
                for at, row in zip(unknown[rows >= 0].tolist(), rows[rows >= 0].tolist(), strict=True):
                    places[at], known[at] = (segment.tokens, row), True
        return map(_records, places)

    def _unknown(
        self, texts: Sequence[str], known: NDArray[np.bool_]
    ) -> Iterator[tuple[Segment, KnownTexts, NDArray[np.int64], NDArray[np.bytes_]]]:
        """Segment by segment, what it knows, with the places and digests of the texts not known by then."""
        digests = digests_of(texts)
        for segment in self._segments:
            unknown = np.flatnonzero(~known)
            if not len(unknown):
                return
            if (own := self._known(segment)) is not None:
                yield segment, own, unknown, digests[unknown]


def _known(segment: Segment) -> KnownTexts | None:
    """What a segment knows; None where that was damaged."""
    try:
        return segment.known()
    except IndexDamaged:
        return None


def _records(place: tuple[TokenVectors, int] | None) -> NDArray[np.void] | None:
    if place is None:
        return None
    try:
        return place[0].records(place[1])
    except IndexDamaged:  # the new index shall not carry it on
        return None
