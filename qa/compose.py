"""Makes replies of what was found: numbers the citations, words the notes, offers what to ask instead."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from index.readable import as_shown, readable
from index.types import Hit
from qa.cite import Cited, cite
from qa.evidence.choose import Evidence
from qa.evidence.gather import Gathered
from qa.evidence.honesty import Caution
from qa.evidence.order import MOST_SENTENCES, asks_how_done
from qa.evidence.support import Candidate
from qa.in_short import CLAIMED, Placed, lay_out, nearest_that_weighs, only_claims, sides_as_read
from qa.pack import pack_in_force
from qa.said import Said, a_source, either, say, together
from qa.types import Answer, Note, QuotedSentence, Refusal
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
    cautions = sides_as_read(placed, cautions)
    read = (candidate for candidate, _ in evidence.ranked)
    cited = cite(sentences, MOST_SENTENCES, read, whole_steps=asks_how_done(question))
    return Answer(
        question=question,
        sentences=quoted_sentences(cited, placed),
        citations=cited.citations,
        notes=(*filter(None, [only_claimed(placed)]), *caution_notes(cautions, cited)),
        confidence=evidence.confidence,
    )


def only_claimed(placed: Sequence[Placed], numbers: tuple[int, ...] = ()) -> Note | None:
    """What has to be said where claims come first; None where they do not.

    Args:
        placed: What is quoted, in the order to be read.
        numbers: Of the citations that it is said of; none where it is said of all.
    """
    if placed[0].place != CLAIMED:
        return None
    kind = placed[0].candidate.passage.kind
    told = say("Only {a_source} was found to answer this, and these are its claims.", a_source=a_source(kind))
    if any(each.place != CLAIMED for each in placed):
        told = say(
            "What comes nearest to an answer are claims of {a_source}; other words stand below.",
            a_source=a_source(kind),
        )
    return Note.of("only_claimed", told, citations=numbers)


def caution_notes(cautions: Sequence[Caution], cited: Cited) -> Iterator[Note]:
    """What has to be said beside the quotes: of cautions those whose sentences there was room for."""
    for caution in cautions:
        if all(each is None or cited.find(each) is not None for each in (caution.claim, caution.other)):
            yield _caution_note(caution, cited.number)


def quoted_sentences(cited: Cited, placed: Sequence[Placed]) -> tuple[QuotedSentence, ...]:
    """The quotes of an answer, each in its place; what is only read with another one stands beside it."""
    places: dict[int, Placed] = {}
    for each in placed:
        if (number := cited.find(each.candidate)) is not None:
            places.setdefault(number, each)
    quoted = [citation for citation in cited.citations if citation.number in places]
    for citation in quoted:
        for number in citation.read_with:
            # The header of a table and all its rows are read together, where the first of them is.
            places[citation.number] = places.setdefault(number, places[citation.number])
    return tuple(
        QuotedSentence(as_shown(c.quote, c.role), c.number, places[c.number].place, places[c.number].under)
        for c in cited.citations
    )


def _caution_note(caution: Caution, number: Callable[[Candidate], int]) -> Note:
    claim = number(caution.claim)
    kind = say(caution.claim.passage.kind)
    if caution.kind == "disagreement":
        assert caution.other is not None
        other = number(caution.other)
        differ = say(
            "{one} ({kind}) and {other} ({other_kind}) do not say the same; "
            "weigh what kind of source each is.",
            one=f"[{other}]",
            kind=say(caution.other.passage.kind),
            other=f"[{claim}]",
            other_kind=kind,
        )
        return Note.of("disagreement", differ, citations=(claim, other))
    claimed = say(
        "“{words}” is a claim that {claim} ({kind}) states without support.",
        words=caution.words,
        claim=f"[{claim}]",
        kind=kind,
    )
    if caution.other is None:
        alone = say("No other indexed source was found to confirm it.")
        return Note.of("unsupported", claimed, alone, citations=(claim,))
    other = number(caution.other)
    compared = say("Compare {other} ({kind}).", other=f"[{other}]", kind=say(caution.other.passage.kind))
    return Note.of("unsupported", claimed, compared, citations=(claim, other))


def refusal(gathered: Gathered, evidence: Evidence, threshold: float, offered: Iterable[str]) -> Refusal:
    """A refusal that says what was searched, what the documents lack, and what they do speak of.

    Where the documents may answer after all, or somebody said in advance what comes nearest, that sentence
    is shown, told apart from an answer.
    """
    declined = Refusal(
        question=gathered.question,
        notes=(Note.of("refusal", *_reason(gathered.hits, evidence.lacking)),),
        suggestions=tuple(itertools.islice(offered, MOST_SUGGESTIONS)),
        confidence=evidence.confidence,
    )
    nearest = _said_to_be_nearest(gathered)
    unsure = False
    if not nearest and evidence.answers(UNSURE * threshold):
        nearest, unsure = evidence.chosen[:1], True
    if not nearest:
        return declined
    weighs = nearest_that_weighs(gathered.question, nearest[0], evidence)
    nearest = nearest if weighs == nearest[0] else (weighs,)
    citations = cite(nearest, len(nearest), whole_steps=False).citations
    words = " ".join(readable(citation.quote) for citation in citations)
    numbers = tuple(citation.number for citation in citations)
    opening = _opening(_distinct(evidence.lacking)[:3], unsure=unsure)
    told = say("The nearest that they say is “{words}”", words=words)
    if only_claims(weighs):
        told = say(
            "The nearest that they say is what {a_source} claims: “{words}”",
            a_source=a_source(weighs.passage.kind),
            words=words,
        )
    return replace(
        declined, notes=(Note.of("nearest", opening, told, citations=numbers),), citations=citations
    )


def _opening(lacking: Sequence[str], *, unsure: bool) -> Said:
    """What a refusal opens with, where something is shown all the same."""
    if not lacking and unsure:
        return say("The documents may not answer this question.")
    if not lacking:
        return say("The documents do not answer this question.")
    form = "The documents do not answer this question: they say nothing of {lacking}."
    if unsure:
        form = "The documents may not answer this question: they say nothing of {lacking}."
    return say(form, lacking=either(lacking))


def _said_to_be_nearest(gathered: Gathered) -> Sequence[Candidate]:
    """What comes nearest to a question that was asked in advance and is not answered; none for others."""
    hit = gathered.unanswered
    if hit is None or hit.similarity < SAME_QUESTION or not hit.asked.places:
        return ()
    return gathered.candidates_at(hit.asked.places[0])


def _reason(hits: Sequence[Hit], lacking: Sequence[str]) -> tuple[Said, ...]:
    if not hits:
        return (say("The documents do not answer this question: nothing in them comes near it."),)
    titles = list(dict.fromkeys(hit.passage.title for hit in hits))[:2]
    nothing = say("no sentence there answers it")
    if lacking:
        nothing = say("they say nothing of {lacking}", lacking=either(_distinct(lacking)[:3]))
    nearest = say("Nearest to it is {searched}, but {nothing}.", searched=together(titles), nothing=nothing)
    if len(titles) > 1:
        nearest = say(
            "Nearest to it are {searched}, but {nothing}.", searched=together(titles), nothing=nothing
        )
    return say("The documents do not answer this question."), nearest


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


def small_talk_reply(question: str, told: Sequence[Said], suggestions: Iterable[str]) -> Refusal:
    """A greeting returned, or what lightqa is for; nothing is quoted."""
    return Refusal(
        question=question,
        notes=(Note.of("smalltalk", *told),),
        suggestions=tuple(itertools.islice(suggestions, MOST_SUGGESTIONS)),
    )


def with_note(reply: Answer | Refusal, note: Note | None) -> Answer | Refusal:
    """The reply with what else has to be said beside it, if anything."""
    return reply if note is None else replace(reply, notes=(*reply.notes, note))


def declined(question: str, why: Said) -> Refusal:
    """A refusal that says why, and nothing else."""
    return Refusal(question=question, notes=(Note.of("refusal", why),))


def with_warning(reply: Answer | Refusal, warning: Candidate) -> Answer | Refusal:
    """The reply with a warning of the documents, where what is told may need more than an answer."""
    numbered = {(each.document, each.start, each.end): each for each in reply.citations}
    own = cite([warning], 1).citations
    numbers: dict[int, int] = {}
    for each in own:
        read_with = tuple(numbers[number] for number in each.read_with)
        next_one = max((citation.number for citation in numbered.values()), default=0) + 1
        known = numbered.setdefault(
            (each.document, each.start, each.end), replace(each, number=next_one, read_with=read_with)
        )
        numbers[each.number] = known.number
    told = say(
        "In case this is about you, please read when to get help: “{words}”",
        words=" ".join(readable(each.quote) for each in own),
    )
    note = Note.of("warning", told, citations=tuple(numbers.values()))
    return replace(reply, citations=tuple(numbered.values()), notes=(*reply.notes, note))
