"""The replies to what is asked to be done: terms in plain words, what documents say in short, two sides.

As everywhere, what is said is quoted. lightqa puts nothing into words of its own: plainer than an answer is
what a glossary says of its terms, and shorter than a document is what it says in short itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.search import PassageIndex
from index.types import Passage
from qa.cite import cite
from qa.compose import declined, quoted_sentences
from qa.conversation.requests import COMPARISON, PLAIN, SUMMARY, Request
from qa.evidence.choose import Evidence
from qa.evidence.support import Candidate, candidates_of
from qa.glossary import Glossary
from qa.in_short import IN_SHORT, MORE, Placed, lay_out, only_claims
from qa.pack import pack_in_force
from qa.said import Said, say
from qa.sources import standing
from qa.types import Answer, Note, Refusal, Reply
from qa.words import content_words, stem_set

MOST_DOCUMENTS = 8
"""Documents that are summed up at once; of more, those that weigh most."""

SUMMED_UP, FEW = 2, 3
"""Sentences of what each says in short, where these are few documents; of more, or as they begin, one."""


@dataclass(frozen=True, slots=True)
class Found:
    """The sentence that answers a question first, and how surely the documents answer it, 0 to 1."""

    candidate: Candidate
    confidence: float


@dataclass(frozen=True, slots=True)
class Desk:
    """What the replies are made with.

    Attributes:
        index, glossary: The documents, and the terms that they explain.
        find: What is found for a question.
        threshold: Confidence below which a question is held not to be answered.
        before: Gives the reply to the question before; None where there was none.
        within: Path of the only document to answer from; None for all.
    """

    index: PassageIndex
    glossary: Glossary
    find: Callable[[str], Evidence]
    threshold: float
    before: Callable[[], Reply | None]
    within: str | None = None

    def kinds(self) -> dict[str, str]:
        """Of which kind each document to answer from is, by its path."""
        return {path: kind for path, kind in self.index.kinds().items() if self.within in (None, path)}

    def answer_to(self, question: str) -> Found | None:
        """The sentence that answers a question first; None where the documents do not answer it."""
        evidence = self.find(question)
        if not evidence.answers(self.threshold):
            return None
        return Found(lay_out(question, evidence, ())[0].candidate, evidence.confidence)


def requested(request: Request, question: str, desk: Desk) -> Answer | Refusal | None:
    """The reply to a request; None where the documents have nothing of the kind, so that it is a question."""
    reply = {PLAIN: _in_plain_words, SUMMARY: _summary, COMPARISON: _comparison}[request.kind]
    return reply(request, question, desk)


def _in_plain_words(request: Request, question: str, desk: Desk) -> Answer | Refusal | None:
    if request.about:
        if (entry := desk.glossary.entry(request.about)) is None:
            return None
        told = say("As a glossary among the documents explains it.")
        return _answer(question, _under(entry.names[0], candidates_of(entry.passage)), told)
    before = desk.before()
    if before is None or not before.citations:
        told = say("Nothing was quoted before this that could be said in plainer words.")
        return declined(question, told)
    entries = {
        entry.names[0]: entry
        for citation in before.citations
        for _, entry in desk.glossary.terms(citation.quote)
    }
    if not entries:
        told = say(
            "I can only quote the documents, not put them into simpler words, and their glossary explains no "
            "word of the answer before. A short question about one thing brings the plainest sentences."
        )
        return declined(question, told)
    placed = [each for name, entry in entries.items() for each in _under(name, candidates_of(entry.passage))]
    return _answer(
        question,
        placed,
        say("The words of the answer before, as a glossary among the documents explains them."),
    )


def _summary(request: Request, question: str, desk: Desk) -> Answer | None:
    """What the documents say in short, each under its title, what weighs most first."""
    kinds = desk.kinds()
    paths = [path for path in _asked_for(request.about, kinds, desk) if not desk.glossary.holds(path)]
    paths.sort(key=lambda path: -standing(kinds[path]))
    most = SUMMED_UP if len(paths) <= FEW else 1
    placed: list[Placed] = []
    for path in paths[:MOST_DOCUMENTS]:
        placed += _in_short(desk.index.passages(path), most)
    if not placed:
        return None
    told = [say("What the documents say in short themselves, each in its own words.")]
    if (more := len(paths) - MOST_DOCUMENTS) > 0:
        told.append(say("There are {count} more; ask about one thing to hear them.", count=str(more)))
    return _answer(question, placed, *told)


def _asked_for(about: str, kinds: dict[str, str], desk: Desk) -> Sequence[str]:
    """The documents that a summary is asked of: named ones, those on a topic, or those quoted before."""
    words = content_words(about)
    if words:
        evidence = desk.find(f"What is said about {about}?")
        if not evidence.answers(desk.threshold):
            return ()
        return list(dict.fromkeys(candidate.passage.document for candidate in evidence.chosen))
    named = [path for path, kind in kinds.items() if stem_set([kind]) & stem_set([about])]
    if named or about:
        return named or list(kinds)
    before = desk.before()
    if before is not None and before.citations:
        return list(dict.fromkeys(citation.document for citation in before.citations))
    return list(kinds)


def _in_short(passages: Sequence[Passage], most: int) -> list[Placed]:
    """What a document says in short: where it says that it does, else how it begins."""
    concluding = [passage for passage in passages if passage.concludes]
    if not concluding:
        concluding, most = list(passages[:1]), 1
    sentences = list(itertools.chain.from_iterable(map(candidates_of, concluding)))
    return _under(passages[0].title, sentences[:most]) if passages else []


def _comparison(request: Request, question: str, desk: Desk) -> Answer | None:
    """What is said of each of two things, side by side; before it what is said of both at once.

    Only what is told of both compares them: where that is nothing, the comparison is a question like others.
    """
    assert request.sides is not None
    one, two = request.sides
    own = {side: stem_set([side]) - stem_set([other]) for side, other in ((one, two), (two, one))}
    if not all(own.values()):
        return None
    whole = desk.answer_to(question)
    found = [] if whole is None else [whole]
    of_both = [each for each in found if _names(each, own[one]) and _names(each, own[two])]
    of_side: dict[str, list[Found]] = {one: [], two: []}
    for asked_of_one, asked_of_two in zip(_asked_of(request, one), _asked_of(request, two), strict=True):
        pair = {one: desk.answer_to(asked_of_one), two: desk.answer_to(asked_of_two)}
        told = {side: each for side, each in pair.items() if each and _is_of(each, side, own)}
        if len(told) < len(pair):
            continue
        for side, each in told.items():
            names_both = _names(each, own[one]) and _names(each, own[two])
            (of_both if names_both else of_side[side]).append(each)
    if not all(of_side.values()):
        return None
    first, *rest = dict.fromkeys(each.candidate for each in of_both) or (None,)
    placed = [] if first is None else [Placed(first, IN_SHORT)]
    for side, told_of_it in of_side.items():
        each_once = dict.fromkeys(each.candidate for each in told_of_it)
        placed += _under(side, sorted(each_once, key=_weight))
    placed += [Placed(each, MORE) for each in rest if each is not None]
    how = say(
        "Each side in the documents' own words, the strongest source first. "
        "Only a sentence that names both compares them."
    )
    # Half a comparison is none, so it is as sure as its doubtful half.
    confidence = min(max(each.confidence for each in told_of_it) for told_of_it in of_side.values())
    return _answer(question, placed, how, confidence=confidence)


def _weight(candidate: Candidate) -> tuple[bool, int]:
    return only_claims(candidate), -standing(candidate.passage.kind)


def _asked_of(request: Request, side: str) -> Sequence[str]:
    for_what = f" {request.for_what}" if request.for_what else ""
    if request.about:
        return (f"What {request.about} {side}{for_what}?", f"{request.about} {side}{for_what}")
    return [asked.format(side=side, for_what=for_what) for asked in pack_in_force().compared]


def _names(found: Found, stems: frozenset[str]) -> bool:
    return bool(stem_set([found.candidate.sentence.text]) & stems)


def _is_of(found: Found, side: str, own: dict[str, frozenset[str]]) -> bool:
    """Whether a sentence speaks of one side: it names it, or stands where that side alone is spoken of."""
    passage = found.candidate.passage
    around = stem_set([passage.title, passage.section])
    spoken_of = {each for each, stems in own.items() if around & stems}
    return _names(found, own[side]) or spoken_of == {side}


def _under(heading: str, candidates: Sequence[Candidate]) -> list[Placed]:
    return [Placed(each, IN_SHORT, heading) for each in candidates]


def _answer(question: str, placed: Sequence[Placed], *told: Said, confidence: float = 1.0) -> Answer:
    cited = cite([each.candidate for each in placed], None)
    return Answer(
        question=question,
        sentences=quoted_sentences(cited, placed),
        citations=cited.citations,
        notes=(Note.of("requested", *told),),
        confidence=confidence,
    )
