"""What a turn is beside its question: thanks before it, something new, or a word on the reply before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.conversation.requests import points_back
from qa.question_text import tokens_of

_COURTESY = re.compile(
    r"(?:(?:ok(?:ay)?|right|great|good|fine|well|i see|i understand|hmm+|ah+|oh|yes|no|yeah|sure|lovely|"
    r"perfect|interesting|wow|cheers|hi|hello|hey|please|sorry)"
    # "Right-sided" is one word.
    r"(?:\s*[,.!:;–—]+|\s+-+|-+\s|\s*$|\s*(?=thank|thx|cheers))|"
    r"(?:thanks|thank you|thx|cheers)(?: so much| very much| a lot| for that)?\b[\s,.!:;\-–—]*)\s*",
    re.IGNORECASE,
)
_NEW_TOPIC = re.compile(
    r"(?:and\s+|but\s+|now\s+|ok(?:ay)?[\s,.]+)?(?:"
    r"(?:(?:a|on a|an|one)\s+)?(?:\w+ly\s+)?(?:different|another|new|separate|other|unrelated)\s+"
    r"(?:thing|question|topic|subject|matter|note|point)|change of (?:topic|subject)|"
    r"(?:now )?(?:to |for )?something (?:else|different)|"
    r"forget (?:about )?(?:that|it)|never ?mind(?: (?:that|about that))?|leave that|by the way|btw)"
    r"(?:\s+\w+){0,2}?\s*(?:[,.!:;\-–—]+|$)\s*",
    re.IGNORECASE,
)

_MANNER = re.compile(
    r"(?:(?:please|can you|could you)\s+)?(?:explain|tell|put|say)\b(?: (?:it|this|that))?"
    r"(?: (?:to )?(?:me|us))?"
    r" (?:like|as if|as though) (?:i['’]?m|i (?:am|were|was)|an?)\b[^,.:;!?]{1,25}[,.:;–—-]+\s*"
    r"|(?:(?:ok(?:ay)?|so|to|just|please|now) )*be (?:honest|straight|frank)(?: with me)?\b[\s,.:;!–—-]*",
    re.IGNORECASE,
)
"""How it is to be said, which is none of what is asked ("explain it like I'm five: …")."""


def without_opening(typed: str) -> tuple[str, bool]:
    """A question without thanks, or how it is to be told, before it, and whether it begins something new."""
    text = typed.strip()
    new = False
    while True:
        found = _NEW_TOPIC.match(text)
        opening = found or _COURTESY.match(text) or _MANNER.match(text)
        if opening is None or (opening.end() == len(text) and not found):
            return text, new
        new |= found is not None
        text = text[opening.end() :]


Back = Literal["sources", "more", "shorter", "again", "request"]
"""Whose words answered, what else there is on it, the best of it alone, the same once more, and what else is
asked to be done with it (`qa.conversation.requests`)."""

_IT = r"(?:that|this|it|so)"
_FOUND = r"(?:come|stem|stand|say|get|find|read|take|have|know|hear|see|quote)"
_PLEASE = r"(?:please )?(?:(?:can|could|would|will) you )?(?:please )?"
_OPENING = r"(?:(?:and|but|so|ok|okay|yes|no|hmm) )*"
_SAID: dict[Back, str] = {
    "sources": (
        r"says who|according to (?:who|whom|what)|based on what|on what (?:basis|grounds)|"
        rf"(?:who|what|which \w+) (?:says?|said|claims?|claimed|told you|states?|reports?)(?: {_IT})?|"
        rf"where (?:does|did|do) (?:you|that|this)(?: {_FOUND})?(?: {_IT})?(?: from)?|"
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
        rf"{_PLEASE}"
        r"(?:tell me|say|know|hear|give me|explain)? ?"
        r"(?:a (?:bit|little) |some )?(?:more|further)(?: (?:details?|information|info))?"
        rf"(?: (?:about|on) {_IT})?|go on|carry on|continue|elaborate|"
        rf"(?:anything|what|something) else(?: (?:about|on) {_IT})?|"
        rf"(?:in )?more detail|details|expand(?: on {_IT})?"
    ),
    "shorter": (
        rf"(?:{_PLEASE}"
        rf"(?:make|keep|say|put|give|tell|answer|explain)(?: (?:me|us))?(?: {_IT})? )?"
        r"(?:(?:a (?:bit|little) |much |far )?(?:shorter|briefer|short|brief)|briefly|in short"
        r"|in (?:one|a|a single) (?:sentence|line|word)"
        r"|in (?:fewer|a few|two|three) (?:words|sentences|lines)"
        r"|(?:a (?:short|shorter|brief|briefer|quick)|(?:just )?the short) (?:answer|reply|version))"
        rf"|(?:{_IT} is )?(?:way |far |much )?too (?:long|much text|wordy|many words)"
    ),
    # Sentences are only quoted, so that there are no simpler words than theirs: the same is quoted again.
    "again": (
        rf"{_PLEASE}(?:explain|say|repeat|put) {_IT}"
        r"(?: again| (?:more )?(?:clearly|slowly)| in other (?:words|terms)| another way| differently)?|"
        r"(?:in|with) other (?:words|terms)|what do you mean(?: (?:that|this|it|by that))?|"
        r"(?:a (?:bit|little) |much )?(?:simpler|slower)|again|say again|come again"
    ),
}
_PATTERNS = {back: re.compile(said) for back, said in _SAID.items()}


def asks_back(question: str) -> Back | None:
    """What a question asks of the reply before; None for a question of its own."""
    plain = " ".join(token.plain for token in tokens_of(question))
    plain = re.sub(rf"^{_OPENING}", "", plain).removesuffix(" please").removesuffix(" then")
    plain = re.sub(r"\b(what|who|where|how)['’]?s\b", r"\1 is", plain)
    said = next((back for back, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), None)
    return said or ("request" if points_back(question) else None)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a turn asks, without thanks before it; what of the reply before; and whether of something new.

    A turn that only says that it begins something new asks nothing: its text is empty.
    """

    text: str
    back: Back | None
    new_topic: bool

    @property
    def asks(self) -> bool:
        """Whether it is a question of its own."""
        return self.back is None and bool(self.text)


def meant_by(corrected: str) -> Meant:
    """What is meant by a turn, its misspelt words corrected."""
    text, new_topic = without_opening(corrected)
    return Meant(text, asks_back(text or corrected), new_topic)
