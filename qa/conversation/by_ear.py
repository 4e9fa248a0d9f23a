"""Misspellings that no distance between letters explains, and words that are only wrong beside others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.conversation.function_words import (
    AUXILIARIES,
    DETERMINERS,
    NEUTRAL,
    PERSONAL,
    PREPOSITIONS,
    QUESTION_WORDS,
)
from qa.conversation.phrases import is_verb, roles_in, tokens_of
from qa.conversation.typed import TypedWord

BY_EAR = {
    "becos": "because", "bcoz": "because", "becoz": "because", "coz": "because", "cos": "because",
    "cuz": "because", "cud": "could", "dus": "does", "duz": "does", "dis": "this", "dos": "does",
    "lite": "light", "lites": "lights", "nite": "night", "nites": "nights", "plz": "please", "pls": "please",
    "shud": "should", "thru": "through", "u": "you", "ur": "your", "wat": "what", "wen": "when",
    "wich": "which", "wot": "what", "wud": "would", "wiv": "with", "wif": "with", "frm": "from",
    "bin": "been", "hav": "have", "havin": "having", "bak": "back", "fone": "phone", "hafta": "have to",
    "shoulda": "should have", "coulda": "could have", "woulda": "would have", "dunno": "do not know",
    "wudnt": "wouldn't", "cudnt": "couldn't", "shudnt": "shouldn't", "tho": "though", "altho": "although",
    "tonite": "tonight", "ppl": "people", "bout": "about", "thx": "thanks", "evry": "every",
    "cnt": "can't", "cani": "can i", "doi": "do i", "wos": "was", "wsa": "was", "cna": "can", "iz": "is",
    "hw": "how", "shld": "should", "wld": "would", "thort": "thought", "thorts": "thoughts", "kemo": "chemo",
    "urself": "yourself", "medisin": "medicine", "medisins": "medicines", "thana": "than a",
}  # fmt: skip
"""Spelt by ear, or as on a telephone: too short or too far from what is meant."""

ALSO_TRUE = frozenset({"bin", "bout", "cos", "dis", "dos", "wen"})
"""Of these the true word is as likely: they are only taken for misspelt beside another misspelling."""

RUN_TOGETHER = {
    "abit": "a bit", "alittle": "a little", "alot": "a lot", "asap": "as soon as possible",
    "aswell": "as well", "atall": "at all", "athome": "at home", "atleast": "at least",
    "eachother": "each other", "everytime": "every time", "goto": "go to", "incase": "in case",
    "infact": "in fact", "infront": "in front", "inorder": "in order", "ofcourse": "of course",
    "thankyou": "thank you", "upto": "up to",
}  # fmt: skip
"""Two words that so many write as one that lists of English words know them."""

_WRITTEN_APART = frozenset(
    "any|one any|where her|self him|self it|self my|self no|where our|selves over|night some|one some|times "
    "them|selves with|in with|out your|self you|self".split()
)

APOSTROPHES = {
    "arent": "aren't", "couldnt": "couldn't",
    "doesent": "doesn't", "dosent": "doesn't", "dosnt": "doesn't",
    "didnt": "didn't", "hadnt": "hadn't", "hasnt": "hasn't",
    "havent": "haven't", "hes": "he's", "hows": "how is", "shes": "she's", "shouldnt": "shouldn't",
    "thats": "that is", "theres": "there is", "theyre": "they're", "theyve": "they've", "wasnt": "wasn't",
    "werent": "weren't", "whats": "what is", "wheres": "where is", "whos": "who is", "wont": "won't",
    "wouldnt": "wouldn't", "youre": "you're", "youve": "you've",
}  # fmt: skip
"""Words without their apostrophe that would be sought in the documents if they stayed so."""

# Two true words that are only mistaken for each other beside a certain word.
_MISTAKEN_AFTER = {
    ("side", "affect"): "effect",
    ("side", "affects"): "effects",
    ("after", "affects"): "effects",
    ("nerve", "pane"): "pain",
    ("back", "pane"): "pain",
    ("neck", "pane"): "pain",
}
_DOES = frozenset("dose doze doses dos".split())
_BEFORE_DOES = QUESTION_WORDS | frozenset("and but so long often deep far soon much well fast".split())
_PROOF = frozenset("any no the some what there real much scientific clinical".split())
_THAN = frozenset(
    "better worse more less rather other safer stronger weaker cheaper faster older longer".split()
)


def mistaken(tokens: Sequence[TypedWord], at: int) -> str | None:
    """What is meant by a true word that cannot stand where it stands: "dose it help", "side affects"."""
    word = tokens[at].plain
    before = tokens[at - 1].plain if at else ""
    follows = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end + 1  # no mark between
    after = tokens[at + 1].plain if follows else ""
    if other := _MISTAKEN_AFTER.get((before, word)):
        return other
    if word in _DOES and (not before or before in _BEFORE_DOES) and _asks_with_does(tokens, at):
        return "does"
    asks = not before or before in ("and", "but", "so")
    if word in ("were", "wear", "ware") and asks and after in AUXILIARIES - {"been"}:
        return "where"
    if word == "their" and before in ("is", "are", "was", "were") and after in DETERMINERS | {"really"}:
        return "there"
    if word == "too" and before and after in ("the", "my", "your", "his", "her", "our"):
        return "to"
    if (
        word == "to"
        and after in ("much", "many", "hot", "late", "long", "old", "strong")
        and (_ends(tokens, at) or (after == "much" and before in AUXILIARIES | {"of", "with"}))
    ):
        return "too"
    if word == "then" and before in _THAN:
        return "than"
    if word == "prof" and before in _PROOF:
        return "proof"
    if word == "haft" and after == "to":
        return "have"
    if word == "save" and (not after or after in PREPOSITIONS | {"and", "or", "when", "if"}):
        asked = any(token.plain in ("is", "are", "how", "it") for token in tokens[max(0, at - 4) : at])
        return "safe" if asked and before not in ("to", "i", "we", "you") else None
    return None


def _asks_with_does(tokens: Sequence[TypedWord], at: int) -> bool:
    """Whether a subject and a verb follow, and no other auxiliary: no one asks so for a dose."""
    following = [token.plain for token in tokens[at + 1 :]]
    if len(following) < 2 or any(word in AUXILIARIES - {"do", "have", "had"} for word in following[:6]):
        return False
    subject = (
        following[0] in (DETERMINERS | PERSONAL | NEUTRAL) - {"that"}
        or tokens[at + 1].named
        or bool(roles_in(" ".join(following[:2])) & {"therapy", "body", "condition"})
    )
    words = tokens_of(" ".join(following))
    return subject and (len(words) > 2 or any(is_verb(words, number) for number in range(1, len(words))))


def _ends(tokens: Sequence[TypedWord], at: int) -> bool:
    """Whether nothing follows the next word that "to" could belong to."""
    return at + 2 >= len(tokens) or tokens[at + 2].plain in PREPOSITIONS | {"and", "or", "when"}


def written_apart(left: str, right: str) -> bool:
    """Whether two words are one that is often written as two ("it self")."""
    return f"{left}|{right}" in _WRITTEN_APART


_NO_VOWEL = re.compile(r"[^aeiouy]+")


def without_vowels(word: str) -> bool:
    return _NO_VOWEL.fullmatch(word) is not None
