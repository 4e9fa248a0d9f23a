"""Figures: each with its unit, its bound and what it counts stands in the cited quotes."""

from __future__ import annotations

import re

from qa.evidence.quantities import Quantity, quantities
from qa.writer.checks.claim import Claim
from qa.writer.checks.said import Said

_LEAST = (
    r"at least|more than|over|from|above|minimum of|exceed\w*|upwards of"
    r"|(?:older|longer|larger|bigger|greater|higher|heavier|later|taller|stronger) than"
)
_MOST = (
    r"at most|up to|under|below|maximum of|within|until|till|as (?:much|many|long|often|far) as"
    r"|(?:less|fewer|younger|smaller|shorter|lower|lighter|earlier|thinner|weaker) than"
    r"|(?:no|not|never)(?: \w+){0,2} (?:more|longer|older|over|above|greater|later)(?: than)?"
)
_NOT_LESS = r"(?:no|not|never)(?: \w+){0,2} (?:less|fewer|under|below|younger)(?: than)?"
_BOUNDS = (("at least", _NOT_LESS), ("at most", _MOST), ("at least", _LEAST))
_THEN = (
    ("at least", r"(?:years? )?(?:or|and) (?:more|longer|later|over|above|older|upwards)|at least|plus"),
    ("at most", r"(?:years? )?(?:or|and) (?:less|fewer|under|below|younger)|at (?:the )?most"),
)
_BEFORE, _AFTER = 32, 22
_BARE = re.compile(r"\d+(?:[.,]\d+)*")
_CONTEXT = 5
"""Words on either side of a figure that say what it counts."""


def bound(text: str, figure: Quantity) -> str:
    """Whether a figure is a least or a most; empty for neither."""
    before = text[max(0, figure.start - _BEFORE) : figure.start].lower()
    after = text[figure.end : figure.end + _AFTER].lower()
    for name, words in _BOUNDS:
        if re.search(rf"\b(?:{words})\W+(?:(?:an? |the )?\w+ )?$", before):
            return name
    return next((name for name, words in _THEN if re.match(rf"\W*(?:{words})\b", after)), "")


def _same(mine: Quantity, theirs: Quantity) -> bool:
    if (mine.low, mine.high) != (theirs.low, theirs.high):
        return _converted(mine, theirs)
    return mine.unit == theirs.unit or not mine.unit or not theirs.unit or _converted(mine, theirs)


_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}


def _converted(mine: Quantity, theirs: Quantity) -> bool:
    """Whether two times are of one length, said in other units."""
    one, other = _SECONDS.get(mine.unit), _SECONDS.get(theirs.unit)
    if one is None or other is None:
        return False
    return (mine.low * one, mine.high * one) == (theirs.low * other, theirs.high * other)


def _around(text: Said, figure: Quantity) -> set[str]:
    at = [number for number, word in enumerate(text.words) if word.end <= figure.start]
    first = at[-1] + 1 if at else 0
    end = next((n for n, word in enumerate(text.words) if word.start >= figure.end), len(text.words))
    words = text.words[max(0, first - _CONTEXT) : end + _CONTEXT]
    return {word.form for word in words if word.content}


def _one(quantity: Quantity, text: str) -> bool:
    """Whether "one" is no figure: "one of them", "no one", "one maker"."""
    written = text[quantity.start : quantity.end].lower()
    return quantity.low == quantity.high == 1 and written.startswith("one") and quantity.unit not in _SECONDS


def _denied(text: Said, figure: Quantity) -> bool:
    return any(word.denied for word in text.words if word.start < figure.end and word.end > figure.start)


def _halves(mine: Quantity, claim: Claim) -> bool:
    """Whether "half" is what a quote says as "halved"."""
    written = claim.sentence.text[mine.start : mine.end].lower()
    halved = {"half", "halv"}
    return written.startswith("half") and any(w.form in halved for q in claim.cited for w in q.words)


def figures(claim: Claim) -> str:
    text = claim.sentence.text
    for mine in quantities(text):
        if _one(mine, text) or _halves(mine, claim):
            continue
        written = text[mine.start : mine.end].strip()
        same: list[tuple[Said, Quantity]] = []
        rest: list[tuple[Said, Quantity]] = []
        for quote in claim.cited:
            for theirs in quantities(quote.text):
                (same if _same(mine, theirs) else rest).append((quote, theirs))
        if not same:
            # A figure of a range, or one that the reading of quantities takes apart in another way.
            return f"“{written}” is a figure that the cited quotes do not give"
        limit = bound(text, mine)
        if not limit and all(
            _denied(quote, theirs) != _denied(claim.sentence, mine) and not bound(quote.text, theirs)
            for quote, theirs in same
        ):
            return f"“{written}” is denied in the cited quotes and not here, or the reverse"
        if all(bound(quote.text, theirs) != limit for quote, theirs in same):
            return f"“{written}” has another limit in the cited quotes (at least, at most)"
        alike = [(q, t) for q, t in rest if t.unit == mine.unit and not _one(t, q.text)]
        if alike:
            around = _around(claim.sentence, mine)
            own = max(len(around & _around(quote, theirs)) for quote, theirs in same)
            others = max(len(around & _around(quote, theirs)) for quote, theirs in alike)
            if others > own + 1:
                return f"“{written}” counts something else in the cited quotes"
    return ""


_FRACTIONS = {
    "third": "33",
    "quarter": "25",
    "fifth": "20",
    "tenth": "10",
    "doubl": "twice",
    "tripl": "threefold",
}
_FRACTION = re.compile(
    r"\b(?:an?|one|two|three|four)[ -](?:third|quarter|fifth|tenth)s?\b|\b(?:doubl|tripl)\w+", re.I
)


def fractions(claim: Claim) -> str:
    """A third is not said to be a half."""
    told = {word.form for quote in claim.cited for word in quote.words}
    for match in _FRACTION.finditer(claim.sentence.text):
        form = next(form for form in _FRACTIONS if form in match[0].lower())
        if form not in told and not any(_FRACTIONS[form] in quote.text for quote in claim.cited):
            return f"“{match[0]}” is a share that the cited quotes do not give"
    return ""


UNITS_OF_TIME = frozenset("second minut hour day night week month year".split())
_SAID_AS = {
    "night": "day even bedtim nightli overnight",
    "day": "daili night",
    "week": "weekli fortnight",
    "month": "month",
    "year": "annual yearli annualli",
    "hour": "hour",
}


def units_of_time(claim: Claim) -> str:
    """Hours are not said to be days, without a figure either."""
    told = {word.form for quote in claim.cited for word in quote.words}
    if any(
        _converted(mine, theirs)
        for mine in quantities(claim.sentence.text)
        for quote in claim.cited
        for theirs in quantities(quote.text)
    ):
        return ""
    for word in claim.sentence.words:
        if word.form in UNITS_OF_TIME and not told & {word.form, *_SAID_AS.get(word.form, "").split()}:
            return f"“{word.text}” is a length of time that the cited quotes do not name"
    return ""


def bare_figures(claim: Claim) -> str:
    """Every figure in digits stands in a cited quote, however it is read."""
    told = {figure for quote in claim.cited for figure in _BARE.findall(quote.text)}
    told |= {f"{each:g}" for quote in claim.cited for q in quantities(quote.text) for each in (q.low, q.high)}
    converted = {
        f"{each:g}"
        for mine in quantities(claim.sentence.text)
        if any(_converted(mine, theirs) for quote in claim.cited for theirs in quantities(quote.text))
        for each in (mine.low, mine.high)
    }
    for figure in _BARE.findall(claim.sentence.text):
        plain = figure.replace(",", "")
        if figure not in told and plain not in told | converted:
            return f"“{figure}” stands in no cited quote"
    return ""
