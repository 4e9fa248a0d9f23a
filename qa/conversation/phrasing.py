"""Turning a question round: into a statement, with another auxiliary, with something in brackets."""

from __future__ import annotations

import re

from qa.conversation.grammar import Clause, parse, sentences
from qa.conversation.phrases import Phrase

LEAD_IN = re.compile(
    r"(?:(?:and|but|so|or|then|also|plus)\b[\s,]*)*"
    r"(?:(?:what|how) about|what of|(?:the )?same (?:question )?(?:for|with)|"
    r"(?:does|would) the same (?:go|apply|hold|count|be)(?: true)? (?:for|to|with)|not even|even|"
    r"only)?(?:\s+|$)",
    re.IGNORECASE,
)
"""Words that tie a follow-up to what was said before, and say nothing themselves."""

_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}
_PLURAL = {singular: plural for plural, singular in _SINGULAR.items()}


def statement(clause: Clause) -> str:
    """A question that is answered by yes or no as a statement: "Does it help" as "it helps"."""
    auxiliary = clause.auxiliary.lower()
    if auxiliary == "does":
        verb, _, rest = clause.rest.partition(" ")
        parts: tuple[str, ...] = (clause.said_of, _third_person(verb), rest)
    elif auxiliary == "do":
        parts = (clause.said_of, clause.rest)
    else:
        parts = (clause.said_of, auxiliary, clause.rest)
    return " ".join(part for part in parts if part)


def _third_person(verb: str) -> str:
    irregular = {"have": "has", "be": "is", "do": "does", "go": "goes"}
    if verb in irregular:
        return irregular[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search("[^aeiou]y$", verb) else f"{verb}s"


def agreeing(auxiliary: str, phrase: Phrase) -> str:
    """The auxiliary in the number of its new subject: "do" becomes "does" before "a TENS machine"."""
    lower = auxiliary.lower()
    lower = (_PLURAL if phrase.plural else _SINGULAR).get(lower, lower)
    return capital(lower) if auxiliary[:1].isupper() else lower


def in_brackets(text: str, about: str) -> str:
    """A question with what it is about added, where there is no better place for it."""
    whole = f"{text.rstrip(' ?.!')} ({about})"
    return capital(f"{whole}?") if text.rstrip().endswith("?") else asked(whole, parse(text))


def asked(text: str, clause: Clause) -> str:
    """A text as a sentence, with its question mark where it asks."""
    text = capital(text)
    return text if clause.build == "statement" or text.endswith("?") else f"{text}?"


def with_question_mark(text: str) -> str:
    """A question as the encoder has mostly seen them; what is no question stays as it is."""
    whole = sentences(text)
    asks = bool(whole) and text[-1:].isalnum() and parse(whole[-1]).build in ("polar", "wh", "who")
    return f"{text}?" if asks else text


def without_lead_in(text: str) -> str:
    """A follow-up without "and", "what about" and the like."""
    found = LEAD_IN.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """A sentence as it goes on after other words; names and abbreviations keep their capitals."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() or first == "I" else text[:1].lower() + text[1:]
