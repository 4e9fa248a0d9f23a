"""What a follow-up leaves out beside what pronouns stand for: its verb, a counted noun, the therapy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import stem
from qa.conversation.antecedents import Turn, antecedent
from qa.conversation.function_words import BE
from qa.conversation.phrases import Phrase, roles_in, tokens_of
from qa.conversation.phrasing import in_brackets
from qa.conversation.topics import Topics

_DO_THAT = re.compile(
    r"^(?P<before>.*\b(?:do|does|did|can|could|will|would) )(?P<subject>\S.*?) do "
    r"(?:that|it|so|this|the same(?: thing)?)(?P<after>\b.*)$",
    re.IGNORECASE,
)
_FEWER = re.compile(r"\b(?:fewer|less|more|enough|any|none)$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:first|beforehand|before that)[ ?.!]*$", re.IGNORECASE)
_SUITABLE = re.compile(
    r"\b(?:safe|ok|okay|all ?right|allowed|suitable|may|should|who|can (?:i|we|he|she|people))\b",
    re.IGNORECASE,
)
_TELLING = frozenset({"implant", "person"})


def with_verb(text: str, turns: Sequence[Turn]) -> str:
    """ "Does the lamp do that too?" with what was asked of another before: "Does the lamp ease pain too?"."""
    base = turns[-1].clause
    found = _DO_THAT.match(text.rstrip(" ?"))
    if not found or not base.auxiliary or base.auxiliary.lower() in BE or not base.rest:
        return text
    if "therapy" not in roles_in(found["subject"]) or roles_in(found["after"]) & {"condition"}:
        return text
    return f"{found['before']}{found['subject']} {base.rest}{found['after']}?"


def with_counted_noun(text: str, turns: Sequence[Turn]) -> str:
    """ "Would laser mean fewer?" with what there may be fewer of."""
    bare = text.rstrip(" ?.!")
    if not _FEWER.search(bare) or len(tokens_of(bare)) < 3:
        return text
    several = [phrase for phrase in turns[-1].phrases if phrase.plural and phrase.kind != "person"]
    others = [phrase for phrase in several if phrase.role != "condition"] or several
    return f"{bare} {others[-1].bare}?" if others else text


def with_therapy(text: str, turns: Sequence[Turn], topics: Topics) -> str:
    """A question about a person with the therapy spoken of, where it leaves that out ("should she rest?")."""
    phrase = antecedent(turns, topics)
    if phrase is None or phrase.role != "therapy" or roles_in(text) & {"therapy", "condition"}:
        return text
    if _BEFORE.search(text):
        return _BEFORE.sub(f"before {phrase.text}?", text)
    return in_brackets(text, phrase.text)


def suits(fragment: Sequence[Phrase], body: str, turns: Sequence[Turn], about: str) -> str | None:
    """ "And with a pacemaker?", after a question of another sort, as whether the therapy is safe so."""
    telling = [phrase for phrase in fragment if phrase.kind in _TELLING and phrase.role == "circumstance"]
    if not telling or _SUITABLE.search(turns[-1].text) or len(fragment) > 1:
        return None
    own = {stem(token.plain) for token in tokens_of(about)}
    if own & {stem(token.plain) for token in tokens_of(telling[0].text)}:
        return None
    preposition = re.match(r"(?:with|in|during|for|after)\b", body, re.IGNORECASE)
    return f"Is {about} safe {'' if preposition else 'with '}{body}?"
