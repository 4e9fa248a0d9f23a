"""Makes replies of what was found: numbers the citations, words the notes, offers what to ask instead."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from index.hidden import without_joiners
from index.readable import readable
from index.types import Hit
from qa.cite import Cited, cite
from qa.evidence.choose import MOST_SENTENCES, Evidence
from qa.evidence.gather import Gathered
from qa.evidence.honesty import Caution
from qa.evidence.support import Candidate
from qa.in_short import CLAIMED, IN_SHORT, MORE, Placed, lay_out
from qa.pack import pack_in_force
from qa.types import Answer, Note, QuotedSentence, Refusal, Reply
from qa.vocabulary import forms

MOST_SUGGESTIONS = 3
SAME_QUESTION = 0.75
"""Cosine from which a question asked in advance is taken for the one that is asked."""

UNSURE = 0.5
"""How much of the threshold a refusal has to reach for the nearest sentence to be shown with it."""


def answer(question: str, evidence: Evidence, cautions: Sequence[Caution]) -> Answer:
    """An answer that quotes the chosen sentences and, where sources differ, the other side too."""
    placed = lay_out(question, evidence, cautions)
    sentences = [each.candidate for each in placed]
    cited = cite(sentences, MOST_SENTENCES, (candidate for candidate, _ in evidence.ranked))
    quoted = [
        caution
        for caution in cautions
        if all(each is None or cited.find(each) is not None for each in (caution.claim, caution.other))
    ]
    notes = [_caution_note(caution, cited.number) for caution in quoted]
    if placed[0].place == CLAIMED:
        kind = sentences[0].passage.kind
        text = f"Only {article(kind)} was found to answer this, and these are its claims."
        notes.insert(0, Note("only_claimed", text))
    return Answer(
        question=question,
        sentences=quoted_sentences(cited, placed),
        citations=cited.citations,
        notes=tuple(notes),
        confidence=evidence.confidence,
    )


def quoted_sentences(cited: Cited, placed: Sequence[Placed]) -> tuple[QuotedSentence, ...]:
    """The quotes of an answer, each in its place; what is only read with another one stands beside it."""
    places: dict[int, Placed] = {}
    for each in placed:
        if (number := cited.find(each.candidate)) is not None:
            places.setdefault(number, each)
    for citation in cited.citations:
        for number in citation.read_with:
            # The header of a table and all its rows are read together, where the first of them is.
            places[citation.number] = places.setdefault(number, places[citation.number])
    return tuple(
        QuotedSentence(without_joiners(c.quote), c.number, places[c.number].place, places[c.number].under)
        for c in cited.citations
    )


def _caution_note(caution: Caution, number: Callable[[Candidate], int]) -> Note:
    claim = number(caution.claim)
    kind = caution.claim.passage.kind
    if caution.kind == "disagreement":
        assert caution.other is not None
        other = number(caution.other)
        text = (
            f"[{other}] ({caution.other.passage.kind}) and [{claim}] ({kind}) do not say the same; "
            "weigh what kind of source each is."
        )
        return Note("disagreement", text, (claim, other))
    text = f"“{caution.words}” is a claim that [{claim}] ({kind}) states without support."
    if caution.other is None:
        return Note("unsupported", f"{text} No other indexed source was found to confirm it.", (claim,))
    other = number(caution.other)
    return Note("unsupported", f"{text} Compare [{other}] ({caution.other.passage.kind}).", (claim, other))


def answer_in_parts(
    question: str, parts: Sequence[str], read: Sequence[Evidence], threshold: float
) -> Answer:
    """An answer to a question of several parts: the best sentence of each, then what else there is room for.

    Args:
        question: The whole question.
        parts: Each part as it was typed.
        read: What was found for each; at least one is answered.
        threshold: Confidence below which a part is held not to be answered.
    """
    found = {
        part: evidence
        for part, evidence in zip(parts, read, strict=True)
        if evidence.chosen and evidence.confidence >= threshold
    }
    laid_out = [
        [Placed(each.candidate, MORE if at else IN_SHORT, part) for at, each in enumerate(whole)]
        for part, evidence in found.items()
        for whole in [lay_out(part, evidence, ())]
    ]
    in_turn = itertools.chain.from_iterable(itertools.zip_longest(*laid_out))
    once: dict[Candidate, Placed] = {}
    for each in filter(None, in_turn):
        once.setdefault(each.candidate, each)
    unsure = {
        part: evidence.chosen[0]
        for part, evidence in zip(parts, read, strict=True)
        if evidence.chosen and UNSURE * threshold <= evidence.confidence < threshold
    }
    placed = list(once.values())[: max(MOST_SENTENCES - len(unsure), len(found))]
    missing = [
        part
        for part, evidence in zip(parts, read, strict=True)
        if evidence.confidence < threshold and part not in unsure
    ]
    known = {each.candidate for each in placed}
    placed += [Placed(each, MORE, part) for part, each in unsure.items() if each not in known]
    # What answers one part is read together, in the order of the parts; what may answer one stands last.
    in_order = [*found, *unsure]
    placed = sorted(placed, key=lambda each: (in_order.index(each.under), each.place == MORE))
    cited = cite([each.candidate for each in placed], len(placed))
    notes = [Note("unanswered", f"The documents do not answer {_in_words(missing)}.")] if missing else []
    for part, candidate in unsure.items():
        number = cited.number(candidate)
        text = f"The documents may not answer “{part}”; nearest to it is [{number}]."
        notes.append(Note("unanswered", text, (number,)))
    return Answer(
        question=question,
        sentences=quoted_sentences(cited, placed),
        citations=cited.citations,
        notes=tuple(notes),
        confidence=min(evidence.confidence for evidence in found.values()),
    )


def refusal(gathered: Gathered, evidence: Evidence, threshold: float, suggestions: Sequence[str]) -> Refusal:
    """A refusal that says what was searched, what the documents lack, and what they do speak of.

    Where the documents may answer after all, or somebody said in advance what comes nearest, that sentence
    is shown, told apart from an answer.
    """
    declined = Refusal(
        question=gathered.question,
        notes=(Note("refusal", _reason(gathered.hits, evidence.lacking)),),
        suggestions=tuple(suggestions),
        confidence=evidence.confidence,
    )
    nearest = _said_to_be_nearest(gathered)
    opening = "The documents do not answer this question"
    if not nearest and evidence.chosen and evidence.confidence >= UNSURE * threshold:
        nearest, opening = evidence.chosen[:1], "The documents may not answer this question"
    if not nearest:
        return declined
    citations = cite(nearest, len(nearest)).citations
    if evidence.lacking:
        opening += f": they say nothing of {_in_words(_distinct(evidence.lacking)[:3])}"
    words = " ".join(readable(citation.quote) for citation in citations)
    numbers = tuple(citation.number for citation in citations)
    note = Note("nearest", f"{opening}. The nearest that they say is “{words}”", numbers)
    return replace(declined, notes=(note,), citations=citations)


def _said_to_be_nearest(gathered: Gathered) -> Sequence[Candidate]:
    """What comes nearest to a question that was asked in advance and is not answered; none for others."""
    hit = gathered.unanswered
    if hit is None or hit.similarity < SAME_QUESTION or not hit.asked.places:
        return ()
    return gathered.candidates_at(hit.asked.places[0])


def _reason(hits: Sequence[Hit], lacking: Sequence[str]) -> str:
    if not hits:
        return "The documents do not answer this question: nothing in them comes near it."
    titles = list(dict.fromkeys(hit.passage.title for hit in hits))[:2]
    searched = " and ".join(f"“{title}”" for title in titles)
    verb = "is" if len(titles) == 1 else "are"
    reason = f"The documents do not answer this question. Nearest to it {verb} {searched}"
    if lacking:
        return f"{reason}, but they say nothing of {_in_words(_distinct(lacking)[:3])}."
    return f"{reason}, but no sentence there answers it."


def _distinct(lacking: Sequence[str]) -> list[str]:
    """What is lacking, each thing by its first name alone: not "a price" after "cost"."""
    table = pack_in_force().conditions
    kept: list[str] = []
    named: set[str] = set()
    for words in lacking:
        names = {name for _, _, name in table.find(forms(words))}
        if not names or not names <= named:
            kept.append(words)
        named = named.union(*map(table.met_by, names))
    return kept


def _in_words(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def small_talk_reply(question: str, text: str, suggestions: Iterable[str]) -> Refusal:
    """A greeting returned, or what lightqa is for; nothing is quoted."""
    return Refusal(
        question=question,
        notes=(Note("smalltalk", text),),
        suggestions=tuple(itertools.islice(suggestions, MOST_SUGGESTIONS)),
    )


def about_sources(question: str, previous: Reply) -> Answer | Refusal:
    """The reply to "who says so?": whose words the reply before quoted."""
    understood_as = f"Whose words answered: {previous.understood_as or previous.question}"
    if not isinstance(previous, Answer):
        reason = "Nothing was quoted before this, so there is no source to name."
        return Refusal(question=question, understood_as=understood_as, notes=(Note("refusal", reason),))
    told = [
        f"[{citation.number}] stands in “{citation.title}”, {article(citation.source_kind)}"
        for citation in previous.citations
    ]
    note = Note("sources", f"{'; '.join(told)}.", tuple(c.number for c in previous.citations))
    return replace(previous, question=question, understood_as=understood_as, notes=(note, *previous.notes))


def article(noun: str) -> str:
    """ "evidence note" to "an evidence note"."""
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def with_personal_note(reply: Answer | Refusal, note: Note | None) -> Answer | Refusal:
    """The reply with the person to ask, where the question was about somebody's own case."""
    return reply if note is None else replace(reply, notes=(*reply.notes, note))


def declined(question: str, reason: str) -> Refusal:
    """A refusal of what no document may answer for one person."""
    return Refusal(question=question, notes=(Note("refusal", reason),))


def with_warning(reply: Answer | Refusal, warning: Candidate) -> Answer | Refusal:
    """The reply with a warning of the documents, where what is told may need more than an answer."""
    quoted = next((c for c in reply.citations if c.quote == warning.sentence.text), None)
    citations = reply.citations
    if quoted is None:
        number = max((citation.number for citation in citations), default=0) + 1
        quoted = replace(cite([warning], 1).citations[0], number=number)
        citations = (*citations, quoted)
    text = f"In case this is about you, please read when to get help: “{readable(quoted.quote)}”"
    return replace(reply, citations=citations, notes=(*reply.notes, Note("warning", text, (quoted.number,))))
