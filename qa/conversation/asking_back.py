"""Follow-ups that speak of the reply before: who says so, is that true, why, tell me more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.antecedents import Turn, topic
from qa.conversation.grammar import Clause, parse
from qa.conversation.phrases import Phrase, tokens_of
from qa.conversation.phrasing import asked, capital, in_brackets, lower, statement, without_lead_in
from qa.conversation.topics import Topics


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A question written out.

    Attributes:
        question: The question to search for.
        carried: Whether anything of an earlier turn went into it.
        about: Whether it asks after the source or the truth of the previous reply.
        more: Whether it asks for more on the previous question, or for the same in other words.
    """

    question: str
    carried: bool = False
    about: bool = False
    more: bool = False


_IT = r"(?:that|this|it|so)"
_SOURCE = re.compile(
    r"says who|according to (?:who|whom|what)|based on what|on what (?:basis|grounds)|"
    rf"(?:who|what|which \w+) (?:says?|said|claims?|claimed|told you|wrote|states?|found|reports?)(?: "
    rf"{_IT})?|"
    rf"where (?:does|did|do) (?:you|that|this)(?: \w+)?(?: {_IT})?(?: from)?|where does it say(?: {_IT})?|"
    rf"where (?:is|was) {_IT} (?:from|written|stated|published)|how do you know(?: {_IT})?|"
    r"(?:(?:what|where) (?:is|are|was)|give me|show me|can i see|do you have|have you got|got|name)? ?"
    rf"(?:a |the |your |any )?(?:sources?|references?|citations?)(?: (?:for|of) {_IT})?|"
    rf"what is {_IT} based on|which (?:article|document|source|study|paper) (?:is|was) {_IT}(?: from| in)?"
)
_TRUTH = re.compile(
    r"(?:is|was) (?:that|this|it|any of that|all that) (?:really |actually |even )?"
    r"(?:true|right|correct|so|certain|reliable|for real|a fact|trustworthy)|"
    rf"are you (?:really |quite )?(?:sure|certain)(?: about {_IT})?|really(?: true)?|seriously|for "
    rf"(?:sure|real)|"
    rf"can (?:i|we|you) (?:really )?trust {_IT}|do you really mean that|"
    r"how (?:reliable|trustworthy|true|certain|sure) (?:is|are) (?:that|this|it|you)"
)
_MORE = re.compile(
    r"(?:please )?(?:(?:can|could|would|will) you )?(?:please )?(?:tell me|say|know|hear|give me|explain)? ?"
    rf"(?:a (?:bit|little) |some )?(?:more|further)(?: (?:details?|information|info))?(?: (?:about|on) "
    rf"{_IT})?|"
    rf"go on|carry on|continue|elaborate|(?:and )?(?:anything|what|something) else(?: (?:about|on) {_IT})?|"
    rf"(?:in )?more detail|details|expand(?: on {_IT})?"
)
# Sentences are only quoted, so that there are no simpler words than theirs: the same is quoted again.
_AGAIN = re.compile(
    rf"(?:please )?(?:(?:can|could|would|will) you )?(?:please )?(?:explain|say|repeat|put) {_IT}"
    r"(?: again| (?:more )?(?:simply|clearly|slowly)| in \w+ \w+| another way| differently)?(?: please)?|"
    r"(?:in|with) (?:simpler|plain|simple|other|easier|fewer) (?:words|english|terms|language)(?: please)?|"
    r"(?:i (?:do not|don't|dont) understand|what do you mean)(?: (?:that|this|it|by that))?|"
    r"(?:(?:a bit |much )?(?:shorter|simpler|briefer|slower)|again|in short|say again|come again)"
    r"(?: (?:please|pls))?"
)
_WHICH_IS_IT = re.compile(
    r"(?:and |but |so )?(?:which (?:is|was) it|which one is (?:it|true|right)|what is it|who is right"
    r"|which is (?:true|right))(?: then| now)?"
)
_TO_DO_WITH = re.compile(
    r"(?:and |but |so )?(?:what|how) (?:is|has|does|do) (?:that|this|it) (?:got |have |had )?(?:to do )?with "
    r"(?:it|this|that|them)(?: then)?"
)

_WORDS_OF = re.compile(r"^the (?:words?|terms?|phrase|name) (?:of )?", re.IGNORECASE)
_MONEY = re.compile(r" in (?:\w+ )?(?:pounds?|dollars?|euros?|money|quid|cash)")
_IS_CALLED = re.compile(r"(?:and |but |so )?what is (?:that|this|it)(?: (?:called|then|named))?")
_QUESTION_WORD = re.compile(
    r"(?:and |but |so )?(why not|why|how come|how so|how|how long(?: for)?|how often|how much|how "
    r"many(?: times)?|"
    r"how soon|how fast|how far|how deep|when|where|who|for how long|since when)"
    r"(?: (?:is|was) (?:that|this))?(?: so)?(?: exactly| then)?"
    r"(?P<unit> in (?:\w+ ){0,2}?\w+| (?:a|per) (?:day|week|month|session|year))?"
)
_SAME_WORD = {"how come": "why", "how so": "how", "for how long": "how long", "how long for": "how long"}
_SAY_SO = re.compile(rf"\b(say|says|said|claims?|think|believe) {_IT}$", re.IGNORECASE)
_PROOF = re.compile(
    rf"(?:and |but )?(?:(?:is|are) there |do you have |have you )?(?:any |some )?((?:\w+ )?(?:proof|"
    rf"evidence)) "
    rf"(?:of|for|behind) {_IT}|(?:and )?(?:any |what )?(proof|evidence)"
)
# What is said of a fact and not of a thing: "that" is then the whole of the question before.
_OF_A_FACT = re.compile(
    r"(?:and |but |so )?(?:what|why|how|has|did|does|can|could|would)\b.*\b(?:that|this)?\s*"
    r"\b(?:mean|matter|happen|happened|imply|avoid|prevent|explain)s?(?: (?:that|this))?(?: to \w+| for \w+)?"
)


def ask_back(question: str, turns: Sequence[Turn], topics: Topics) -> Rewriting | None:
    """Write out a question that speaks of the reply before; None where it is of another sort."""
    text = parse(question).text
    plain = " ".join(token.plain for token in tokens_of(text))
    base = turns[-1].clause
    if _SOURCE.fullmatch(plain):
        return Rewriting(_put(base, "Who says that {}?", "What is the source for: {}?"), True, about=True)
    if _TRUTH.fullmatch(plain):
        return Rewriting(_put(base, "Is it true that {}?", "Is the answer certain: {}?"), True, about=True)
    if _MORE.fullmatch(plain):
        about = topic(turns, topics, plain) or turns[-1].text
        return Rewriting(f"Tell me more about {about}", True, more=True)
    if proof := _PROOF.fullmatch(plain):
        noun = proof[1] or proof[2]
        return Rewriting(_put(base, f"Is there {noun} that {{}}?", f"Is there {noun} on: {{}}?"), True)
    if _AGAIN.fullmatch(plain):
        return Rewriting(turns[-1].text, True)
    if told := _of_what_was_told(plain, turns):
        return Rewriting(told, True)
    if word := _QUESTION_WORD.fullmatch(plain):
        return Rewriting(_with_question_word(word[1], word["unit"] or "", base, turns, topics), True)
    if (say := _SAY_SO.search(text)) and _is_yes_or_no(base):
        return Rewriting(f"{capital(text[: say.end(1)])} that {statement(base)}?", True)
    if _OF_A_FACT.fullmatch(plain) and re.search(r"\b(?:that|this)\b", plain):
        return Rewriting(f"{capital(without_lead_in(text))}: {lower(without_lead_in(base.text))}?", True)
    return None


def _of_what_was_told(plain: str, turns: Sequence[Turn]) -> str | None:
    """A question about something that the person told just before, and that pronouns alone stand for."""
    base = turns[-1].clause
    told = without_lead_in(base.text)
    if _WHICH_IS_IT.fullmatch(plain) and len(turns) > 1 and base.build == "statement":
        return f"{capital(turns[-2].clause.text)}, or {lower(told)}?"
    if base.build != "statement":
        return None
    if _TO_DO_WITH.fullmatch(plain) and len(base.phrases) > 1:
        last, first = base.phrases[-1], min(base.phrases[:-1], key=_least_telling)
        return f"What has {_WORDS_OF.sub('', last.text)} to do with {first.text}?"
    if _IS_CALLED.fullmatch(plain):
        return f"What is it called when {lower(told)}?"
    return None


def _least_telling(phrase: Phrase) -> int:
    """An illness is spoken of sooner than a symptom, and that sooner than a part of the body."""
    kinds = ("illness", "symptom", "body_part")
    return kinds.index(phrase.kind) if phrase.kind in kinds else len(kinds)


def _is_yes_or_no(clause: Clause) -> bool:
    return clause.build == "polar" and bool(clause.said_of)


def _put(base: Clause, of_statement: str, of_question: str) -> str:
    """The question before, inside another: as a statement where it can be one."""
    if _is_yes_or_no(base):
        return of_statement.format(statement(base))
    return of_question.format(lower(without_lead_in(base.text)))


def _with_question_word(word: str, unit: str, base: Clause, turns: Sequence[Turn], topics: Topics) -> str:
    """A bare "why?" or "how deep in mm?" before the question that was asked, or what was told."""
    word = _SAME_WORD.get(word, word)
    if word == "how much" and _MONEY.fullmatch(unit):
        return f"How much does {topic(turns, topics, word) or base.text} cost{unit}?"
    auxiliary, said_of = base.auxiliary.lower(), base.said_of
    if base.build == "who" and base.wh.lower() == "who":
        said_of = "they"
    adverbial = base.build == "wh" and base.wh.lower() in ("how", "why", "when", "where")
    if auxiliary and said_of and (base.build in ("polar", "who") or adverbial):
        if word == "why not" and not base.rest.startswith("not "):
            return f"Why {auxiliary} {said_of} not {base.rest}?"
        if not word.startswith("how many") and word not in ("who", "since when"):
            opening = "Why" if word == "why not" else capital(word)
            return asked(f"{opening}{unit} {auxiliary} {said_of} {base.rest}".strip(), base)
    if base.build == "statement" and word in ("how", "why", "how much") and len(base.tokens) > 2:
        return f"{capital(word)}{unit}: {lower(without_lead_in(base.text))}?"
    return in_brackets(capital(word) + unit, topic(turns, topics, word) or base.text)
