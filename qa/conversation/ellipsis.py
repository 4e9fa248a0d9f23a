"""Follow-ups without a verb ("and for the neck?", "cold laser?"), put into the question before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.lexical import stem
from qa.conversation.antecedents import RELATIVE, Turn, topic
from qa.conversation.function_words import PREPOSITIONS
from qa.conversation.grammar import Clause, parse
from qa.conversation.left_out import suits
from qa.conversation.phrases import Phrase, roles_in, therapy_span, tokens_of
from qa.conversation.phrasing import LEAD_IN, agreeing, capital, in_brackets, lower, without_lead_in
from qa.conversation.topics import Topics

_CLOSING = re.compile(r"(?:,? (?:too|then|as well|instead|though|also|please))+$", re.IGNORECASE)
_JOINS_ALL = frozenset({"of", "like", "and", "or"})
_JOINS_PERSONS = frozenset({"with", "on"})
_PERSONS = frozenset("people persons patients anyone someone men women adults".split())
_JOINS_ILLNESSES = frozenset({"from", "after", "due to", "caused by", "because of"})
# Other prepositions say where or when, and add to a question instead of changing what it is for.
_FOR = frozenset({"for", "in", "on", "with", "of", "to", "against"})


def fill_in(text: str, turns: Sequence[Turn], topics: Topics, *, tied: bool) -> str | None:
    """Write out a follow-up without a verb.

    Args:
        text: The follow-up.
        turns: The questions before it, written out, oldest first.
        topics: What the index is about.
        tied: Whether something in it is known to go back to an earlier turn ("the other one").

    Returns:
        The whole question; None where the text stands for itself, as keywords do.
    """
    lead_in = LEAD_IN.match(text)
    tied = tied or bool(lead_in and lead_in.end())
    body = _CLOSING.sub("", without_lead_in(text).strip(" ,.?!;:"))
    clause = parse(body)
    about = topic(turns, topics, text)
    if not body or about is None:
        return None
    preposition = clause.tokens[0].plain in PREPOSITIONS
    roles = roles_in(body)
    if not tied and not preposition and (len(roles - {"aspect"}) > 1 or len(clause.tokens) > 3):
        return None
    phrases = _units(body, clause.phrases)
    if not phrases or phrases[0].kind == "time" or body[0].isdigit():
        return in_brackets(f"{text.strip(' ,.?!;:')}?", about)
    if not preposition and len(phrases) == 1 and roles == {"aspect"}:
        return f"What about {lower(body)} of {about}?" if tied else f"{capital(body)} of {about}?"
    base = turns[-1].clause
    if body.lower().startswith("any ") and len(phrases) == 1 and not roles:
        others = [phrase.text for phrase in base.phrases if phrase.text not in about]
        return f"Are there {lower(body)} on {' and '.join([about, *others[-1:]])}?"
    if question := suits(phrases, body, turns, about):
        return question
    if len(phrases) == 1 and not preposition and (question := _as_subject(base, body, phrases[0])):
        return question
    return _put_into(base, body, phrases, about, topics)


def _units(body: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Noun phrases with what belongs to them ("people with epilepsy", "neuropathy from chemo")."""
    units: list[Phrase] = []
    for phrase in phrases:
        if units:
            between = body[units[-1].end : phrase.start].strip().lower()
            joins = between in _JOINS_ALL
            joins |= between in _JOINS_PERSONS and (
                units[-1].role == "circumstance" or units[-1].bare.lower() in _PERSONS
            )
            joins |= between in _JOINS_ILLNESSES and units[-1].role == "condition"
            if joins:
                units[-1] = replace(units[-1], text=body[units[-1].start : phrase.end], end=phrase.end)
                continue
        units.append(phrase)
    return units


def _as_subject(base: Clause, body: str, phrase: Phrase) -> str | None:
    """The one asked for put in the place of "who", "which classes", or of "I"."""
    if not base.auxiliary:
        return None
    whole = f"{capital(agreeing(base.auxiliary, phrase))} {body} {base.rest}?"
    several = phrase.plural or body.lower().startswith(("a ", "an ", "some"))
    a_person = (phrase.kind == "person" and several) or RELATIVE.fullmatch(body)
    if base.build == "who":
        named = {stem(token.plain) for token in tokens_of(base.wh)}
        shared = any(stem(token.plain) in named for token in tokens_of(body))
        anyone = base.wh.lower() == "who" and phrase.role in ("circumstance", "condition", "")
        return whole if shared or anyone else None
    if base.build == "polar" and a_person and base.said_of.lower() in ("i", "we", "he", "she"):
        return whole
    return None


def _put_into(base: Clause, body: str, phrases: Sequence[Phrase], about: str, topics: Topics) -> str:
    """The question before, with each phrase in the place of the one that is like it, or added at the end."""
    text = base.text
    free = list(base.phrases)
    changes: list[tuple[Phrase, Phrase]] = []
    added = ""
    for phrase in phrases:
        before = body[: phrase.start].split()
        preposition = before[-1].lower() if before and before[-1].lower() in PREPOSITIONS else ""
        match = _counterpart(phrase, free, topics) if not preposition or preposition in _FOR else None
        if match and preposition and not phrase.role and _before(base, match) != preposition:
            match = None
        if match is not None:
            free.remove(match)
            changes.append((match, phrase))
        elif preposition or phrase.kind == "person":
            added += f" {preposition or 'for'} {phrase.text}"
        else:
            return in_brackets(f"What about {body}?", about)
    for match, phrase in sorted(changes, key=lambda change: -change[0].start):
        start, end, words = _exchanged(match, phrase)
        if base.subject and match.start == base.subject.start:
            at = text.find(base.auxiliary)
            auxiliary = agreeing(base.auxiliary, phrase)
            text = text[:at] + auxiliary + text[at + len(base.auxiliary) : start] + words + text[end:]
        else:
            text = text[:start] + words + text[end:]
    return f"{capital(without_lead_in(text) + added)}?"


def _before(base: Clause, phrase: Phrase) -> str:
    """The word before a noun phrase of a question, in lower case."""
    words = base.text[: phrase.start].split()
    return words[-1].lower() if words else ""


def _counterpart(phrase: Phrase, free: Sequence[Phrase], topics: Topics) -> Phrase | None:
    """The phrase of a question in whose place another can stand."""
    alike = [other for other in free if other.role == phrase.role]
    if phrase.role == "":
        return alike[topics.nearest(phrase.text, [other.text for other in alike])] if alike else None
    if phrase.role == "aspect":
        return None
    if phrase.role == "therapy":
        alike += [other for other in free if other not in alike and therapy_span(other.text)]
    same_kind = [other for other in alike if other.kind == phrase.kind]
    return next(iter(same_kind or alike), None)


def _exchanged(match: Phrase, phrase: Phrase) -> tuple[int, int, str]:
    """What is replaced, and by what: of "a cold laser session" only the therapy."""
    span = therapy_span(match.text) if phrase.role == "therapy" else None
    if span is None or span[1] == len(match.text):
        return match.start, match.end, phrase.text
    start, end = span
    words = f"{match.text[:start]}{phrase.bare}{match.text[end:]}"
    words = re.sub(r"\ban? (?=([aeiou])?)", lambda found: "an " if found[1] else "a ", words)
    return match.start, match.end, words
