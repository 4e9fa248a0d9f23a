"""Absolutes, advice and addresses that only a quote may bring in."""

from __future__ import annotations

import re

from qa.writer.checks.claim import Claim
from qa.writer.checks.figures import UNITS_OF_TIME
from qa.writer.checks.table import table

_ADDRESS = re.compile(
    r"https?:|www\.|\w@\w|<[a-z/!]|\]\(|\b\w+\.(?:com|org|net|io|ru|example)\b", re.IGNORECASE
)
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def absolutes(claim: Claim) -> str:
    """No absolute stands in the sentence that no cited quote has."""
    for phrases, met_by in table().absolutes:
        for place in claim.sentence.found(phrases):
            if claim.quotes_have(met_by) or _denied_before(claim, place[0]) or _of_time(claim, place):
                continue
            return f"“{claim.sentence.written(place)}” is more than the cited quotes say"
    return ""


def _denied_before(claim: Claim, at: int) -> bool:
    """Whether a denial stands before a word: "not proven" promises nothing."""
    return any(word.denied for word in claim.sentence.words[max(0, at - 4) : at])


def _of_time(claim: Claim, place: tuple[int, int]) -> bool:
    """Whether "every" is said of time: "every day"."""
    after = claim.sentence.words[place[1] : place[1] + 2]
    return any(word.form in UNITS_OF_TIME for word in after)


def advice(claim: Claim) -> str:
    """No advice in the writer's own voice."""
    for place in claim.sentence.found(table().advice):
        if not claim.quotes_have(table().advice):
            return f"“{claim.sentence.written(place)}” gives advice that no cited quote gives"
    return ""


def addresses(claim: Claim) -> str:
    """No address, no markup and no hidden characters: a writer may have been told to plant them."""
    text = claim.sentence.text
    if _ODD.search(text):
        return "it has characters that cannot be seen"
    found = _ADDRESS.search(text)
    if found and not any(found[0].lower() in quote.text.lower() for quote in claim.cited):
        return f"“{found[0]}” is an address or markup that no cited quote has"
    if text.rstrip().endswith("?"):
        return "it asks and says nothing"
    return ""
