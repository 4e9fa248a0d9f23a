"""What was found for each part of a question that asks several things, from the ways of asking it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.choose import Evidence

MOSTLY = 0.5
"""Confidence below which one of several parts is not answered, where the threshold is lower: of two ways of
asking it, each sure of another sentence, neither can reach it."""


VOUCHES, VOUCHED = 0.95, 0.6
"""Confidence from which a way that says what it is asked of vouches for itself, and what the part then has
at least. Of 317 parts that the documents answer 275 are then said to be answered, rightly, and 265 without
it; of 91 that they do not answer 19 and 18."""


def borne_out(readings: Sequence[Evidence]) -> Evidence:
    """Of several ways of asking one thing, what was found for the one that the others bear out best.

    A way that leaves out what it is asked of is near to much ("what is the price?"), and so is one that has
    all that was named before behind it: the surest alone vouches for what the documents do not say. So the
    confidence is the mean of theirs, counting those alone that quote the same first sentence too; one that is
    all but certain needs no others.

    Args:
        readings: Of each way, at least one.
    """

    def together(one: Evidence) -> float:
        agreeing = [other.confidence for other in readings if set(one.chosen[:1]) & set(other.chosen)]
        return sum(agreeing) / len(readings)

    best = max(readings, key=lambda one: (together(one), one.confidence))
    # As typed, which is the last way, it may not say what it is asked of.
    vouch = any(one.confidence >= VOUCHES and one.chosen[:1] == best.chosen[:1] for one in readings[:-1])
    return replace(best, confidence=max(together(best), VOUCHED if vouch else 0.0))


SURELY = 0.9
"""Confidence from which one way alone of asking a part takes it away from the sentence of another part."""


def apart(parts: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """What was found for each of several parts, from the ways of asking each.

    Two things asked are seldom answered by one sentence: where two parts open with the same, the words of
    one have drawn the other to it, and the later one, or else the earlier, is given what one of its ways
    surely leads to instead.
    """
    found = [borne_out(ways) for ways in parts]
    for earlier, later in itertools.combinations(range(len(found)), 2):
        first = found[earlier].chosen[:1]
        if not first or found[later].chosen[:1] != first:
            continue
        for part in (later, earlier):
            # The last way, as typed, may not say what it is asked of ("and did they get better").
            ways = parts[part][:-1] if part == later else parts[part]
            others = [way for way in ways if way.confidence >= SURELY and way.chosen[:1] != first]
            if others:
                found[part] = max(others, key=lambda way: way.confidence)
                break
    return found
