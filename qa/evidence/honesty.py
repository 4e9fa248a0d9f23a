"""Claims that must not stand alone: absolute or promotional ones, and ones that another source disputes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.types import UNSTATED_KIND
from qa.evidence.choose import Evidence
from qa.evidence.signals import Candidate

SAME_POINT = 2.5
"""How far below the best sentence's score another source still speaks of the same point. Chosen on the
`dev` rows of kind disagreement and no_disagreement; see DECISIONS.md."""

_PROMOTIONAL_KIND = re.compile(r"promot|advert|market|sponsor|seller|maker|manufactur", re.IGNORECASE)

_EFFECTS = r"(?:side|adverse|negative|harmful|unwanted|ill)[ -]effects?"
_ABSOLUTE = re.compile(
    rf"""\b(?:
      (?:no|zero|without(?:\ any)?|free\ (?:of|from))\ (?:known\ |any\ |other\ |harmful\ )*{_EFFECTS}
    | (?:has|have|are|with)\ no\ {_EFFECTS}
    | risk[- ]free | (?:no|zero|without(?:\ any)?)\ risks? | side[- ]effect[- ]free | harmless
    | (?:completely|totally|perfectly|absolutely|entirely|utterly|100\ ?%|always)
      \ (?:safe|effective|natural|painless)
    | (?:highly|very|extremely|incredibly|remarkably|amazingly|hugely)\ effective
    | safe\ and\ effective | effective\ and\ safe | effectiveness\ and\ safety
    | (?:clinically|scientifically)\ proven | proven\ (?:to|results?|relief)
    | guarantee(?:d|s)? | miracle | cures? | cured | permanent(?:ly)?\ (?:cure|relief|heal\w*)
    | works\ for\ (?:everyone|everybody|all) | never\ fails | breakthrough | revolutionary | game[- ]chang\w+
    | natural,?\ (?:and\ )?non-?invasive,?\ (?:and\ )?effective
    | non-?invasive\ and\ (?:effective|reliable) | (?:secure|safe)\ (?:choice|option|way)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_DENIES_CLAIM = re.compile(
    r"\b(?:not supported|unsupported|not true|no evidence|not proven|not established|misreport\w*)\b",
    re.IGNORECASE,
)

# Three steps of what a source says about harm: none at all, a little, some harm that it names.
_HARM_STEPS = (
    re.compile(rf"\b(?:no {_EFFECTS}|without {_EFFECTS}|risk[- ]free|no risks?)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:minimal|marginal|mild|few|minor|slight|rare)\b[^.;]*\b{_EFFECTS}\b"
        rf"|\b{_EFFECTS}\b[^.;]*\b(?:minimal|marginal|mild|few|minor|slight|rare)\b"
        r"|\b(?:generally|usually|mostly) safe\b|\bwell[ -]tolerated\b|\beasy to tolerate\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:burns?|hazardous|harmful|harms?|dangerous|must not|should not|rules? out|contraindicat\w+"
        r"|more pain|damages?|injur(?:y|ies)|flare-ups?)\b",
        re.IGNORECASE,
    ),
)
_CLAIMS = re.compile(
    r"\b(?:works?|reliev\w+|relief|reduc\w+|lower\w*|less|eas(?:e|es|ing)|improv\w+|boost\w*|increas\w+"
    r"|rais\w+|heal\w*|help\w*|effective\w*|regenerat\w+|re?grow\w*|grow\w*|speed\w*|stimulat\w+|releas\w+"
    r"|promot\w+|penetrat\w+|reach\w*|deep|through|travels?|repair\w*|renew\w*|safe|widen\w*|enhanc\w+"
    r"|build\w*|makes?)\b",
    re.IGNORECASE,
)
_DISPUTES = re.compile(
    r"\b(?:not|no|none|never|neither|nor|cannot|without|doubtful|disputed|unsettled|hypothes[ie]s|proposals?"
    r"|conflict\w*|contradict\w*|other way|slow(?:s|ed)|less ATP|disrupt\w*|unimportant|low[- ]quality"
    r"|out of date|too little|experimental|only|withdrawn|placebo|sham|unproven|yet to be"
    r"|further (?:clinical )?evidence|animals|rats|toxin|burns?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a quoted claim does not stand alone.

    Attributes:
        kind: "disagreement" or "unsupported".
        claim: The sentence that claims.
        other: The sentence of another source that says otherwise, if one was found.
        words: The absolute words, as they stand in the claim; empty for a plain disagreement.
    """

    kind: str
    claim: Candidate
    other: Candidate | None
    words: str


def absolute_words(candidate: Candidate) -> str:
    """The absolute or promotional words of a sentence, as they stand there; empty where there are none.

    A source that quotes such words to deny them makes no such claim; an advertisement that adds a word
    of doubt about itself still does.
    """
    match = _ABSOLUTE.search(candidate.sentence.text)
    if match is None or (not _promotes(candidate) and _DENIES_CLAIM.search(candidate.sentence.text)):
        return ""
    return match[0]


def cautions(evidence: Evidence, seek: Callable[[str], Evidence]) -> list[Caution]:
    """What has to be said beside the chosen sentences, at most one disagreement.

    Args:
        evidence: With at least one chosen sentence.
        seek: Reads the evidence for another question, here an absolute claim's own words, so that what
            other sources say on the point is found even where the question did not bring it up.
    """
    found: list[Caution] = []
    nearby = [
        candidate for candidate, score in evidence.ranked if score >= evidence.ranked[0][1] - SAME_POINT
    ]
    pair = _dispute(evidence.chosen, nearby)
    for claim in evidence.chosen:
        words = absolute_words(claim)
        if not words:
            continue
        other = next((b for a, b in [pair] if a is claim), None) if pair else None
        if pair is None:
            elsewhere = [candidate for candidate, _ in seek(claim.sentence.text).ranked]
            pair = _dispute([claim], elsewhere)
            other = pair[1] if pair else None
        found.append(Caution("unsupported", claim, other, words))
    if pair is not None:
        found.insert(0, Caution("disagreement", pair[0], pair[1], ""))
    return found


def _dispute(chosen: Sequence[Candidate], nearby: Sequence[Candidate]) -> tuple[Candidate, Candidate] | None:
    """The first chosen sentence and the nearest one of another source that say different things."""
    for mine in chosen:
        for other in nearby:
            if _may_differ(mine, other):
                claim, reply = (other, mine) if _promotes(other) and not _promotes(mine) else (mine, other)
                if _differ(claim, reply):
                    return claim, reply
    return None


def _may_differ(mine: Candidate, other: Candidate) -> bool:
    """Different documents, of which at least one may have something to sell."""
    return mine.passage.document != other.passage.document and (_promotes(mine) or _promotes(other))


def _promotes(candidate: Candidate) -> bool:
    kind = candidate.passage.kind
    return kind == UNSTATED_KIND or bool(_PROMOTIONAL_KIND.search(kind))


def _differ(claim: Candidate, reply: Candidate) -> bool:
    """Whether two sentences put harm on different steps, or one disputes what the other claims."""
    mine, theirs = _harm_step(claim.sentence.text), _harm_step(reply.sentence.text)
    if mine is not None and theirs is not None and mine != theirs:
        return True
    return (
        not (_promotes(claim) and _promotes(reply))
        and _CLAIMS.search(claim.sentence.text) is not None
        and _DISPUTES.search(reply.sentence.text) is not None
    )


def _harm_step(text: str) -> int | None:
    for step in (2, 1, 0):
        if _HARM_STEPS[step].search(text):
            return step
    return None
