"""Words that stand for someone or something counted before: "she", "both", "which one", "each one"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.conversation.antecedents import Turn, antecedent, pair, person
from qa.conversation.phrases import noun_phrases, tokens_of
from qa.conversation.topics import Topics

_BOTH = re.compile(
    r"\b(?:both(?: of (?:them|these|those))?|the two(?: of them)?)(?=\s*(?:$|[.?!,]|at once|together|at "
    r"the same time|"
    r"in one|on the same|work|help|safe|hurt))",
    re.IGNORECASE,
)
# Having both at once is what documents call combining them.
_TOGETHER = re.compile(
    r"\b(?:can|could|may|should) (?:i|we|he|she|you|my \w+) (?:have|use|do|take|get|try|combine) "
    r"(?:both(?: of them)?|the two)(?: at once| together| at the same time)?(?=\s*(?:$|[.?!,]))",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"\b(which)(?: (?:one|of the two|of them|of these|of those|therapy|treatment))(?: of (?:them|the "
    r"two))?\b(?! of)",
    re.IGNORECASE,
)
_EACH_ONE = re.compile(
    r"\b(each|every|a|one|the (?:first|last|next)) (?:one|of (?:them|these|those))\b", re.IGNORECASE
)
_COUNTED = re.compile(r"(?:how many|which|what) (\w+?)s?( (?:of|for|with) .+)?$", re.IGNORECASE)
_SOMEONE_NAMED = re.compile(
    r"\b(?:my|our) \w+|\b(?:mum|mom|dad|daddy|gran|nan|grandad|doctor|gp|physio|nurse|consultant|surgeon|"
    r"therapist|"
    r"chiropractor|friend|neighbour|man|woman|boy|girl|child|patient|husband|wife|crew|someone|somebody)\b",
    re.IGNORECASE,
)
_HE = {"he": 0, "she": 0, "him": 0, "her": 1, "his": 1, "he's": 0, "she's": 0, "hers": 1}


def with_person(text: str, turns: Sequence[Turn]) -> str:
    """The first "he" or "she" as the one who was named, unless this question names someone."""
    for token in tokens_of(text):
        if token.plain in _HE:
            who = person(turns, token.plain)
            if not who or _SOMEONE_NAMED.search(text, 0, token.start):
                return text
            following = re.match(r"\s+[a-z]", text[token.end :])
            own = token.plain in ("his", "hers") or (token.plain == "her" and following is not None)
            name = who + ("'s" if own else " is" if token.plain.endswith("'s") else "")
            return text[: token.start] + name + text[token.end :]
    return text


def with_pair(text: str, turns: Sequence[Turn], topics: Topics) -> str:
    """ "Both" and "which one" with the two that are meant."""
    found = _WHICH.search(text) or _BOTH.search(text)
    if found is None or any(phrase.end <= found.start() for phrase in noun_phrases(text, tokens_of(text))):
        return text
    two = pair(turns, topics)
    if two is None:
        return text
    if together := _TOGETHER.search(text):
        whole = f"Can {two[0]} be combined with other treatments such as {two[1]}"
        return text[: together.start()] + whole + text[together.end() :]
    first, second = sorted(two, key=len, reverse=True)
    if _WHICH.search(text):
        closing = "?" if text.rstrip().endswith("?") else ""
        return _WHICH.sub(r"\1", text).rstrip(" ?") + f", {first} or {second}{closing}"
    return _BOTH.sub(f"{first} and {second}", text, count=1)


def with_counted(text: str, turns: Sequence[Turn], topics: Topics) -> str:
    """ "Each one" with the noun that was counted ("how many sessions")."""
    found = _EACH_ONE.search(text)
    counted = _COUNTED.match(turns[-1].clause.wh) if turns else None
    if not found or not counted:
        return text
    phrase = antecedent(turns, topics)
    of = counted[2] or (f" of {phrase.bare}" if phrase and not phrase.is_trial else "")
    if phrase and phrase.is_trial:
        of += f" in {phrase.text}"
    return f"{text[: found.start()]}{found[1]} {counted[1]}{of}{text[found.end() :]}"
