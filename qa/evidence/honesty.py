"""Claims that must not stand alone: absolute or promotional ones, and ones that another source disputes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.types import UNSTATED_KIND
from qa.evidence.choose import Evidence
from qa.evidence.signals import Candidate

SAME_POINT = 2.5
"""How far below the best sentence's score another source still speaks of the same point. Chosen on the
`dev` rows of kind disagreement and no_disagreement; see DECISIONS.md."""

OTHER_SIDE = 8.0
"""The same for a sentence that comes first, or nearly so, when only sources of the other kind are asked."""

NEARLY_FIRST = 3.0
"""How far below the best sentence of the other kind of source that may be."""

TOGETHER = 0.9
"""Cosine between claim and reply, plus that of the farther one to the question, from which they are about
one thing. On the `dev` questions it lets all marked disagreements pass, and 14 of 25 that were none."""

_PROMOTIONAL_KIND = re.compile(r"promot|advert|market|sponsor|seller|maker|manufactur", re.IGNORECASE)

_EFFECTS = r"(?:side|adverse|negative|harmful|unwanted|ill)[ -]effects?"
_NAMES_EFFECTS = re.compile(_EFFECTS, re.IGNORECASE)
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
    r"\b(?:not|no|none|nothing|never|neither|nor|cannot|doubtful|disputed|unsettled|hypothes[ie]s|proposals?"
    r"|conflict\w*|contradict\w*|other way|slow(?:s|ed)|less ATP|disrupt\w*|unimportant|low[- ]quality"
    r"|out of date|too little|experimental|withdrawn|placebo|sham|unproven|yet to be"
    r"|further (?:clinical )?evidence|animals|rats|toxin|burns?)\b",
    re.IGNORECASE,
)


# What is asked of an effect, of harm or of proof may be disputed; what something is called is not.
_DISPUTABLE = re.compile(
    r"\b(?:prov(?:e|es|en|ing)|proofs?|evidence|stud(?:y|ies)|trials?|research|show(?:s|n|ed)?|established"
    r"|true|truth|truly|really|real|actually|agree|claims?|risk\w*|harm\w*|side[ -]effects?|danger\w*"
    r"|reactions?|hurts?|burns?|get(?:s)? (?:down|to|through|into)|how (?:deep|far)|rebuild\w*|re-?grow\w*"
    r"|cures?|treat(?:s|ed)?|fix(?:es)?|restor\w+|shrink\w*|any good|worth|beneficial|benefits?|better)\b",
    re.IGNORECASE,
)

# A source that says that it gives no figures claims nothing thereby.
_GIVES_NONE = re.compile(
    r"^\W*(?:the|this|our)\b[^,;:]{0,40}\b(?:does not|do not|contradicts? itself"
    r"|(?:gives?|offers?|cites?|names?|shows?|lists?|has|have|contains?) no)\b",
    re.IGNORECASE,
)
# What one source says is asked of that source, whoever else may know better.
_OF_ONE_SOURCE = re.compile(
    r"\baccording to (?:the|this|that)\b"
    r"|\b(?:do|does|did|what|which|how|why|who|where)\b[^.?!]*"
    r"\b(?:article|piece|note|leaflet|document|page|text|author|brochure|advert)s? "
    r"(?:actually |really |even )?(?:says?|gives?|puts?|names?|backs?|claims?|mentions?|tells?|describes?"
    r"|contradicts?|relies|rely|offers?|cites?|covers?|explains?|promises?|suggests?|concludes?)\b",
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


def cautions(
    question: str,
    evidence: Evidence,
    seek: Callable[[str], Evidence],
    ask_only: Callable[[bool], Evidence],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
    threshold: float,
) -> list[Caution]:
    """What has to be said beside the chosen sentences, at most one disagreement.

    Args:
        question: As understood.
        evidence: With at least one chosen sentence.
        seek: Reads the evidence for another question, here an absolute claim's own words, so that what
            other sources say on the point is found even where the question did not bring it up.
        ask_only: Reads the evidence for the same question in those sources alone that have something to
            sell (True), or in the others (False).
        encode: n texts to (n, dimension) unit vectors.
        threshold: Confidence below which sources are held not to answer.
    """
    found: list[Caution] = []
    nearby = [
        candidate for candidate, score in evidence.ranked if score >= evidence.ranked[0][1] - SAME_POINT
    ]
    disputable = not _OF_ONE_SOURCE.search(question) and (
        _CLAIMS.search(question) or _DISPUTABLE.search(question)
    )
    pair = None
    if disputable:
        pair = _other_side(evidence, ask_only, threshold) or _dispute(evidence.chosen, nearby)
        if pair is not None and not _belong_together(question, *pair, encode):
            pair = None
    for claim in evidence.chosen:
        words = absolute_words(claim)
        if not words:
            continue
        other = pair[1] if pair is not None and pair[0] is claim else None
        if pair is None:
            elsewhere = [candidate for candidate, _ in seek(claim.sentence.text).ranked]
            pair = _dispute([claim], elsewhere)
            other = pair[1] if pair else None
        found.append(Caution("unsupported", claim, other, words))
    if pair is not None and disputable:
        found.insert(0, Caution("disagreement", pair[0], pair[1], ""))
    return found


def _belong_together(
    question: str,
    claim: Candidate,
    reply: Candidate,
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
) -> bool:
    """Whether a claim and its reply are about one thing, and that the one asked about."""
    asked, *said = encode([question, claim.sentence.text, reply.sentence.text])
    return float(said[0] @ said[1]) + min(float(asked @ vector) for vector in said) >= TOGETHER


def _other_side(
    evidence: Evidence, ask_only: Callable[[bool], Evidence], threshold: float
) -> tuple[Candidate, Candidate] | None:
    """Claim and reply, where all chosen sentences are of one kind of source and the other kind differs.

    Asked alone, the other kind of source must answer the question itself, and nearly as well.
    """
    sells = _promotes(evidence.chosen[0])
    if any(_promotes(candidate) != sells for candidate in evidence.chosen):
        return None
    speaks = [c for c in evidence.chosen if (_CLAIMS if sells else _DISPUTES).search(c.sentence.text)]
    if not speaks:
        return None
    others = ask_only(not sells)
    if not others.ranked or others.confidence < threshold:
        return None
    least = max(evidence.ranked[0][1] - OTHER_SIDE, others.ranked[0][1] - NEARLY_FIRST)
    near = [other for other, score in others.ranked if score >= least]
    pairs = ((mine, other) if sells else (other, mine) for mine in speaks for other in near)
    return next((pair for pair in pairs if _differ(*pair)), None)


def _dispute(chosen: Sequence[Candidate], nearby: Sequence[Candidate]) -> tuple[Candidate, Candidate] | None:
    """The first chosen sentence and the nearest one of another source that say different things.

    Where both speak outright of side effects, that one goes before what is nearer but says it otherwise.
    """
    for mine in chosen:
        pairs = [
            (other, mine) if _promotes(other) and not _promotes(mine) else (mine, other)
            for other in nearby
            if _may_differ(mine, other)
        ]
        differing = [pair for pair in pairs if _differ(*pair)]
        outright = [
            pair for pair in differing if all(_NAMES_EFFECTS.search(each.sentence.text) for each in pair)
        ]
        if differing:
            return (outright or differing)[0]
    return None


def _may_differ(mine: Candidate, other: Candidate) -> bool:
    """Different documents, of which at least one may have something to sell."""
    return mine.passage.document != other.passage.document and (_promotes(mine) or _promotes(other))


def promotes(kind: str) -> bool:
    """Whether a kind of source may have something to sell; of an unstated kind it is not known."""
    return kind == UNSTATED_KIND or bool(_PROMOTIONAL_KIND.search(kind))


def _promotes(candidate: Candidate) -> bool:
    return promotes(candidate.passage.kind)


def _differ(claim: Candidate, reply: Candidate) -> bool:
    """Whether two sentences put harm on different steps, or one disputes what the other claims."""
    mine, theirs = _harm_step(claim.sentence.text), _harm_step(reply.sentence.text)
    if mine is not None and theirs is not None and mine != theirs:
        return True
    return (
        not (_promotes(claim) and _promotes(reply))
        and _GIVES_NONE.search(claim.sentence.text) is None
        and _CLAIMS.search(claim.sentence.text) is not None
        and _DISPUTES.search(reply.sentence.text) is not None
    )


def _harm_step(text: str) -> int | None:
    for step in (2, 1, 0):
        if _HARM_STEPS[step].search(text):
            return step
    return None
