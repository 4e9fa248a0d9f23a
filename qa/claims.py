"""What counts as a claim in the documents of a field."""

from __future__ import annotations

from typing import Protocol


class Claims(Protocol):
    """What a sentence claims, by its words, so that no claim stands alone which another source disputes."""

    def absolute_claim(self, text: str) -> str:
        """The first absolute or promotional words of a sentence; empty where there are none."""

    def denies_claim(self, text: str) -> bool:
        """Whether a sentence quotes a claim to deny it."""

    def names_effects(self, text: str) -> bool:
        """Whether a sentence speaks outright of side effects."""

    def claims_effect(self, text: str) -> bool:
        """Whether a sentence says that something works."""

    def disputes(self, text: str) -> bool:
        """Whether a sentence has words by which claims are disputed."""

    def harm_step(self, text: str) -> int | None:
        """What a sentence says of harm: 0 none at all, 1 a little, 2 some that it names; None for nothing."""

    def gives_none(self, text: str) -> bool:
        """Whether a sentence says what a source does not give, and so claims nothing."""

    def may_be_disputed(self, question: str) -> bool:
        """Whether a question asks after what sources may see differently."""

    def one_matter(self, claim: str, reply: str) -> bool:
        """Whether two sentences may be about one thing."""

    def asks_leave(self, question: str) -> bool:
        """Whether a question asks if something may be done."""

    def limits(self, text: str) -> bool:
        """Whether a sentence forbids something, or allows it only with care."""


class NoClaims:
    """Takes no sentence for a claim."""

    def absolute_claim(self, text: str) -> str:
        return ""

    def denies_claim(self, text: str) -> bool:
        return False

    def names_effects(self, text: str) -> bool:
        return False

    def claims_effect(self, text: str) -> bool:
        return False

    def disputes(self, text: str) -> bool:
        return False

    def harm_step(self, text: str) -> int | None:
        return None

    def gives_none(self, text: str) -> bool:
        return False

    def may_be_disputed(self, question: str) -> bool:
        return False

    def one_matter(self, claim: str, reply: str) -> bool:
        return True

    def asks_leave(self, question: str) -> bool:
        return False

    def limits(self, text: str) -> bool:
        return False
