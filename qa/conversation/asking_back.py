"""Follow-ups that speak of the reply before: who says so, is that true, tell me more."""

from __future__ import annotations

import re
from typing import Literal

from qa.question_text import tokens_of

Back = Literal["sources", "more", "again"]
"""Whose words answered, what else there is on it, and the same once more."""

_IT = r"(?:that|this|it|so)"
_OPENING = r"(?:(?:and|but|so|ok|okay|yes|no|hmm) )*"
_SAID = {
    "sources": (
        r"says who|according to (?:who|whom|what)|based on what|on what (?:basis|grounds)|"
        rf"(?:who|what|which \w+) (?:says?|said|claims?|claimed|told you|states?|reports?)(?: {_IT})?|"
        rf"where (?:does|did|do) (?:you|that|this)(?: \w+)?(?: {_IT})?(?: from)?|"
        rf"where does it say(?: {_IT})?|where (?:is|was) {_IT} (?:from|written|stated|published)|"
        rf"how do you know(?: {_IT})?|what is {_IT} based on|"
        r"(?:(?:what|where) (?:is|are|was)|give me|show me|can i see|do you have|have you got|got|name)? ?"
        rf"(?:a |the |your |any )?(?:sources?|references?|citations?)(?: (?:for|of) {_IT})?|"
        rf"which (?:article|document|source|study|paper) (?:is|was) {_IT}(?: from| in)?|"
        r"(?:is|was) (?:that|this|it|any of that|all that) (?:really |actually |even )?"
        r"(?:true|right|correct|so|certain|for real|a fact)|"
        rf"are you (?:really |quite )?(?:sure|certain)(?: about {_IT})?|really(?: true)?|seriously|"
        rf"for (?:sure|real)|can (?:i|we|you) (?:really )?trust {_IT}|do you really mean that|"
        r"how (?:reliable|trustworthy|true|certain|sure) (?:is|are) (?:that|this|it|you)"
    ),
    "more": (
        r"(?:please )?(?:(?:can|could|would|will) you )?(?:please )?"
        r"(?:tell me|say|know|hear|give me|explain)? ?"
        r"(?:a (?:bit|little) |some )?(?:more|further)(?: (?:details?|information|info))?"
        rf"(?: (?:about|on) {_IT})?|go on|carry on|continue|elaborate|"
        rf"(?:anything|what|something) else(?: (?:about|on) {_IT})?|"
        rf"(?:in )?more detail|details|expand(?: on {_IT})?"
    ),
    # Sentences are only quoted, so that there are no simpler words than theirs: the same is quoted again.
    "again": (
        rf"(?:please )?(?:(?:can|could|would|will) you )?(?:please )?(?:explain|say|repeat|put) {_IT}"
        r"(?: again| (?:more )?(?:simply|clearly|slowly)| in \w+ \w+| another way| differently)?|"
        r"(?:in|with) (?:simpler|plain|simple|other|easier|fewer) (?:words|english|terms|language)|"
        r"(?:i (?:do not|don't|dont) understand|what do you mean)(?: (?:that|this|it|by that))?|"
        r"(?:a bit |much )?(?:shorter|simpler|briefer|slower)|again|in short|say again|come again"
    ),
}
_PATTERNS: dict[Back, re.Pattern[str]] = {
    "sources": re.compile(_SAID["sources"]),
    "more": re.compile(_SAID["more"]),
    "again": re.compile(_SAID["again"]),
}


def asks_back(question: str) -> Back | None:
    """What a question asks of the reply before; None for a question of its own."""
    plain = " ".join(token.plain for token in tokens_of(question))
    plain = re.sub(rf"^{_OPENING}", "", plain).removesuffix(" please").removesuffix(" then")
    plain = re.sub(r"\b(what|who|where|how)['’]?s\b", r"\1 is", plain)
    return next((back for back, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), None)
