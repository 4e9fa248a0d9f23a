"""What a sentence claims, by its words: absolutely, of harm, of an effect, or against a claim.

The words are those of health writing in English; which source says them is for qa/evidence/honesty.py.
"""

from __future__ import annotations

import re

from qa.sources import of_one_source

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
# "… does not mean that it is proven to work"
_NEGATES = re.compile(r"\b(?:not|nor|never)\b[^.;:]*$|n['’]t\b[^.;:]*$", re.IGNORECASE)
# The same in one breath, which no advertisement means otherwise; "not only" takes nothing back.
_TAKES_BACK = re.compile(
    r"(?:\b(?:not(?! only)|nor|never|neither|no|without|whether)\b|n['’]t\b)(?:(?!\b(?:and|but)\b)[^.;:,])*$",
    re.IGNORECASE,
)
# "… is advertised as risk-free", "the maker says that …": somebody else's claim.
_ATTRIBUTES = re.compile(
    r"\b(?:said|claimed|advertised|described|promoted|marketed|sold|presented|touted|billed) (?:to|as|that)\b"
    r"|\b(?:makers?|sellers?|manufacturers?|articles?|advert\w*|leaflets?|clinics?|they|some|many|the ad)\b"
    r" (?:\w+ )?(?:say|claim|promise|suggest|state|advertise)s?\b|\bto say that\b|\bclaims? that\b",
    re.IGNORECASE,
)
_DENIES_CLAIM = re.compile(
    r"\b(?:not supported|unsupported|not true|no evidence|not proven|not established|misreport\w*)\b",
    re.IGNORECASE,
)

# Three steps of what a source says about harm: none at all, a little, some harm that it names.
_HARM_STEPS = (
    re.compile(
        rf"\b(?:no {_EFFECTS}|without {_EFFECTS}|risk[- ]free|no risks?|painless"
        r"|(?:not|never|n['’]t) (?:hurt|harm|burn))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:minimal|marginal|mild|few|minor|slight|rare)\b[^.;]*\b{_EFFECTS}\b"
        rf"|\b{_EFFECTS}\b[^.;]*\b(?:minimal|marginal|mild|few|minor|slight|rare)\b"
        r"|\bsafe\b|\bwell[ -]tolerated\b|\beasy to tolerate\b",
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
    r"|out of date|too little|experimental|withdrawn|unproven|yet to be"
    r"|further (?:clinical )?evidence|animals|rats|toxin)\b",
    re.IGNORECASE,
)


# What is asked of an effect, of harm or of proof may be disputed; what something is called is not.
_DISPUTABLE = re.compile(
    r"\b(?:prov(?:e|es|en|ing)|proofs?|evidence|stud(?:y|ies)|trials?|research|show(?:s|n|ed)?|established"
    r"|approv\w+|cleared|true|truth|truly|agree|claims?|risk\w*|harm\w*|side[ -]effects?|danger\w*"
    r"|reactions?|hurts?|burns?|get(?:s)? (?:down|to|through|into)|how (?:deep|far)|rebuild\w*|re-?grow\w*"
    r"|cures?|treat(?:s|ed)?|fix(?:es)?|restor\w+|shrink\w*|any good|worth|beneficial|benefits?|better)\b",
    re.IGNORECASE,
)

# A source that says that it gives no figures claims nothing thereby, nor does one that gives advice.
_GIVES_NONE = re.compile(
    r"^\W*(?:the|this|our)\b[^,;:]{0,40}\b(?:does not|do not|contradicts? itself"
    r"|(?:gives?|offers?|cites?|names?|shows?|lists?|has|have|contains?) no)\b"
    r"|^\W*the (?:\w+ ){0,3}promotes\b|\badvis(?:es?|ed|able)\b|\binformed (?:choice|decision)s?\b"
    r"|\b(?:differs?|var(?:y|ies)) from (?:person|one)\b",
    re.IGNORECASE,
)
# Help that is fetched is no effect.
_GETS_HELP = re.compile(
    r"\b(?:get|getting|seek\w*|need\w*|find|call\w*|ask\w*) (?:for )?(?:\w+ )?help\b", re.IGNORECASE
)


# Two sentences that name different ones of these are about different things, whatever else they share.
_MATTERS = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "sciatica": r"\bsciatic\w*",
        "diabetes": r"\bdiabet\w+",
        "cancer": r"\b(?:cancers?|tumou?rs?|oncolog\w+|chemo\w*)\b",
        "pregnancy": r"\bpregnan\w+",
        "neck": r"\bneck\b",
        "back": r"\b(?:back pain|lumbago|disability|range of motion)\b",
        "depth": r"\b(?:deep\w*|millimetres?|mm of skin|reach\w*|penetrat\w+)\b",
        "nerves": r"\b(?:myelin|schwann|axon\w*|re?-?grow\w*|regenerat\w+|grow again)\b",
        "harm": r"\bside effects?\b(?! of (?:medicines?|drugs?)\b)"
        r"|\b(?:burns?|risk[- ]free|risks?|more pain|hazard\w*|safe|tolerate|hurts?|must not)\b",
    }.items()
}
# A source that takes no side disputes nothing.
_OF_SOME_ONLY = frozenset(("cancer", "pregnancy", "harm"))
"""What a reply is about whenever it names it, so that a claim that does not is about something else."""
_TAKES_NO_SIDE = re.compile(
    r"\bno statement\b|\bno recommendations? (?:on|about)\b|\bnothing is said\b|\bnot among them\b"
    r"|\bmakes? no\b|\bfirst-choice\b|\bstrong recommendation\b",
    re.IGNORECASE,
)
_DEPENDS = re.compile(r"\bdepends? on\b|\b(?:cannot|can't|not)\b[^.;:]*\bwithout\b", re.IGNORECASE)

_ASKS_LEAVE = re.compile(
    r"\b(?:can|could|may|might|should|shall) (?:i|we|he|she|they|my|our|people|someone|anyone|you|one|a)\b"
    r"|\b(?:is|are|would|will)\b[^.?!]*\b(?:safe|ok|okay|allowed|all ?right|fine|dangerous|suitable|risky)\b"
    r"|\bam i\b"
    # "… has offered me laser. ok or no?"
    r"|(?:^|[.,;:!?–—-]\s*)(?:so |and |but )?(?:safe|ok|okay|allowed|all ?right|advisable|wise)\b[^.?!]*\?",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(?:must|should|may|can) not be\b|(?<!who )\b(?:must|should) not\b|\brules? out\b"
    r"|\badvis(?:es?|ed) (?:avoiding|against|caution)|\bnot to use\b|\bshould ask\b|\bdangerous\b"
    r"|\bcan burn\b",
    re.IGNORECASE,
)


def absolute_claim(text: str) -> str:
    """The first absolute or promotional words that a sentence asserts; empty where there are none.

    What is asked is asserted by nobody, nor is what stands behind a "not" in the same breath.
    """
    if text.rstrip().endswith("?"):
        return ""
    asserted = (match for match in _ABSOLUTE.finditer(text) if not _TAKES_BACK.search(text, 0, match.start()))
    return next((match[0] for match in asserted), "")


def denies_claim(text: str) -> bool:
    """Whether a sentence quotes a claim: to deny it, or as somebody else's."""
    claim = _ABSOLUTE.search(text)
    quoted = claim is not None and any(
        words.search(text, 0, claim.start()) is not None for words in (_NEGATES, _ATTRIBUTES)
    )
    return quoted or _DENIES_CLAIM.search(text) is not None


def asks_leave(question: str) -> bool:
    """Whether a question asks if something may be done: "can I", "is it safe after"."""
    return _ASKS_LEAVE.search(question) is not None


def limits(text: str) -> bool:
    """Whether a sentence forbids something, or allows it only with care."""
    return _LIMITS.search(text) is not None


def names_effects(text: str) -> bool:
    """Whether a sentence speaks outright of side effects."""
    return _NAMES_EFFECTS.search(text) is not None


def claims_effect(text: str) -> bool:
    """Whether a sentence says that something works, heals, reaches or lowers."""
    return _CLAIMS.search(text) is not None and not gives_none(text) and _DEPENDS.search(text) is None


def one_matter(claim: str, reply: str) -> bool:
    """Whether two sentences may be about one thing: they name no different illnesses, places or effects."""
    named = [{name for name, words in _MATTERS.items() if words.search(text)} for text in (claim, reply)]
    if _OF_SOME_ONLY & named[1] - named[0]:
        return False
    return not (named[0] and named[1]) or bool(named[0] & named[1])


def gives_none(text: str) -> bool:
    """Whether a sentence says what a source does not give, or gives advice, and so claims nothing."""
    return _GIVES_NONE.search(text) is not None


def disputes(text: str) -> bool:
    """Whether a sentence has words by which claims are disputed."""
    return _DISPUTES.search(text) is not None and _TAKES_NO_SIDE.search(text) is None


def harm_step(text: str) -> int | None:
    """What a sentence says of harm: 0 none at all, 1 a little, 2 some that it names; None for nothing."""
    return next((step for step in (2, 1, 0) if _HARM_STEPS[step].search(text)), None)


def may_be_disputed(question: str) -> bool:
    """Whether a question asks after an effect, harm or proof, and not after what one source says."""
    if of_one_source(question):
        return False
    asked = _GETS_HELP.sub("", question)
    return bool(_CLAIMS.search(asked) or _DISPUTABLE.search(asked))
