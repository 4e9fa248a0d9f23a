"""Answers against gold: whether the words that answer were quoted, and nothing else.

ALCE (Gao et al., EMNLP 2023) scores each sentence of an answer by its citations: *recall* is 1 when its
citations together support it, and a citation is *precise* when it contributes to that support. Its judge
is a language model for entailment. Here a sentence is the very words of its citation, so support of the
sentence is settled by comparing characters (`quotes verbatim`), and what is left to judge is whether the
citation supports an answer to the question, for which people marked the gold:

    supports(c, g)      the cited span c and the gold span g of one document share at least half of the
                        characters of the shorter one
    citation precision  citations of the answer that support a gold / citations of the answer
    citation recall     golds that a citation supports / min(golds, 4)

both per answer, then averaged over the answers given to answerable questions. Golds are alternatives as
often as parts, and an answer has at most four sentences, hence the minimum. A gold that stands at
several places is supported at any of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from index.search import PassageIndex
from qa.evaluate.asked import Asked, cited, reply_row, spans
from qa.evaluate.baselines import BASELINES
from qa.evaluate.figures import Figure, Part, mean, share
from qa.evaluate.questions import Question, Span, gold_spans, places_of
from qa.evidence.choose import MOST_SENTENCES
from qa.types import Answer, Citation
from qa.verify import verify_reply

Gold = Sequence[Sequence[Span]]
"""For every gold quote, all the places where it stands."""

Groups = Sequence[Sequence[Span]]
"""For every part of a question, or every side of a disagreement, the places of its golds."""

VOICES = {"": "", "typed": ", as people type"}
"""How questions are written, and what the names of their figures end in."""

QUOTED_WHEN_DECLINED = 3
"""Sentences that a baseline quotes where lightqa declined and so sets no number."""

_FIGURE = re.compile(r"(\d+(?:[.,:/]\d+)*)\s*(%|°\s?[CF]|[^\W\d_]+)?")
_NEGATION = re.compile(
    r"\b(?:no|not|nor|never|none|neither|nobody|nothing|nowhere|without|cannot|hardly|barely)\b|n['’]t\b",
    re.I,
)


def supports(citation: Span, gold: Span) -> bool:
    """Whether two spans share at least half of the characters of the shorter one.

    A sentence at 100 to 180 supports a gold phrase at 150 to 200: they share 30 characters, of 50
    that is 0.6. One at 100 to 170 does not: 20 of 50 is 0.4.
    """
    if citation.document != gold.document:
        return False
    shared = min(citation.end, gold.end) - max(citation.start, gold.start)
    return shared * 2 >= min(citation.end - citation.start, gold.end - gold.start)


def supports_any(citation: Span, gold: Gold) -> bool:
    """Whether a citation supports one of the golds at one of its places."""
    return any(supports(citation, place) for places in gold for place in places)


def citation_precision(citations: Sequence[Span], gold: Gold) -> float:
    """Share of the citations that support a gold: 2 of 3 is 0.667."""
    return mean([supports_any(citation, gold) for citation in citations])


def citation_recall(citations: Sequence[Span], gold: Gold) -> float:
    """Golds that are supported, of the four that fit in an answer: 2 of 3 golds is 0.667, 2 of 9 is 0.5."""
    found = sum(any(supports(c, place) for c in citations for place in places) for places in gold)
    return min(1.0, found / min(len(gold), MOST_SENTENCES))


def figures_and_negations(text: str) -> Counter[str]:
    """Every number of a text with the word or sign after it, and every negation, with how often.

    "Not 10 mm, but 20 %." holds {"10 mm": 1, "20 %": 1, "not": 1}.
    """
    numbers = (f"{number} {unit}".strip() for number, unit in _FIGURE.findall(text))
    return Counter([*numbers, *(word.lower().replace("’", "'") for word in _NEGATION.findall(text))])


def keeps_meaning(citation: Citation, sentence: str, index: PassageIndex) -> bool:
    """Whether an answer's sentence has the figures, units and negations of the whole sentences it is from.

    A quote that stops before "but not in people", or a number that lost its unit, does not.
    """
    whole = [
        source.text
        for passage in index.passages(citation.document)
        for source in passage.sentences
        if source.start < citation.end and source.end > citation.start
    ]
    return figures_and_negations(sentence) == figures_and_negations(" ".join(whole))


def evaluate_answers(
    index: PassageIndex, asked: Sequence[Asked], advance: Callable[[], None] = lambda: None
) -> Part:
    """Measure the answers to answerable questions with gold, follow-ups apart.

    A question that was declined has no citation: it counts as not found, and not in precision and recall.

    Raises:
        QuestionFileError: A gold is not in the index.
    """
    documents = {path: index.document(path).text for path in index.paths()}
    rows = []
    for one in asked:
        gold = gold_spans(one.question, documents)
        best = [places_of(item, one.question, documents) for item in one.question.best] or gold

        def spans_of(groups: Iterable[Iterable[str | Span]], question: Question = one.question) -> Groups:
            return [
                [span for item in group for span in places_of(item, question, documents)] for group in groups
            ]

        parts, sides = spans_of(one.question.parts), spans_of(one.question.sides)
        rows.append(_row(index, one, gold, best, parts, sides))
        advance()
    alone = [row for row in rows if row["gold"] and not row["earlier"]]
    given = [row for row in alone if row["quotes"]]
    remark = f"{len(alone)} answerable questions, of which {len(given)} were answered."
    return Part(name="answers", figures=tuple(_figures(alone, rows)), rows=tuple(rows), remarks=(remark,))


def _row(
    index: PassageIndex, one: Asked, gold: Gold, best: Gold, parts: Groups, sides: Groups
) -> dict[str, Any]:
    citations = spans(cited(one.reply))
    everything = spans(one.reply.citations)
    row = reply_row(one) | {
        "found": any(supports_any(citation, gold) for citation in citations),
        "found_first": bool(citations) and supports_any(citations[0], best),
    }
    if isinstance(one.reply, Answer):
        row["verbatim"] = verify_reply(one.reply.as_json(), index) is None
        row["kept"] = all(
            keeps_meaning(citation, sentence.text, index)
            for citation, sentence in zip(cited(one.reply), one.reply.sentences, strict=True)
        )
    if gold and citations:
        row["precision"] = citation_precision(citations, gold)
        row["recall"] = citation_recall(citations, gold)
    if gold and one.question.earlier:
        row["found_later"] = row["found"]
    noted = any(note.kind == "disagreement" for note in one.reply.notes)
    if parts:
        row["every_part"] = all(any(supports_any(c, [part]) for c in citations) for part in parts)
    if sides:
        # A note may quote the other side, so every citation of the reply counts.
        row["both_sides"] = all(any(supports_any(c, [side]) for c in everything) for side in sides)
        row["disagreement_noted"] = noted
    if one.question.kind == "no_disagreement":
        row["disagreement_invented"] = noted
    if gold and not one.question.earlier:
        quoted = len(citations) or QUOTED_WHEN_DECLINED
        row["baselines"] = {
            name: _baseline(ranked(one.question.text, index).spans[:quoted], gold, best)
            for name, ranked in BASELINES.items()
        }
    return row


def _baseline(quoted: Sequence[Span], gold: Gold, best: Gold) -> dict[str, float]:
    return {
        "found": float(any(supports_any(span, gold) for span in quoted)),
        "found_first": float(bool(quoted) and supports_any(quoted[0], best)),
        "precision": citation_precision(quoted, gold) if quoted else 0.0,
        "recall": citation_recall(quoted, gold),
    }


_AGAINST_GOLD = {
    "gold cited": (
        "found",
        "Share of the answerable questions for which an answer quotes words that people marked as answering. "
        "The baselines never decline; they quote as many sentences as lightqa did.",
    ),
    "gold cited first": (
        "found_first",
        "Share for which the first sentence quoted is one of those, or of those "
        "that people marked as fit to be said first.",
    ),
    "citation precision": ("precision", "Share of the quoted sentences that answer, over the answers given."),
    "citation recall": ("recall", "Share of the words marked that are quoted, of at most four quotes."),
}
_OF_ALL_REPLIES = {
    "quotes verbatim": (
        "verbatim",
        "Share of all answers in which every sentence is, character by character, the words of the place "
        "that it cites.",
    ),
    "figures, units and negations kept": (
        "kept",
        'Share of all answers that keep every number, unit and "not" of the sentences that they quote.',
    ),
    "every part answered": (
        "every_part",
        "Where a question has several parts that the documents answer: share of the replies that quote words "
        "for each.",
    ),
    "both sides quoted": (
        "both_sides",
        "Where sources differ: share of the replies that quote something of every side.",
    ),
    "disagreement noted": (
        "disagreement_noted",
        "Where sources differ: share of the replies that say so.",
    ),
    "disagreement noted where there is none": (
        "disagreement_invented",
        "Where sources do not differ: share of the replies that say they do.",
    ),
    "gold cited in follow-ups": (
        "found_later",
        "Share of the answerable second turns for which words that answer are quoted.",
    ),
}
"""Figure -> the field that it is the mean of, and its meaning; rows without the field do not count."""


def _figures(alone: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    figures = []
    for voice, words in VOICES.items():
        of_voice = [row for row in alone if row["voice"] == voice]
        for name, (field, meaning) in _AGAINST_GOLD.items():
            if measured := [row for row in of_voice if field in row]:
                beside = {other: [row["baselines"][other][field] for row in measured] for other in BASELINES}
                values = [row[field] for row in measured]
                figures.append(share(f"answers: {name}{words}", values, meaning, baselines=beside))
    for name, (field, meaning) in _OF_ALL_REPLIES.items():
        if values := [row[field] for row in rows if field in row]:
            better = field != "disagreement_invented"
            figures.append(share(f"answers: {name}", values, meaning, higher_is_better=better))
    return figures
