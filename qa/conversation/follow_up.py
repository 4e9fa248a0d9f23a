"""A follow-up as the whole questions that it may stand for; the reader says which of them is answered.

Nothing is parsed beyond noun phrases. What "it" stands for, or what "and the neck?" takes the place of, is
not decided by rules: the likely questions are written down, and the one that the documents answer most
surely is taken to be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.lexical import stem
from qa.function_words import ADVERBS, BE, NEUTRAL, PERSONAL, PREPOSITIONS, QUESTION_WORDS
from qa.phrases import (
    Phrase,
    Token,
    asks,
    is_verb,
    kind_of,
    noun_phrases,
    phrase_end,
    phrase_of,
    role_of,
    roles_in,
    sentences,
    therapy_span,
    tokens_of,
)
from qa.words import content_words

LONGEST_FRAGMENT = 6
"""Words up to which what has no verb is no question of its own ("side effects?")."""

AS_TYPED, AFTER = 3.0, 1.0
"""`Way.doubt` of a follow-up without what was spoken of, which is answered surely on another subject ("how
long does it last"), and of the two questions after each other. Of 180 follow-ups 144 were answered like
their clean forms without the first and 160 with 2 to 6; the second matters little."""

_LEAD_IN = re.compile(
    r"(?:(?:and|but|so|or|then|also|plus|ok(?:ay)?)\b[\s,]*)*"
    r"(?:(?:what|how) about|what of|what if|(?:the )?same (?:question )?(?:for|with)|"
    r"(?:does|would) the same (?:go|apply|hold)(?: true)? (?:for|to|with)|even|only)?(?:\s+|$)",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:(?:ok(?:ay)?|right|great|good|fine|well|i see|i understand|hmm+|ah+|oh|yes|no|yeah|sure|lovely|"
    r"perfect|"
    r"interesting|wow|cheers|hi|hello|hey|please|sorry)\s*(?:[,.!:;\-–—]+|$)|"
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
# "How long does it take to …", "is it true that …": "it" stands for what follows.
_EMPTY = re.compile(r"\bit (?:takes?|took)\b.* (?:to|for) |\bit (?:is |was )?true that ", re.IGNORECASE)
_FOR = frozenset("for in on with of to against about".split())
"""Prepositions behind which one thing can take the place of another; others add to a question."""
_CLOSING = re.compile(r"(?:,? (?:too|then|as well|instead|though|also|please))+$", re.IGNORECASE)
# "Which device was it" asks for what was spoken of, and names it not.
_IDENTITY = re.compile(
    r"(?:which|what|who)\b.* (?:is|was|are|were) (?:it|that|this|they|those)", re.IGNORECASE
)
_CONDITION = re.compile(r" (?:if|when|while|because) .*$", re.IGNORECASE)
# "A bad a stiff neck", "do a machine", "infrared since when": a name put into another, or beside its verb.
_TWO_NAMES = re.compile(
    r"\b(?:an?|the|my) \w+ (?:an?|the|my) |\b(?:do|are|were|have) an? |\w (?:since|until|till) (?:when|what)",
    re.IGNORECASE,
)
_STANDS_FOR = frozenset("it its they them their".split())
_COUNTED = re.compile(r"\b(?:both|the two|which one|the other)\b", re.IGNORECASE)
_ANYBODY = frozenset("anyone anybody someone somebody people person".split())
_TOLD = re.compile(r"\b(?:was|were|did)\s+$", re.IGNORECASE)
_POINTING = frozenset("that this these those".split())
_POSSESSIVE = {"its": "'s", "their": "'s", "theirs": "'s"}
_IS = {"it's": " is", "that's": " is", "they're": " are"}
_PLURAL = frozenset({"they", "them", "these", "those", "they're", "their", "theirs", "ones"})
_AGREEING = {"do": "does", "are": "is", "were": "was", "have": "has"}


@dataclass(frozen=True, slots=True)
class Way:
    """A whole question that a follow-up may stand for.

    Attributes:
        question: The question to search for.
        readable: Whether it reads as a person would ask it, and may be shown.
        doubt: By how much more surely than others it has to be answered to be meant, in log-odds.
    """

    question: str
    readable: bool = True
    doubt: float = 0.0


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conversation is about after some turns.

    Attributes:
        question: The last question, written out.
        readable: Whether a person would ask it so.
        phrases: What was named last, one phrase for each role, and all that the last question names.
    """

    question: str = ""
    phrases: tuple[Phrase, ...] = ()
    readable: bool = True

    @property
    def therapy(self) -> Phrase | None:
        return next((phrase for phrase in reversed(self.phrases) if phrase.role == "therapy"), None)


def subject_of(turns: Sequence[str], known: Callable[[str], bool]) -> Subject:
    """What a conversation is about, from what was typed, oldest first."""
    subject = Subject()
    for turn in turns:
        text, new = without_opening(turn)
        if not text:
            continue
        if new:
            subject = Subject()
        ways = ways_of(text, subject, known)
        own = _phrases(text)
        whole = ways[0]
        if len(ways) == 1 and whole.question == text:
            kept: Iterable[Phrase] = ()
        else:
            roles = {phrase.role for phrase in own} - {""}
            kept = (phrase for phrase in subject.phrases if phrase.role not in roles)
        subject = Subject(whole.question, (*kept, *own), whole.readable)
    return subject


def without_opening(typed: str) -> tuple[str, bool]:
    """A question without thanks and the like before it, and whether it says that it begins something new."""
    text = typed.strip()
    new = False
    while True:
        found = _NEW_TOPIC.match(text)
        opening = found or _COURTESY.match(text)
        if opening is None or (opening.end() == len(text) and not found):
            return text, new
        new |= found is not None
        text = text[opening.end() :]


def ways_of(
    question: str, subject: Subject, known: Callable[[str], bool], *, tied: bool = False
) -> tuple[Way, ...]:
    """The questions that a follow-up may stand for, the likeliest first; itself alone where it stands alone.

    Args:
        question: As typed, corrected, without its opening.
        subject: What was spoken of before.
        known: Whether a word stands in the documents.
        tied: Whether it is known to go on from there, as a part of one question does.
    """
    if not subject.question:
        return (Way(question),)
    lead_in = _LEAD_IN.match(question)
    led = bool(lead_in and 0 < lead_in.end() < len(question))
    part = tied
    tied = tied or led or _COUNTED.search(question) is not None
    body = question[lead_in.end() :] if led and lead_in else question
    own = _phrases(body)
    tokens = tokens_of(body)
    pronoun = _pronoun(tokens, own)
    whole = any(asks(sentence) for sentence in sentences(body))
    fragment = not whole and (tied or len(tokens) <= LONGEST_FRAGMENT)
    words = [word.text for word in content_words(body) if word.text.lower() not in NEUTRAL]
    verbs = {token.text for at, token in enumerate(tokens) if is_verb(tokens, at)}
    told = [word for word in words if word.lower() not in ADVERBS | _ANYBODY and word not in verbs]
    typed = Way(body if whole else question, doubt=AS_TYPED)
    if fragment and not tied and len(roles_in(body) - {"aspect"}) > 1:
        return (Way(question),)
    found: list[Way] = []
    if pronoun is not None:
        found += _with_pronoun(body, pronoun, subject, known)
        found += list(_together(body, own, subject)) or list(_behind(body, subject))
        if not part and not any(way.readable for way in found):
            found.append(_after(body, subject))
        found += [typed] if words else _behind(body, subject)
    elif not words or (fragment and tokens and tokens[0].plain in QUESTION_WORDS):
        found += [*_behind(body, subject), *_together(body, own, subject)]
    elif fragment:
        put = list(_put_into(body, own, subject))
        if not put and tokens and tokens[0].plain in PREPOSITIONS:
            put = list(_behind(body, subject))
        found += [*put, *_together(body, own, subject), typed]
    elif any(phrase.role == "therapy" for phrase in own) and not tied:
        return (Way(question),)
    elif tied or all(map(known, told)):
        if not tied and any(phrase.role == "condition" for phrase in own):
            typed = replace(typed, doubt=0.0)  # "When is back pain an emergency?" has its subject
        found += [*_together(body, own, subject), *([] if part else [_after(body, subject)]), typed]
    else:
        return (Way(question),)
    return tuple(
        {way.question: replace(way, readable=way.readable and _reads(way.question)) for way in found}.values()
    )


def _reads(question: str) -> bool:
    """Whether nothing in a question that was written down tells that nobody would ask so."""
    tokens = tokens_of(question)
    long = [word.text.lower() for word in content_words(question) if len(word.text) > 3]
    stands_for = any(token.plain in _STANDS_FOR for token in tokens) and not _EMPTY.search(question)
    return not stands_for and len(set(long)) == len(long) and _TWO_NAMES.search(question) is None


def _pronoun(tokens: Sequence[Token], own: Sequence[Phrase]) -> int | None:
    """Number of the first word that stands for what was said before; None where none does."""
    if _EMPTY.search(" ".join(token.plain for token in tokens)):
        return None
    for at, token in enumerate(tokens):
        if token.plain not in NEUTRAL or token.plain in ("one", "ones", "both"):
            continue
        if token.plain in _POINTING and any(phrase.start <= token.end + 1 <= phrase.end for phrase in own):
            continue
        if token.plain in _PLURAL and any(phrase.plural and phrase.end <= token.start for phrase in own):
            return None
        return at
    return None


def _with_pronoun(text: str, at: int, subject: Subject, known: Callable[[str], bool]) -> Iterator[Way]:
    """A question with what its pronoun most likely stands for in the place of it."""
    token = tokens_of(text)[at]
    before, after = text[: token.start], text[token.end :]
    if re.search(r"\bof\s+$", before) or _IDENTITY.fullmatch(text.strip(" ?.!")):
        return
    asked_for = _asked_for(subject)
    if asked_for and asked_for[1] == (token.plain in _PLURAL):
        yield Way(before + asked_for[0] + (_POSSESSIVE.get(token.plain) or _IS.get(token.plain, "")) + after)
    named_itself = any(phrase.role == "therapy" for phrase in _phrases(text))
    for name, plural in _meant(subject, named_itself, token.plain in _PLURAL):
        # What the documents never speak of may be no noun at all ("it is dealt with").
        named = all(map(known, (word.text for word in content_words(name))))
        name += _POSSESSIVE.get(token.plain, "") or _IS.get(token.plain, "")
        if token.plain in _PLURAL and not plural:
            before = re.sub(
                r"\b(do|are|were|have)(\s+)$",
                lambda found: _AGREEING[found[1].lower()] + found[2],
                before,
                flags=re.IGNORECASE,
            )
        # "Is that proven" and "was it done in people" speak of what was said, and not of the therapy.
        told = token.plain in ("that", "this") or _TOLD.search(text[: token.start]) is not None
        readable = named and (not plural or token.plain in _PLURAL) and not told
        yield Way(before + name + after, readable)


def _asked_for(subject: Subject) -> tuple[str, bool] | None:
    """What the question before asks for ("the guideline that recommends laser"), and whether it is plural."""
    text = subject.question.rstrip(" ?.!")
    tokens = tokens_of(text)
    if not subject.readable or len(tokens) < 3 or tokens[0].plain not in ("which", "what"):
        return None
    end = phrase_end(tokens, 1)
    if not 1 < end < len(tokens) or not (is_verb(tokens, end) or tokens[end].plain in BE):
        return None
    phrase = phrase_of(text, tokens, 1, end)
    return f"the {phrase.text} that{text[phrase.end :]}", phrase.plural


def _meant(subject: Subject, names_therapy: bool, plural: bool) -> Iterator[tuple[str, bool]]:
    """What "it" or "they" may stand for, and whether it is plural.

    That is the therapy, or what else alone was asked about; for "they" sooner things that are several.
    """
    therapy = subject.therapy
    things = [phrase for phrase in subject.phrases if phrase.plural and not phrase.role]
    if plural and things and not things[-1].text.startswith("many "):
        yield things[-1].text, True
    if therapy and not names_therapy:
        start, end = therapy_span(therapy.text) or (0, len(therapy.text))
        yield therapy.text[start:end], therapy.plural and end == len(therapy.text)
    for phrase in subject.phrases:
        if phrase is therapy or phrase.text.startswith(("my ", "many ")):
            continue
        alone = therapy is None or names_therapy
        if phrase.role == "body" or (alone and phrase.role in ("", "condition")):
            yield phrase.text, phrase.plural
            return


def _put_into(body: str, own: Sequence[Phrase], subject: Subject) -> Iterator[Way]:
    """The question before, with what a fragment names in the place of what is like it."""
    base = subject.question.rstrip(" ?.!")
    named = _phrases(base)
    bare = _CLOSING.sub("", body.strip(" ,.?!;:"))
    if any(token.plain in PERSONAL for token in tokens_of(bare)):
        yield Way(f"{base} if {bare}?", readable=False)  # "What if I'm on blood thinners"
        return
    new = next(iter(own), None)
    if new is None or not new.role:
        # Names are typed without their capitals.
        new = Phrase(bare, 0, len(bare), role_of(bare.upper()), kind_of(bare.upper()))
    alike = [other for other in named if other.kind == new.kind] or [
        other for other in named if other.role == new.role
    ]
    leads = tokens_of(bare)[0].plain in PREPOSITIONS
    if next((t.plain for t in tokens_of(bare) if t.plain not in ADVERBS), "") in PREPOSITIONS - _FOR:
        return
    rest = bare[tokens_of(bare)[0].end :].strip() if leads else bare
    if len(own) == 1 and rest.startswith(new.text):
        new = replace(new, text=rest)  # "Home use", and not "home"
    same = bool(alike) and alike[0].kind == new.kind
    general = _CONDITION.sub("", base)
    if general != base and new.role in ("condition", "circumstance") and not same:
        yield Way(f"{general} with {new.text}?", subject.readable)
        return
    if not alike or not new.role:
        yield from _behind(bare, subject) if leads else _in_place_of_all(base, bare, named)
        return
    for other in alike[:1]:
        start, end = therapy_span(other.text) or (0, len(other.text))
        before, after = base[: other.start + start], base[other.start + end :]
        said = {stem(token.plain) for token in tokens_of(before + after)}
        if _COUNTED.match(new.text) or said & {stem(token.plain) for token in tokens_of(new.bare)}:
            return  # "The other therapy" names none, and "class 1" after "which classes" is no exchange.
        if not start:
            yield Way(f"{before}{new.text}{after}?", subject.readable)
        else:
            before = re.sub(r"\ban? $", "an " if new.bare[:1].lower() in "aeiou" else "a ", before)
            yield Way(f"{before}{new.bare}{after}?", subject.readable)


def _in_place_of_all(base: str, bare: str, named: Sequence[Phrase]) -> Iterator[Way]:
    """What is like nothing named before: in the place of all that was ("and double blind?"), or of its first
    word ("and chronic?" after "acute neck pain")."""
    if len(named) > 1 and not any(phrase.role for phrase in named):
        yield Way(f"{base[: named[0].start]}{bare}{base[named[-1].end :]}?", readable=False)
    for other in named:
        before, after = base[: other.start], base[other.end :]
        if len(named) == 1:
            yield Way(f"{before}{bare}{after}?", readable=not after.strip())
        rest = other.text.partition(" ")[2]
        if rest and " " not in bare:
            yield Way(f"{before}{bare} {rest}{after}?", readable=False)


def _together(body: str, own: Sequence[Phrase], subject: Subject) -> Iterator[Way]:
    """A question with everything that was spoken of behind it, which no one would write so."""
    text = body.rstrip(" ?.!")
    roles = {phrase.role for phrase in own} - {""}
    rest = [phrase.text for phrase in subject.phrases if phrase.role not in roles]
    rest = [name for name in rest if not name.lower().startswith(("my ", "our "))]
    if rest:
        yield Way(f"{text}, {', '.join(rest)}?", readable=False)


def _behind(body: str, subject: Subject) -> Iterator[Way]:
    """A question without words of its own ("why?") behind the question before."""
    before, text = subject.question.rstrip(" ?.!"), body.rstrip(" ?.!")
    if text.partition(" ")[0].lower() in PREPOSITIONS:
        yield Way(f"{before} {text}?", subject.readable)
    else:
        yield Way(f"{before}, {text}?", readable=False)


def _after(body: str, subject: Subject) -> Way:
    """A question on what was said ("was it done in people") after the one that it was said to."""
    return Way(f"{subject.question.rstrip(' ?.!')}? {body}", False, AFTER)


def _phrases(text: str) -> tuple[Phrase, ...]:
    return tuple(noun_phrases(text, tokens_of(text)))
