"""A follow-up as the whole questions that it may stand for; the reader says which of them is answered.

Nothing is parsed beyond noun phrases. What "it" stands for, or what "and the neck?" takes the place of, is
not decided by rules: the likely questions are written down, and the one that the documents answer most
surely is taken to be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qa.conversation.fragments import COUNTED, put_after, put_behind, put_into, together
from qa.conversation.openings import without_opening
from qa.conversation.pronouns import EMPTY, pronoun_in, with_pronoun
from qa.conversation.ways import AS_TYPED, Subject, Way, phrases_in
from qa.function_words import ADVERBS, NEUTRAL, PREPOSITIONS, QUESTION_WORDS
from qa.phrases import Phrase, asks, is_verb, roles_in, sentences, tokens_of
from qa.words import content_words

LONGEST_FRAGMENT = 6
"""Words up to which what has no verb is no question of its own ("side effects?")."""

_LEAD_IN = re.compile(
    r"(?:(?:and|but|so|or|then|also|plus|ok(?:ay)?)\b[\s,]*)*"
    r"(?:(?:what|how) about|what of|what if|(?:the )?same (?:question )?(?:for|with)|"
    r"(?:does|would) the same (?:go|apply|hold)(?: true)? (?:for|to|with)|even|only)?(?:\s+|$)",
    re.IGNORECASE,
)
# "A bad a stiff neck", "do a machine", "infrared since when": a name put into another, or beside its verb.
_TWO_NAMES = re.compile(
    r"\b(?:an?|the|my) \w+ (?:an?|the|my) |\b(?:do|are|were|have) an? |\w (?:since|until|till) (?:when|what)",
    re.IGNORECASE,
)
_STANDS_FOR = frozenset("it its they them their".split())
_ANYBODY = frozenset("anyone anybody someone somebody people person".split())


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
        # Of what is only told, the names that tables know: "he was a tailor" is no subject.
        asked = [sentence for sentence in sentences(text) if asks(sentence)] or [text]
        own = [
            phrase
            for phrase in phrases_in(text)
            if phrase.role or any(phrase.text in sentence for sentence in asked)
        ]
        whole = ways[0]
        if len(ways) == 1 and whole.question == text:
            kept: Iterable[Phrase] = ()
        else:
            roles = {phrase.role for phrase in own} - {""}
            kept = (phrase for phrase in subject.phrases if phrase.role not in roles)
        subject = Subject(whole.question, (*kept, *own), whole.readable)
    return subject


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
    tied = tied or led or COUNTED.search(question) is not None
    body = question[lead_in.end() :] if led and lead_in else question
    own = phrases_in(body)
    tokens = tokens_of(body)
    pronoun = pronoun_in(tokens, own)
    whole = any(asks(sentence) for sentence in sentences(body))
    fragment = not whole and (tied or len(tokens) <= LONGEST_FRAGMENT)
    words = [word.text for word in content_words(body) if word.text.lower() not in NEUTRAL]
    verbs = {token.text for at, token in enumerate(tokens) if is_verb(tokens, at)}
    told = [word for word in words if word.lower() not in ADVERBS | _ANYBODY and word not in verbs]
    as_typed = Way(body if whole else question, doubt=AS_TYPED)
    if fragment and not tied and len(roles_in(body) - {"aspect"}) > 1:
        return (Way(question),)
    found: list[Way] = []
    if pronoun is not None:
        found += with_pronoun(body, pronoun, subject, known)
        found += list(together(body, own, subject)) or list(put_behind(body, subject))
        if not part and not any(way.readable for way in found):
            found.append(put_after(body, subject))
        found += [as_typed] if words else put_behind(body, subject)
    elif not words or (fragment and tokens and tokens[0].plain in QUESTION_WORDS):
        found += [*put_behind(body, subject), *together(body, own, subject)]
    elif fragment:
        # Into a story nothing can be put.
        told_before = len(sentences(subject.question)) > 1
        put = [put_after(body, subject)] if told_before else list(put_into(body, own, subject))
        if not put and tokens and tokens[0].plain in PREPOSITIONS:
            put = list(put_behind(body, subject))
        found += [*put, *together(body, own, subject), as_typed]
    elif any(phrase.role == "therapy" for phrase in own) and not tied:
        return (Way(question),)
    else:
        # "When is back pain an emergency?" has its subject; behind another, that one would be answered.
        # So may what has a word that stands nowhere.
        own_subject = any(phrase.role == "condition" for phrase in own) or not all(map(known, told))
        if own_subject and not tied:
            as_typed = replace(as_typed, doubt=0.0)
        after = [] if part or (own_subject and not tied) else [put_after(body, subject)]
        found += [*together(body, own, subject), *after, as_typed]
    # In what tells, or says several things, "it" is often no thing that was spoken of ("ok, leave it").
    asked_alone = len(sentences(body)) == 1 and (whole or not verbs)
    return tuple(
        {
            way.question: replace(way, readable=way.readable and asked_alone and _reads(way.question))
            for way in found
        }.values()
    )


def _reads(question: str) -> bool:
    """Whether nothing in a question that was written down tells that nobody would ask so."""
    tokens = tokens_of(question)
    long = [word.text.lower() for word in content_words(question) if len(word.text) > 3]
    stands_for = any(token.plain in _STANDS_FOR for token in tokens) and not EMPTY.search(question)
    return not stands_for and len(set(long)) == len(long) and _TWO_NAMES.search(question) is None
