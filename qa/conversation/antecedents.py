"""What an earlier turn of a conversation was about, and so what "it", "they" or "she" may stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.lexical import stem
from qa.conversation.function_words import BE
from qa.conversation.grammar import Clause, parse, sentences
from qa.conversation.phrases import Phrase, tokens_of
from qa.conversation.topics import Topics

RELATIVE = re.compile(
    r"\b(?:my|our) (?:\w+[ -])??(?:father|mother|mum|mom|dad|wife|husband|partner|son|daughter|brother|"
    r"sister|"
    r"friend|child|boy|girl|grandmother|grandfather|gran|nan|grandad|grandma|grandpa|aunt|uncle|neighbour|"
    r"mother-in-law|father-in-law|baby|boyfriend|girlfriend|patient|client|cousin|niece|nephew)\b",
    re.IGNORECASE,
)
"""A person of the asker's, whom "he" or "she" may stand for later."""

_MEN = re.compile(
    r"(?:father|dad|husband|son|brother|boy|grandfather|grandad|grandpa|uncle|boyfriend|nephew|father-in-law)$",
    re.IGNORECASE,
)
_WOMEN = re.compile(
    r"(?:mother|mum|mom|wife|daughter|sister|girl|grandmother|gran|nan|grandma|aunt|girlfriend|niece|mother-in-law)$",
    re.IGNORECASE,
)
_OF_OUTCOME = re.compile(
    r"\b(?:help|work|works|effective|better|worse|last|lasts|relie\w+|improve\w*|prove\w*|proof|evidence|tested|"
    r"stud(?:y|ies)|trials?|research|results?|recommend\w*|cover\w*|how (?:long|soon|often|many|deep)|"
    r"sessions?|doses?|cures?|eases?|good|worth|benefits?|useful|useless|insurance|pay|pays|more|why)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset({stem("therapy"), stem("treatment")})


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked before, written out.

    Attributes:
        text: The question.
        clause: Its last sentence.
        phrases: Its noun phrases: those of the last sentence first.
    """

    text: str
    clause: Clause
    phrases: tuple[Phrase, ...]


def turn_of(text: str) -> Turn | None:
    """A question as a turn; None where it says nothing that can be come back to ("thanks")."""
    clauses = [parse(sentence) for sentence in sentences(text)]
    phrases = tuple(phrase for clause in reversed(clauses) for phrase in clause.phrases)
    return Turn(text, clauses[-1], phrases) if phrases else None


def antecedent(turns: Sequence[Turn], topics: Topics, *, plural: bool = False) -> Phrase | None:
    """The noun phrase that "it", or "they", stands for: of the last turn.

    Its subject before all others. For "they" a plural first; for "it" a therapy or a subject of the
    documents before an illness, and that before a person, an organisation or a mere aspect of something
    ("side effects").
    """
    if not turns:
        return None
    turn = turns[-1]
    subject = turn.clause.subject
    phrases = [phrase for phrase in (subject, *turn.phrases) if phrase]
    several = [phrase for phrase in phrases if phrase.plural]
    if plural and several:
        return several[0]
    if subject and (subject.is_trial or _is_defined(turn.clause, subject)):
        return subject
    therapies = [phrase for phrase in phrases if phrase.role == "therapy"]
    things = [phrase for phrase in phrases if phrase.role in ("condition", "")]
    return next(
        iter(
            [phrase for phrase in therapies if not phrase.plural]
            or therapies
            or [phrase for phrase in (*turn.phrases, *phrases) if topics.is_subject(phrase)]
            or [phrase for phrase in things if phrase is subject]
            or things
            or phrases
        ),
        None,
    )


def _is_defined(clause: Clause, subject: Phrase) -> bool:
    """Whether it was asked what something is: "what is nitric oxide for in infrared therapy"."""
    asks = clause.wh.lower() == "what" and clause.auxiliary.lower() in BE
    return asks and subject.role in ("", "condition") and bool(clause.rest)


def condition(turns: Sequence[Turn]) -> Phrase | None:
    """The illness, symptom or part of the body that the last turn named."""
    return next((phrase for phrase in turns[-1].phrases if phrase.role == "condition"), None)


def topic(turns: Sequence[Turn], topics: Topics, asked: str) -> str | None:
    """What the conversation is about, as far as it matters for what is asked now."""
    phrase = antecedent(turns, topics)
    return with_condition(phrase, turns, asked) if phrase else None


def with_condition(phrase: Phrase, turns: Sequence[Turn], asked: str) -> str:
    """A therapy with the illness or part of the body that it was spoken of for, where the answer hangs on it.

    Whether it works, and how long that lasts, is asked of a therapy for something; what it costs, whether
    it hurts and whether it can be had at home is asked of the therapy, whatever it is for.
    """
    if phrase.role != "therapy" or not _OF_OUTCOME.search(asked):
        return phrase.text
    own = {stem(token.plain) for token in tokens_of(phrase.text)}
    for other in turns[-1].phrases:
        if other.role == "condition" and not own & {stem(token.plain) for token in tokens_of(other.text)}:
            return f"{phrase.text} for {other.text}"
    return phrase.text


def person(turns: Sequence[Turn], pronoun: str) -> str | None:
    """Whom "he" or "she" stands for: the last relative or friend who was named and may be called so."""
    other = _WOMEN if pronoun in ("he", "him", "his", "he's") else _MEN
    for turn in reversed(turns):
        for name in reversed(RELATIVE.findall(turn.text)):
            if not other.search(name):
                return str(name).lower()
    return None


def pair(turns: Sequence[Turn], topics: Topics) -> tuple[str, str] | None:
    """The two therapies that "both" or "which one" stands for: of the conversation, else of the documents."""
    names: list[str] = []
    told: set[str] = set()
    for turn in reversed(turns):
        for phrase in turn.phrases:
            words = {stem(token.plain) for token in tokens_of(phrase.bare)} - _GENERIC
            if phrase.role == "therapy" and not words & told and words:
                names.append(phrase.bare)
                told |= words
            if len(names) == 2:
                return names[0], names[1]
    other = topics.other_than(names) if names else None
    return (names[0], other) if other else None
