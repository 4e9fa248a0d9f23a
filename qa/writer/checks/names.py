"""Names: of people, bodies and products, illnesses, medicines, parts of the body, places, therapies."""

from __future__ import annotations

import re

from qa.said import Value, say
from qa.vocabulary import phrase
from qa.writer.checks.claim import Claim, alike, is_name

KINDS = frozenset(
    """
    illness medicine body_part procedure implant device organisation place person treatment setting
    activity
    """.split()
)
"""Kinds of conditions.toml whose names are held to the quotes."""

STRICT = frozenset("illness medicine body_part organisation place implant procedure".split())
"""Kinds of which a word that is only near in meaning is another thing: "knee", "shoulder"."""

_PEOPLE = "people person patient human adult participant volunteer subject".split()
EVERYBODY = frozenset(map(phrase, [*_PEOPLE, "people with"]))
"""As conditions.toml names them."""
_LETTER = re.compile(
    r"\b(?:vitamins?|hepatitis|types?|groups?|class|stage|grade|factor|phase|level|influenza|omega|category|schedule)"
    r"[ -](?:[A-Z]\d{0,2}|\d{1,2}[A-Za-z]?|[IVX]+)\b"
)
_COMMON_OPENERS = 4.3
"""Rarity up to which a capital at the front of a sentence is no name."""


def names(claim: Claim) -> Value:
    """Every name stands in the cited quotes or their references, or a narrower one of the same thing."""
    return _of_kinds(claim) or _written_large(claim)


def _of_kinds(claim: Claim) -> Value:
    known = claim.pack.conditions
    theirs = {name for quote in claim.cited for _, _, name in known.find(quote.forms)}
    kinds = {known.kind(name) for name in theirs}
    words = claim.cited_forms | claim.short_forms
    words |= {form.text for quote in claim.cited for form in quote.forms}
    for first, end, name in known.find(claim.sentence.forms):
        if known.kind(name) not in KINDS or name in EVERYBODY or set(name.split()) <= words:
            continue
        if set(name.split()) <= claim.question and known.kind(name) not in kinds:
            continue  # "it cuts": the quotes name what was asked about by a pronoun
        if not theirs & known.met_by(name) and not _means(claim, first, end):
            told = claim.sentence.written((first, end))
            return say("“{words}” is not what the cited quotes speak of", words=told)
    return ""


def _means(claim: Claim, first: int, end: int) -> bool:
    """Whether the quotes have a name's words in other words that mean the same."""
    known = claim.pack.conditions
    kinds = {known.kind(name) for _, _, name in known.find(claim.sentence.forms[first:end])}
    words = [at for at in range(first, end) if claim.sentence.words[at].content]
    if not kinds & STRICT:
        return all(claim.covered(at) for at in words)
    mine = [claim.sentence.words[at].form for at in words]
    return all(any(alike(form, other) for other in claim.cited_forms) for form in mine)


def _written_large(claim: Claim) -> Value:
    text = claim.sentence.text
    theirs = " ".join(quote.whole for quote in claim.cited)
    lower = {form.text for quote in claim.cited for form in quote.forms} | claim.short_forms
    lower |= set(re.findall(r"[^\W_]+", theirs.lower()))
    for pair in _LETTER.finditer(text):
        if not re.search(rf"\b{re.escape(pair[0])}\b", theirs, re.IGNORECASE):
            return say("“{words}” is not what the cited quotes speak of", words=pair[0])
    for at, word in enumerate(claim.sentence.words):
        written = word.text
        opens = word.start == 0 or text[word.start - 2 : word.start - 1] in ".:“"
        large = written[0].isupper() and not (opens and word.rarity <= _COMMON_OPENERS)
        if not large and not (any(map(str.isdigit, written)) and any(map(str.isalpha, written))):
            continue
        if written.lower() in lower or word.form in lower or len(written) < 2:
            continue
        if (figure := re.match(r"\d+", written)) and re.search(rf"\b{figure[0]}(?!\d)", theirs):
            continue  # "20p"; its unit is held with the figures
        if written.isupper() and any(f" {written}{letter}" in f" {theirs}" for letter in "AS"):
            continue  # "US", "USA"
        if not written.isupper() and (opens or not is_name(word)) and claim.covered(at):
            continue
        return say("“{words}” is a name that no cited quote has", words=written)
    return ""
