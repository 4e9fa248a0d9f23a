"""Words that were written as one ("howmany", "iscoldlasersafe"), taken apart."""

from __future__ import annotations

from collections.abc import Callable

FREQUENT = 4.6
"""Zipf frequency that the short ones of more than two words have to have, or "therapsit" is "the raps it"."""


def taken_apart(word: str, is_part: Callable[[str], bool], frequency: Callable[[str], float]) -> str | None:
    """A word as the fewest words that it may be made of, and the most frequent ones; None where it is not.

    Args:
        word: In lower case.
        is_part: Whether a word may be a part.
        frequency: How frequent one is, as a Zipf frequency.
    """
    best: dict[int, tuple[int, float, tuple[str, ...]]] = {0: (0, 0.0, ())}
    for end in range(2, len(word) + 1):
        cuts = (
            (count + 1, cost + 1 / (1 + frequency(part)), (*parts, part))
            for start, (count, cost, parts) in best.items()
            if is_part(part := word[start:end])
        )
        if found := min(cuts, default=None):
            best[end] = found
    parts = best[len(word)][2] if len(word) in best else ()
    rare = len(parts) > 2 and any(len(part) < 5 and frequency(part) < FREQUENT for part in parts)
    return " ".join(parts) if len(parts) > 1 and max(map(len, parts)) > 3 and not rare else None
