"""Names: of people, bodies and products, illnesses, medicines, parts of the body, places, therapies."""

from __future__ import annotations

import re

from qa.vocabulary import Vocabulary, phrase
from qa.writer.checks.claim import Claim
from qa.writer.checks.near import in_group, is_name
from qa.writer.checks.said import Said

KINDS = frozenset(
    """
    illness medicine body_part procedure implant device organisation place person treatment symptom setting
    activity
    """.split()
)
"""Kinds of conditions.toml whose names are held to the quotes."""

EVERYBODY = frozenset(
    map(phrase, "people person patient human adult participant volunteer subject in people".split())
)
_NAME = re.compile(r"\b(?:[A-Z][\w’'-]*\d*|[A-Za-z]*\d+[A-Za-z]+|[A-Za-z]+\d+)\b")
_LETTER = re.compile(
    r"\b(?:vitamins?|hepatitis|types?|groups?|class|stage|grade|factor|phase|level|influenza|omega|category|schedule)"
    r"[ -](?:[A-Z]\d{0,2}|\d{1,2}[A-Za-z]?|[IVX]+)\b"
)
_COMMON_OPENERS = 3.0
"""Rarity up to which a capital at the front of a sentence is no name."""


def names(claim: Claim) -> str:
    """Every name stands in the cited quotes, or a narrower one of the same thing."""
    return _of_kinds(claim) or _written_large(claim)


def _of_kinds(claim: Claim) -> str:
    known = claim.near.conditions
    theirs = {name for quote in claim.cited for _, _, name in known.find(quote.forms)}
    words = {word.form for quote in claim.cited for word in quote.words}
    words |= {form.text for quote in claim.cited for form in quote.forms}
    for first, end, name in known.find(claim.sentence.forms):
        if known.kind(name) not in KINDS or name in EVERYBODY or set(name.split()) <= words:
            continue
        if not theirs & known.met_by(name) and not _means(claim, first, end):
            return f"“{claim.sentence.written((first, end))}” is not what the cited quotes speak of"
    return ""


def _means(claim: Claim, first: int, end: int) -> bool:
    """Whether the quotes have a name's words by another name that means the same (see `near`)."""
    known = claim.near.conditions
    kinds = {known.kind(name) for _, _, name in known.find(claim.sentence.forms[first:end])}
    strict = kinds & {"illness", "medicine", "body_part", "organisation", "place", "implant", "procedure"}
    words = [at for at in range(first, end) if claim.sentence.words[at].content]
    if strict:
        return all(
            any(in_group(claim.sentence.words[at].form, quote) for quote in claim.cited) for at in words
        )
    return all(claim.covered(at) for at in words)


def _written_large(claim: Claim) -> str:
    text = claim.sentence.text
    theirs = " ".join(quote.text for quote in claim.cited)
    lower = {form.text for quote in claim.cited for form in quote.forms} | set(
        re.findall(r"[\w’'-]+", theirs.lower())
    )
    for pair in _LETTER.finditer(text):
        if not re.search(rf"\b{re.escape(pair[0])}\b", theirs, re.IGNORECASE):
            return f"“{pair[0]}” is not what the cited quotes speak of"
    initials = {_initials(quote) for quote in claim.cited}
    for at, word in enumerate(claim.sentence.words):
        written = word.text
        opens = word.start == 0 or text[word.start - 2 : word.start - 1] in ".:“"
        large = written[0].isupper() and not (opens and word.rarity <= _COMMON_OPENERS)
        if not large and not (any(map(str.isdigit, written)) and any(map(str.isalpha, written))):
            continue
        if opens and not is_name(word) and not written.isupper() and claim.covered(at):
            continue
        plain = written.lower().removesuffix("’s").removesuffix("'s")
        if plain in lower or word.form in lower or len(written) < 2:
            continue
        if written.isupper() and any(written.lower() in letters for letters in initials):
            continue
        if not written.isupper() and claim.covered(at) and not is_name(word):
            continue
        if _spelt_out(claim, at):
            continue
        return f"“{written}” is a name that no cited quote has"
    return ""


def _initials(quote: Said) -> str:
    return "".join(part[0].lower() for part in re.findall(r"[A-Za-z]+", quote.text))


def _spelt_out(claim: Claim, at: int) -> bool:
    """Whether a word is of a name whose capitals stand in a quote: "Food and Drug Administration", FDA."""
    words = claim.sentence.words
    first = at
    while first > 0 and (
        words[first - 1].text[0].isupper() or words[first - 1].text in ("and", "of", "for", "the")
    ):
        first -= 1
    end = at + 1
    while end < len(words) and (
        words[end].text[0].isupper() or words[end].text in ("and", "of", "for", "the")
    ):
        end += 1
    letters = "".join(word.text[0] for word in words[first:end] if word.text[0].isupper())
    return len(letters) > 1 and any(letters in quote.text for quote in claim.cited)


def bound_names(claim: Claim) -> str:
    """What a quote says of one name is not said of another that the quote has too."""
    known = claim.near.conditions
    sentence = claim.sentence
    named = _named(sentence, known)
    for first, end, name, kind in named:
        clause = sentence.words[first].clause
        beside = {other for a, _, other, _ in named if sentence.words[a].clause == clause}
        mine = _rest(sentence, first, named)
        if name in EVERYBODY or len(mine) < 2:
            continue
        own, others = -1, -1
        for quote in claim.cited:
            theirs = _named(quote, known)
            for a, _, other, other_kind in theirs:
                around = _rest(quote, a, theirs)
                shared = len(mine & around)
                if other == name and len(around) < 2:
                    own = len(mine)  # a member of a row, of which the whole sentence speaks
                if other == name or (kind != "name" and other in known.met_by(name)):
                    own = max(own, shared)
                elif other_kind == kind and other not in beside:
                    others = max(others, shared)
        if own >= 0 and others > own + 1:
            return f"the cited quotes say this of another than “{sentence.written((first, end))}”"
    return ""


def _rest(text: Said, at: int, named: list[tuple[int, int, str, str]]) -> set[str]:
    """The content words of the clause of a word, without names."""
    names_of = {number for first, end, _, _ in named for number in range(first, end)}
    return {
        word.form
        for number, word in enumerate(text.words)
        if word.content and word.clause == text.words[at].clause and number not in names_of
    }


def _named(text: Said, known: Vocabulary) -> list[tuple[int, int, str, str]]:
    """Names of a text: first word, end, name, kind."""
    found = [
        (first, end, name, known.kind(name))
        for first, end, name in known.find(text.forms)
        if known.kind(name) in KINDS
    ]
    taken = {at for first, end, _, _ in found for at in range(first, end)}
    found += [
        (at, at + 1, word.form, "name")
        for at, word in enumerate(text.words)
        if at not in taken and is_name(word) and word.content
    ]
    return found
