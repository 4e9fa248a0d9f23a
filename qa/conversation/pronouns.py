"""What "it" and "they" of a follow-up may stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from qa.conversation.ways import Subject, Way, phrases_in
from qa.function_words import BE, FUNCTION_WORDS, NEUTRAL
from qa.phrases import Phrase, Token, is_verb, phrase_end, phrase_of, therapy_span, tokens_of
from qa.words import content_words

# "How long does it take to …", "is it true that …": "it" stands for what follows.
EMPTY = re.compile(
    r"\bit (?:takes?|took)\b.* (?:to|for) |\bit (?:is |was )?true that |\bis (?:it|that|this) true$",
    re.IGNORECASE,
)
# "Which device was it" asks for what was spoken of, and names it not.
_IDENTITY = re.compile(
    r"(?:which|what|who)\b.* (?:is|was|are|were) (?:it|that|this|they|those)", re.IGNORECASE
)
_TOLD = re.compile(r"\b(?:was|were|did)\s+$", re.IGNORECASE)
_POINTING = frozenset("that this these those".split())
_POSSESSIVE = {"its": "'s", "their": "'s", "theirs": "'s"}
_IS = {"it's": " is", "that's": " is", "they're": " are"}
_PLURAL = frozenset({"they", "them", "these", "those", "they're", "their", "theirs", "ones"})
_AGREEING = {"do": "does", "are": "is", "were": "was", "have": "has"}


def pronoun_in(tokens: Sequence[Token], own: Sequence[Phrase]) -> int | None:
    """Number of the first word that stands for what was said before; None where none does."""
    if EMPTY.search(" ".join(token.plain for token in tokens)):
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


def with_pronoun(text: str, at: int, subject: Subject, known: Callable[[str], bool]) -> Iterator[Way]:
    """A question with what its pronoun most likely stands for in the place of it."""
    tokens = tokens_of(text)
    token = tokens[at]
    # "Its" is often typed for "it's": "its for my cousin".
    slip = token.plain == "its" and any(word.plain in FUNCTION_WORDS for word in tokens[at + 1 : at + 2])
    before, after = text[: token.start], text[token.end :]
    if re.search(r"\bof\s+$", before) or _IDENTITY.fullmatch(text.strip(" ?.!")):
        return
    asked_for = _asked_for(subject)
    if asked_for and asked_for[1] == (token.plain in _PLURAL):
        yield Way(before + asked_for[0] + (_POSSESSIVE.get(token.plain) or _IS.get(token.plain, "")) + after)
    named_itself = any(phrase.role == "therapy" for phrase in phrases_in(text))
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
        # "Is that proven" and "was it done in people" speak of what was said, and not of the therapy; what
        # "it's" begins is told more often than asked.
        told = token.plain in ("that", "this", *_IS) or _TOLD.search(text[: token.start]) is not None
        readable = named and (not plural or token.plain in _PLURAL) and not told and not slip
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
    # What hurts is spoken of sooner than what no table knows ("one finger").
    for phrase in sorted(subject.phrases, key=lambda phrase: not phrase.role):
        if phrase is therapy or phrase.text.startswith(("my ", "many ")):
            continue
        alone = therapy is None or names_therapy
        if phrase.role == "body" or (alone and phrase.role in ("", "condition")):
            yield phrase.text, phrase.plural
            return
