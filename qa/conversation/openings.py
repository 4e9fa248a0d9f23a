"""What people say before a question: thanks and the like, or that it begins something new."""

from __future__ import annotations

import re

_COURTESY = re.compile(
    r"(?:(?:ok(?:ay)?|right|great|good|fine|well|i see|i understand|hmm+|ah+|oh|yes|no|yeah|sure|lovely|"
    r"perfect|"
    r"interesting|wow|cheers|hi|hello|hey|please|sorry)\s*(?:[,.!:;\-–—]+|$|(?=(?:thank|thx|cheers)))|"
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
