"""How much each check and the reader of claims count when a written sentence is let through.

No check is sure: each finds fault with one in ten to one in twenty sentences that its quotes say. What they
find is therefore weighed, beside how far the reader (`qa.writer.claim_reader`) takes the quotes to say it;
fitted by `qa.train.weigh_claims` to claims that neither had seen.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from qa.tables import table


@dataclass(frozen=True, slots=True)
class Weighing:
    """The fitted weights.

    Attributes:
        offset: Added to what is summed.
        reader: For the reader's logit.
        found: By name of a check, what a fault that it finds counts beside `any`.
        any: What it counts that some check finds a fault.
        least: The sum above which a sentence stands.
    """

    offset: float
    reader: float
    found: Mapping[str, float]
    any: float
    least: float

    def stands(self, says: float, faults: Collection[str]) -> bool:
        """Whether a sentence may stand.

        Args:
            says: The reader's logit that the cited quotes say it.
            faults: Names of the checks that find fault with it.
        """
        found = sum(self.found.get(name, 0.0) for name in faults) + (self.any if faults else 0.0)
        return self.offset + self.reader * says + found > self.least


@functools.cache
def shipped_weighing() -> Weighing:
    """The one that ships with lightqa."""
    return Weighing(**table("qa.writer.checks", "weighing.json"))
