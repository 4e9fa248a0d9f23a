"""What counts as a claim in the documents of a field."""

from __future__ import annotations

from typing import Protocol


class Claims(Protocol):
    """What a sentence claims, by its words, so that no claim stands alone which another source disputes.

    What each returns here is said where nothing counts as a claim.
    """

    def absolute_claim(self, text: str) -> str:
        """The first absolute or promotional words of a sentence; empty where there are none."""
        return ""

    def denies_claim(self, text: str) -> bool:
        """Whether a sentence quotes a claim to deny it."""
        return False

    def names_effects(self, text: str) -> bool:
        """Whether a sentence speaks outright of side effects."""
        return False

    def claims_effect(self, text: str) -> bool:
        """Whether a sentence says that something works."""
        return False

    def disputes(self, text: str) -> bool:
        """Whether a sentence has words by which claims are disputed."""
        return False

    def harm_step(self, text: str) -> int | None:
        """What a sentence says of harm: 0 none at all, 1 a little, 2 some that it names; None for nothing."""
        return None

    def gives_none(self, text: str) -> bool:
        """Whether a sentence says what a source does not give, and so claims nothing."""
        return False

    def may_be_disputed(self, question: str) -> bool:
        """Whether a question asks after what sources may see differently."""
        return False

    def one_matter(self, claim: str, reply: str) -> bool:
        """Whether two sentences may be about one thing."""
        return True

    def asks_leave(self, question: str) -> bool:
        """Whether a question asks if something may be done."""
        return False

    def limits(self, text: str) -> bool:
        """Whether a sentence forbids something, or allows it only with care."""
        return False


class NoClaims(Claims):
    """Takes no sentence for a claim."""
