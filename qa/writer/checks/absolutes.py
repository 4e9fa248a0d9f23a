"""Absolutes, advice and addresses that only a quote may bring in."""

from __future__ import annotations

import re

from qa.said import Value, say
from qa.writer.checks.claim import Claim
from qa.writer.checks.figures import UNITS_OF_TIME
from qa.writer.checks.table import phrases, sides

_ADDRESS = re.compile(
    r"https?:|www\.|\w@\w|<[a-z/!]|\]\(|\b\w+\.(?:com|org|net|io|ru|example)\b", re.IGNORECASE
)
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def absolutes(claim: Claim) -> Value:
    """No absolute stands in the sentence that no cited quote has."""
    words = claim.sentence.words
    for claims_much, met_by in sides("absolute"):
        for first, end in claim.sentence.found(claims_much):
            # "not proven" promises nothing, and "every day" is said of time.
            denied = any(word.denies or word.denied for word in words[max(0, first - 4) : end])
            of_time = any(word.form in UNITS_OF_TIME for word in words[end : end + 2])
            if not (denied or of_time or claim.quotes_have(claims_much, met_by)):
                more = claim.sentence.written((first, end))
                return say("“{words}” is more than the cited quotes say", words=more)
    return ""


def planted(claim: Claim) -> Value:
    """No address, markup, hidden characters or advice: a writer may have been told to plant them."""
    text = claim.sentence.text
    if _ODD.search(text):
        return say("it has characters that cannot be seen")
    found = _ADDRESS.search(text)
    if found and not any(found[0].lower() in quote.whole.lower() for quote in claim.cited):
        return say("“{words}” is an address or markup that no cited quote has", words=found[0])
    if text.rstrip().endswith("?"):
        return say("it asks and says nothing")
    advice = claim.sentence.found(phrases("advice.words"))
    if advice and not claim.quotes_have(phrases("advice.words")):
        words = claim.sentence.written(advice[0])
        return say("“{words}” gives advice that no cited quote gives", words=words)
    return ""
