"""A follow-up joined with the question before it: put into it, behind it, or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.lexical import stem
from qa.conversation.ways import AFTER, Subject, Way, phrases_in
from qa.function_words import ADVERBS, NEUTRAL, PERSONAL, PREPOSITIONS
from qa.phrases import Phrase, kind_of, therapy_span, tokens_of

_FOR = frozenset("for in on with of to against about".split())
"""Prepositions behind which one thing can take the place of another; others add to a question."""
_CLOSING = re.compile(r"(?:,? (?:too|then|as well|instead|though|also|please))+$", re.IGNORECASE)
_CONDITION = re.compile(r" (?:if|when|while|because) .*$", re.IGNORECASE)
COUNTED = re.compile(r"\b(?:both|the two|which one|the other)\b", re.IGNORECASE)


def put_into(body: str, own: Sequence[Phrase], subject: Subject) -> Iterator[Way]:
    """The question before, with what a fragment names in the place of what is like it."""
    base = subject.question.rstrip(" ?.!")
    named = phrases_in(base)
    bare = _CLOSING.sub("", body.strip(" ,.?!;:"))
    if any(token.plain in PERSONAL for token in tokens_of(bare)):
        yield Way(f"{base} if {bare}?", readable=False)  # "What if I'm on blood thinners"
        return
    new = next(iter(own), None)
    if new is None or not new.role:
        # Names are typed without their capitals.
        new = Phrase(bare, 0, len(bare), kind_of(bare.upper()))
    alike = [other for other in named if other.kind == new.kind] or [
        other for other in named if other.role == new.role
    ]
    leads = tokens_of(bare)[0].plain in PREPOSITIONS
    if next((t.plain for t in tokens_of(bare) if t.plain not in ADVERBS), "") in PREPOSITIONS - _FOR:
        return
    rest = bare[tokens_of(bare)[0].end :].strip() if leads else bare
    if len(own) == 1 and rest.startswith(new.text):
        new = replace(new, text=rest)  # "Home use", and not "home"
    # "Any in the trial" and "ultrasound also no" are more than a name.
    written = rest == new.text and not any(token.plain in ADVERBS | NEUTRAL for token in tokens_of(rest))
    readable = subject.readable and written
    behind = _behind(tokens_of(bare)[0].plain, base, named) if leads and rest else None
    if behind is not None and (behind.role == new.role or "" in (behind.role, new.role)):
        # "In people" after "in the mice", and "with my gabapentin" after "with other treatments".
        yield Way(f"{base[: behind.start]}{rest}{base[behind.end :]}?", readable)
        return
    same = bool(alike) and alike[0].kind == new.kind
    general = _CONDITION.sub("", base)
    if general != base and new.role in ("condition", "circumstance") and not same:
        yield Way(f"{general} with {new.text}?", subject.readable)
        return
    if not alike or not new.role:
        yield from put_behind(bare, subject) if leads else _in_place_of_all(base, bare, named)
        return
    for other in alike[:1]:
        start, end = therapy_span(other.text) or (0, len(other.text))
        before, after = base[: other.start + start], base[other.start + end :]
        said = {stem(token.plain) for token in tokens_of(before + after)}
        if COUNTED.match(new.text) or said & {stem(token.plain) for token in tokens_of(new.bare)}:
            return  # "The other therapy" names none, and "class 1" after "which classes" is no exchange.
        if not start:
            yield Way(f"{before}{new.text}{after}?", readable)
        else:
            before = re.sub(r"\ban? $", "an " if new.bare[:1].lower() in "aeiou" else "a ", before)
            yield Way(f"{before}{new.bare}{after}?", readable)


def _behind(preposition: str, base: str, named: Sequence[Phrase]) -> Phrase | None:
    """The last phrase of a question that a preposition stands before; None where none does."""
    ends = re.compile(rf"\b{re.escape(preposition)}\s+$", re.IGNORECASE)
    return next((phrase for phrase in reversed(named) if ends.search(base[: phrase.start])), None)


def _in_place_of_all(base: str, bare: str, named: Sequence[Phrase]) -> Iterator[Way]:
    """What is like nothing named before: in the place of all that was ("and double blind?"), or of its first
    word ("and chronic?" after "acute neck pain")."""
    if len(named) > 1 and not any(phrase.role for phrase in named):
        yield Way(f"{base[: named[0].start]}{bare}{base[named[-1].end :]}?", readable=False)
    for other in named:
        before, after = base[: other.start], base[other.end :]
        if len(named) == 1 or (other is named[-1] and other.role != "therapy"):
            yield Way(f"{before}{bare}{after}?", readable=False)
        rest = other.text.partition(" ")[2]
        if rest and " " not in bare:
            yield Way(f"{before}{bare} {rest}{after}?", readable=False)


def together(body: str, own: Sequence[Phrase], subject: Subject) -> Iterator[Way]:
    """A question with everything that was spoken of behind it, which no one would write so."""
    text = body.rstrip(" ?.!")
    roles = {phrase.role for phrase in own} - {""}
    rest = [phrase.text for phrase in subject.phrases if phrase.role not in roles]
    rest = [name for name in rest if not name.lower().startswith(("my ", "our "))]
    if rest:
        yield Way(f"{text}, {', '.join(rest)}?", readable=False)


def put_behind(body: str, subject: Subject) -> Iterator[Way]:
    """A question without words of its own ("why?") behind the question before."""
    before, text = subject.question.rstrip(" ?.!"), body.rstrip(" ?.!")
    if text.partition(" ")[0].lower() in PREPOSITIONS:
        yield Way(f"{before} {text}?", subject.readable)
    else:
        yield Way(f"{before}, {text}?", readable=False)


def put_after(body: str, subject: Subject) -> Way:
    """A question on what was said ("was it done in people") after the one that it was said to."""
    return Way(f"{subject.question.rstrip(' ?.!')}? {body}", False, AFTER)
