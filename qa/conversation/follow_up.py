"""A follow-up written out as a question of its own: what its pronouns and gaps stand for.

Each rule takes one way in which people leave out what was said before, and works on the build of the
question and of the one before it. What no rule understands gets the topic added in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import stem
from qa.conversation.antecedents import Turn, antecedent, condition, with_condition
from qa.conversation.asking_back import Rewriting, ask_back
from qa.conversation.ellipsis import fill_in
from qa.conversation.function_words import BE, FUNCTION_WORDS, QUESTION_WORDS
from qa.conversation.grammar import Clause, parse, sentences
from qa.conversation.left_out import with_counted_noun, with_therapy, with_verb
from qa.conversation.phrases import Phrase, role_of, roles_in, tokens_of
from qa.conversation.phrasing import asked, capital, in_brackets, without_lead_in
from qa.conversation.pronouns import with_antecedents
from qa.conversation.stand_ins import with_person
from qa.conversation.topics import Topics

LONGEST_FRAGMENT = 10
"""Words up to which "and" ties what follows to the question before ("and my mother, who is diabetic?")."""

_COURTESY = re.compile(
    r"(?:(?:ok(?:ay)?|right|great|good|fine|well|i see|i understand|hmm+|ah+|oh|yes|no|yeah|sure|lovely|"
    r"perfect|"
    r"interesting|wow|cheers|hi|hello|hey|please|sorry)\s*(?:[,.!:;\-–—]+|$)|"
    r"(?:ok(?:ay)?|thanks|thank you|thx|cheers)(?: so much| very much| a lot| for that)?\b[\s,.!:;\-–—]*)\s*",
    re.IGNORECASE,
)
_NEW_TOPIC = re.compile(
    r"(?:and\s+|but\s+|now\s+)?(?:"
    r"(?:(?:a|on a|an|one)\s+)?(?:\w+ly\s+)?(?:different|another|new|separate|other|unrelated)\s+"
    r"(?:thing|question|topic|subject|matter|note|point)|"
    r"change of (?:topic|subject)|(?:now )?(?:to |for )?something (?:else|different)|"
    r"forget (?:about )?(?:that|it)|never ?mind(?: (?:that|about that))?|leave that|by the way|btw)"
    r"(?:\s+\w+){0,2}?\s*(?:[,.!:;\-–—]+|$)\s*",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:the )?other (?:one|ones|therapy|treatment|method|kind|type|device|option|light|approach)\b",
    re.IGNORECASE,
)
# A noun that is pointed at, and whether something just told is all right: both leave the topic to be added.
_POINTED_AT = re.compile(
    r"(?:^|\b(?:in|of|on|for|with|about|from|at|under|is|was|were|are|did|does|do|can) )"
    r"(?:that|this|those|these|the same) ([\w-]{4,})",
    re.IGNORECASE,
)
_IS_THAT_ALL_RIGHT = re.compile(
    r"\b(?:is|would|will|was) (?:that|this|it)(?: be)? (?:still |also )?(?:a |an |any )?"
    r"(?:problem|ok|okay|safe|all ?right|alright|good idea|allowed|risk|concern|fine|issue|possible|"
    r"enough|too \w+)\b|"
    r"\b(?:does|will|would) (?:that|this|it) matter\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:(?:be|work|help|any|much|more|do) )*(?:better|worse|safer|good|effective|too|as well|instead|"
    r"either|work|help)",
    re.IGNORECASE,
)
_NEXT_NOUN = re.compile(r"\s+(?:of|in|for|with|on|from|about)\s+", re.IGNORECASE)
_SUPPOSES = re.compile(
    r"(?:and |but |so |even |also )*(?:what )?if (?:i|we|he|she|you|my|the person|someone)\b", re.IGNORECASE
)


def rewrite(question: str, turns: Sequence[Turn], topics: Topics) -> Rewriting:
    """Write a question out, given the turns before it, which are written out already, oldest first."""
    text, new_topic = _without_opening(question)
    if new_topic or not turns or not text:
        return Rewriting(text or question)
    if answered := ask_back(text, turns, topics):
        return answered
    written = _OTHER.sub(lambda match: _the_other(turns, topics) or match[0], text)
    written = with_counted_noun(with_verb(written, turns), turns)
    resolved = with_antecedents(written, turns, topics)
    whole = sentences(written)
    clause = parse(whole[-1]) if whole else parse(written)
    if resolved != text and not (resolved == written and clause.build == "fragment"):
        if with_person(written, turns) == resolved:
            resolved = with_therapy(resolved, turns, topics)
        return Rewriting(asked(without_lead_in(resolved), clause), True)
    body = without_lead_in(written)
    lead_in = written[: len(written) - len(body)]
    first = re.split(r",\s", body, maxsplit=1)[0]
    about_it = re.search(r"\babout\b", lead_in, re.IGNORECASE)
    short = bool(lead_in) and len(tokens_of(body)) <= LONGEST_FRAGMENT
    tied = about_it or (short and parse(first).build == "fragment" and not parse(first).wh)
    if tied or (clause.build == "fragment" and not clause.wh and len(whole) == 1):
        fragment = first if tied else body
        filled = fill_in(lead_in + fragment, turns, topics, tied=written != text)
        return Rewriting(filled, True) if filled else Rewriting(capital(body) if lead_in else text)
    if completed := _with_topic(written, body, turns, topics):
        return Rewriting(completed, True)
    return Rewriting(capital(body) if lead_in else text)


def _without_opening(question: str) -> tuple[str, bool]:
    """A question without thanks, and whether it says that it begins something new."""
    text = question.strip()
    new_topic = False
    while True:
        found = _NEW_TOPIC.match(text)
        opening = found or _COURTESY.match(text)
        if opening is None or opening.end() == len(text):
            said = opening is None or found is not None
            return (capital(text) if text != question.strip() else text) if said else "", new_topic
        new_topic |= found is not None
        text = text[opening.end() :]


def _the_other(turns: Sequence[Turn], topics: Topics) -> str | None:
    """The therapy that was spoken of before, or that the documents name beside the one spoken of last."""
    phrase = antecedent(turns, topics)
    if phrase is None:
        return None
    focus = phrase.bare
    own = {stem(token.plain) for token in tokens_of(focus)}
    for turn in reversed(turns):
        for phrase in turn.phrases:
            words = {stem(token.plain) for token in tokens_of(phrase.bare)}
            if phrase.role == "therapy" and role_of(focus) == "therapy" and not words & own:
                return phrase.bare
    return topics.other_than([focus])


def _with_topic(text: str, body: str, turns: Sequence[Turn], topics: Topics) -> str | None:
    """A whole question with what it leaves out; None where it stands alone or begins something new."""
    clauses = [parse(sentence) for sentence in sentences(text)]
    subject = antecedent(turns, topics)
    if not clauses or subject is None:
        return None
    phrases = [phrase for clause in clauses for phrase in clause.phrases]
    about = with_condition(subject, turns, text)
    if (_IS_THAT_ALL_RIGHT.search(text) or _SUPPOSES.match(text)) and not _names_treatment(phrases):
        return in_brackets(body, about)
    if _points_at_noun(text, clauses[-1]) and "therapy" not in roles_in(text):
        return in_brackets(body, about)
    if "therapy" in roles_in(text) or any(map(topics.is_subject, phrases)):
        asked_for = condition(turns)
        compared = clauses[-1].build == "polar" and _COMPARED.fullmatch(clauses[-1].rest)
        told = any(phrase.role in ("condition", "circumstance") for phrase in phrases)
        return in_brackets(body, f"for {asked_for.text}") if asked_for and compared and not told else None
    if not _leans_on(clauses, phrases, turns, topics):
        return None
    return _with_owner(body, subject, about) or in_brackets(body, about)


def _with_owner(body: str, subject: Phrase, about: str) -> str | None:
    """A question that points at one thing ("the risks"), with whose it is behind it."""
    clause = parse(body)
    pointed = [phrase for phrase in clause.phrases if phrase.text.lower().startswith("the ")]
    if len(pointed) != 1 or sentences(body)[1:] or not clause.auxiliary:
        return None
    end = body.find(pointed[0].text) + len(pointed[0].text)
    if re.match(r"\s+(?:of|in|for|with|on|from|about)\b", body[end:]):
        return None
    # Of a study the head is enough: what else it was called by is only sought for once more.
    owner = f" {'on' if pointed[0].is_trial else 'of'} {about}"
    if subject.is_trial:
        owner = f" in {_NEXT_NOUN.split(about)[0]}"
    if pointed[0].kind == "person" and not subject.is_trial:
        return None
    return asked(body[:end] + owner + body[end:], clause)


def _points_at_noun(text: str, clause: Clause) -> bool:
    """Whether a question says "that trial" of something that it does not name."""
    found = _POINTED_AT.search(text)
    if found is None or clause.build == "statement" or found[1].lower() in FUNCTION_WORDS:
        return False
    return role_of(found[1]) != "condition"


def _names_treatment(phrases: Sequence[Phrase]) -> bool:
    """Whether a therapy is named that is no medicine: "I'm on warfarin" leaves open what is asked about."""
    return any(phrase.role == "therapy" and phrase.kind != "medicine" for phrase in phrases)


def _leans_on(
    clauses: Sequence[Clause], phrases: Sequence[Phrase], turns: Sequence[Turn], topics: Topics
) -> bool:
    """Whether a question without a subject speaks of what was asked about before."""
    last = clauses[-1]
    if last.build in ("statement", "fragment") and not last.wh:
        return False
    if last.wh and not last.auxiliary and last.tokens[0].plain not in QUESTION_WORDS:
        return False
    named = [phrase for phrase in phrases if not _is_aspect(phrase)]
    # Names, and things of one's own, are not those that were spoken of.
    if any(not phrase.text.islower() or phrase.text.startswith(("my ", "our ")) for phrase in named):
        return False
    # "What is myelin?" names its subject itself, "what are the signs?" speaks of signs that are known.
    known = all(phrase.text.lower().startswith("the ") for phrase in named)
    if not known and last.build == "wh" and not last.rest and last.auxiliary.lower() in BE:
        return False
    # "The pads" are those that were spoken of; "numb feet" may be anybody's.
    if any(phrase.role == "condition" and not phrase.text.lower().startswith("the ") for phrase in named):
        return False
    return topics.belong_to(named, turns[-1].text)


def _is_aspect(phrase: Phrase) -> bool:
    """Whether something can be asked of any therapy: its price, its risks, who pays, who may have it."""
    return phrase.text.islower() and (phrase.role in ("aspect", "body") or phrase.kind == "person")
