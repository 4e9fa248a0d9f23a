"""The pronouns of a question that stand for something said in an earlier turn, replaced by it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.conversation.antecedents import RELATIVE, Turn, antecedent, condition, with_condition
from qa.conversation.function_words import (
    ADVERBS,
    AUXILIARIES,
    FUNCTION_WORDS,
    NEUTRAL,
    PERSONAL,
    PREDICATES,
    PREPOSITIONS,
)
from qa.conversation.grammar import parse, sentences
from qa.conversation.phrases import Phrase, Token, is_verb, noun_phrases, tokens_of
from qa.conversation.phrasing import agreeing
from qa.conversation.stand_ins import with_counted, with_pair, with_person
from qa.conversation.topics import Topics

_SINGULAR = frozenset({"it", "its", "it's", "this", "that", "that's", "one"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "they're", "these", "those", "ones"})
_POSSESSIVE = frozenset({"its", "their", "theirs"})
_GENERIC = re.compile(
    r"\b(?:th(?:is|at|ese|ose|e)|such(?: an?)?|(?:this|that) (?:kind|sort|type) of|the same)\s+"
    r"(therap(?:y|ies)|treatments?|devices?|methods?|approach|technique|stuff|thing|thingy|gadgets?|"
    r"machines?|products?)\b",
    re.IGNORECASE,
)
_THINGS = frozenset({"device", "devices", "gadget", "gadgets", "machine", "machines", "product", "products"})
# "It" that stands for nothing ("is it true that", "does it take long for"), up to what does stand for it.
_EMPTY = re.compile(
    r"it(?:['’]s)?\s+(?:\w+\s+){0,3}?(?:to\s+\w+|that|if|whether|for\s.{1,30}?\sto)\b|"
    r"it\s+(?:take|matter|seem|depend|look|cost)s?\b",
    re.IGNORECASE,
)
# "Where does it hurt with that": nothing that hurts is meant, and that from which one suffers.
_WHERE_IT_HURTS = re.compile(r"\bwhere does (it) (?:hurt|ache|tingle|burn|itch|start)\b", re.IGNORECASE)
# "Is it safe to use with gabapentin": what is used was left out, and "it" stands for that.
_OBJECT_LEFT_OUT = re.compile(
    r"\s*(?:$|\?|(?:with|at|on|in|for|every|daily|alongside|while|when|after|before|during|too|and)\b)"
)
_SOMEONE = re.compile(
    r"\b(?:someone|somebody|anyone|anybody|people|everyone|everybody|nobody|who)\b", re.IGNORECASE
)
# What is said of an illness, and not of a therapy.
_OF_ILLNESS = re.compile(
    r"\b(?:serious|permanent|curable|hereditary|contagious|catching|spread|get worse|getting worse|go "
    r"away|come back|normal|"
    r"an emergency|fatal|progressive)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"[.,;!?]")
LONGEST_TOLD = 8
"""Words of a statement up to which its "it" may go back to an earlier turn ("my GP says it is no use")."""

_SAYING = frozenset("say claim think recommend call mean tell know advise suggest mention state".split())
_NO_AGENTS = frozenset({"condition", "circumstance", "aspect"})
"""Roles of what "it" seldom stands for within one question: "is it safe when my feet are numb"."""

_PEOPLE = re.compile(
    r"(?:my|our|your|the|a|his|her) (?:\w+ )?(?:gp|doctor|physio|physiotherapist|nurse|consultant|"
    r"surgeon|therapist|"
    r"chiropractor|pharmacist|neurologist|midwife|dentist|osteopath|insurer|clinic|hospital)s?",
    re.IGNORECASE,
)
_ABSTRACT = frozenset(
    "difference point use reason problem catch chance way idea downside benefit advantage success rate "
    "sort type "
    "kind evidence proof time times cost price limit maximum part".split()
)
# "I have it in my hands": one has an illness, and not a therapy.
_HAD = re.compile(
    r"^(?:\s*(?:and|but|well)\b)?\s*(?:i|we|he|she|my \w+) (?:also )?(?:have|has|had|got|get|suffer from|"
    r"'ve got) it$",
    re.IGNORECASE,
)


def with_antecedents(text: str, turns: Sequence[Turn], topics: Topics) -> str:
    """A question with what its pronouns stand for; unchanged where none stands for anything said before."""
    text = with_person(text, turns)
    text = with_pair(text, turns, topics)
    text = with_counted(text, turns, topics)
    singular = antecedent(turns, topics)
    if singular is None:
        return text
    own = tuple(noun_phrases(text, tokens_of(text)))
    described = _GENERIC.search(text)
    if described and not any(topics.is_subject(phrase) for phrase in own if phrase.text not in described[0]):
        name = with_condition(singular, turns, text) if _open_to_condition(text, own) else singular.bare
        if described[1].lower() in _THINGS and described[1] not in singular.text:
            name = f"the {singular.bare} {described[1]}"
        return text[: described.start()] + name + text[described.end() :]
    at = _pronoun(text, own, turns, topics)
    if at is None:
        return text
    tokens = tokens_of(text)
    token = tokens[at]
    phrase = _meant(text, token, own, turns, topics)
    if phrase is None:
        return text
    name = with_condition(phrase, turns, text) if _open_to_condition(text, own) else phrase.text
    before, after = text[: token.start], text[token.end :]
    if re.search(r"\bhow many of $", before, re.IGNORECASE):
        return f"{before[: -len('of ')]}{phrase.bare}{after}"
    if token.plain in _POSSESSIVE:
        name += "'" if name.endswith("s") else "'s"
    elif token.plain in ("it's", "that's", "they're"):
        name += " are" if phrase.plural else " is"
    elif at and _inverted(tokens, at - 1):
        verb = tokens[at - 1]
        before = f"{text[: verb.start]}{agreeing(verb.text, phrase)}{text[verb.end : token.start]}"
    return before + name + after


def _meant(
    text: str, token: Token, own: Sequence[Phrase], turns: Sequence[Turn], topics: Topics
) -> Phrase | None:
    """What a pronoun stands for; what one has, or what a therapy does something to, is the illness."""
    had = _HAD.search(text[: token.end])
    treated = any(phrase.role == "therapy" and phrase.end <= token.start for phrase in own)
    suffered = token.plain == "it" and (had or treated)
    if (suffered or _WHERE_IT_HURTS.search(text)) and condition(turns):
        return condition(turns)
    return antecedent(turns, topics, plural=token.plain in _PLURAL)


def _inverted(tokens: Sequence[Token], at: int) -> bool:
    """Whether an auxiliary stands before its subject, and so has to agree with what is put there."""
    if tokens[at].plain not in ("is", "are", "was", "were", "do", "does", "has", "have"):
        return False
    return at == 0 or tokens[at - 1].plain in FUNCTION_WORDS - PERSONAL - NEUTRAL - ADVERBS


def _open_to_condition(text: str, own: Sequence[Phrase]) -> bool:
    """Whether a question leaves open for what or whom it asks."""
    return not any(phrase.role in ("condition", "circumstance") for phrase in own)


def _pronoun(text: str, own: Sequence[Phrase], turns: Sequence[Turn], topics: Topics) -> int | None:
    """Number of the first word that stands for something of an earlier turn; None where none does."""
    tokens = tokens_of(text)
    for at, token in enumerate(tokens):
        if token.plain not in _SINGULAR | _PLURAL or not _stands_alone(tokens, at):
            continue
        before = [phrase for phrase in own if phrase.end <= token.start]
        if token.plain in _PLURAL:
            if any(phrase.plural for phrase in before) or _SOMEONE.search(text[: token.start]):
                return None
            said_by_them = at + 1 < len(tokens) and tokens[at + 1].plain in _SAYING
            if said_by_them or any(map(topics.is_subject, own)):
                continue
            return at
        therapies = [phrase for phrase in before if phrase.role == "therapy"]
        if any(_CLOSES.search(text, phrase.end, token.start) for phrase in therapies):
            return None
        hurting = any(phrase.role == "condition" for phrase in before)
        treats = condition(turns) if token.plain == "it" and _is_object(text, token) and not hurting else None
        if any(_can_be_meant(text, phrase, treats) for phrase in before):
            return None
        told_of = hurting or any(phrase.role == "circumstance" for phrase in before)
        of_that = token.plain != "it" or _is_told(text, token) or _OF_ILLNESS.search(text[token.end :])
        if told_of and (of_that or therapies):
            return None
        if _is_empty(text, token, own):
            continue
        # "It's probably the chemo, but my back …" tells a story of its own.
        if _is_told(text, token) and (len(tokens) > LONGEST_TOLD or any(map(topics.is_subject, own))):
            return None
        return at
    return None


def _can_be_meant(text: str, phrase: Phrase, treats: Phrase | None) -> bool:
    """Whether "it" may stand for a noun phrase that stands before it in the same question."""
    if phrase.plural or phrase.role in _NO_AGENTS or phrase.role == "body":
        return False
    if _PEOPLE.fullmatch(phrase.text) or RELATIVE.fullmatch(phrase.text) or phrase.bare.lower() in _ABSTRACT:
        return False
    if treats is not None and phrase.role == "therapy":
        return False
    words = text[: phrase.start].split()
    return not words or words[-1].lower() not in ("what", "which", "whose", "how")


def _is_object(text: str, token: Token) -> bool:
    """Whether a pronoun ends its clause, as what something is done to ("can infrared cure it")."""
    return re.match(r"\s*(?:$|[.?!,])", text[token.end :]) is not None


def _is_told(text: str, token: Token) -> bool:
    """Whether a word stands in a sentence that tells something, and does not ask."""
    starts = [text.find(sentence) for sentence in sentences(text)]
    start = max((start for start in starts if start <= token.start), default=0)
    sentence = next(sentence for sentence in sentences(text) if text.find(sentence) == start)
    return parse(sentence).build == "statement" and "?" not in sentence


def _is_empty(text: str, token: Token, own: Sequence[Phrase]) -> bool:
    """Whether "it" stands for nothing ("is it true that …"): what is meant follows then."""
    hurts = _WHERE_IT_HURTS.search(text)
    if hurts and hurts.start(1) == token.start:
        return True
    described = _EMPTY.match(text, token.start)
    if not described or (" to " in described[0] and _OBJECT_LEFT_OUT.match(text, described.end())):
        return False
    takes = described[0].lower().startswith(("it take", "it depend"))
    named = [phrase for phrase in own if takes or phrase.start >= token.end]
    return any(phrase.role in ("therapy", "") for phrase in named)


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether "that", "this" or "these" is a pronoun here, and no article or link."""
    word = tokens[at].plain
    following = tokens[at + 1].plain if at + 1 < len(tokens) else ""
    before = tokens[at - 1].plain if at else ""
    if word in ("one", "ones"):
        return False
    if word not in ("that", "this", "these", "those"):
        return True
    ends = not following or following in PREPOSITIONS | AUXILIARIES | ADVERBS | PREDICATES | {
        "and",
        "or",
        "if",
    }
    if before in PREPOSITIONS:
        return ends
    opens = not before or before in AUXILIARIES | PERSONAL | {"and", "but", "so", "if", "or", "because"}
    return (opens or is_verb(tokens, at - 1)) and (ends or is_verb(tokens, at + 1))
