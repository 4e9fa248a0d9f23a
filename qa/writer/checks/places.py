"""Places: what a sentence repeats almost as it stands, with one thing in another's place.

No list of words is needed for it: who says a quote again in its own words and changes one of them, or lets
two change places, has said something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from qa.said import Value, say
from qa.writer.checks.claim import Claim
from qa.writer.checks.statement import Statement

FRAME, EDGE = 4, 2
"""Words that must be the same around what was replaced, on both sides; what the end of a text counts for."""
MEANT = 0.45
"""Cosine from which a word in another's place may mean the same: "wider", "broader"."""
COPIED, COPIED_PAIRS = 0.8, 0.7
"""Share of a sentence's words, and of its pairs of neighbours, that must be a quote's for it to be a copy."""
WIDEST = 4
"""Words that stand in another's place at most."""
LONGEST_SWAPPED, LONGEST_SENTENCE = 3, 60
"""Words of what changes places, and of a sentence that is searched for it."""
GAIN, MOST_GAINED = 2, 4
"""Pairs of neighbouring words that become the quote's when two parts of a sentence change places."""


def places(claim: Claim) -> Value:
    """Nothing stands where a cited quote has another thing, and no two things have changed places."""
    for number, quote in enumerate(claim.cited):
        if told := _replaced(claim, number, quote) or _exchanged(claim.sentence, quote):
            return told
    return ""


def _replaced(claim: Claim, number: int, quote: Statement) -> Value:
    """The words between the same words, where neither means the other."""
    mine, theirs = claim.sentence.words, quote.words
    for a, b, c, d in _gaps([word.form for word in mine], [word.form for word in theirs]):
        own = [at for at in range(a, b) if mine[at].content]
        others = [at for at in range(c, d) if theirs[at].content]

        def same(at: int, other: int) -> bool:
            return other in claim.places[number].get(at, ()) or claim.nearness_to(at, number, other) >= MEANT

        new = [at for at in own if not any(same(at, other) for other in others)]
        lost = [other for other in others if not any(same(at, other) for at in own)]
        new = [at for at in new if mine[at].text.lower() not in claim.short_forms]
        if new and lost:
            return say(
                "“{words}” stands where the cited quotes say “{other}”",
                words=mine[new[0]].text,
                other=theirs[lost[0]].text,
            )
    return ""


def _gaps(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where words of one row stand between the same words as others do in another row: both spans."""
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    if sum(b - a for kind, a, b, _, _ in blocks if kind == "equal") < COPIED * len(mine):
        return
    for before, (kind, a, b, c, d), after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if kind != "replace" or max(b - a, d - c) > WIDEST:
            continue
        left = before[2] - before[1] if before and before[0] == "equal" else EDGE * (a == 0 and c == 0)
        ends = b == len(mine) and d == len(theirs)
        right = after[2] - after[1] if after and after[0] == "equal" else EDGE * ends
        if left and right and left + right >= FRAME:
            yield a, b, c, d


def _exchanged(sentence: Statement, quote: Statement) -> Value:
    """Two parts of a sentence that have to change places for it to run as the quote does."""
    mine, theirs = ([word.form for word in text.words] for text in (sentence, quote))
    pairs = Counter(pairwise(theirs))
    telling = set(theirs)
    starts = [at for at, word in enumerate(sentence.words) if word.content and word.form in telling]

    def same(row: Sequence[str]) -> int:
        return (Counter(pairwise(row)) & pairs).total()

    now, needed = same(mine), COPIED_PAIRS * (len(mine) - 1)
    if now + MOST_GAINED < needed or len(mine) > LONGEST_SENTENCE:
        return ""
    for first in starts:
        for second in (at for at in starts if at > first):
            for one in range(1, LONGEST_SWAPPED + 1):
                for other in range(1, LONGEST_SWAPPED + 1):
                    a, b, c, d = first, first + one, second, second + other
                    if b >= c or d > len(mine) or mine[a:b] == mine[c:d]:
                        continue
                    row = [*mine[:a], *mine[c:d], *mine[b:c], *mine[a:b], *mine[d:]]
                    there = same(row)
                    enough = there >= max(now + GAIN, needed) or now < there == len(mine) - 1
                    if enough and not _listed(sentence, b, c):
                        return say(
                            "“{words}” and “{other}” have changed places",
                            words=sentence.written((a, b)),
                            other=sentence.written((c, d)),
                        )
    return ""


def _listed(sentence: Statement, start: int, end: int) -> bool:
    """Whether two things are of one list, whose order says nothing: commas, "and", other things between."""
    between = sentence.text[sentence.words[start - 1].end : sentence.words[end].start]
    things = sum(word.content for word in sentence.words[start:end])
    return len(re.findall(r",|\b(?:and|or)\b", between)) > things
