"""Figures: each with its unit, its bound and what it counts stands in the cited quotes."""

from __future__ import annotations

import re

from qa.evidence.quantities import Quantity, quantities
from qa.said import Value, say
from qa.writer.checks.claim import Claim
from qa.writer.checks.statement import Statement

_LEAST = (
    r"at least|more than|above|minimum of|exceed\w*|upwards of"
    r"|(?:older|longer|larger|bigger|greater|higher|heavier|later|taller|stronger) than"
)
_MOST = (
    r"at most|up to|under|below|maximum of|as (?:much|many|long|often|far) as"
    r"|(?:less|fewer|younger|smaller|shorter|lower|lighter|earlier|thinner|weaker) than"
    r"|(?:no|not|never)(?: \w+){0,2} (?:more|longer|older|over|above|greater|later)(?: than)?"
)
_NOT_LESS = r"(?:no|not|never)(?: \w+){0,2} (?:less|fewer|under|below|younger)(?: than)?"
_EITHER = r"over|from|within|until|till|between|to|beyond|past"
"""Words that may set a limit or only a stretch of time: held against nothing."""
_BOUNDS = (("least", _NOT_LESS), ("most", _MOST), ("least", _LEAST), ("either", _EITHER))
_THEN = (
    ("least", r"(?:years? )?(?:or|and) (?:more|longer|later|over|above|older|upwards)|at least|plus"),
    ("most", r"(?:years? )?(?:or|and) (?:less|fewer|under|below|younger)|at (?:the )?most"),
)
_BEFORE, _AFTER = 32, 22
_ROUGHLY = re.compile(r"\b(?:about|around|roughly|approximately|nearly|almost|some|under|over)\W+$", re.I)
ROUNDED = 0.05
"""How far from a quote's figure one that is said to be rough may lie."""

_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}
_CONTEXT = 5
"""Words on either side of a figure that say what it counts."""


def figures(claim: Claim) -> Value:
    """Every figure stands in a cited quote, with its unit and its limit, and of the same thing."""
    text = claim.sentence.text
    theirs = [(quote, each) for quote in claim.cited for each in quantities(quote.text)]
    for mine in quantities(text):
        written = text[mine.start : mine.end].strip()
        rough = bool(_ROUGHLY.search(text[: mine.start]))
        same = [(quote, each) for quote, each in theirs if _same(mine, each, rough)]
        if _listed(mine, claim) or written.lower().startswith("half") or _of_the_source(claim, written):
            continue
        if _no_figure(text, mine) or (not same and _share_of_quotes(claim, mine)):
            continue
        if not same:
            return say("“{words}” is a figure that the cited quotes do not give", words=written)
        limit = bound(text, mine)
        limits = {bound(quote.text, each) for quote, each in same}
        if limit != "either" and not limits & {limit, "either"}:
            return say("“{words}” has another limit in the cited quotes (at least, at most)", words=written)
        if not claim.sentence.denied_at(mine.start) and all(
            q.surely_denied_at(each.start) for q, each in same
        ):
            return say("“{words}” is denied in the cited quotes, and not here", words=written)
        if not mine.unit and len(written) == 4:
            continue  # a year
        rest = [(q, each) for q, each in theirs if (q, each) not in same and each.unit == mine.unit]
        around = _around(claim.sentence, mine)
        own = max(len(around & _around(quote, each)) for quote, each in same)
        if any(len(around & _around(quote, each)) > own for quote, each in rest):
            return say("“{words}” counts something else in the cited quotes", words=written)
    return _shares(claim) or _times(claim)


def bound(text: str, figure: Quantity) -> str:
    """Whether a figure is a "least" or a "most", may be "either", or is none ("")."""
    before = text[max(0, figure.start - _BEFORE) : figure.start].lower()
    after = text[figure.end : figure.end + _AFTER].lower()
    for name, words in _THEN:
        if re.match(rf"\W*(?:{words})\b", after):
            return name
    for name, words in _BOUNDS:
        if re.search(rf"\b(?:{words})\W+(?:(?:an? |the |about |around )?\w+ )?$", before):
            return name
    return ""


def _same(mine: Quantity, theirs: Quantity, rough: bool) -> bool:
    one, other = _SECONDS.get(mine.unit), _SECONDS.get(theirs.unit)
    if one and other:
        units = one, other
    elif mine.unit == theirs.unit or not mine.unit or not theirs.unit:
        units = 1.0, 1.0
    else:
        return False
    margin = ROUNDED if rough else 0.0
    return all(
        abs(a * units[0] - b * units[1]) <= margin * abs(b * units[1])
        for a, b in ((mine.low, theirs.low), (mine.high, theirs.high))
    ) or (
        not margin
        and mine.low == mine.high
        and units[0] == units[1]
        and mine.low in (theirs.low, theirs.high)
    )


def _listed(mine: Quantity, claim: Claim) -> bool:
    """Whether a small number in words counts what the quotes only list: "one of them", "two reasons"."""
    text = claim.sentence.text
    written = text[mine.start : mine.end].lower()
    if written.startswith("one") and mine.low == mine.high == 1 and mine.unit not in _SECONDS:
        return True
    following = next((word.form for word in claim.sentence.words if word.start >= mine.end), "")
    counted = {
        next((word.form for word in quote.words if word.start >= each.end), "")
        for quote in claim.cited
        for each in quantities(quote.text)
    }
    return not mine.unit and written in ("two", "three") and following not in counted | {""}


def _of_the_source(claim: Claim, written: str) -> bool:
    """Whether a figure is of the citation itself: the year of a study, the number of a guideline."""
    return any(
        re.search(rf"(?<!\d){re.escape(written)}(?!\d)", quote.whole) and written not in quote.text
        for quote in claim.cited
    )


def _around(text: Statement, figure: Quantity) -> set[str]:
    first = sum(word.end <= figure.start for word in text.words)
    end = sum(word.start < figure.end for word in text.words)
    words = text.words[max(0, first - _CONTEXT) : end + _CONTEXT]
    clause = text.words[min(first, len(text.words) - 1)].clause
    return {word.form for word in words if word.content and word.clause == clause}


_ONCE = re.compile(
    r"once(?! (?:(?:an?|per|each|every|in|at) )?(?:\w+ )?"
    r"(?:second|minute|hour|day|night|week|month|year|dai|bedtime))(?= \w)",
    re.IGNORECASE,
)


def _no_figure(text: str, figure: Quantity) -> bool:
    """Whether "once" tells when and not how often: "once a cyst is drained"."""
    return bool(_ONCE.match(text[figure.start : figure.end + 24].strip()))


_COUNTS = {word: at for at, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_COUNT = rf"\d+|{'|'.join(_COUNTS)}"
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)")
_OUT_OF = re.compile(rf"\b({_COUNT})(?: \w+)? (?:in|out of) (?:every )?({_COUNT})\b", re.IGNORECASE)
_FRACTION = re.compile(rf"\b(an?|one|two|three|four)[ -]({'|'.join(_PARTS)})s?\b", re.IGNORECASE)


def _parts(text: str) -> list[tuple[int, int, float]]:
    """The shares that a text gives, as spans and values: "nine out of ten", "a third", "90 percent"."""

    def count(word: str) -> float:
        return float(word) if word.isdigit() else _COUNTS.get(word.lower(), 1)

    found = [(*each.span(), float(each[1]) / 100) for each in _PERCENT.finditer(text)]
    found += [(*e.span(), count(e[1]) / count(e[2])) for e in _OUT_OF.finditer(text) if count(e[2]) > 0]
    return found + [(*e.span(), count(e[1]) / _PARTS[e[2].lower()]) for e in _FRACTION.finditer(text)]


def _is_theirs(claim: Claim, share: float) -> bool:
    return any(abs(share - other) < 0.005 for quote in claim.cited for _, _, other in _parts(quote.text))


def _share_of_quotes(claim: Claim, figure: Quantity) -> bool:
    """Whether a figure is part of a share that a quote gives, in whichever way it is told."""
    return any(
        start <= figure.start < end and _is_theirs(claim, share)
        for start, end, share in _parts(claim.sentence.text)
    )


_SHARES = {
    "half": r"50|0\.5|30 min",
    "third": "33",
    "quarter": "25",
    "fifth": "20",
    "tenth": "10",
    "doubl": "twice",
    "tripl": "threefold",
}
_SHARE = re.compile(
    r"\b(?:an?|one|two|three|four)[ -](?:third|quarter|fifth|tenth)s?\b|\bhalf\b|\b(?:doubl|tripl)\w+", re.I
)


def _shares(claim: Claim) -> Value:
    """A third is not said to be a quarter."""
    for match in _SHARE.finditer(claim.sentence.text):
        form = next(form for form in _SHARES if form in match[0].lower())
        same = re.compile(rf"\b{match[0].split()[0]}[ -]{form}|{_SHARES[form]}", re.IGNORECASE)
        other = re.compile(rf"\b\w+[ -]{form}", re.IGNORECASE)
        known = any(same.search(quote.text) for quote in claim.cited) or (
            claim.cited_forms & {form, form.replace("f", "v")}
            and not any(other.search(quote.text) for quote in claim.cited if " " in match[0])
        )
        told_otherwise = any(_is_theirs(claim, share) for _, _, share in _parts(match[0]))
        if not known and not told_otherwise:
            return say("“{words}” is a share that the cited quotes do not give", words=match[0])
    return ""


UNITS_OF_TIME = frozenset("second minut hour day night week month year".split())
_SAID_AS = {
    "night": "day even bedtim nightli overnight",
    "day": "daili night",
    "week": "weekli fortnight",
    "year": "annual yearli annualli",
}


def _times(claim: Claim) -> Value:
    """Hours are not said to be days, without a figure either."""
    figures = [range(each.start, each.end + 1) for each in quantities(claim.sentence.text)]
    for word in claim.sentence.words:
        if any(word.start in figure for figure in figures):
            continue  # held with its figure
        said_as = {word.form, *_SAID_AS.get(word.form, "").split()}
        if word.form in UNITS_OF_TIME and claim.cited_forms.isdisjoint(said_as):
            return say("“{words}” is a length of time that the cited quotes do not name", words=word.text)
    return ""
